//! Quick replies, their categories, and the numbers each is visible on (spec A7).
//!
//! `quick_reply_numbers` lists the exceptions to `everywhere`: the numbers a reply is visible on, or is not.

crate::sql::change!(
    "m0003_quick_replies",
    "
    CREATE TABLE quick_reply_categories (
        id {uuid} PRIMARY KEY,
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        name TEXT NOT NULL,
        name_key TEXT NOT NULL,
        updated_at BIGINT NOT NULL
    );
    CREATE UNIQUE INDEX quick_reply_categories_name ON quick_reply_categories (organization_id, name_key);

    CREATE TABLE quick_replies (
        id {uuid} PRIMARY KEY,
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        category_id {uuid} NOT NULL REFERENCES quick_reply_categories (id),
        title TEXT NOT NULL,
        text TEXT NOT NULL,
        everywhere BOOLEAN NOT NULL,
        search_key TEXT NOT NULL,
        updated_at BIGINT NOT NULL
    );
    CREATE INDEX quick_replies_title ON quick_replies (organization_id, title, id);
    CREATE INDEX quick_replies_category ON quick_replies (category_id);

    CREATE TABLE quick_reply_numbers (
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        quick_reply_id {uuid} NOT NULL REFERENCES quick_replies (id),
        number_id {uuid} NOT NULL REFERENCES numbers (id),
        PRIMARY KEY (quick_reply_id, number_id)
    );
    CREATE INDEX quick_reply_numbers_number ON quick_reply_numbers (number_id);
    "
);
