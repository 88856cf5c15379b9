//! Contacts, conversations, tickets and messages. A message waiting to be sent is its own place in the queue (ADR 5).
//!
//! A contact's `phone_key` is the same for all known variants of a phone, so that no person becomes two contacts.

crate::sql::change!(
    "m0004_conversations",
    "
    CREATE TABLE contacts (
        id {uuid} PRIMARY KEY,
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        wa_id TEXT,
        user_id TEXT,
        phone TEXT,
        phone_key TEXT,
        name TEXT,
        search_key TEXT NOT NULL,
        attributes {json} NOT NULL,
        opted_out BOOLEAN NOT NULL,
        created_at BIGINT NOT NULL,
        last_interaction_at BIGINT
    );
    CREATE UNIQUE INDEX contacts_phone ON contacts (organization_id, phone_key);
    CREATE UNIQUE INDEX contacts_user_id ON contacts (organization_id, user_id);

    CREATE TABLE conversations (
        id {uuid} PRIMARY KEY,
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        number_id {uuid} NOT NULL REFERENCES numbers (id),
        contact_id {uuid} NOT NULL REFERENCES contacts (id),
        engine_state {json} NOT NULL,
        last_inbound_at BIGINT,
        unread BIGINT NOT NULL,
        last_message_id {uuid},
        last_message_at BIGINT,
        created_at BIGINT NOT NULL
    );
    CREATE UNIQUE INDEX conversations_pair ON conversations (number_id, contact_id);
    CREATE INDEX conversations_contact ON conversations (contact_id);

    CREATE TABLE tickets (
        id {uuid} PRIMARY KEY,
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        number_id {uuid} NOT NULL REFERENCES numbers (id),
        contact_id {uuid} NOT NULL REFERENCES contacts (id),
        conversation_id {uuid} NOT NULL REFERENCES conversations (id),
        ticket_number BIGINT NOT NULL,
        status TEXT NOT NULL,
        close_reason TEXT,
        assignee_id {uuid} REFERENCES members (id),
        created_at BIGINT NOT NULL,
        assigned_at BIGINT,
        first_response_at BIGINT,
        closed_at BIGINT
    );
    CREATE UNIQUE INDEX tickets_one_open ON tickets (conversation_id) WHERE status <> 'closed';
    CREATE UNIQUE INDEX tickets_ticket_number ON tickets (number_id, ticket_number);
    CREATE INDEX tickets_open ON tickets (organization_id, status, created_at, id) WHERE status <> 'closed';
    CREATE INDEX tickets_open_number ON tickets (number_id, status, created_at, id) WHERE status <> 'closed';
    CREATE INDEX tickets_mine ON tickets (assignee_id, status) WHERE status <> 'closed';
    CREATE INDEX tickets_closed ON tickets (organization_id, closed_at, id) WHERE status = 'closed';
    CREATE INDEX tickets_closed_number ON tickets (number_id, closed_at, id) WHERE status = 'closed';
    CREATE INDEX tickets_conversation ON tickets (conversation_id, created_at);

    CREATE TABLE messages (
        id {uuid} PRIMARY KEY,
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        number_id {uuid} NOT NULL REFERENCES numbers (id),
        contact_id {uuid} NOT NULL REFERENCES contacts (id),
        conversation_id {uuid} NOT NULL REFERENCES conversations (id),
        ticket_id {uuid} REFERENCES tickets (id),
        author TEXT NOT NULL,
        member_id {uuid} REFERENCES members (id),
        campaign_id {uuid},
        campaign_row BIGINT,
        content {json} NOT NULL,
        status TEXT NOT NULL,
        wamid TEXT,
        reply_to_id {uuid},
        attempt_id {uuid},
        attempts BIGINT NOT NULL,
        due_at BIGINT,
        failure_code BIGINT,
        failure_reason TEXT,
        failure_detail TEXT,
        created_at BIGINT NOT NULL,
        sent_at BIGINT,
        delivered_at BIGINT,
        read_at BIGINT,
        answered_at BIGINT
    );
    CREATE UNIQUE INDEX messages_wamid ON messages (wamid, number_id);
    CREATE INDEX messages_thread ON messages (conversation_id, created_at, id);
    CREATE INDEX messages_queue_replies ON messages (number_id, due_at, id)
        WHERE status = 'queued' AND campaign_id IS NULL;
    CREATE INDEX messages_queue_active ON messages (number_id, due_at, id)
        WHERE status = 'queued' AND campaign_id IS NOT NULL;
    CREATE INDEX messages_sending ON messages (number_id, id) WHERE status = 'sending';
    CREATE UNIQUE INDEX messages_campaign_row ON messages (campaign_id, campaign_row) WHERE campaign_id IS NOT NULL;
    CREATE INDEX messages_campaign_status ON messages (campaign_id, status, campaign_row) WHERE campaign_id IS NOT NULL;
    CREATE INDEX messages_campaign_answered ON messages (campaign_id) WHERE answered_at IS NOT NULL;
    CREATE INDEX messages_campaign_contact ON messages (conversation_id, delivered_at)
        WHERE campaign_id IS NOT NULL AND answered_at IS NULL;
    "
);
