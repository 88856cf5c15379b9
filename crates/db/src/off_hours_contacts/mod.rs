//! Questions about who wrote off hours (spec A4).
