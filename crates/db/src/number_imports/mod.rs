//! Questions about sheets of numbers to be included.
