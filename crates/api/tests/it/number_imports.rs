//! Including numbers from a sheet (spec O1).
