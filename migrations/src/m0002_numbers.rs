//! WABAs, numbers, who attends them, and the groups that give managers their reach.

crate::sql::change!(
    "m0002_numbers",
    "
    CREATE TABLE wabas (
        id {uuid} PRIMARY KEY,
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        name TEXT NOT NULL,
        waba_id TEXT NOT NULL,
        app_id TEXT NOT NULL,
        base_url TEXT NOT NULL,
        graph_version TEXT NOT NULL,
        token_sealed {bytes} NOT NULL,
        created_at BIGINT NOT NULL
    );
    CREATE UNIQUE INDEX wabas_waba ON wabas (waba_id);
    CREATE INDEX wabas_organization ON wabas (organization_id);

    CREATE TABLE groups (
        id {uuid} PRIMARY KEY,
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        parent_id {uuid} REFERENCES groups (id),
        name TEXT NOT NULL,
        created_at BIGINT NOT NULL
    );
    CREATE INDEX groups_parent ON groups (parent_id);
    CREATE INDEX groups_organization ON groups (organization_id);

    CREATE TABLE group_managers (
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        group_id {uuid} NOT NULL REFERENCES groups (id),
        member_id {uuid} NOT NULL REFERENCES members (id),
        PRIMARY KEY (group_id, member_id)
    );
    CREATE INDEX group_managers_member ON group_managers (member_id);

    CREATE TABLE numbers (
        id {uuid} PRIMARY KEY,
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        waba_id {uuid} NOT NULL REFERENCES wabas (id),
        group_id {uuid} REFERENCES groups (id),
        owner_id {uuid} REFERENCES members (id),
        phone_number_id TEXT NOT NULL,
        phone TEXT NOT NULL,
        name TEXT NOT NULL,
        language TEXT NOT NULL,
        throughput BIGINT NOT NULL,
        chatbot {json} NOT NULL,
        ticket_count BIGINT NOT NULL,
        paused_reason TEXT,
        created_at BIGINT NOT NULL,
        deleted_at BIGINT
    );
    CREATE UNIQUE INDEX numbers_phone_number ON numbers (phone_number_id);
    CREATE INDEX numbers_name ON numbers (organization_id, name, id);
    CREATE INDEX numbers_phone ON numbers (organization_id, phone);
    CREATE INDEX numbers_group ON numbers (group_id);
    CREATE INDEX numbers_owner ON numbers (owner_id);
    CREATE INDEX numbers_waba ON numbers (waba_id);

    CREATE TABLE number_agents (
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        number_id {uuid} NOT NULL REFERENCES numbers (id),
        member_id {uuid} NOT NULL REFERENCES members (id),
        PRIMARY KEY (number_id, member_id)
    );
    CREATE INDEX number_agents_member ON number_agents (member_id);

    CREATE TABLE templates (
        id {uuid} PRIMARY KEY,
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        waba_id {uuid} NOT NULL REFERENCES wabas (id),
        template_id TEXT NOT NULL,
        name TEXT NOT NULL,
        language TEXT NOT NULL,
        category TEXT NOT NULL,
        status TEXT NOT NULL,
        components {json} NOT NULL,
        synced_at BIGINT NOT NULL
    );
    CREATE UNIQUE INDEX templates_name ON templates (waba_id, name, language);
    CREATE INDEX templates_organization ON templates (organization_id, name, language, id);
    "
);
