//! A number is known by its account and by what `WhatsApp` calls it there: an account of one organization cannot take the
//! place of another's number.

crate::sql::change!(
    "m0013_numbers_of_accounts",
    "
    DROP INDEX numbers_phone_number;
    CREATE UNIQUE INDEX numbers_phone_number ON numbers (waba_id, phone_number_id) WHERE deleted_at IS NULL;
    "
);
