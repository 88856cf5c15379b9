//! Questions about how an organization's mail goes out.
