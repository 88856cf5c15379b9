//! The organization and its mail (Administración).
