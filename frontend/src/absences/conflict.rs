//! Somebody saved another absence in between: both sides, field by field, and the choice.

use super::model::{Draft, Suggest};
use crate::{
    i18n::{Locale, td_string, use_i18n},
    remote::Change,
    ui::conflict::{Conflict, Side},
};
use leptos::prelude::*;
use types::absences::Absence;

#[component]
pub fn Theirs(
    theirs: RwSignal<Option<Absence>>,
    mine: Memo<Draft>,
    change: Change,
    /// Save one's own over this version.
    on_keep: Callback<u64>,
    on_take: Callback<Absence>,
) -> impl IntoView {
    let i18n = use_i18n();
    let sides = Signal::derive(move || {
        let locale = i18n.get_locale();
        let stored = theirs.with(|theirs| theirs.as_ref().map(|theirs| said(locale, &Draft::of(theirs))));
        let mine = mine.with(|mine| said(locale, mine));
        let both = mine.into_iter().zip(stored.into_iter().flatten());
        let side = |((field, yours), (_, theirs)): ((&str, String), (&str, String))| {
            (yours != theirs).then(|| Side { field: field.to_owned(), yours, theirs })
        };
        both.filter_map(side).collect::<Vec<_>>()
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

/// Every field with its value, as people read them.
fn said(locale: Locale, draft: &Draft) -> [(&'static str, String); 3] {
    let on = if draft.on { td_string!(locale, ui.yes) } else { td_string!(locale, ui.no) };
    let suggested = match draft.suggest {
        Suggest::Nobody => td_string!(locale, absences.nobody).to_owned(),
        Suggest::Number => {
            draft.number.as_ref().map(|number| format!("{} {}", number.name, number.phone)).unwrap_or_default()
        }
        Suggest::Phone => format!("{} {}", draft.name, draft.phone),
    };
    [
        (td_string!(locale, absences.switch), on.to_owned()),
        (td_string!(locale, absences.text), draft.text.clone()),
        (td_string!(locale, absences.suggested), suggested),
    ]
}
