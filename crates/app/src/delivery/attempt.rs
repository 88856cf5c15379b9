//! One attempt to send one message, and what to make of its end.

use super::{Pause, Report};
use crate::{
    channel::{self, Line, Lines},
    inbox::failure,
};
use chrono::{DateTime, TimeDelta, Utc};
use db::messages::{Due, Outcome, Settled};
use types::messages::Failure;
use uuid::Uuid;
use whatsapp::{Client, FailureReason, GraphError, OutgoingMessage, Remedy, SendError};

/// Attempts of one message at most, before it counts as failed.
const ATTEMPTS_MAX: i64 = 10;
/// The longest time between two attempts.
const WAIT_MAX: TimeDelta = TimeDelta::minutes(15);

/// Send it, once.
pub(super) async fn send(client: &Client, line: &Line, lines: &Lines, due: &Due) -> Result<String, SendError> {
    let Some(content) = channel::outgoing(&due.content, line, lines) else {
        return Err(SendError::Refused(GraphError { code: 132_001, http_status: 400, ..GraphError::default() }));
    };
    // Without its token the number is paused, as it is when WhatsApp refuses the token.
    let Some(token) = &line.token else {
        return Err(SendError::Refused(GraphError { code: 190, http_status: 401, ..GraphError::default() }));
    };
    let message = OutgoingMessage {
        to: due.to.clone(),
        biz_opaque_callback_data: Some(due.id.to_string()),
        context_message_id: due.reply_to.clone(),
        content,
    };
    let accepted = client.send(&line.endpoint, token, &line.number.phone_number_id, &message).await?;
    Ok(accepted.message_id)
}

/// What is made of the end of an attempt.
pub(super) fn settle(due: &Due, attempt_id: Uuid, end: Result<String, SendError>, now: DateTime<Utc>) -> Report {
    let (settled, pause) = match end {
        Ok(wamid) => (Settled::Accepted { wamid }, None),
        Err(SendError::Unknown(reason)) => {
            tracing::warn!(message = %due.id, %reason, "nobody knows whether a message went out");
            (Settled::Unconfirmed, None)
        }
        Err(SendError::NotSent(reason)) => {
            tracing::warn!(message = %due.id, %reason, "WhatsApp cannot be reached");
            (again(due, FailureReason::Temporary, None, now), None)
        }
        Err(SendError::Refused(error)) => refused(due, &error, now),
    };
    Report {
        outcome: Outcome { id: due.id, attempt_id, settled },
        number_id: due.number_id,
        conversation_id: due.conversation_id,
        campaign_id: due.campaign_id,
        pause,
    }
}

fn refused(due: &Due, error: &GraphError, now: DateTime<Utc>) -> (Settled, Option<Pause>) {
    let reason = error.reason();
    match error.remedy() {
        Remedy::Retry => (again(due, reason, Some(error), now), None),
        Remedy::FailRecipient => (Settled::Failed(failure(Some(error))), None),
        // It did not go out, and may once a person has put right what is wrong.
        Remedy::PauseNumber => (Settled::Again { due_at: now }, Some(Pause::Number(reason.to_string()))),
        Remedy::PauseCampaign => (Settled::Failed(failure(Some(error))), Some(Pause::Campaign(reason.to_string()))),
    }
}

/// Due again later: 1 s, 2 s, 4 s … and for a pair of numbers that speak too much 4^n s, as WhatsApp asks; failed in the end.
fn again(due: &Due, reason: FailureReason, error: Option<&GraphError>, now: DateTime<Utc>) -> Settled {
    // Too much at once, or nobody there, says nothing about the message: it waits for as long as that lasts.
    let counts = !matches!(reason, FailureReason::Throughput | FailureReason::PairRate) && error.is_some();
    if counts && due.attempts + 1 >= ATTEMPTS_MAX {
        return Settled::Failed(match error {
            Some(error) => failure(Some(error)),
            None => Failure { code: 0, reason: reason.to_string(), detail: String::new() },
        });
    }
    let tried = u32::try_from(due.attempts).unwrap_or(0).min(12);
    let base: i64 = if reason == FailureReason::PairRate { 4 } else { 2 };
    let backed_off = TimeDelta::seconds(base.saturating_pow(tried)).min(WAIT_MAX);
    let asked = error.and_then(|error| error.retry_after).and_then(|wait| TimeDelta::from_std(wait).ok());
    Settled::Again { due_at: now + asked.map_or(backed_off, |asked| asked.max(backed_off).min(WAIT_MAX)) }
}
