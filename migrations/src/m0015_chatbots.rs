//! Chatbots with queues, attention settings, template activations, timers, surveys, and who wrote off hours.
//!
//! A number's default queue has the number's own id and no row in `queues`. A message's `origin` says that it is an active
//! one; a ticket's `queued_since` is its place in the queue, which a ticket handed over takes from the one before.

crate::sql::change!(
    "m0015_chatbots",
    "
    ALTER TABLE numbers ADD COLUMN chatbot_version BIGINT NOT NULL DEFAULT 1;
    ALTER TABLE numbers ADD COLUMN chatbot_changed_at BIGINT;
    ALTER TABLE numbers ADD COLUMN attention {json};
    ALTER TABLE numbers ADD COLUMN attention_version BIGINT NOT NULL DEFAULT 1;
    ALTER TABLE numbers ADD COLUMN attention_changed_at BIGINT;
    ALTER TABLE numbers ADD COLUMN templates_version BIGINT NOT NULL DEFAULT 1;
    ALTER TABLE numbers ADD COLUMN templates_changed_at BIGINT;

    CREATE TABLE queues (
        id {uuid} PRIMARY KEY,
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        number_id {uuid} NOT NULL REFERENCES numbers (id),
        name TEXT NOT NULL,
        name_key TEXT NOT NULL,
        position BIGINT NOT NULL,
        deleted_at BIGINT
    );
    CREATE UNIQUE INDEX queues_name ON queues (number_id, name_key) WHERE deleted_at IS NULL;
    CREATE INDEX queues_deleted ON queues (id) WHERE deleted_at IS NOT NULL;

    CREATE TABLE queue_agents (
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        number_id {uuid} NOT NULL REFERENCES numbers (id),
        queue_id {uuid} NOT NULL,
        member_id {uuid} NOT NULL REFERENCES members (id),
        PRIMARY KEY (queue_id, member_id)
    );
    CREATE INDEX queue_agents_member ON queue_agents (member_id);
    CREATE INDEX queue_agents_number ON queue_agents (number_id);

    ALTER TABLE tickets ADD COLUMN queue_id {uuid};
    ALTER TABLE tickets ADD COLUMN priority TEXT NOT NULL DEFAULT 'normal';
    ALTER TABLE tickets ADD COLUMN parent_id {uuid};
    ALTER TABLE tickets ADD COLUMN queued_since BIGINT NOT NULL DEFAULT 0;
    UPDATE tickets SET queue_id = number_id, queued_since = created_at;
    CREATE INDEX tickets_queue ON tickets (queue_id, priority, queued_since, id) WHERE status = 'waiting';
    CREATE INDEX tickets_open_queue ON tickets (queue_id) WHERE status <> 'closed';
    DROP INDEX tickets_open;
    DROP INDEX tickets_open_number;
    CREATE INDEX tickets_open ON tickets (organization_id, status, priority, queued_since, id) WHERE status <> 'closed';
    CREATE INDEX tickets_open_number ON tickets (number_id, status, priority, queued_since, id)
        WHERE status <> 'closed';
    CREATE INDEX tickets_parent ON tickets (parent_id) WHERE parent_id IS NOT NULL;

    ALTER TABLE tickets ADD COLUMN tags {json};

    ALTER TABLE members ADD COLUMN agent_status_at BIGINT NOT NULL DEFAULT 0;
    ALTER TABLE members ADD COLUMN last_assigned_at BIGINT;
    CREATE INDEX members_agent_status ON members (agent_status, id);

    CREATE TABLE timers (
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        number_id {uuid} NOT NULL REFERENCES numbers (id),
        conversation_id {uuid} NOT NULL REFERENCES conversations (id),
        kind TEXT NOT NULL,
        due_at BIGINT NOT NULL,
        PRIMARY KEY (conversation_id, kind)
    );
    CREATE INDEX timers_due ON timers (due_at);
    CREATE INDEX timers_number ON timers (number_id, kind);

    CREATE TABLE off_hours_contacts (
        id {uuid} PRIMARY KEY,
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        number_id {uuid} NOT NULL REFERENCES numbers (id),
        contact_id {uuid} NOT NULL REFERENCES contacts (id),
        conversation_id {uuid} NOT NULL REFERENCES conversations (id),
        cause TEXT NOT NULL,
        since BIGINT NOT NULL,
        at BIGINT NOT NULL,
        message_id {uuid},
        preview TEXT NOT NULL,
        callback BOOLEAN
    );
    CREATE UNIQUE INDEX off_hours_contacts_period ON off_hours_contacts (conversation_id, cause, since);
    CREATE INDEX off_hours_contacts_number ON off_hours_contacts (number_id, at, id);
    CREATE INDEX off_hours_contacts_organization ON off_hours_contacts (organization_id, at, id);
    CREATE INDEX off_hours_contacts_contact ON off_hours_contacts (contact_id);

    CREATE TABLE surveys (
        id {uuid} PRIMARY KEY,
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        number_id {uuid} NOT NULL REFERENCES numbers (id),
        contact_id {uuid} NOT NULL REFERENCES contacts (id),
        conversation_id {uuid} NOT NULL REFERENCES conversations (id),
        ticket_id {uuid} NOT NULL REFERENCES tickets (id),
        kind TEXT NOT NULL,
        shown_at BIGINT NOT NULL,
        score BIGINT,
        answered_at BIGINT,
        expired_at BIGINT
    );
    CREATE UNIQUE INDEX surveys_ticket ON surveys (ticket_id);
    CREATE INDEX surveys_number ON surveys (number_id, shown_at);
    CREATE INDEX surveys_organization ON surveys (organization_id, shown_at);
    CREATE INDEX surveys_conversation ON surveys (conversation_id);

    CREATE TABLE template_deactivations (
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        number_id {uuid} NOT NULL REFERENCES numbers (id),
        template_id {uuid} NOT NULL,
        PRIMARY KEY (number_id, template_id)
    );
    CREATE INDEX template_deactivations_template ON template_deactivations (template_id);
    ALTER TABLE templates ADD COLUMN search_key TEXT NOT NULL DEFAULT '';
    ALTER TABLE templates ADD COLUMN announces BOOLEAN NOT NULL DEFAULT FALSE;
    UPDATE templates SET search_key = name;
    UPDATE wabas SET checked_at = NULL;

    CREATE TABLE settings_changes (
        id {uuid} PRIMARY KEY,
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        kind TEXT NOT NULL,
        member_id {uuid} NOT NULL REFERENCES members (id),
        member_name TEXT NOT NULL,
        reference_number_id {uuid},
        fields {json} NOT NULL,
        created_at BIGINT NOT NULL,
        undone_at BIGINT,
        undone_by {uuid},
        undone_by_name TEXT,
        kept BIGINT NOT NULL DEFAULT 0
    );
    CREATE INDEX settings_changes_created ON settings_changes (organization_id, kind, created_at, id);

    CREATE TABLE settings_change_numbers (
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        settings_change_id {uuid} NOT NULL REFERENCES settings_changes (id),
        number_id {uuid} NOT NULL REFERENCES numbers (id),
        name TEXT NOT NULL,
        before {json} NOT NULL,
        after {json} NOT NULL,
        chatbot_version BIGINT NOT NULL,
        attention_version BIGINT NOT NULL,
        PRIMARY KEY (settings_change_id, number_id)
    );
    CREATE INDEX settings_change_numbers_number ON settings_change_numbers (number_id);

    ALTER TABLE messages ADD COLUMN origin TEXT;
    UPDATE messages SET origin = 'campaign' WHERE campaign_id IS NOT NULL;
    DROP INDEX messages_campaign_contact;
    CREATE INDEX messages_active_unanswered ON messages (conversation_id, delivered_at)
        WHERE origin IS NOT NULL AND answered_at IS NULL;
    CREATE INDEX messages_active ON messages (conversation_id, created_at) WHERE origin IS NOT NULL;
    "
);
