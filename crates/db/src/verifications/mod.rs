//! Questions about attempts at verifying and registering numbers.
