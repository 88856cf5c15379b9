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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn candidate(member: u128, open_tickets: u32, minutes: Option<i64>) -> Candidate {
        let last_assigned_at = minutes.and_then(|minutes| DateTime::from_timestamp(minutes * 60, 0));
        Candidate { member: MemberId(Uuid::from_u128(member)), open_tickets, last_assigned_at }
    }

    fn chosen(rule: DistributionRule, candidates: &[Candidate]) -> Option<u128> {
        choose(rule, 3, candidates).map(|member| member.0.as_u128())
    }

    #[test]
    fn the_rule_says_what_counts_first() {
        use DistributionRule::{FewestTickets, LongestIdle};
        for (candidates, fewest, longest) in [
            (vec![], None, None),
            (vec![candidate(1, 3, None)], None, None),
            (vec![candidate(1, 2, Some(1)), candidate(2, 1, Some(2))], Some(2), Some(1)),
            (vec![candidate(1, 1, Some(2)), candidate(2, 1, Some(1))], Some(2), Some(2)),
            (vec![candidate(1, 2, Some(1)), candidate(2, 1, Some(1))], Some(2), Some(2)),
            // Who never had one has waited for the longest.
            (vec![candidate(1, 0, Some(1)), candidate(2, 0, None)], Some(2), Some(2)),
            (vec![candidate(2, 0, None), candidate(1, 0, None)], Some(1), Some(1)),
            (vec![candidate(1, 3, None), candidate(2, 2, Some(9))], Some(2), Some(2)),
        ] {
            assert_eq!(chosen(FewestTickets, &candidates), fewest, "{candidates:?}");
            assert_eq!(chosen(LongestIdle, &candidates), longest, "{candidates:?}");
        }
    }

    proptest! {
        #[test]
        fn whoever_is_chosen_has_a_slot_and_nobody_has_a_better_claim(
            people in proptest::collection::btree_map(0_u128..20, (0_u32..6, proptest::option::of(0_i64..5)), 0..12),
            at_a_time in 0_u32..6,
            fewest in any::<bool>(),
            turn in 0_usize..12,
        ) {
            let mut candidates: Vec<Candidate> =
                people.iter().map(|(member, (open, last))| candidate(*member, *open, *last)).collect();
            let rule = if fewest { DistributionRule::FewestTickets } else { DistributionRule::LongestIdle };
            let chosen = choose(rule, at_a_time, &candidates);
            let free: Vec<Candidate> =
                candidates.iter().filter(|candidate| candidate.open_tickets < at_a_time).copied().collect();
            prop_assert_eq!(chosen.is_none(), free.is_empty());
            if let Some(chosen) = free.iter().find(|candidate| Some(candidate.member) == chosen) {
                for other in &free {
                    match rule {
                        DistributionRule::FewestTickets => {
                            prop_assert!(chosen.open_tickets <= other.open_tickets);
                            prop_assert!(chosen.open_tickets < other.open_tickets
                                || chosen.last_assigned_at <= other.last_assigned_at);
                        }
                        DistributionRule::LongestIdle => {
                            prop_assert!(chosen.last_assigned_at <= other.last_assigned_at);
                            prop_assert!(chosen.last_assigned_at < other.last_assigned_at
                                || chosen.open_tickets <= other.open_tickets);
                        }
                    }
                }
            } else {
                prop_assert!(free.is_empty(), "chose somebody who is not there");
            }
            if !candidates.is_empty() {
                let turn = turn % candidates.len();
                candidates.rotate_left(turn);
            }
            prop_assert_eq!(choose(rule, at_a_time, &candidates), chosen, "in another order");
        }
    }
}
