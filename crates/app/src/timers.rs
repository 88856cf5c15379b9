//! Durable timers of conversations: each fires once, whichever replica runs, even after downtime.
