//! Changes of many numbers' settings in one transaction: planned, made, taken back (spec S3, S5).
