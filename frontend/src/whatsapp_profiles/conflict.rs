//! Somebody saved in between: both sides, field by field, and the choice.

use super::model::{self, Field, Texts};
use crate::{
    i18n::{Locale, td_string, use_i18n},
    remote::Change,
    ui::conflict::{Conflict, Side},
    whatsapp_profiles::verticals,
};
use leptos::prelude::*;
use types::whatsapp_profiles::WhatsappProfile;

#[component]
pub fn Theirs(
    theirs: RwSignal<Option<WhatsappProfile>>,
    mine: Memo<Texts>,
    change: Change,
    /// Save one's own over this version.
    on_keep: Callback<String>,
    on_take: Callback<WhatsappProfile>,
) -> impl IntoView {
    let i18n = use_i18n();
    let sides = Signal::derive(move || {
        let locale = i18n.get_locale();
        let stored = theirs.with(|theirs| theirs.as_ref().map(Texts::of).unwrap_or_default());
        let mine = mine.get();
        let side = |field| Side {
            field: field_name(locale, field).to_owned(),
            yours: readable(locale, &mine, field),
            theirs: readable(locale, &stored, field),
        };
        model::differing(&mine, &stored).into_iter().map(side).collect::<Vec<_>>()
    });
    let keep = move |()| {
        if let Some(stored) = theirs.get_untracked() {
            on_keep.run(stored.version);
        }
    };
    let take = move |()| {
        if let Some(stored) = theirs.get_untracked() {
            change.failed.set(None);
            on_take.run(stored);
        }
    };
    view! {
        <Show when=move || theirs.with(Option::is_some)>
            <Conflict sides busy=change.busy on_keep=Callback::new(keep) on_take=Callback::new(take) />
        </Show>
    }
}

/// The words of a field, for the comparison of two states.
fn field_name(locale: Locale, field: Field) -> &'static str {
    match field {
        Field::About => td_string!(locale, whatsapp_profiles.about),
        Field::Description => td_string!(locale, whatsapp_profiles.description),
        Field::Address => td_string!(locale, whatsapp_profiles.address),
        Field::Email => td_string!(locale, whatsapp_profiles.email),
        Field::FirstWebsite => td_string!(locale, whatsapp_profiles.first_website),
        Field::SecondWebsite => td_string!(locale, whatsapp_profiles.second_website),
        Field::Vertical => td_string!(locale, whatsapp_profiles.vertical),
    }
}

/// A field's text as people read it.
fn readable(locale: Locale, texts: &Texts, field: Field) -> String {
    match field {
        Field::Vertical => verticals::words(locale, &texts.vertical),
        Field::About
        | Field::Description
        | Field::Address
        | Field::Email
        | Field::FirstWebsite
        | Field::SecondWebsite => texts.field(field).to_owned(),
    }
}
