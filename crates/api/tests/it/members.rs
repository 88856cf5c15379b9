//! Members (spec O2).
