//! Business profiles on WhatsApp (spec S6).
