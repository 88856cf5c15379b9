//! Members with versions, so that an old page does not give back what was taken meanwhile.

crate::sql::change!(
    "m0012_members_versioned",
    "
    ALTER TABLE members ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
    "
);
