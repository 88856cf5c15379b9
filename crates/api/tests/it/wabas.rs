//! WhatsApp Business Accounts (Administración).
