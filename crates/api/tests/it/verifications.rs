//! Verifying and registering numbers (spec S7).
