//! Sheets of numbers to be included, and what became of each action of each number (spec O1).
//!
//! The profile is no reference, so that one that was once chosen here can be deleted like any other.

crate::sql::change!(
    "m0009_number_imports",
    "
    CREATE TABLE number_imports (
        id {uuid} PRIMARY KEY,
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        created_by {uuid} NOT NULL REFERENCES members (id),
        started_by {uuid} REFERENCES members (id),
        waba_id {uuid} REFERENCES wabas (id),
        profile_id {uuid},
        file_name TEXT NOT NULL,
        status TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        started_at BIGINT,
        finished_at BIGINT
    );
    CREATE INDEX number_imports_created ON number_imports (organization_id, created_at, id);
    CREATE INDEX number_imports_running ON number_imports (id) WHERE status = 'running';

    CREATE TABLE number_import_rows (
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        import_id {uuid} NOT NULL REFERENCES number_imports (id),
        sheet_row BIGINT NOT NULL,
        country_code TEXT NOT NULL,
        phone_number TEXT NOT NULL,
        users_emails TEXT NOT NULL,
        display_name TEXT NOT NULL,
        phone TEXT,
        faults {json} NOT NULL,
        number_id {uuid} REFERENCES numbers (id),
        PRIMARY KEY (import_id, sheet_row)
    );
    CREATE INDEX number_import_rows_number ON number_import_rows (number_id);

    CREATE TABLE number_import_actions (
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        import_id {uuid} NOT NULL REFERENCES number_imports (id),
        sheet_row BIGINT NOT NULL,
        kind TEXT NOT NULL,
        status TEXT NOT NULL,
        attempts BIGINT NOT NULL,
        started_at BIGINT,
        finished_at BIGINT,
        trouble {json},
        code TEXT,
        PRIMARY KEY (import_id, sheet_row, kind)
    );
    "
);
