//! Webhook deliveries whose signature was missing or wrong, counted by the hour.
