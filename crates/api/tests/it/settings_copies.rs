//! Copying settings from one number to many, and taking it back (spec S5).
