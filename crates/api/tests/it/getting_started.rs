//! What numbers still need to be operative (spec S4).
