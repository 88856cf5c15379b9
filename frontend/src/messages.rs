//! Words of message states and failures, for Desk and for campaigns.

use crate::i18n::{Locale, td_string};
use types::messages::{Failure, MediaKind, MessageStatus};

pub fn status(locale: Locale, status: MessageStatus) -> &'static str {
    match status {
        MessageStatus::Received => td_string!(locale, messages.status_received),
        MessageStatus::Queued => td_string!(locale, messages.status_queued),
        MessageStatus::Sending => td_string!(locale, messages.status_sending),
        MessageStatus::Unconfirmed => td_string!(locale, messages.status_unconfirmed),
        MessageStatus::Accepted => td_string!(locale, messages.status_accepted),
        MessageStatus::Sent => td_string!(locale, messages.status_sent),
        MessageStatus::Delivered => td_string!(locale, messages.status_delivered),
        MessageStatus::Read => td_string!(locale, messages.status_read),
        MessageStatus::Failed => td_string!(locale, messages.status_failed),
        MessageStatus::Cancelled => td_string!(locale, messages.status_cancelled),
    }
}

/// Why a message failed and what may help, with WhatsApp's code to quote.
pub fn failure(locale: Locale, failure: &Failure) -> String {
    let reason = reason(locale, &failure.reason);
    if failure.code == 0 {
        return reason.to_owned();
    }
    format!("{reason} ({})", td_string!(locale, messages.fail_code, code = failure.code))
}

/// A kind of reason in words; a kind that is newer than this page is said in general.
pub fn reason(locale: Locale, kind: &str) -> &'static str {
    match kind {
        "undeliverable" => td_string!(locale, messages.fail_undeliverable),
        "window_shut" => td_string!(locale, messages.fail_window_shut),
        "marketing_limit" => td_string!(locale, messages.fail_marketing_limit),
        "opted_out" => td_string!(locale, messages.fail_opted_out),
        "experiment" => td_string!(locale, messages.fail_experiment),
        "same_number" => td_string!(locale, messages.fail_same_number),
        "unsupported_type" => td_string!(locale, messages.fail_unsupported_type),
        "media" => td_string!(locale, messages.fail_media),
        "template_variables" => td_string!(locale, messages.fail_template_variables),
        "template_missing" => td_string!(locale, messages.fail_template_missing),
        "template_text" => td_string!(locale, messages.fail_template_text),
        "template_paused" => td_string!(locale, messages.fail_template_paused),
        "parameter" => td_string!(locale, messages.fail_parameter),
        "throughput" => td_string!(locale, messages.fail_throughput),
        "pair_rate" => td_string!(locale, messages.fail_pair_rate),
        "temporary" => td_string!(locale, messages.fail_temporary),
        "auth" => td_string!(locale, messages.fail_auth),
        "account" => td_string!(locale, messages.fail_account),
        "payment" => td_string!(locale, messages.fail_payment),
        "spam" => td_string!(locale, messages.fail_spam),
        _ => td_string!(locale, messages.fail_unknown),
    }
}

pub fn media(locale: Locale, kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Image => td_string!(locale, messages.image),
        MediaKind::Video => td_string!(locale, messages.video),
        MediaKind::Audio => td_string!(locale, messages.audio),
        MediaKind::Voice => td_string!(locale, messages.voice),
        MediaKind::Document => td_string!(locale, messages.document),
        MediaKind::Sticker => td_string!(locale, messages.sticker),
    }
}
