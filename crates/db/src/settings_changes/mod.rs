//! Questions about changes of many numbers' settings (spec S3, S5).
