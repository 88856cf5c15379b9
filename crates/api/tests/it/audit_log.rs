//! The audit log (spec P6).
