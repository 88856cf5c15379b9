//! Questions about which templates numbers may send (spec S2).
