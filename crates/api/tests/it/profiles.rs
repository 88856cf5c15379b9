//! Profiles (spec O2).
