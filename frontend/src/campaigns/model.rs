//! What a campaign's figures mean: how far it is, how fast, how long it still takes.

use crate::i18n::{Locale, td_string};
use chrono::{DateTime, Utc};
use types::{
    campaigns::{CampaignProgress, CampaignRows, CampaignStatus},
    messages::MessageStatus,
};

/// Samples older than this say nothing about the pace of now.
const RECENT_SECONDS: i64 = 15;

/// Recipients with an outcome or an accepted message.
pub fn done(progress: &CampaignProgress) -> u64 {
    progress.total.saturating_sub(progress.queued).saturating_sub(progress.sending)
}

/// How far a campaign was at a moment.
pub type Sample = (DateTime<Utc>, u64);

/// Keep what is recent, and never less than two.
pub fn record(samples: &mut Vec<Sample>, now: DateTime<Utc>, done: u64) {
    samples.push((now, done));
    while samples.len() > 2 && samples.get(1).is_some_and(|(at, _)| (now - *at).num_seconds() > RECENT_SECONDS) {
        samples.remove(0);
    }
}

/// Messages per second lately, in tenths; none before there is something to compare.
pub fn rate_tenths(samples: &[Sample]) -> Option<u64> {
    let ((from, first), (to, last)) = (samples.first()?, samples.last()?);
    let milliseconds = u64::try_from((*to - *from).num_milliseconds()).ok().filter(|span| *span >= 500)?;
    Some(last.saturating_sub(*first) * 10_000 / milliseconds)
}

/// Seconds until all are sent, at that pace.
pub fn seconds_left(progress: &CampaignProgress, rate_tenths: u64) -> Option<u64> {
    let left = progress.queued + progress.sending;
    (left > 0 && rate_tenths > 0).then(|| (left * 10).div_ceil(rate_tenths))
}

pub fn duration(locale: Locale, seconds: u64) -> String {
    match seconds {
        0..=59 => td_string!(locale, campaigns.seconds, count = seconds),
        60..=3599 => td_string!(locale, campaigns.minutes, count = seconds.div_ceil(60)),
        _ => td_string!(locale, campaigns.hours, count = seconds.div_ceil(3600)),
    }
}

/// What a person may do with a campaign now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Can {
    pub pause: bool,
    pub resume: bool,
    pub cancel: bool,
}

pub fn can(status: CampaignStatus) -> Can {
    let (pause, resume, cancel) = match status {
        CampaignStatus::Preparing | CampaignStatus::Sending => (true, false, true),
        CampaignStatus::Paused => (false, true, true),
        CampaignStatus::Draft | CampaignStatus::Finished | CampaignStatus::Cancelled => (false, false, false),
    };
    Can { pause, resume, cancel }
}

/// Why a draft cannot be sent as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hindrance {
    NothingValid,
    /// The faulty rows must be left out on purpose.
    FaultyRows,
}

pub fn hindrance(rows: &CampaignRows, leave_out: bool) -> Option<Hindrance> {
    if rows.valid == 0 {
        Some(Hindrance::NothingValid)
    } else {
        (rows.faulty > 0 && !leave_out).then_some(Hindrance::FaultyRows)
    }
}

/// A state of recipients, as cards and filters show it. WhatsApp's "accepted" counts as sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Queued,
    Sending,
    Sent,
    Delivered,
    Read,
    Failed,
    Unconfirmed,
    Cancelled,
}

impl State {
    pub const ALL: [Self; 8] = [
        Self::Queued,
        Self::Sending,
        Self::Sent,
        Self::Delivered,
        Self::Read,
        Self::Failed,
        Self::Unconfirmed,
        Self::Cancelled,
    ];

    pub fn count(self, progress: &CampaignProgress) -> u64 {
        match self {
            Self::Queued => progress.queued,
            Self::Sending => progress.sending,
            Self::Sent => progress.sent,
            Self::Delivered => progress.delivered,
            Self::Read => progress.read,
            Self::Failed => progress.failed,
            Self::Unconfirmed => progress.unconfirmed,
            Self::Cancelled => progress.cancelled,
        }
    }

    pub fn message_status(self) -> MessageStatus {
        match self {
            Self::Queued => MessageStatus::Queued,
            Self::Sending => MessageStatus::Sending,
            Self::Sent => MessageStatus::Sent,
            Self::Delivered => MessageStatus::Delivered,
            Self::Read => MessageStatus::Read,
            Self::Failed => MessageStatus::Failed,
            Self::Unconfirmed => MessageStatus::Unconfirmed,
            Self::Cancelled => MessageStatus::Cancelled,
        }
    }

    /// States that matter only when somebody is in them.
    pub fn is_rare(self) -> bool {
        matches!(self, Self::Unconfirmed | Self::Cancelled | Self::Sending)
    }

    pub fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::Queued => td_string!(locale, campaigns.state_queued),
            Self::Sending => td_string!(locale, campaigns.state_sending),
            Self::Sent => td_string!(locale, campaigns.state_sent),
            Self::Delivered => td_string!(locale, campaigns.state_delivered),
            Self::Read => td_string!(locale, campaigns.state_read),
            Self::Failed => td_string!(locale, campaigns.state_failed),
            Self::Unconfirmed => td_string!(locale, campaigns.state_unconfirmed),
            Self::Cancelled => td_string!(locale, campaigns.state_cancelled),
        }
    }
}

pub fn status_words(locale: Locale, status: CampaignStatus) -> &'static str {
    match status {
        CampaignStatus::Draft => td_string!(locale, campaigns.status_draft),
        CampaignStatus::Preparing => td_string!(locale, campaigns.status_preparing),
        CampaignStatus::Sending => td_string!(locale, campaigns.status_sending),
        CampaignStatus::Paused => td_string!(locale, campaigns.status_paused),
        CampaignStatus::Finished => td_string!(locale, campaigns.status_finished),
        CampaignStatus::Cancelled => td_string!(locale, campaigns.status_cancelled),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    fn at(milliseconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::milliseconds(milliseconds)
    }

    #[test]
    fn the_pace_is_of_the_last_seconds() {
        let mut samples = Vec::new();
        for second in 0..60 {
            let done = if second < 30 { 0 } else { 80 * (second - 30) };
            record(&mut samples, at(i64::try_from(second).unwrap() * 1000), done);
        }
        assert_eq!(rate_tenths(&samples), Some(800));
        assert!(samples.len() < 20);
        assert_eq!(rate_tenths(&[]), None);
        assert_eq!(rate_tenths(&[(at(0), 0), (at(100), 9)]), None, "a moment is too short to tell");
    }

    #[test]
    fn what_is_left_is_divided_by_the_pace() {
        let progress =
            CampaignProgress { total: 100, queued: 40, sending: 10, sent: 50, ..CampaignProgress::default() };
        assert_eq!(done(&progress), 50);
        assert_eq!(seconds_left(&progress, 100), Some(5));
        assert_eq!(seconds_left(&progress, 3), Some(167));
        assert_eq!(seconds_left(&progress, 0), None);
        assert_eq!(seconds_left(&CampaignProgress::default(), 100), None);
    }

    #[test]
    fn a_draft_goes_out_when_something_is_valid_and_the_rest_is_left_out_on_purpose() {
        let rows = |valid, faulty| CampaignRows { total: valid + faulty, valid, faulty };
        assert_eq!(hindrance(&rows(37, 3), false), Some(Hindrance::FaultyRows));
        assert_eq!(hindrance(&rows(37, 3), true), None);
        assert_eq!(hindrance(&rows(40, 0), false), None);
        assert_eq!(hindrance(&rows(0, 3), true), Some(Hindrance::NothingValid));
    }

    #[test]
    fn only_what_goes_out_can_be_held_back() {
        assert_eq!(can(CampaignStatus::Sending), Can { pause: true, resume: false, cancel: true });
        assert_eq!(can(CampaignStatus::Paused), Can { pause: false, resume: true, cancel: true });
        assert_eq!(can(CampaignStatus::Finished), Can { pause: false, resume: false, cancel: false });
    }

    #[test]
    fn the_states_add_up_to_the_total() {
        let progress = CampaignProgress {
            total: 36,
            queued: 1,
            sending: 2,
            unconfirmed: 3,
            sent: 4,
            delivered: 5,
            read: 6,
            failed: 7,
            cancelled: 8,
            answered: 4,
        };
        assert_eq!(State::ALL.iter().map(|state| state.count(&progress)).sum::<u64>(), progress.total);
    }
}
