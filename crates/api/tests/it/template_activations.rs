//! Which templates of its account a number may send (spec S2).
