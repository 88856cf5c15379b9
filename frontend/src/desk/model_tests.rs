//! What Desk decides, in tables.

use super::model::*;
use chrono::{DateTime, TimeDelta, Utc};
use types::{
    contacts::ContactRef,
    members::MemberRef,
    messages::{Author, Message, MessageContent, MessageStatus},
    numbers::NumberRef,
    sessions::AgentStatus,
    tickets::{InboxView, Ticket, TicketOptions, TicketPriority, TicketStatus, TransferMember},
};
use uuid::Uuid;

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
}

fn id<T: From<Uuid>>(number: u128) -> T {
    Uuid::from_u128(number).into()
}

fn ticket(number: u128, status: TicketStatus, assignee: Option<u128>) -> Ticket {
    Ticket {
        id: id(number),
        ticket_number: 1,
        status,
        close_reason: None,
        number: NumberRef { id: id(1), name: "Norte".into(), phone: "+56911112222".into() },
        contact: ContactRef { id: id(number), name: Some("Ana Soto".into()), phone: Some("+56922223333".into()) },
        conversation_id: id(number),
        assignee: assignee.map(|member| MemberRef { id: id(member), name: "Leo".into() }),
        queue: None,
        priority: TicketPriority::Normal,
        parent_id: None,
        tags: Vec::new(),
        created_at: at(i64::try_from(number).unwrap()),
        assigned_at: None,
        first_response_at: None,
        closed_at: None,
        unread: 0,
        last_message: None,
        window_closes_at: Some(at(1000)),
    }
}

fn message(number: u128, author: Author, content: MessageContent) -> Message {
    Message {
        id: id(number),
        conversation_id: id(1),
        ticket_id: None,
        author,
        content,
        status: MessageStatus::Sent,
        failure: None,
        reply_to: None,
        created_at: at(i64::try_from(number).unwrap()),
        sent_at: None,
        delivered_at: None,
        read_at: None,
    }
}

fn text(body: &str) -> MessageContent {
    MessageContent::Text { body: body.into() }
}

fn showing(view: InboxView, wanted: &str) -> Showing {
    Showing { view, number: None, wanted: wanted.into(), me: id(9) }
}

#[test]
fn each_tab_shows_its_own_tickets() {
    let waiting = ticket(1, TicketStatus::Waiting, None);
    let mine = ticket(2, TicketStatus::Answered, Some(9));
    let other = ticket(3, TicketStatus::Assigned, Some(8));
    let closed = ticket(4, TicketStatus::Closed, Some(9));
    let all = [&waiting, &mine, &other, &closed];
    for (view, expected) in [
        (InboxView::Waiting, [true, false, false, false]),
        (InboxView::Mine, [false, true, false, false]),
        (InboxView::All, [true, true, true, false]),
        (InboxView::Closed, [false, false, false, true]),
    ] {
        assert_eq!(all.map(|ticket| showing(view, "").fits(ticket)), expected, "{view}");
    }
}

#[test]
fn a_ticket_is_found_by_name_and_by_phone_and_only_on_the_chosen_number() {
    let ticket = ticket(1, TicketStatus::Waiting, None);
    for (wanted, expected) in [("ana", true), ("SOTO ", true), ("2222 3333", true), ("leo", false), ("999", false)] {
        assert_eq!(showing(InboxView::All, wanted).fits(&ticket), expected, "{wanted}");
    }
    let elsewhere = Showing { number: Some(id(2)), ..showing(InboxView::All, "") };
    assert!(!elsewhere.fits(&ticket));
}

#[test]
fn a_taken_ticket_leaves_those_who_wait_and_the_longest_waiting_is_first() {
    let shown = showing(InboxView::Waiting, "");
    let mut list = vec![ticket(5, TicketStatus::Waiting, None)];
    shown.place(&mut list, &ticket(3, TicketStatus::Waiting, None));
    assert_eq!(list.iter().map(|ticket| ticket.id).collect::<Vec<_>>(), [id(3), id(5)]);
    shown.place(&mut list, &ticket(3, TicketStatus::Assigned, Some(9)));
    assert_eq!(list.iter().map(|ticket| ticket.id).collect::<Vec<_>>(), [id(5)]);
}

#[test]
fn the_keyboard_walks_the_list_and_stops_at_its_ends() {
    let list = [ticket(1, TicketStatus::Waiting, None), ticket(2, TicketStatus::Waiting, None)];
    assert_eq!(neighbour(&list, None, true), Some(id(1)));
    assert_eq!(neighbour(&list, Some(id(1)), true), Some(id(2)));
    assert_eq!(neighbour(&list, Some(id(2)), true), None);
    assert_eq!(neighbour(&list, Some(id(1)), false), None);
    assert_eq!(neighbour(&[], None, true), None);
}

#[test]
fn one_answers_ones_own_open_ticket_while_the_window_is_open() {
    let why = |ticket: &Ticket, may, now| blocked(ticket, id(9), may, at(now));
    let mine = ticket(1, TicketStatus::Assigned, Some(9));
    assert_eq!(why(&mine, true, 999), None);
    assert_eq!(why(&mine, true, 1000), Some(Blocked::Window));
    assert_eq!(why(&mine, false, 0), Some(Blocked::Permission));
    assert_eq!(why(&ticket(1, TicketStatus::Waiting, None), true, 0), Some(Blocked::Waiting));
    assert_eq!(why(&ticket(1, TicketStatus::Assigned, Some(8)), true, 0), Some(Blocked::Other("Leo".into())));
    assert_eq!(why(&ticket(1, TicketStatus::Closed, Some(9)), true, 0), Some(Blocked::Closed));
    assert_eq!(minutes_left(&mine, at(940)), Some(60));
}

#[test]
fn a_page_does_not_undo_what_an_event_brought() {
    let mut list = Vec::new();
    let mut read = message(2, Author::Bot, text("hola"));
    read.status = MessageStatus::Read;
    upsert(&mut list, read);
    merge(&mut list, vec![message(2, Author::Bot, text("hola")), message(1, Author::Contact, text("buenas"))]);
    assert_eq!(
        list.iter().map(|m| (m.id, m.status)).collect::<Vec<_>>(),
        [(id(1), MessageStatus::Sent), (id(2), MessageStatus::Read)]
    );
}

#[test]
fn ones_own_message_is_not_shown_twice_while_its_answer_is_awaited() {
    let own = message(1, Author::Member { id: id(9), name: "Yo".into() }, text("hola"));
    let waiting = Pending { client_id: Uuid::nil(), ticket: id(1), text: "hola ".into(), at: at(0), failed: None };
    assert!(is_echo(&own, std::slice::from_ref(&waiting), id(9)));
    assert!(!is_echo(&own, &[], id(9)));
    assert!(!is_echo(&own, std::slice::from_ref(&waiting), id(8)));
    let failed = Pending { failed: Some(crate::api::Failed::Unreachable), ..waiting };
    assert!(!is_echo(&own, &[failed], id(9)));
}

#[test]
fn the_thread_has_days_quotes_and_reactions_on_what_they_are_for() {
    let mut answer = message(3, Author::Contact, text("sí"));
    answer.reply_to = Some(id(1));
    let reaction = |number, emoji: &str| {
        message(number, Author::Contact, MessageContent::Reaction { emoji: emoji.into(), to: Some(id(1)) })
    };
    let list = [message(1, Author::Bot, text("¿vienes?")), reaction(2, "👍"), answer, reaction(4, "🙏")];
    let waiting = Pending { client_id: Uuid::nil(), ticket: id(1), text: "va".into(), at: at(1500), failed: None };
    let shown = rows(&list, vec![waiting], |at| at.date_naive().to_string());
    let drawn: Vec<String> = shown
        .iter()
        .map(|row| match row {
            Row::Day(day, _) => day.clone(),
            Row::Said { message, reaction, quote } => {
                format!("{} {:?} {:?}", message.content.preview(), reaction.as_deref(), quote.as_deref())
            }
            Row::Pending(pending) => pending.text.clone(),
        })
        .collect();
    assert_eq!(drawn, ["1970-01-01", "¿vienes? Some(\"🙏\") None", "sí None Some(\"¿vienes?\")", "1970-01-02", "va"]);
}

#[test]
fn a_slash_at_the_start_opens_quick_replies() {
    assert_eq!(slash("/sal"), Some("sal"));
    assert_eq!(slash("/"), Some(""));
    for none in ["", "hola /", "/uno\ndos"] {
        assert_eq!(slash(none), None, "{none}");
    }
}

fn waiting() -> Showing {
    Showing { view: InboxView::Waiting, number: None, wanted: String::new(), me: id(9) }
}

fn order(list: &[Ticket]) -> Vec<u128> {
    list.iter().map(|ticket| Uuid::from(ticket.id).as_u128()).collect()
}

#[test]
fn who_has_priority_waits_before_the_others() {
    let mut list = vec![ticket(1, TicketStatus::Waiting, None), ticket(2, TicketStatus::Waiting, None)];
    let urgent = Ticket { priority: TicketPriority::High, ..ticket(3, TicketStatus::Waiting, None) };
    waiting().place(&mut list, &urgent);
    assert_eq!(order(&list), [3, 1, 2]);
    let calmed = Ticket { priority: TicketPriority::Normal, ..urgent };
    waiting().place(&mut list, &calmed);
    assert_eq!(order(&list), [1, 2, 3], "with another priority it finds another place");
}

#[test]
fn a_waiting_ticket_keeps_the_place_the_server_gave_it() {
    // The third was handed over, and has the seniority of the one before.
    let mut list = vec![ticket(3, TicketStatus::Waiting, None), ticket(1, TicketStatus::Waiting, None)];
    waiting().place(&mut list, &Ticket { unread: 2, ..ticket(3, TicketStatus::Waiting, None) });
    assert_eq!(order(&list), [3, 1]);
    waiting().place(&mut list, &ticket(2, TicketStatus::Waiting, None));
    assert_eq!(order(&list), [2, 3, 1].map(|number| number));
}

#[test]
fn one_closes_ones_own_and_a_manager_everybodys_but_nobody_a_closed_one() {
    let (mine, other) = (ticket(1, TicketStatus::Answered, Some(9)), ticket(2, TicketStatus::Answered, Some(8)));
    let closed = ticket(3, TicketStatus::Closed, Some(9));
    for (ticket, manages, expected) in
        [(&mine, false, true), (&other, false, false), (&other, true, true), (&closed, true, false)]
    {
        assert_eq!(is_to_handle(ticket, id(9), manages), expected, "{manages} {:?}", ticket.status);
    }
}

#[test]
fn the_tags_that_were_chosen_are_sent_and_none_where_the_number_has_none() {
    let options = TicketOptions { tags: vec!["Venta".into(), "Reclamo".into()], ..TicketOptions::default() };
    assert_eq!(chosen_tags(&options, &[1].into()), Some(vec!["Reclamo".to_owned()]));
    assert_eq!(chosen_tags(&options, &[].into()), Some(Vec::new()));
    assert_eq!(chosen_tags(&TicketOptions::default(), &[].into()), None, "the ticket keeps what it has");
    let tagged = Ticket { tags: vec!["Reclamo".into(), "Gone".into()], ..ticket(1, TicketStatus::Answered, None) };
    assert_eq!(tags_of(&options, &tagged), [1].into());
}

#[test]
fn who_is_online_and_has_least_to_do_is_offered_first() {
    let member = |number, name: &str, agent_status, open_tickets| TransferMember {
        id: id(number),
        name: name.into(),
        agent_status,
        open_tickets,
    };
    let all = [
        member(1, "Ana", AgentStatus::Offline, 0),
        member(2, "Ben", AgentStatus::Online, 4),
        member(3, "Eva", AgentStatus::Online, 1),
        member(4, "Leo", AgentStatus::Paused, 0),
    ];
    let names = |wanted| found_members(&all, wanted).into_iter().map(|member| member.name).collect::<Vec<_>>();
    assert_eq!(names(""), ["Eva", "Ben", "Leo", "Ana"]);
    assert_eq!(names(" EV "), ["Eva"]);
}

#[test]
fn the_contact_is_told_that_one_writes_at_most_every_eight_seconds() {
    let now = at(0);
    assert!(tells_typing(None, now));
    assert!(!tells_typing(Some(now), now + TimeDelta::seconds(7)));
    assert!(tells_typing(Some(now), now + TimeDelta::seconds(8)));
}

#[test]
fn chosen_tags_stay_chosen_when_the_numbers_tags_change() {
    let tags = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let moved = moved_tags(&tags(&["Venta", "Reclamo"]), &tags(&["Nuevo", "Reclamo", "Otro"]), &[0, 1].into());
    assert_eq!(moved, [1].into());
}
