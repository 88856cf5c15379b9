//! Who is who, and who may do what: profiles with versions, links to choose a password, mail, and the audit log.

crate::sql::change!(
    "m0007_access",
    "
    ALTER TABLE organizations ADD COLUMN retention_days BIGINT;
    ALTER TABLE organizations ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

    ALTER TABLE profiles ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
    ALTER TABLE profiles ADD COLUMN updated_at BIGINT NOT NULL DEFAULT 0;
    UPDATE profiles SET updated_at = created_at;

    CREATE TABLE mail_settings (
        organization_id {uuid} PRIMARY KEY REFERENCES organizations (id),
        host TEXT NOT NULL,
        port BIGINT NOT NULL,
        security TEXT NOT NULL,
        username TEXT,
        password_sealed {bytes},
        from_address TEXT NOT NULL,
        from_name TEXT NOT NULL,
        updated_at BIGINT NOT NULL
    );

    CREATE TABLE member_links (
        id {uuid} PRIMARY KEY,
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        member_id {uuid} NOT NULL REFERENCES members (id),
        kind TEXT NOT NULL,
        token_hash {bytes} NOT NULL,
        created_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL,
        ended_at BIGINT
    );
    CREATE UNIQUE INDEX member_links_token ON member_links (token_hash);
    CREATE INDEX member_links_member ON member_links (member_id);

    CREATE TABLE audit_log (
        id {uuid} PRIMARY KEY,
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        at BIGINT NOT NULL,
        member_id {uuid} REFERENCES members (id),
        member_name TEXT,
        subject TEXT NOT NULL,
        subject_id {uuid},
        subject_name TEXT NOT NULL,
        action TEXT NOT NULL,
        changes {json} NOT NULL,
        search_key TEXT NOT NULL
    );
    CREATE INDEX audit_log_at ON audit_log (organization_id, at, id);
    CREATE INDEX audit_log_subject ON audit_log (organization_id, subject, at, id);
    CREATE INDEX audit_log_member ON audit_log (organization_id, member_id, at, id);

    ALTER TABLE events ADD COLUMN member_id {uuid};
    CREATE INDEX sessions_last_seen ON sessions (member_id, last_seen_at);
    "
);
