//! Campaigns: draft → preparing → sending (⇄ paused) → finished | cancelled (spec C1).

use chrono::{DateTime, Utc};
use types::{
    ErrorCode,
    campaigns::{CampaignProgress, CampaignRows, CampaignStatus},
    messages::MessageStatus,
};

/// Where a campaign stands: what the rules look at and change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignState {
    pub status: CampaignStatus,
    /// Why it paused by itself; None when a person paused it.
    pub pause_reason: Option<String>,
    pub started_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
}

/// A campaign as it is uploaded.
pub fn draft() -> CampaignState {
    CampaignState { status: CampaignStatus::Draft, pause_reason: None, started_at: None, finished_at: None }
}

/// Send a draft: its rows become messages next. Faulty rows are only left out when that is said on purpose.
pub fn send(
    campaign: CampaignState,
    rows: CampaignRows,
    leave_out_faulty: bool,
    now: DateTime<Utc>,
) -> Result<CampaignState, ErrorCode> {
    match campaign.status {
        CampaignStatus::Draft if rows.faulty > 0 && !leave_out_faulty => Err(ErrorCode::CampaignHasFaultyRows),
        CampaignStatus::Draft if rows.valid == 0 => Err(ErrorCode::CampaignHasNoRecipients),
        CampaignStatus::Draft => {
            Ok(CampaignState { status: CampaignStatus::Preparing, started_at: Some(now), ..campaign })
        }
        CampaignStatus::Preparing
        | CampaignStatus::Sending
        | CampaignStatus::Paused
        | CampaignStatus::Finished
        | CampaignStatus::Cancelled => Err(ErrorCode::CampaignNotDraft),
    }
}

/// All rows have become messages, so the dispatcher may take them. Doing it twice, as after a crash, changes nothing.
pub fn prepared(campaign: CampaignState) -> Result<CampaignState, ErrorCode> {
    match campaign.status {
        CampaignStatus::Preparing => Ok(CampaignState { status: CampaignStatus::Sending, ..campaign }),
        CampaignStatus::Sending | CampaignStatus::Paused => Ok(campaign),
        CampaignStatus::Draft => Err(ErrorCode::CampaignNotRunning),
        CampaignStatus::Finished | CampaignStatus::Cancelled => Err(ErrorCode::CampaignEnded),
    }
}

/// A person pauses it.
pub fn pause(campaign: CampaignState) -> Result<CampaignState, ErrorCode> {
    halt(campaign, None)
}

/// It pauses by itself and tells a person why (whatsapp.md § Errors); `reason` is the kind of reason.
pub fn auto_pause(campaign: CampaignState, reason: String) -> Result<CampaignState, ErrorCode> {
    halt(campaign, Some(reason))
}

/// A person lets a paused one go on: where it was sent from, or where its rows were still becoming messages.
pub fn resume(campaign: CampaignState, all_prepared: bool) -> Result<CampaignState, ErrorCode> {
    let status = if all_prepared { CampaignStatus::Sending } else { CampaignStatus::Preparing };
    match campaign.status {
        CampaignStatus::Paused => Ok(CampaignState { status, pause_reason: None, ..campaign }),
        CampaignStatus::Draft | CampaignStatus::Preparing | CampaignStatus::Sending => {
            Err(ErrorCode::CampaignNotPaused)
        }
        CampaignStatus::Finished | CampaignStatus::Cancelled => Err(ErrorCode::CampaignEnded),
    }
}

/// A person calls it off: what waits is not sent any more. A draft is deleted instead.
pub fn cancel(campaign: CampaignState, now: DateTime<Utc>) -> Result<CampaignState, ErrorCode> {
    match campaign.status {
        CampaignStatus::Preparing | CampaignStatus::Sending | CampaignStatus::Paused => {
            Ok(ended(campaign, CampaignStatus::Cancelled, now))
        }
        CampaignStatus::Draft => Err(ErrorCode::CampaignNotRunning),
        CampaignStatus::Finished | CampaignStatus::Cancelled => Err(ErrorCode::CampaignEnded),
    }
}

/// Nothing of it waits or is on its way any more. A paused one may finish too: by the outcomes of what was on its way.
pub fn finish(campaign: CampaignState, now: DateTime<Utc>) -> Result<CampaignState, ErrorCode> {
    match campaign.status {
        CampaignStatus::Sending | CampaignStatus::Paused => Ok(ended(campaign, CampaignStatus::Finished, now)),
        CampaignStatus::Draft | CampaignStatus::Preparing => Err(ErrorCode::CampaignNotRunning),
        CampaignStatus::Finished | CampaignStatus::Cancelled => Err(ErrorCode::CampaignEnded),
    }
}

/// How many recipients stand where, from counts by status; the parts always add up to `total`.
pub fn progress(counts: impl IntoIterator<Item = (MessageStatus, u64)>, answered: u64) -> CampaignProgress {
    let mut progress = CampaignProgress { answered, ..CampaignProgress::default() };
    for (status, count) in counts {
        let part = match status {
            MessageStatus::Queued => &mut progress.queued,
            MessageStatus::Sending => &mut progress.sending,
            MessageStatus::Unconfirmed => &mut progress.unconfirmed,
            MessageStatus::Accepted | MessageStatus::Sent => &mut progress.sent,
            MessageStatus::Delivered => &mut progress.delivered,
            MessageStatus::Read => &mut progress.read,
            MessageStatus::Failed => &mut progress.failed,
            MessageStatus::Cancelled => &mut progress.cancelled,
            // A contact's own message is nobody's recipient.
            MessageStatus::Received => continue,
        };
        *part += count;
        progress.total += count;
    }
    progress
}

/// Whether nothing waits or is on its way: then the campaign is finished.
pub fn is_done(progress: &CampaignProgress) -> bool {
    progress.queued == 0 && progress.sending == 0
}

fn halt(campaign: CampaignState, pause_reason: Option<String>) -> Result<CampaignState, ErrorCode> {
    match campaign.status {
        // Messages go out while later rows are still being prepared, so both can be halted.
        CampaignStatus::Preparing | CampaignStatus::Sending => {
            Ok(CampaignState { status: CampaignStatus::Paused, pause_reason, ..campaign })
        }
        CampaignStatus::Draft | CampaignStatus::Paused => Err(ErrorCode::CampaignNotRunning),
        CampaignStatus::Finished | CampaignStatus::Cancelled => Err(ErrorCode::CampaignEnded),
    }
}

fn ended(campaign: CampaignState, status: CampaignStatus, now: DateTime<Utc>) -> CampaignState {
    CampaignState { status, pause_reason: None, finished_at: Some(now), ..campaign }
}

#[cfg(test)]
mod tests {
    use super::*;
    use CampaignStatus::{Cancelled, Draft, Finished, Paused, Preparing, Sending};
    use proptest::prelude::*;
    use strum::IntoEnumIterator;

    const T0: DateTime<Utc> = DateTime::<Utc>::UNIX_EPOCH;
    const ROWS: CampaignRows = CampaignRows { total: 40, valid: 37, faulty: 3 };

    fn at(status: CampaignStatus) -> CampaignState {
        CampaignState { status, ..draft() }
    }

    #[test]
    fn every_status_answers_every_step() {
        let (not_draft, not_running) = (Err(ErrorCode::CampaignNotDraft), Err(ErrorCode::CampaignNotRunning));
        let (not_paused, over) = (Err(ErrorCode::CampaignNotPaused), Err(ErrorCode::CampaignEnded));
        for (status, expected) in [
            //           send           prepared     pause        resume      cancel         finish
            (Draft, [Ok(Preparing), not_running, not_running, not_paused, not_running, not_running]),
            (Preparing, [not_draft, Ok(Sending), Ok(Paused), not_paused, Ok(Cancelled), not_running]),
            (Sending, [not_draft, Ok(Sending), Ok(Paused), not_paused, Ok(Cancelled), Ok(Finished)]),
            (Paused, [not_draft, Ok(Paused), not_running, Ok(Sending), Ok(Cancelled), Ok(Finished)]),
            (Finished, [not_draft, over, over, over, over, over]),
            (Cancelled, [not_draft, over, over, over, over, over]),
        ] {
            let steps = [
                send(at(status), ROWS, true, T0),
                prepared(at(status)),
                pause(at(status)),
                resume(at(status), true),
                cancel(at(status), T0),
                finish(at(status), T0),
            ];
            assert_eq!(steps.map(|step| step.map(|campaign| campaign.status)), expected, "{status}");
        }
    }

    #[test]
    fn faulty_rows_are_left_out_only_on_purpose() {
        assert_eq!(send(draft(), ROWS, false, T0), Err(ErrorCode::CampaignHasFaultyRows));
        let clean = CampaignRows { total: 37, valid: 37, faulty: 0 };
        let sent = send(draft(), clean, false, T0).unwrap();
        assert_eq!((sent.status, sent.started_at), (Preparing, Some(T0)));
        let hopeless = CampaignRows { total: 3, valid: 0, faulty: 3 };
        assert_eq!(send(draft(), hopeless, true, T0), Err(ErrorCode::CampaignHasNoRecipients));
    }

    #[test]
    fn a_pause_keeps_its_reason_until_it_is_over() {
        let paused = auto_pause(at(Sending), "template_paused".to_owned()).unwrap();
        assert_eq!((paused.status, paused.pause_reason.as_deref()), (Paused, Some("template_paused")));
        assert_eq!(resume(paused.clone(), true).unwrap().pause_reason, None);
        assert_eq!(resume(paused.clone(), false).unwrap().status, Preparing);
        let cancelled = cancel(paused, T0).unwrap();
        assert_eq!((cancelled.pause_reason, cancelled.finished_at), (None, Some(T0)));
        assert_eq!(pause(at(Sending)).unwrap().pause_reason, None);
    }

    #[test]
    fn a_campaign_is_done_when_nothing_waits() {
        let waiting = progress([(MessageStatus::Queued, 1), (MessageStatus::Read, 9)], 2);
        assert!(!is_done(&waiting));
        assert_eq!((waiting.total, waiting.answered), (10, 2));
        assert!(is_done(&progress([(MessageStatus::Unconfirmed, 1), (MessageStatus::Accepted, 2)], 0)));
    }

    proptest! {
        #[test]
        fn the_parts_add_up_to_the_total(counts in proptest::collection::vec(0_u64..1000, 10)) {
            let p = progress(MessageStatus::iter().zip(counts), 0);
            let parts = p.queued + p.sending + p.unconfirmed + p.sent + p.delivered + p.read + p.failed + p.cancelled;
            prop_assert_eq!(parts, p.total);
        }
    }
}
