//! One person is one contact, also when that shows only later (conversation.md § 1).

use crate::Result;
use chrono::{DateTime, Utc};
use db::{
    contacts::Identity,
    conversations::Conversation,
    events::{Audience, NewEvent},
};
use domain::{
    engine::{State, SurveyState},
    phones::PhoneNumber,
};
use std::{cmp::Ordering, collections::BTreeMap};
use types::{
    NumberId, Permission, TicketId,
    events::Event,
    tickets::{CloseReason, Ticket},
};

/// What `WhatsApp` calls a person now.
#[derive(Clone, Debug, Default)]
pub(crate) struct NowCalled {
    pub(crate) phone: Option<PhoneNumber>,
    pub(crate) wa_id: Option<String>,
    pub(crate) user_id: Option<String>,
}

/// Make two contacts of one person one, within a transaction: the older one stays, and has all that was said with either.
/// Of two open tickets on a number the older one stays too; the younger one is closed as handed over to it. Gives what the
/// open pages are to be told.
pub(crate) async fn merge(
    tx: &db::Tx,
    contacts: (&Identity, &Identity),
    called: &NowCalled,
    now: DateTime<Utc>,
) -> Result<Vec<NewEvent>> {
    let (kept, gone) = older_first(contacts, |contact| (contact.created_at, contact.id));
    let mut pairs: BTreeMap<NumberId, Vec<Conversation>> = BTreeMap::new();
    for conversation in db::conversations::find_of_contacts(tx, &[kept.id, gone.id]).await? {
        pairs.entry(conversation.number_id).or_default().push(conversation);
    }
    let ids: Vec<_> = pairs.values().flatten().map(|conversation| conversation.id).collect();
    let open = db::tickets::find_open(tx, &ids).await?;
    let mut touched: Vec<TicketId> = open.iter().map(|ticket| ticket.id).collect();
    touched.sort_unstable();
    for pair in pairs.into_values() {
        let [one, other] = pair.as_slice() else { continue };
        let (mine, theirs) = if one.contact_id == kept.id { (one, other) } else { (other, one) };
        conversations(tx, mine, theirs, &open, now).await?;
    }
    db::contacts::merge(tx, &merged(kept, gone, called), gone.id).await?;
    let tickets = db::tickets::find(tx, &touched).await?.into_iter();
    Ok(tickets.map(|ticket| told(kept, ticket)).collect())
}

/// Of two conversations on one number, the second goes up in the first.
async fn conversations(
    tx: &db::Tx,
    mine: &Conversation,
    theirs: &Conversation,
    open: &[Ticket],
    now: DateTime<Utc>,
) -> Result<()> {
    let ticket_of = |conversation: &Conversation| open.iter().find(|ticket| ticket.conversation_id == conversation.id);
    let (lasting, quiet) = match (ticket_of(mine), ticket_of(theirs)) {
        (Some(one), Some(other)) => {
            let (older, younger) = older_first((one, other), |ticket| (ticket.created_at, ticket.id));
            db::tickets::close_all(tx, &[(younger.id, CloseReason::Transferred)], now).await?;
            db::conversations::join_tickets(tx, younger.id, older.id).await?;
            if older.id == one.id { (mine, theirs) } else { (theirs, mine) }
        }
        (Some(_), None) => (mine, theirs),
        (None, None) if mine.engine_state.last_activity_at >= theirs.engine_state.last_activity_at => (mine, theirs),
        (None, Some(_) | None) => (theirs, mine),
    };
    let state = together(lasting.engine_state, quiet.engine_state);
    let last = if mine.last_message_at >= theirs.last_message_at { mine } else { theirs };
    let kept = Conversation {
        engine_state: state,
        last_inbound_at: mine.last_inbound_at.max(theirs.last_inbound_at),
        unread: mine.unread + theirs.unread,
        last_message_id: last.last_message_id,
        last_message_at: last.last_message_at,
        created_at: mine.created_at.min(theirs.created_at),
        ..mine.clone()
    };
    Ok(db::conversations::merge(tx, &kept, theirs.id, quiet.id).await?)
}

/// Where a person stands whose two conversations are one: where the lasting one stands, with what they were told, promised and
/// asked in either.
fn together(lasting: State, quiet: State) -> State {
    let wanted = |state: State| state.callback.filter(|callback| callback.wanted);
    let callback = [lasting, quiet].into_iter().filter_map(wanted).max_by_key(|callback| callback.asked_at);
    let (mine, theirs) = (lasting.survey, quiet.survey);
    let attendances_since = match mine.last_shown_at.cmp(&theirs.last_shown_at) {
        Ordering::Greater => mine.attendances_since,
        Ordering::Less => theirs.attendances_since,
        Ordering::Equal => mine.attendances_since.saturating_add(theirs.attendances_since),
    };
    State {
        last_inbound_at: lasting.last_inbound_at.max(quiet.last_inbound_at),
        last_activity_at: lasting.last_activity_at.max(quiet.last_activity_at),
        absence_said_at: lasting.absence_said_at.max(quiet.absence_said_at),
        unavailable_said_at: lasting.unavailable_said_at.max(quiet.unavailable_said_at),
        listed_since: lasting.listed_since.max(quiet.listed_since),
        callback: callback.or(lasting.callback),
        survey: SurveyState {
            last_shown_at: mine.last_shown_at.max(theirs.last_shown_at),
            last_asked_at: mine.last_asked_at.max(theirs.last_asked_at),
            attendances_since,
        },
        ..lasting
    }
}

/// Both in one: a name and attributes that somebody gave are kept, the older contact's first.
fn merged(kept: &Identity, gone: &Identity, called: &NowCalled) -> Identity {
    let mut attributes = kept.attributes.clone();
    if let (Some(mine), Some(theirs)) = (attributes.as_object_mut(), gone.attributes.as_object()) {
        for (name, value) in theirs {
            mine.entry(name).or_insert_with(|| value.clone());
        }
    }
    let NowCalled { phone, wa_id, user_id } = called.clone();
    Identity {
        wa_id: wa_id.or_else(|| kept.wa_id.clone()).or_else(|| gone.wa_id.clone()),
        user_id: user_id.or_else(|| kept.user_id.clone()).or_else(|| gone.user_id.clone()),
        phone: phone.or(kept.phone).or(gone.phone),
        name: kept.name.clone().or_else(|| gone.name.clone()),
        attributes,
        opted_out: kept.opted_out || gone.opted_out,
        last_interaction_at: kept.last_interaction_at.max(gone.last_interaction_at),
        ..kept.clone()
    }
}

fn older_first<T, K: Ord>((one, other): (T, T), age: impl Fn(&T) -> K) -> (T, T) {
    if age(&one) <= age(&other) { (one, other) } else { (other, one) }
}

fn told(contact: &Identity, ticket: Ticket) -> NewEvent {
    NewEvent {
        organization_id: contact.organization_id,
        number_id: Some(ticket.number.id),
        audience: Audience::Permitted(Permission::ViewDesk),
        event: Event::TicketChanged { ticket },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surveyed(shown_on: Option<i64>, attendances_since: u32) -> State {
        let last_shown_at = shown_on.and_then(|day| DateTime::from_timestamp(day * 86_400, 0));
        State {
            survey: SurveyState { last_shown_at, last_asked_at: last_shown_at, attendances_since },
            ..State::default()
        }
    }

    #[test]
    fn attendances_count_from_the_survey_that_was_shown_last_in_either_conversation() {
        let (never, early, late) = (surveyed(None, 2), surveyed(Some(1), 4), surveyed(Some(2), 1));
        for (one, other, wanted) in [(early, late, late), (never, late, late), (never, never, surveyed(None, 4))] {
            assert_eq!(together(one, other).survey, wanted.survey);
            assert_eq!(together(other, one).survey, wanted.survey);
        }
    }

    #[test]
    fn what_was_said_in_either_conversation_was_said_to_the_person() {
        let at = |day: i64| DateTime::from_timestamp(day * 86_400, 0);
        let lasting = State { absence_said_at: at(1), unavailable_said_at: None, ..State::default() };
        let quiet = State { absence_said_at: at(2), unavailable_said_at: at(3), ..State::default() };
        let both = together(lasting, quiet);
        assert_eq!((both.absence_said_at, both.unavailable_said_at), (at(2), at(3)));
    }
}
