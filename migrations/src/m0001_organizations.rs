//! Organizations, their members, profiles and sessions.

crate::sql::change!(
    "m0001_organizations",
    "
    CREATE TABLE organizations (
        id {uuid} PRIMARY KEY,
        name TEXT NOT NULL,
        time_zone TEXT NOT NULL,
        language TEXT NOT NULL,
        created_at BIGINT NOT NULL
    );

    CREATE TABLE profiles (
        id {uuid} PRIMARY KEY,
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        name TEXT NOT NULL,
        description TEXT NOT NULL,
        administrator BOOLEAN NOT NULL,
        permissions {json} NOT NULL,
        created_at BIGINT NOT NULL
    );
    CREATE UNIQUE INDEX profiles_name ON profiles (organization_id, lower(name));

    CREATE TABLE members (
        id {uuid} PRIMARY KEY,
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        profile_id {uuid} REFERENCES profiles (id),
        name TEXT NOT NULL,
        email TEXT NOT NULL,
        password_hash TEXT,
        language TEXT NOT NULL,
        agent_status TEXT NOT NULL,
        deactivated_at BIGINT,
        created_at BIGINT NOT NULL
    );
    CREATE UNIQUE INDEX members_email ON members (email);
    CREATE INDEX members_name ON members (organization_id, name, id);
    CREATE INDEX members_profile ON members (profile_id);

    CREATE TABLE sessions (
        id {uuid} PRIMARY KEY,
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        member_id {uuid} NOT NULL REFERENCES members (id),
        user_agent TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        last_seen_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL,
        revoked_at BIGINT
    );
    CREATE INDEX sessions_member ON sessions (member_id, created_at);

    CREATE TABLE sign_in_failures (
        subject TEXT PRIMARY KEY,
        failures BIGINT NOT NULL,
        first_at BIGINT NOT NULL
    );
    "
);
