//! WhatsApp's reports of how far a message of ours came: late, twice, out of order, and never backwards.

use crate::conversations::Batch;
use domain::messages::{advance, rank};
use types::messages::{Failure, MessageStatus};
use whatsapp::{FailureReason, GraphError, StatusUpdate, webhook};

pub(super) fn receive(batch: &mut Batch, report: &StatusUpdate) {
    let Some(line) = batch.lines.find((&report.waba_id, &report.phone_number_id)) else { return };
    let number = line.number.id;
    let by_opaque = report.opaque.as_deref().and_then(|opaque| opaque.parse().ok());
    let id = by_opaque.or_else(|| batch.known.get(&(number, report.wamid.clone())).copied());
    let Some(stored) = id.and_then(|id| batch.reported.get_mut(&id)) else { return };
    // Someone else's id in our field is not ours to follow, and what a contact wrote goes nowhere.
    if stored.number_id != number || rank(stored.message.status).is_none() {
        return;
    }
    let status = match report.status {
        webhook::MessageStatus::Sent => MessageStatus::Sent,
        webhook::MessageStatus::Delivered => MessageStatus::Delivered,
        webhook::MessageStatus::Read | webhook::MessageStatus::Played => MessageStatus::Read,
        webhook::MessageStatus::Failed => MessageStatus::Failed,
    };
    let (asks, member) = (stored.asks(), stored.member());
    let message = &mut stored.message;
    let at = report.timestamp;
    let before = (message.status, message.sent_at, message.delivered_at, message.read_at);
    // The earliest report counts, so that the order in which they come makes no difference.
    let earliest = |known: Option<_>| known.map_or(at, |known| at.min(known));
    match status {
        MessageStatus::Read => {
            message.read_at = Some(earliest(message.read_at));
            message.delivered_at = Some(earliest(message.delivered_at));
            message.sent_at = Some(earliest(message.sent_at));
        }
        MessageStatus::Delivered => {
            message.delivered_at = Some(earliest(message.delivered_at));
            message.sent_at = Some(earliest(message.sent_at));
        }
        MessageStatus::Sent => message.sent_at = Some(earliest(message.sent_at)),
        MessageStatus::Received
        | MessageStatus::Queued
        | MessageStatus::Sending
        | MessageStatus::Unconfirmed
        | MessageStatus::Accepted
        | MessageStatus::Failed
        | MessageStatus::Cancelled => {}
    }
    if let Some(advanced) = advance(message.status, status) {
        message.status = advanced;
        message.failure = (advanced == MessageStatus::Failed).then(|| failure(report.errors.first()));
    }
    if message.failure.as_ref().is_some_and(|failure| failure.reason == FailureReason::OptedOut.to_string()) {
        batch.opted_out.push(stored.contact_id);
    }
    if before != (message.status, message.sent_at, message.delivered_at, message.read_at) {
        batch.changed_reported.insert(message.id, report.wamid.clone());
        batch.moved_campaigns.extend(stored.campaign_id);
        if asks && before.2.is_none() && message.delivered_at.is_some() {
            batch.unanswered.insert(message.conversation_id, member);
        }
    }
}

/// Why a message failed, as it is kept.
pub(crate) fn failure(error: Option<&GraphError>) -> Failure {
    match error {
        Some(error) => Failure {
            code: error.code,
            reason: error.reason().to_string(),
            detail: error.details.clone().unwrap_or_else(|| error.message.clone()),
        },
        None => Failure { code: 0, reason: FailureReason::Unknown.to_string(), detail: String::new() },
    }
}
