//! What is asked for in the list of numbers, how a number stands, and what differs when two people saved it.

use crate::{
    i18n::{Locale, td_string},
    language,
    ui::{conflict::Side, state::Tone},
};
use types::{
    MemberId,
    numbers::{NumberCard, NumberCardFilter, NumberInput},
};

/// The choice of numbers that are in no group; every other choice is empty or a group's id.
pub const WITHOUT_GROUP: &str = "none";

/// The filter of the list as it is chosen on the page.
pub fn filter(wanted: &str, group: &str, only_mine: bool) -> NumberCardFilter {
    NumberCardFilter {
        q: Some(wanted.trim().to_owned()).filter(|wanted| !wanted.is_empty()),
        group_id: group.parse().ok(),
        without_group: (group == WITHOUT_GROUP).then_some(true),
        in_scope: only_mine.then_some(true),
    }
}

/// How a number stands with WhatsApp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It sends and receives.
    Registered,
    /// It is not connected yet.
    Pending,
    /// It stopped sending by itself.
    Paused,
    /// WhatsApp limits it.
    Restricted,
}

pub fn state(whatsapp_status: Option<&str>, paused_reason: Option<&str>) -> State {
    match (paused_reason, whatsapp_status) {
        (Some(_), _) => State::Paused,
        (None, Some("CONNECTED")) => State::Registered,
        (None, Some("FLAGGED" | "RESTRICTED" | "BANNED" | "RATE_LIMITED")) => State::Restricted,
        (None, _) => State::Pending,
    }
}

impl State {
    pub fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::Registered => td_string!(locale, numbers.state_registered),
            Self::Pending => td_string!(locale, numbers.state_pending),
            Self::Paused => td_string!(locale, numbers.state_paused),
            Self::Restricted => td_string!(locale, numbers.state_restricted),
        }
    }

    pub fn tone(self) -> Tone {
        match self {
            Self::Registered => Tone::Success,
            Self::Pending => Tone::Warning,
            Self::Paused | Self::Restricted => Tone::Danger,
        }
    }
}

/// The first names, and how many more there are.
pub fn shortened(names: &[String], shown: usize) -> (String, usize) {
    (names.iter().take(shown).cloned().collect::<Vec<_>>().join(", "), names.len().saturating_sub(shown))
}

/// What differs between what was typed and what somebody else saved meanwhile.
pub fn sides(locale: Locale, yours: &NumberInput, theirs: &NumberCard) -> Vec<Side> {
    let nobody = || td_string!(locale, numbers.no_owner).to_owned();
    let agent = |id: MemberId| theirs.agents.iter().find(|agent| agent.id == id).map(|agent| agent.name.clone());
    let owner = theirs.owner.as_ref();
    let all = [
        (td_string!(locale, numbers.name), yours.name.clone(), theirs.name.clone()),
        (
            td_string!(locale, numbers.owner),
            yours.owner_id.map_or_else(nobody, |id| agent(id).unwrap_or_default()),
            owner.map_or_else(nobody, |owner| owner.name.clone()),
        ),
        (
            td_string!(locale, numbers.language),
            language::own_name(yours.language).to_owned(),
            language::own_name(theirs.language).to_owned(),
        ),
    ];
    let differing = all.into_iter().filter(|(_, yours, theirs)| yours != theirs);
    differing.map(|(field, yours, theirs)| Side { field: field.to_owned(), yours, theirs }).collect()
}

/// Whether what was typed is the number: its digits, however they are spaced.
pub fn is_typed(typed: &str, phone: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    !digits(phone).is_empty() && digits(typed) == digits(phone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::{
        Language,
        members::{MemberRef, MemberStatus},
        numbers::NumberAgent,
        wabas::WabaRef,
    };
    use uuid::Uuid;

    #[test]
    fn the_filter_holds_what_is_chosen_and_nothing_else() {
        assert_eq!(filter("  ", "", false), NumberCardFilter::default());
        let id = Uuid::from_u128(7);
        let found = filter(" ana ", &id.to_string(), true);
        assert_eq!((found.q.as_deref(), found.group_id, found.in_scope), (Some("ana"), Some(id.into()), Some(true)));
        assert_eq!(filter("", WITHOUT_GROUP, false).without_group, Some(true));
    }

    #[test]
    fn a_pause_is_said_before_what_whatsapp_says() {
        assert_eq!(state(Some("CONNECTED"), Some("auth")), State::Paused);
        assert_eq!(state(Some("CONNECTED"), None), State::Registered);
        assert_eq!(state(Some("FLAGGED"), None), State::Restricted);
        assert_eq!(state(None, None), State::Pending);
        assert_eq!(state(Some("PENDING"), None), State::Pending);
    }

    #[test]
    fn many_names_are_shortened_and_the_rest_is_counted() {
        let names = ["Ana", "Luis", "Eva"].map(str::to_owned);
        assert_eq!(shortened(&names, 2), ("Ana, Luis".to_owned(), 1));
        assert_eq!(shortened(&names, 5), ("Ana, Luis, Eva".to_owned(), 0));
    }

    #[test]
    fn a_number_is_confirmed_by_its_digits_however_they_are_spaced() {
        for typed in ["+56911112222", "56911112222", "+56 9 1111 2222"] {
            assert!(is_typed(typed, "+56911112222"), "{typed}");
        }
        for typed in ["", "+5691111222", "sí"] {
            assert!(!is_typed(typed, "+56911112222"), "{typed}");
        }
    }

    #[test]
    fn a_conflict_shows_only_the_fields_that_differ() {
        let owner: MemberId = Uuid::from_u128(1).into();
        let theirs = NumberCard {
            id: Uuid::nil().into(),
            waba: WabaRef { id: Uuid::nil().into(), name: "W".into() },
            name: "Norte".into(),
            phone: "+56911112222".into(),
            language: Language::Es,
            owner: Some(MemberRef { id: owner, name: "Ana".into() }),
            agents: vec![NumberAgent {
                id: owner,
                name: "Ana".into(),
                email: String::new(),
                status: MemberStatus::Active,
            }],
            group: None,
            managers: Vec::new(),
            whatsapp_status: None,
            paused_reason: None,
            in_scope: true,
            may_edit: true,
            may_delete: true,
            version: 2,
        };
        let yours = NumberInput { name: "Sur".into(), owner_id: Some(owner), language: Language::Es, version: 1 };
        let found = sides(Locale::es, &yours, &theirs);
        let found: Vec<_> = found.iter().map(|side| (side.yours.as_str(), side.theirs.as_str())).collect();
        assert_eq!(found, [("Sur", "Norte")]);
    }
}
