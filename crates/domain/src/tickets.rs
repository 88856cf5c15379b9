//! Tickets: waiting → assigned → answered → closed (conversation.md § 3).

use chrono::{DateTime, Utc};
use types::{
    ErrorCode, MemberId,
    tickets::{CloseReason, TicketStatus},
};

/// Where a ticket stands: what the rules look at and change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TicketState {
    pub status: TicketStatus,
    pub assignee: Option<MemberId>,
    pub assigned_at: Option<DateTime<Utc>>,
    pub first_response_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
    pub close_reason: Option<CloseReason>,
}

/// Who or what closes a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closer {
    /// A member who attends: only what is theirs.
    Agent(MemberId),
    /// A member who may close anybody's.
    Manager(MemberId),
    Contact,
    Inactivity,
}

/// A ticket as it is opened.
pub fn open() -> TicketState {
    TicketState {
        status: TicketStatus::Waiting,
        assignee: None,
        assigned_at: None,
        first_response_at: None,
        closed_at: None,
        close_reason: None,
    }
}

/// Take a waiting ticket. Taking one's own again changes nothing, so that a second click is no mistake.
pub fn take(ticket: TicketState, member: MemberId, now: DateTime<Utc>) -> Result<TicketState, ErrorCode> {
    match ticket.status {
        TicketStatus::Waiting => {
            Ok(TicketState { status: TicketStatus::Assigned, assignee: Some(member), assigned_at: Some(now), ..ticket })
        }
        TicketStatus::Assigned | TicketStatus::Answered if ticket.assignee == Some(member) => Ok(ticket),
        TicketStatus::Assigned | TicketStatus::Answered => Err(ErrorCode::TicketAlreadyTaken),
        TicketStatus::Closed => Err(ErrorCode::TicketClosed),
    }
}

/// Answer the contact: the first answer makes the ticket answered.
pub fn answer(ticket: TicketState, member: MemberId, now: DateTime<Utc>) -> Result<TicketState, ErrorCode> {
    match ticket.status {
        TicketStatus::Closed => Err(ErrorCode::TicketClosed),
        TicketStatus::Waiting | TicketStatus::Assigned | TicketStatus::Answered if ticket.assignee != Some(member) => {
            Err(ErrorCode::TicketNotYours)
        }
        TicketStatus::Waiting | TicketStatus::Assigned => {
            Ok(TicketState { status: TicketStatus::Answered, first_response_at: Some(now), ..ticket })
        }
        TicketStatus::Answered => Ok(ticket),
    }
}

/// Close a ticket, for good. Its assignee stays on record, so that lost and abandoned can be told apart.
pub fn close(ticket: TicketState, closer: Closer, now: DateTime<Utc>) -> Result<TicketState, ErrorCode> {
    if ticket.status == TicketStatus::Closed {
        return Err(ErrorCode::TicketClosed);
    }
    let reason = match closer {
        Closer::Agent(member) if ticket.assignee == Some(member) => CloseReason::Agent,
        Closer::Agent(_) => return Err(ErrorCode::TicketNotYours),
        // A manager who closes their own ticket attended it as an agent.
        Closer::Manager(member) if ticket.assignee == Some(member) => CloseReason::Agent,
        Closer::Manager(_) => CloseReason::Manager,
        Closer::Contact => CloseReason::Contact,
        Closer::Inactivity => CloseReason::Inactivity,
    };
    Ok(TicketState { status: TicketStatus::Closed, closed_at: Some(now), close_reason: Some(reason), ..ticket })
}

/// Hand a ticket over: it is closed as transferred, and its child is opened beside. Agents hand over what is theirs.
pub fn transfer(ticket: TicketState, by: Closer, now: DateTime<Utc>) -> Result<TicketState, ErrorCode> {
    Ok(TicketState { close_reason: Some(CloseReason::Transferred), ..close(ticket, by, now)? })
}

/// The tags a ticket is closed with, each once: those the number has, whatever the case, as the number spells them, and those
/// that are on the ticket already. Else the places of those that are neither.
pub fn tags(chosen: &[String], of_number: &[String], on_ticket: &[String]) -> Result<Vec<String>, Vec<usize>> {
    let key = |tag: &str| tag.trim().to_lowercase();
    let (mut tags, mut wrong): (Vec<String>, Vec<usize>) = (Vec::new(), Vec::new());
    for (place, tag) in chosen.iter().enumerate() {
        match of_number.iter().chain(on_ticket).find(|known| key(known) == key(tag)) {
            None => wrong.push(place),
            Some(known) if tags.contains(known) => {}
            Some(known) => tags.push(known.clone()),
        }
    }
    if wrong.is_empty() { Ok(tags) } else { Err(wrong) }
}

/// Give a ticket back to its queue, because its assignee cannot attend it any more: it waits again as if nobody had taken
/// it, at the place it had there. Its next assignee's first answer is its first response, so that the time to it
/// is never counted from before it was assigned.
pub fn give_back(ticket: TicketState) -> Result<TicketState, ErrorCode> {
    match ticket.status {
        TicketStatus::Waiting => Ok(ticket),
        TicketStatus::Assigned | TicketStatus::Answered => Ok(open()),
        TicketStatus::Closed => Err(ErrorCode::TicketClosed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use proptest::prelude::*;
    use uuid::Uuid;

    const ANA: MemberId = MemberId(Uuid::from_u128(1));
    const BEN: MemberId = MemberId(Uuid::from_u128(2));
    const T0: DateTime<Utc> = DateTime::<Utc>::UNIX_EPOCH;

    #[test]
    fn a_ticket_is_taken_answered_and_closed() {
        let taken = take(open(), ANA, T0).unwrap();
        assert_eq!((taken.status, taken.assignee, taken.assigned_at), (TicketStatus::Assigned, Some(ANA), Some(T0)));
        let later = T0 + TimeDelta::minutes(3);
        let answered = answer(taken, ANA, later).unwrap();
        assert_eq!((answered.status, answered.first_response_at), (TicketStatus::Answered, Some(later)));
        assert_eq!(answer(answered, ANA, later + TimeDelta::minutes(1)), Ok(answered), "only the first answer counts");
        let closed = close(answered, Closer::Agent(ANA), later).unwrap();
        assert_eq!((closed.status, closed.close_reason), (TicketStatus::Closed, Some(CloseReason::Agent)));
        assert_eq!(closed.assignee, Some(ANA));
    }

    #[test]
    fn every_step_out_of_place_is_refused_by_name() {
        let waiting = open();
        let anas = take(waiting, ANA, T0).unwrap();
        let answered = answer(anas, ANA, T0).unwrap();
        let closed = close(answered, Closer::Contact, T0).unwrap();
        for (result, refusal) in [
            (take(anas, BEN, T0), ErrorCode::TicketAlreadyTaken),
            (take(answered, BEN, T0), ErrorCode::TicketAlreadyTaken),
            (take(closed, BEN, T0), ErrorCode::TicketClosed),
            (answer(waiting, ANA, T0), ErrorCode::TicketNotYours),
            (answer(anas, BEN, T0), ErrorCode::TicketNotYours),
            (answer(answered, BEN, T0), ErrorCode::TicketNotYours),
            (answer(closed, ANA, T0), ErrorCode::TicketClosed),
            (close(waiting, Closer::Agent(ANA), T0), ErrorCode::TicketNotYours),
            (close(anas, Closer::Agent(BEN), T0), ErrorCode::TicketNotYours),
            (close(closed, Closer::Manager(BEN), T0), ErrorCode::TicketClosed),
        ] {
            assert_eq!(result, Err(refusal));
        }
    }

    #[test]
    fn the_close_reason_tells_who_closed() {
        let taken = take(open(), ANA, T0).unwrap();
        for (ticket, closer, reason) in [
            (taken, Closer::Agent(ANA), CloseReason::Agent),
            (taken, Closer::Manager(ANA), CloseReason::Agent),
            (taken, Closer::Manager(BEN), CloseReason::Manager),
            (open(), Closer::Manager(BEN), CloseReason::Manager),
            (open(), Closer::Contact, CloseReason::Contact),
            (taken, Closer::Inactivity, CloseReason::Inactivity),
        ] {
            assert_eq!(close(ticket, closer, T0).unwrap().close_reason, Some(reason));
        }
    }

    #[test]
    fn a_ticket_that_is_given_back_waits_as_if_nobody_had_taken_it() {
        let taken = take(open(), ANA, T0).unwrap();
        let answered = answer(taken, ANA, T0).unwrap();
        for ticket in [open(), taken, answered] {
            assert_eq!(give_back(ticket), Ok(open()));
        }
        let again = take(give_back(answered).unwrap(), BEN, T0 + TimeDelta::hours(1)).unwrap();
        assert_eq!((again.assignee, again.first_response_at), (Some(BEN), None));
        let closed = close(answered, Closer::Agent(ANA), T0).unwrap();
        assert_eq!(give_back(closed), Err(ErrorCode::TicketClosed), "what is closed stays closed");
    }

    #[test]
    fn a_ticket_that_is_handed_over_is_closed_as_transferred_by_whoever_may_close_it() {
        let taken = take(open(), ANA, T0).unwrap();
        for (ticket, by, reason) in [
            (taken, Closer::Agent(ANA), Ok(Some(CloseReason::Transferred))),
            (taken, Closer::Manager(BEN), Ok(Some(CloseReason::Transferred))),
            (open(), Closer::Manager(BEN), Ok(Some(CloseReason::Transferred))),
            (taken, Closer::Agent(BEN), Err(ErrorCode::TicketNotYours)),
            (open(), Closer::Agent(ANA), Err(ErrorCode::TicketNotYours)),
            (close(taken, Closer::Contact, T0).unwrap(), Closer::Manager(BEN), Err(ErrorCode::TicketClosed)),
        ] {
            assert_eq!(transfer(ticket, by, T0).map(|ticket| ticket.close_reason), reason);
        }
    }

    #[test]
    fn tags_are_of_the_number_or_on_the_ticket_and_spelt_as_there() {
        let list = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>();
        let (number, ticket) = (list(&["Reclamo", "Émile"]), list(&["Antigua"]));
        for (chosen, result) in [
            (&[][..], Ok(&[][..])),
            (&["reclamo"], Ok(&["Reclamo"])),
            (&["RECLAMO ", "émile", "Reclamo"], Ok(&["Reclamo", "Émile"])),
            (&["antigua"], Ok(&["Antigua"])),
            (&["Venta", "Reclamo", ""], Err(vec![0, 2])),
        ] {
            assert_eq!(tags(&list(chosen), &number, &ticket), result.map(list));
        }
    }

    /// A conversation's tickets: each but the last is closed, and each was handed over to the next.
    fn check_line(line: &[TicketState]) -> Result<(), TestCaseError> {
        if let Some((_, before)) = line.split_last() {
            for ticket in before {
                prop_assert_eq!(ticket.status, TicketStatus::Closed);
                prop_assert_eq!(ticket.close_reason, Some(CloseReason::Transferred));
            }
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn however_often_it_is_handed_over_one_ticket_is_open_until_it_is_closed(
            steps in proptest::collection::vec((0..6, any::<bool>()), 0..30),
        ) {
            let mut line = vec![open()];
            for (minute, (step, ana)) in (0..).zip(steps) {
                let (member, now) = (if ana { ANA } else { BEN }, T0 + TimeDelta::minutes(minute));
                let Some(last) = line.last_mut() else { break };
                let before = *last;
                let next = match step {
                    0 => take(before, member, now),
                    1 => answer(before, member, now),
                    2 => give_back(before),
                    3 => transfer(before, Closer::Agent(member), now),
                    4 => transfer(before, Closer::Manager(member), now),
                    _ => close(before, Closer::Contact, now),
                };
                prop_assert!(before.status != TicketStatus::Closed || next.is_err(), "closed stays closed");
                let Ok(next) = next else { continue };
                *last = next;
                if next.close_reason == Some(CloseReason::Transferred) {
                    line.push(open());
                }
                check_line(&line)?;
                let unclosed = line.iter().filter(|ticket| ticket.status != TicketStatus::Closed).count();
                prop_assert!(unclosed <= 1);
            }
        }

        #[test]
        fn whatever_is_tried_the_parts_agree(steps in proptest::collection::vec((0..6, any::<bool>()), 0..20)) {
            let mut ticket = open();
            for (minute, (step, ana)) in (0..).zip(steps) {
                let (member, now) = (if ana { ANA } else { BEN }, T0 + TimeDelta::minutes(minute));
                let next = match step {
                    0 => take(ticket, member, now),
                    1 => answer(ticket, member, now),
                    2 => close(ticket, Closer::Agent(member), now),
                    3 => close(ticket, Closer::Manager(member), now),
                    4 => give_back(ticket),
                    _ => close(ticket, Closer::Inactivity, now),
                };
                let before = ticket;
                ticket = next.unwrap_or(ticket);
                prop_assert!(step == 4 || before.assignee.is_none() || before.assignee == ticket.assignee);
                prop_assert_eq!(ticket.assignee.is_some(), ticket.assigned_at.is_some());
                prop_assert_eq!(ticket.status == TicketStatus::Closed, ticket.closed_at.is_some());
                prop_assert_eq!(ticket.closed_at.is_some(), ticket.close_reason.is_some());
                prop_assert!(ticket.first_response_at.is_none() || ticket.first_response_at >= ticket.assigned_at);
                prop_assert!(ticket.status != TicketStatus::Waiting || ticket.assignee.is_none());
            }
        }
    }
}
