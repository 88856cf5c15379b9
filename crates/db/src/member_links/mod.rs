//! Questions about links by which members choose a password.
