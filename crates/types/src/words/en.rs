//! The words of every refusal in English.

use crate::{ErrorCode, FieldCode, campaigns::RowFaultReason};

pub(super) fn error(code: ErrorCode) -> (&'static str, &'static str) {
    match code {
        ErrorCode::MalformedRequest => (
            "The request cannot be read",
            "What was sent does not have the expected form. Check the format and try again.",
        ),
        ErrorCode::ValidationFailed => ("Some fields need correcting", "Correct the fields marked and save again."),
        ErrorCode::Unauthenticated => ("Sign in", "Your session does not exist or has ended. Sign in again."),
        ErrorCode::SignInRefused => ("Could not sign in", "The e-mail or the password is not right."),
        ErrorCode::SignInThrottled => ("Too many attempts", "Wait a few minutes before trying again."),
        ErrorCode::PermissionMissing => {
            ("You may not do this", "Your profile does not allow this action. Ask an administrator for it.")
        }
        ErrorCode::OriginRefused => {
            ("Origin refused", "The request comes from another site. Open Cercano and repeat the action there.")
        }
        ErrorCode::NotFound => ("Not found", "What you are looking for does not exist or is not within your reach."),
        ErrorCode::MethodNotAllowed => ("Method not allowed", "This address does not take that method."),
        ErrorCode::BodyTooLarge => ("Too large", "What was sent is over the size allowed. Send less at once."),
        ErrorCode::MediaTypeUnsupported => {
            ("Format not supported", "The content type is not what this address expects.")
        }
        ErrorCode::IdempotencyKeyReused => {
            ("Key already used", "This Idempotency-Key was used with another body. Use a new one.")
        }
        ErrorCode::RequestStillRunning => {
            ("Still running", "The first request with this key has not finished. Wait a moment.")
        }
        ErrorCode::TooManyRequests => ("Too many requests", "Slow down and try again in a few seconds."),
        ErrorCode::Overloaded => {
            ("Service busy", "There is more work than fits right now. Try again in a few seconds.")
        }
        ErrorCode::Internal => (
            "Something failed on our side",
            "It is not your fault. Try again and, if it repeats, share the reference with support.",
        ),
        ErrorCode::SignatureMissing => {
            ("Signature missing", "The event does not carry the X-Hub-Signature-256 header.")
        }
        ErrorCode::SignatureWrong => ("Signature wrong", "The signature of the event does not match its content."),
        ErrorCode::VerifyTokenWrong => ("Token wrong", "The verify token is not the one configured."),
        ErrorCode::AlreadySetUp => {
            ("Already set up", "This installation already has its first organization. Sign in with your e-mail.")
        }
        ErrorCode::EmailTaken => ("E-mail in use", "There is already a member with that e-mail."),
        ErrorCode::QuickReplyCategoryNameTaken => {
            ("That name exists", "There is already a category with that name. Choose another.")
        }
        ErrorCode::TicketAlreadyTaken => ("Someone else took it", "The ticket is already assigned to someone else."),
        ErrorCode::TicketClosed => ("The ticket is closed", "A closed ticket does not change any more."),
        ErrorCode::TicketNotYours => ("The ticket is not yours", "Take the ticket before answering."),
        ErrorCode::ServiceWindowClosed => (
            "The 24-hour window is closed",
            "The contact has not written for over 24 hours: WhatsApp only takes a template.",
        ),
        ErrorCode::SheetUnreadable => (
            "The sheet cannot be read",
            "The file is not a valid xlsx, xls, ods or csv sheet. Save it anew and upload it again.",
        ),
        ErrorCode::SheetEncrypted => ("The sheet has a password", "Save it without a password and upload it again."),
        ErrorCode::SheetTooLarge => {
            ("The sheet is too large", "The file is over 50 MB packed, or over what fits unpacked.")
        }
        ErrorCode::SheetEmpty => ("The sheet is empty", "There is no row below the headers."),
        ErrorCode::SheetTooManyRows => ("Too many rows", "A sheet has up to 100,000 rows. Split it into several."),
        ErrorCode::SheetColumnsMissing => {
            ("Columns missing", "The sheet needs the columns sender, recipient and template.")
        }
        ErrorCode::CampaignHasFaultyRows => {
            ("Some rows are faulty", "Correct the sheet or choose to leave the faulty rows out.")
        }
        ErrorCode::CampaignHasNoRecipients => ("Nobody left to send to", "No row of the sheet is valid."),
        ErrorCode::CampaignNotDraft => ("The campaign has gone out", "Only a draft can be sent or deleted."),
        ErrorCode::CampaignNotRunning => {
            ("The campaign is not sending", "Only a campaign that is sending can be paused.")
        }
        ErrorCode::CampaignNotPaused => ("The campaign is not paused", "Only a paused campaign can be resumed."),
        ErrorCode::CampaignEnded => {
            ("The campaign has ended", "A finished or cancelled campaign does not change any more.")
        }
    }
}

pub(super) fn field(code: FieldCode) -> &'static str {
    match code {
        FieldCode::Required => "This is needed.",
        FieldCode::TooShort => "It needs at least {limit} characters.",
        FieldCode::TooLong => "It takes up to {limit} characters.",
        FieldCode::OutOfRange => "The value is out of its limits.",
        FieldCode::NotAnEmail => "It is not an e-mail: write something like ana@example.com.",
        FieldCode::NotATimeZone => "It is not a time zone: write something like America/Santiago.",
        FieldCode::NotFound => "It does not exist or is not within your reach.",
        FieldCode::Invalid => "The value is not valid.",
    }
}

pub(super) fn row_fault(reason: RowFaultReason) -> &'static str {
    match reason {
        RowFaultReason::Missing => "The cell is empty and needed.",
        RowFaultReason::PhoneInvalid => "It is not a phone with a country code, such as +56911112222.",
        RowFaultReason::SenderUnknown => "The sender is not a number within your reach.",
        RowFaultReason::TemplateUnknown => "The sender has no template of that name.",
        RowFaultReason::TemplateNotApproved => "WhatsApp has not approved that template.",
        RowFaultReason::LanguageNeeded => "The template exists in several languages: say which.",
        RowFaultReason::LanguageUnknown => "The template does not exist in that language.",
        RowFaultReason::VariableMissing => "The value of this variable of the template is missing.",
        RowFaultReason::VariableTooLong => "With this value the text is over what WhatsApp takes.",
        RowFaultReason::VariableInvalid => "An address that begins with https:// goes here.",
        RowFaultReason::TemplateUnsupported => "The template has a part that cannot be sent from here yet.",
        RowFaultReason::Duplicate => "The same sender already sends this template to this recipient in an earlier row.",
        RowFaultReason::OptedOut => "The contact asked not to receive messages.",
    }
}
