//! Who gets a waiting ticket (conversation.md § 3).

use chrono::{DateTime, Utc};
use types::{MemberId, attention_settings::DistributionRule};

/// A member of the ticket's queue who is online.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub member: MemberId,
    /// Unclosed tickets they have, on the number.
    pub open_tickets: u32,
    /// When they last got a ticket, on any number; None for never.
    pub last_assigned_at: Option<DateTime<Utc>>,
}

/// Who of these gets the next ticket: with a free slot, by the rule; None when nobody has one. The same candidates in another
/// order give the same answer.
pub fn choose(rule: DistributionRule, tickets_at_a_time: u32, candidates: &[Candidate]) -> Option<MemberId> {
    let free = candidates.iter().filter(|candidate| candidate.open_tickets < tickets_at_a_time);
    let chosen = match rule {
        DistributionRule::FewestTickets => {
            free.min_by_key(|candidate| (candidate.open_tickets, candidate.last_assigned_at, candidate.member))
        }
        DistributionRule::LongestIdle => {
            free.min_by_key(|candidate| (candidate.last_assigned_at, candidate.open_tickets, candidate.member))
        }
    };
    chosen.map(|candidate| candidate.member)
}
