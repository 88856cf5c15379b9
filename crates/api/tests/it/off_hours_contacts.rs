//! Who wrote while attendance was closed or the agent away, and writing back to them (spec A4).
