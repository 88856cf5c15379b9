//! The managers of all groups of an organization, and the numbers of a group by name, each by an index.

crate::sql::change!(
    "m0011_groups_listed",
    "
    CREATE INDEX group_managers_organization ON group_managers (organization_id);
    DROP INDEX numbers_group;
    CREATE INDEX numbers_group ON numbers (group_id, name, id);
    "
);
