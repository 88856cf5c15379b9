//! What comes from WhatsApp as it came, what goes to open pages, and who does the work among several replicas.

crate::sql::change!(
    "m0006_channel",
    "
    CREATE TABLE webhook_events (
        id {counter},
        received_at BIGINT NOT NULL,
        body {bytes} NOT NULL
    );

    CREATE TABLE webhook_faults (
        webhook_event_id BIGINT PRIMARY KEY,
        reason TEXT NOT NULL,
        created_at BIGINT NOT NULL
    );

    CREATE TABLE positions (
        name TEXT PRIMARY KEY,
        position BIGINT NOT NULL
    );

    CREATE TABLE leases (
        name TEXT PRIMARY KEY,
        holder {uuid} NOT NULL,
        until BIGINT NOT NULL
    );

    CREATE TABLE events (
        id {counter},
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        number_id {uuid},
        permission TEXT NOT NULL,
        payload TEXT NOT NULL,
        created_at BIGINT NOT NULL
    );
    CREATE INDEX events_created ON events (created_at);
    "
);
