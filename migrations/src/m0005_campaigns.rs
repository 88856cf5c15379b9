//! Campaigns and the rows of their sheets (spec C1).

crate::sql::change!(
    "m0005_campaigns",
    "
    CREATE TABLE campaigns (
        id {uuid} PRIMARY KEY,
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        created_by {uuid} NOT NULL REFERENCES members (id),
        name TEXT NOT NULL,
        status TEXT NOT NULL,
        pause_reason TEXT,
        total_rows BIGINT NOT NULL,
        valid_rows BIGINT NOT NULL,
        faulty_rows BIGINT NOT NULL,
        summary {json} NOT NULL,
        progress {json} NOT NULL,
        prepared_row BIGINT NOT NULL,
        created_at BIGINT NOT NULL,
        started_at BIGINT,
        finished_at BIGINT
    );
    CREATE INDEX campaigns_created ON campaigns (organization_id, created_at, id);
    CREATE INDEX campaigns_status ON campaigns (status) WHERE status IN ('preparing', 'sending', 'paused');

    CREATE TABLE campaign_rows (
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        campaign_id {uuid} NOT NULL REFERENCES campaigns (id),
        row_number BIGINT NOT NULL,
        number_id {uuid} NOT NULL REFERENCES numbers (id),
        recipient TEXT NOT NULL,
        contact_name TEXT,
        attributes {json} NOT NULL,
        content {json} NOT NULL,
        PRIMARY KEY (campaign_id, row_number)
    );

    CREATE TABLE campaign_faults (
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        campaign_id {uuid} NOT NULL REFERENCES campaigns (id),
        row_number BIGINT NOT NULL,
        position BIGINT NOT NULL,
        column_name TEXT NOT NULL,
        value TEXT NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (campaign_id, row_number, position)
    );

    CREATE TABLE campaign_numbers (
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        campaign_id {uuid} NOT NULL REFERENCES campaigns (id),
        number_id {uuid} NOT NULL REFERENCES numbers (id),
        rows BIGINT NOT NULL,
        PRIMARY KEY (campaign_id, number_id)
    );
    CREATE INDEX campaign_numbers_number ON campaign_numbers (number_id, campaign_id);
    "
);
