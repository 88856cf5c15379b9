//! The ids of what can be pressed. They name what they mean, never a place in a menu, so that a menu of yesterday is still
//! understood after the settings have changed.

use super::understand;
use chrono::{DateTime, Utc};
use types::{QueueId, TicketId, chatbots::SurveyKind};
use uuid::Uuid;

/// The payload of the quick reply Sí of `atendimento_esta_disponivel`; the button's text is understood as well.
pub const AVAILABLE_YES: &str = "available:yes";
/// The payload of its quick reply No.
pub const AVAILABLE_NO: &str = "available:no";

pub(super) const ATTENDANCE: &str = "attendance";
pub(super) const CANCEL: &str = "cancel";
pub(super) const CALLBACK_YES: &str = "callback:yes";
pub(super) const CALLBACK_NO: &str = "callback:no";
pub(super) const DEFAULT_QUEUE: &str = "queue:default";

/// Something of ours that was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tap<'a> {
    /// A question of the FAQ, by its label in small letters.
    Question(&'a str),
    MoreQuestions(u8),
    Attendance,
    Queue(QueueId),
    /// A queue that has no id yet, as in the preview of unsaved settings, by its name in small letters.
    QueueByName(&'a str),
    DefaultQueue,
    MoreQueues(u8),
    /// Of the attendance that began at this second; None where the id does not say.
    Cancel(Option<i64>),
    Callback(bool),
    Available(bool),
    Invitation(TicketId, bool),
    Score(TicketId, u8),
}

/// What an id means; None when it is none of ours.
pub(super) fn read(id: &str) -> Option<Tap<'_>> {
    match id {
        ATTENDANCE => return Some(Tap::Attendance),
        CANCEL => return Some(Tap::Cancel(None)),
        CALLBACK_YES => return Some(Tap::Callback(true)),
        CALLBACK_NO => return Some(Tap::Callback(false)),
        AVAILABLE_YES => return Some(Tap::Available(true)),
        AVAILABLE_NO => return Some(Tap::Available(false)),
        DEFAULT_QUEUE => return Some(Tap::DefaultQueue),
        _ => {}
    }
    let (kind, rest) = id.split_once(':')?;
    match kind {
        "faq" => Some(Tap::Question(rest)),
        "queue" => match rest.strip_prefix('~') {
            Some(name) => Some(Tap::QueueByName(name)),
            None => rest.parse().ok().map(Tap::Queue),
        },
        CANCEL => rest.parse().ok().map(|began| Tap::Cancel(Some(began))),
        "more" => match rest.split_once(':')? {
            ("faq", page) => page.parse().ok().map(Tap::MoreQuestions),
            ("queue", page) => page.parse().ok().map(Tap::MoreQueues),
            _ => None,
        },
        "survey" => {
            let (ticket, answer) = rest.split_once(':')?;
            let ticket = ticket.parse().ok()?;
            match answer {
                "yes" => Some(Tap::Invitation(ticket, true)),
                "no" => Some(Tap::Invitation(ticket, false)),
                score => score.parse().ok().map(|score| Tap::Score(ticket, score)),
            }
        }
        _ => None,
    }
}

/// Of one attendance: pressed in a later one, it means nothing.
pub(super) fn cancel(began: DateTime<Utc>) -> String {
    format!("{CANCEL}:{}", began.timestamp())
}

pub(super) fn question(label: &str) -> String {
    in_small_letters("faq:", label)
}

pub(super) fn queue(id: Option<QueueId>, name: &str) -> String {
    match id {
        Some(QueueId(id)) => ["queue:", id.hyphenated().encode_lower(&mut Uuid::encode_buffer())].concat(),
        None => in_small_letters("queue:~", name),
    }
}

/// The two in one allocation where the name is ASCII, as most are: every row of every menu has such an id.
fn in_small_letters(prefix: &str, name: &str) -> String {
    if !name.is_ascii() {
        return [prefix, &name.to_lowercase()].concat();
    }
    let mut id = [prefix, name].concat();
    id.make_ascii_lowercase();
    id
}

pub(super) fn invitation(ticket: TicketId, yes: bool) -> String {
    survey(ticket, if yes { "yes" } else { "no" })
}

pub(super) fn score(ticket: TicketId, score: u8) -> String {
    survey(ticket, &score.to_string())
}

fn survey(TicketId(id): TicketId, answer: &str) -> String {
    ["survey:", id.hyphenated().encode_lower(&mut Uuid::encode_buffer()), ":", answer].concat()
}

/// Whether a name is the one an id has in small letters.
pub(super) fn is_named(name: &str, small: &str) -> bool {
    in_small(name).eq(small.chars())
}

fn in_small(name: &str) -> impl Iterator<Item = char> {
    name.chars().flat_map(char::to_lowercase)
}

/// Whether two names have the same small letters.
pub(super) fn same_name(one: &str, other: &str) -> bool {
    understand::alike(one, other, |one, other| in_small(one).eq(in_small(other)))
}

/// The least and the most of a survey's scores.
pub(super) fn bounds(kind: SurveyKind) -> Option<(u8, u8)> {
    match kind {
        SurveyKind::None => None,
        SurveyKind::Csat => Some((1, 5)),
        SurveyKind::Nps => Some((0, 10)),
    }
}
