//! The words of every refusal in English.

use crate::{ErrorCode, FieldCode, campaigns::RowFaultReason};

#[expect(clippy::too_many_lines, reason = "one line or two for each refusal there is")]
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
        ErrorCode::ProfileNameTaken => {
            ("That name exists", "There is already a profile with that name. Choose another.")
        }
        ErrorCode::ProfileIsBuiltIn => (
            "This profile does not change",
            "The administrator's profile always has every permission and is not deleted.",
        ),
        ErrorCode::MemberHasProfile => {
            ("Has another profile", "They have another profile and would lose it: {about}. Confirm the replacement.")
        }
        ErrorCode::MayNotGrant => (
            "You cannot grant that",
            "Nobody grants permissions they do not have, or changes somebody who has more permissions or more numbers. Ask an administrator.",
        ),
        ErrorCode::LastAdministrator => (
            "The last administrator",
            "The organization needs at least one administrator who can sign in. Appoint another first.",
        ),
        ErrorCode::MemberDeactivated => {
            ("The member is deactivated", "Reactivate the member before doing this: {about}.")
        }
        ErrorCode::MemberActive => (
            "The member has signed in",
            "The invitation was accepted already. For a forgotten password, send a link to choose another.",
        ),
        ErrorCode::LinkEnded => (
            "The link has ended",
            "It was used, has expired, or another was sent after it. Ask an administrator for a new one.",
        ),
        ErrorCode::VersionConflict => (
            "Someone changed it first",
            "Somebody else saved changes while you were editing. Compare both sides and save again.",
        ),
        ErrorCode::NumberAlreadyGrouped => (
            "The number is in a group already",
            "A number is in one group only: {about}. Move it instead of adding it.",
        ),
        ErrorCode::GroupAlreadyGrouped => (
            "The group is in another already",
            "A group is inside one group only: {about}. Move it instead of adding it.",
        ),
        ErrorCode::GroupWouldBeEmpty => (
            "A group would be empty",
            "The group {about} would have nothing left in it. Delete it too, or leave something in it.",
        ),
        ErrorCode::GroupHasCycle => {
            ("A group cannot contain itself", "{about} is inside the group you want to move. Choose another place.")
        }
        ErrorCode::GroupContentMismatch => {
            ("That group holds something else", "A group is of numbers or of groups, never of both: {about}.")
        }
        ErrorCode::OwnerIsAgent => ("Owns the number", "The owner is always an agent. Choose another owner first."),
        ErrorCode::NumberConfirmationWrong => {
            ("The number does not match", "Type the whole number, as it is shown, to delete it.")
        }
        ErrorCode::WabaAlreadyConnected => {
            ("The account is connected already", "That WhatsApp account is already connected in this installation.")
        }
        ErrorCode::WabaHasNumbers => ("The account has numbers", "Delete its numbers first: {about}."),
        ErrorCode::MailNotConfigured => ("No mail is set up", "Set up the organization's mail server first."),
        ErrorCode::WhatsappRefused => {
            ("WhatsApp did not accept it", "WhatsApp answered no. Below is why, and what to do.")
        }
        ErrorCode::WhatsappUnreachable => {
            ("WhatsApp does not answer", "WhatsApp could not be reached. Wait a moment and try again.")
        }
        ErrorCode::NumberNotIncluded => {
            ("The number is not in its account yet", "Finish including it under Inclusión de números, and come back.")
        }
        ErrorCode::NumberAlreadyIncluded => {
            ("The number is included already", "The organization has that number already: {about}.")
        }
        ErrorCode::NumberNotVerified => {
            ("The number is not verified", "Ask for a code and confirm it before registering the number.")
        }
        ErrorCode::NumberAlreadyVerified => {
            ("The number is verified already", "It needs no other code. Register the number with its PIN.")
        }
        ErrorCode::CodeTooSoon => (
            "Wait before asking for another code",
            "A code has just been sent. The page shows when you can ask for another.",
        ),
        ErrorCode::CodesUsedUp => {
            ("No codes are left for now", "Too many codes were asked for. The page shows when there will be another.")
        }
        ErrorCode::GuessesUsedUp => ("Too many attempts", "Too many wrong codes were entered. Ask for a new one."),
        ErrorCode::RegistrationsUsedUp => (
            "Too many registrations",
            "WhatsApp allows 10 registrations of a number in 72 hours. The page shows when to try again.",
        ),
        ErrorCode::CodeNotRequested => ("There is no valid code", "Ask for a code by SMS or call first."),
        ErrorCode::PictureUnreadable => {
            ("The picture cannot be read", "It has to be a JPEG or PNG picture of up to 5 MB.")
        }
        ErrorCode::PictureTooSmall => ("The picture is too small", "Each side needs at least 192 pixels."),
        ErrorCode::ImportHasFaultyRows => {
            ("Some rows are faulty", "Correct the cells marked, or leave those rows out.")
        }
        ErrorCode::ImportEmpty => ("There are no numbers to include", "The sheet has no row below the headers."),
        ErrorCode::ImportNotDraft => ("The inclusion has begun", "Only a draft can be corrected, started or deleted."),
        ErrorCode::ImportNotStarted => ("The inclusion has not begun", "Start creating the numbers first."),
        ErrorCode::ImportTooManyRows => ("Too many rows", "Up to 20 numbers are included at a time. Split the sheet."),
        ErrorCode::ImportColumnsMissing => {
            ("Columns missing", "The sheet needs the columns CC, PhoneNumber, UsersEmails and DisplayName.")
        }
        ErrorCode::PasswordWrong => ("The password is not right", "That is not the current password. Type it again."),
        ErrorCode::SandboxUnavailable => ("There is no sandbox", "The sandbox of this server is not switched on."),
        ErrorCode::AgentMayNotClose => {
            ("You may not close tickets on this number", "Its attention settings leave closing to managers.")
        }
        ErrorCode::AgentMayNotTransfer => {
            ("You may not transfer on this number", "Its attention settings leave transfers to managers.")
        }
        ErrorCode::AgentMayNotStart => (
            "You may not start conversations on this number",
            "Its attention settings leave active messages to managers.",
        ),
        ErrorCode::TagMissing => {
            ("A tag is missing", "This number asks for at least one tag to close a ticket. Choose one of its list.")
        }
        ErrorCode::TransferToSame => ("The ticket is there already", "Choose another queue or person to hand it to."),
        ErrorCode::MessageAlreadySent => (
            "A message was sent before",
            "This contact has already been sent an active message. Confirm to send another.",
        ),
        ErrorCode::TemplateNotActive => (
            "The template is not active",
            "Activate it for this number in Template activation, or choose another: {about}.",
        ),
        ErrorCode::TemplateNotApproved => {
            ("The template is not approved", "WhatsApp has not approved it; choose another: {about}.")
        }
        ErrorCode::TemplateVariablesWrong => {
            ("Values of the template are missing", "Fill in every variable of the template: {about}.")
        }
        ErrorCode::ContactOptedOut => ("The contact asked for no messages", "No active messages can be sent to them."),
        ErrorCode::NumbersOfOtherWaba => (
            "The numbers are in different accounts",
            "Templates belong to one WhatsApp account. These numbers are in another: {about}.",
        ),
        ErrorCode::SettingsChangedSince => (
            "Somebody changed them since",
            "These numbers were changed since and were not touched: {about}. You can go on without them.",
        ),
        ErrorCode::ChangeUndone => ("It was undone already", "This change had been undone before."),
        ErrorCode::ChatbotNotMade => {
            ("The number has no chatbot yet", "Finish its inclusion in Number inclusion first: {about}.")
        }
        ErrorCode::OwnActionRefused => ("Not on yourself", "Ask another administrator to do it for you."),
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
        FieldCode::NotAnAddress => "It is not a web address: write something like https://example.com.",
        FieldCode::OnlyDigits => "It has digits only.",
        FieldCode::SixDigits => "It has 6 digits.",
        FieldCode::Repeated => "It is there twice.",
        FieldCode::EmailTaken => "There is already a member with that e-mail.",
        FieldCode::NotAnAgent => "It has to be an agent of this number.",
        FieldCode::TooMany => "At most {limit} are possible.",
        FieldCode::NotATime => "A time is from 00:00 to 24:00.",
        FieldCode::NotADay => "There is no such day: write DD/MM, such as 25/12.",
        FieldCode::EndsBeforeItStarts => "The end has to be after the start.",
        FieldCode::Overlaps => "Intervals are in order and do not overlap.",
        FieldCode::WrongHost => "The address has to begin with https:// and be of that network.",
        FieldCode::UnknownVariable => "There is a variable nobody knows. Use those offered beside the text.",
        FieldCode::SuggestsItself => "A number cannot suggest itself.",
        FieldCode::NeedsTemplate => "It needs the template atendimento_esta_disponivel approved in its account.",
        FieldCode::ReservedName => "That is the default queue's name.",
        FieldCode::OtherAccount => "It is in another WhatsApp account.",
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
        RowFaultReason::TemplateNotActive => "That template is not active for the sender.",
        RowFaultReason::OptedOut => "The contact asked not to receive messages.",
    }
}
