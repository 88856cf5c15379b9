//! Numbers from their inclusion to their registration, the accounts they are in, and groups with kinds.
//!
//! A number is here before WhatsApp has given it an id, so the id may be absent; the column is put in place anew, because
//! `SQLite` cannot take a `NOT NULL` away.

crate::sql::change!(
    "m0008_numbers_included",
    "
    DROP INDEX numbers_phone_number;
    DROP INDEX numbers_phone;
    ALTER TABLE numbers ADD COLUMN whatsapp_id TEXT;
    UPDATE numbers SET whatsapp_id = phone_number_id;
    ALTER TABLE numbers DROP COLUMN phone_number_id;
    ALTER TABLE numbers RENAME COLUMN whatsapp_id TO phone_number_id;
    CREATE UNIQUE INDEX numbers_phone_number ON numbers (phone_number_id) WHERE deleted_at IS NULL;
    CREATE UNIQUE INDEX numbers_phone ON numbers (organization_id, phone) WHERE deleted_at IS NULL;

    ALTER TABLE numbers ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
    ALTER TABLE numbers ADD COLUMN chatbot_created_at BIGINT;
    ALTER TABLE numbers ADD COLUMN whatsapp_status TEXT;
    ALTER TABLE numbers ADD COLUMN verified_at BIGINT;
    ALTER TABLE numbers ADD COLUMN registered_at BIGINT;
    ALTER TABLE numbers ADD COLUMN quality TEXT;
    ALTER TABLE numbers ADD COLUMN messaging_limit TEXT;
    ALTER TABLE numbers ADD COLUMN whatsapp_read_at BIGINT;
    ALTER TABLE numbers ADD COLUMN profile_filled_at BIGINT;
    UPDATE numbers SET chatbot_created_at = created_at, verified_at = created_at, registered_at = created_at, whatsapp_status = 'CONNECTED';
    CREATE INDEX conversations_heard ON conversations (number_id) WHERE last_inbound_at IS NOT NULL;

    ALTER TABLE wabas ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
    ALTER TABLE wabas ADD COLUMN sandbox BOOLEAN NOT NULL DEFAULT FALSE;
    UPDATE wabas SET sandbox = TRUE WHERE base_url LIKE '%/sandbox/graph';
    ALTER TABLE wabas ADD COLUMN checked_at BIGINT;
    ALTER TABLE wabas ADD COLUMN trouble {json};
    ALTER TABLE wabas ADD COLUMN subscribed BOOLEAN NOT NULL DEFAULT FALSE;
    ALTER TABLE wabas ADD COLUMN synchronized_at BIGINT;
    ALTER TABLE wabas ADD COLUMN last_event_at BIGINT;
    ALTER TABLE wabas ADD COLUMN deleted_at BIGINT;
    DROP INDEX wabas_waba;
    CREATE UNIQUE INDEX wabas_waba ON wabas (waba_id) WHERE deleted_at IS NULL;

    ALTER TABLE groups ADD COLUMN kind TEXT NOT NULL DEFAULT 'team';
    ALTER TABLE groups ADD COLUMN content TEXT NOT NULL DEFAULT 'numbers';
    ALTER TABLE groups ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
    UPDATE groups SET content = 'groups' WHERE EXISTS (SELECT 1 FROM groups c WHERE c.parent_id = groups.id);
    CREATE INDEX groups_name ON groups (organization_id, name, id);

    CREATE TABLE verification_attempts (
        id {uuid} PRIMARY KEY,
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        number_id {uuid} NOT NULL REFERENCES numbers (id),
        member_id {uuid} NOT NULL REFERENCES members (id),
        kind TEXT NOT NULL,
        method TEXT,
        at BIGINT NOT NULL,
        succeeded BOOLEAN NOT NULL,
        trouble {json}
    );
    CREATE INDEX verification_attempts_number ON verification_attempts (number_id, kind, at);

    CREATE TABLE signature_failures (
        hour BIGINT PRIMARY KEY,
        failures BIGINT NOT NULL,
        last_at BIGINT NOT NULL
    );
    "
);
