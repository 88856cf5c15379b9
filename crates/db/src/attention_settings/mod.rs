//! Questions about attention settings (spec S1).
