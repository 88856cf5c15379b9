//! Links by which members choose a password (spec P1).
