//! Groups of numbers and of groups (spec O4).
