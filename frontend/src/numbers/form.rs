//! A number's identification, owner and language, with what happens when somebody else saved meanwhile.

use super::{model, page::Here};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    language,
    remote::Change,
    ui::{
        button::{Button, Kind},
        conflict::{Conflict, Side},
        failure::ChangeFailed,
        field::{Select, TextField, required_when},
        toast::Toasts,
        unsaved::UnsavedGuard,
    },
};
use leptos::prelude::*;
use strum::IntoEnumIterator;
use types::{
    ErrorCode, Language,
    numbers::{self, NAME_MAX, NumberCard, NumberInput},
};

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    name: RwSignal<String>,
    owner: RwSignal<String>,
    language: RwSignal<String>,
    /// What it was typed over.
    base: RwSignal<NumberCard>,
}

impl Typed {
    fn over(card: NumberCard) -> Self {
        let typed = Self {
            name: RwSignal::new(String::new()),
            owner: RwSignal::new(String::new()),
            language: RwSignal::new(String::new()),
            base: RwSignal::new(card.clone()),
        };
        typed.take(card);
        typed
    }

    fn take(self, card: NumberCard) {
        self.name.set(card.name.clone());
        self.owner.set(owner(&card));
        self.language.set(card.language.to_string());
        self.base.set(card);
    }

    fn input(self, version: u64) -> NumberInput {
        NumberInput {
            name: self.name.get_untracked().trim().to_owned(),
            owner_id: self.owner.with_untracked(|id| id.parse().ok()),
            language: self.language.with_untracked(|language| language.parse().unwrap_or_default()),
            version,
        }
    }

    fn is_dirty(self) -> bool {
        self.base.with(|base| {
            self.name.with(|name| *name != base.name)
                || self.owner.with(|id| *id != owner(base))
                || self.language.with(|language| *language != base.language.to_string())
        })
    }
}

fn owner(card: &NumberCard) -> String {
    card.owner.as_ref().map(|owner| owner.id.to_string()).unwrap_or_default()
}

#[component]
pub fn NumberForm(card: Signal<NumberCard>) -> impl IntoView {
    let i18n = use_i18n();
    let here = expect_context::<Here>();
    let toasts = Toasts::use_here();
    let change = Change::new();
    let typed = Typed::over(card.get_untracked());
    let dirty = Memo::new(move |_| typed.is_dirty());
    // What others save shows at once, unless it would take away what is being typed.
    Effect::new(move || {
        let card = card.get();
        if !dirty.get_untracked() {
            typed.take(card);
        }
    });
    let theirs = RwSignal::new(None::<NumberCard>);
    let pressed = RwSignal::new(false);
    let missing = required_when(move || pressed.get() && typed.name.with(|name| name.trim().is_empty()));
    let refused = change.field("name");
    let owner_refused = change.field("owner_id");
    let save = move |version: u64| {
        pressed.set(true);
        let input = typed.input(version);
        if input.name.is_empty() {
            return;
        }
        let id = here.id.get_untracked();
        let work = async move { api::send(numbers::UPDATE_NUMBER, &[&id], &input).await };
        change.run(work, move |saved| {
            theirs.set(None);
            typed.take(saved.clone());
            here.remote.value.set(Some(saved));
            toasts.success(t_string!(i18n, numbers.saved));
        });
    };
    let other = Change::new();
    Effect::new(move || {
        let conflict = change.failed.with(|failed| failed.as_ref()?.code()) == Some(ErrorCode::VersionConflict);
        if conflict {
            let id = here.id.get_untracked();
            other.run(api::ask(numbers::GET_NUMBER_CARD, &[&id], Query::none()), move |card| {
                change.failed.set(None);
                theirs.set(Some(card));
            });
        }
    });
    let sides = Signal::derive(move || {
        typed.name.track();
        typed.owner.track();
        typed.language.track();
        theirs
            .with(|card| card.as_ref().map(|card| model::sides(i18n.get_locale(), &typed.input(0), card)))
            .unwrap_or_default()
    });
    let sides: Signal<Vec<Side>> = sides;
    let owners = Signal::derive(move || {
        let agents = card.with(|card| {
            card.agents.iter().map(|agent| (agent.id.to_string(), agent.name.clone())).collect::<Vec<_>>()
        });
        // An owner is replaced, never removed.
        let nobody = card.with(|card| card.owner.is_none());
        let none = nobody.then(|| (String::new(), t_string!(i18n, numbers.no_owner).to_owned()));
        none.into_iter().chain(agents).collect::<Vec<_>>()
    });
    let languages = Signal::derive(|| {
        Language::iter().map(|one| (one.to_string(), language::own_name(one).to_owned())).collect::<Vec<_>>()
    });
    view! {
        <section class="card" aria-labelledby="number-data">
            <div class="card-head"><h2 id="number-data">{t!(i18n, numbers.data)}</h2></div>
            <form novalidate class="card-body" on:submit=move |event| {
                event.prevent_default();
                save(typed.base.with_untracked(|base| base.version));
            }>
                <Show when=move || theirs.with(Option::is_some)>
                    <Conflict sides busy=change.busy
                        on_keep=Callback::new(move |()| if let Some(version) = theirs.with_untracked(|card| card.as_ref().map(|card| card.version)) { save(version) })
                        on_take=Callback::new(move |()| if let Some(card) = theirs.get_untracked() {
                            here.remote.value.set(Some(card.clone()));
                            typed.take(card);
                            theirs.set(None);
                        }) />
                </Show>
                <ChangeFailed change />
                <fieldset class="plain-fieldset stack" disabled=move || !here.may_edit.get()>
                    <legend class="visually-hidden">{t!(i18n, numbers.data)}</legend>
                    <TextField label=say!(i18n, numbers.name) value=typed.name max=NAME_MAX hint=say!(i18n, numbers.name_hint)
                        error=Signal::derive(move || missing.get().or_else(|| refused.get())) />
                    <Select label=say!(i18n, numbers.owner) value=typed.owner choices=owners hint=say!(i18n, numbers.owner_hint) error=owner_refused />
                    <Select label=say!(i18n, numbers.language) value=typed.language choices=languages hint=say!(i18n, numbers.language_hint) />
                </fieldset>
                <Show when=move || here.may_edit.get() fallback=move || view! { <p class="muted">{t!(i18n, numbers.only_view)}</p> }>
                    <div class="row row-end">
                        <Button kind=Kind::Primary submit=true busy=change.busy disabled=Signal::derive(move || !dirty.get())>{t!(i18n, ui.save)}</Button>
                    </div>
                </Show>
            </form>
            <UnsavedGuard dirty />
        </section>
    }
}
