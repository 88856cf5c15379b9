//! Rows for people who are invited: name, e-mail and, where each gets their own, a profile. Members, agents and managers
//! are invited with it.

use crate::{
    i18n::{t_string, use_i18n},
    language,
    remote::Change,
    ui::{
        button::{Button, IconButton},
        field::{Select, TextField},
        icon::Icon,
    },
};
use leptos::prelude::*;
use types::{FieldCode, members::NAME_MAX, validate, words};

/// One person as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    pub email: String,
    /// The id of the chosen profile; empty where none is asked for.
    pub profile: String,
}

#[derive(Clone, Copy)]
struct Row {
    key: u32,
    name: RwSignal<String>,
    email: RwSignal<String>,
    profile: RwSignal<String>,
}

/// The rows being filled in.
#[derive(Clone, Copy)]
pub struct People {
    rows: RwSignal<Vec<Row>>,
    next: StoredValue<u32>,
    /// People at a time at most.
    max: usize,
    /// Whether each of them needs a profile.
    with_profile: bool,
    /// Whether somebody has tried to send it, so that what is missing is said.
    pressed: RwSignal<bool>,
}

impl People {
    /// One empty row; `max` people at a time.
    pub fn new(max: usize, with_profile: bool) -> Self {
        let people = Self {
            rows: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
            max,
            with_profile,
            pressed: RwSignal::new(false),
        };
        people.add();
        people
    }

    /// The people when every row is right; else what is missing shows from now on.
    pub fn take(self) -> Option<Vec<Person>> {
        self.pressed.set(true);
        let people: Vec<Person> = self.rows.with_untracked(|rows| rows.iter().map(typed).collect());
        people.iter().all(|person| is_right(person, self.with_profile)).then_some(people)
    }

    fn add(self) {
        let key = self.next.get_value();
        self.next.set_value(key.wrapping_add(1));
        let empty = || RwSignal::new(String::new());
        self.rows.update(|rows| rows.push(Row { key, name: empty(), email: empty(), profile: empty() }));
    }
}

fn typed(row: &Row) -> Person {
    Person {
        name: row.name.with_untracked(|name| name.trim().to_owned()),
        email: row.email.with_untracked(|email| email.trim().to_owned()),
        profile: row.profile.get_untracked(),
    }
}

fn is_right(person: &Person, with_profile: bool) -> bool {
    !person.name.is_empty() && validate::email(&person.email).is_ok() && (!with_profile || !person.profile.is_empty())
}

/// The rows, with a button for another one. `list` is the name of the list in what is sent, by which the server's
/// refusals find their row (`/new_members/0/email`).
#[component]
pub fn PeopleForm(
    people: People,
    change: Change,
    list: &'static str,
    /// Id and name of the profiles to choose from, where each person gets one.
    #[prop(optional, into)]
    profiles: Option<Signal<Vec<(String, String)>>>,
    /// What the button for another row says.
    #[prop(into)]
    another: Signal<String>,
) -> impl IntoView {
    let full = Signal::derive(move || people.rows.with(Vec::len) >= people.max);
    view! {
        <div class="people">
            <For each=move || people.rows.get() key=|row| row.key
                children=move |row| view! { <PersonRow people row change list profiles /> } />
            <div>
                <Button small=true icon=Icon::Plus disabled=full on:click=move |_| people.add()>{another}</Button>
            </div>
        </div>
    }
}

#[component]
fn PersonRow(
    people: People,
    row: Row,
    change: Change,
    list: &'static str,
    profiles: Option<Signal<Vec<(String, String)>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let at = Memo::new(move |_| people.rows.with(|rows| rows.iter().position(|other| other.key == row.key)));
    let refused = move |field: &'static str| {
        let at = at.get()?;
        change.failed.with(|failed| failed.as_ref()?.field(&format!("{list}/{at}/{field}")))
    };
    let fault = move |code| words::field(code, None, language::of(i18n.get_locale()));
    let missing = move |value: RwSignal<String>| {
        (people.pressed.get() && value.with(|value| value.trim().is_empty())).then(|| fault(FieldCode::Required))
    };
    let no_email = move || {
        let wrong = people.pressed.get() && row.email.with(|email| validate::email(email.trim()).is_err());
        wrong.then(|| fault(FieldCode::NotAnEmail))
    };
    let choices = profiles.map(|profiles| {
        Signal::derive(move || {
            let first = (String::new(), t_string!(i18n, members.choose_profile).to_owned());
            std::iter::once(first).chain(profiles.get()).collect::<Vec<_>>()
        })
    });
    let several = Signal::derive(move || people.rows.with(|rows| rows.len() > 1));
    let label = Signal::derive(move || t_string!(i18n, members.person, number = at.get().unwrap_or(0) + 1).to_string());
    let drop = move |_| {
        // What was refused named rows by their place.
        change.failed.set(None);
        people.rows.update(|rows| rows.retain(|other| other.key != row.key));
    };
    view! {
        <fieldset class="person">
            <legend class="visually-hidden">{label}</legend>
            <TextField label=say!(i18n, members.name) value=row.name max=NAME_MAX
                error=Signal::derive(move || missing(row.name).or_else(|| refused("name"))) />
            <TextField label=say!(i18n, members.email) value=row.email kind="email"
                error=Signal::derive(move || missing(row.email).or_else(no_email).or_else(|| refused("email"))) />
            {choices.map(|choices| view! {
                <Select label=say!(i18n, members.profile) value=row.profile choices
                    error=Signal::derive(move || missing(row.profile).or_else(|| refused("profile_id"))) />
            })}
            <Show when=move || several.get()>
                <IconButton icon=Icon::Close
                    label=Signal::derive(move || t_string!(i18n, members.drop_person, number = at.get().unwrap_or(0) + 1).to_string())
                    on:click=drop />
            </Show>
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str, email: &str, profile: &str) -> Person {
        Person { name: name.into(), email: email.into(), profile: profile.into() }
    }

    #[test]
    fn a_person_needs_a_name_an_address_and_a_profile_where_one_is_asked_for() {
        assert!(is_right(&person("Elena", "elena@example.com", ""), false));
        assert!(is_right(&person("Elena", "elena@example.com", "p"), true));
        for (name, email, with_profile) in
            [("", "elena@example.com", false), ("Elena", "elena", false), ("Elena", "elena@example.com", true)]
        {
            assert!(!is_right(&person(name, email, ""), with_profile), "{name} {email}");
        }
    }
}
