//! Name, time zone, language and how long messages are kept; settled where two people changed them.

use crate::{
    api::{self, Query},
    i18n::{Locale, t, t_string, td_string, use_i18n},
    intl, language,
    remote::Change,
    session::Session,
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
    organizations::{self, Organization, OrganizationInput, RETENTION_DAYS},
};

/// Days that stand in the field when somebody chooses days first.
const USUAL_DAYS: u32 = 730;

/// What is being edited.
#[derive(Clone, Copy)]
struct Draft {
    name: RwSignal<String>,
    time_zone: RwSignal<String>,
    language: RwSignal<String>,
    forever: RwSignal<bool>,
    days: RwSignal<String>,
}

impl Draft {
    fn of(saved: &Organization) -> Self {
        let text = || RwSignal::new(String::new());
        let draft =
            Self { name: text(), time_zone: text(), language: text(), forever: RwSignal::new(true), days: text() };
        draft.take(saved);
        draft
    }

    fn take(self, saved: &Organization) {
        self.name.set(saved.name.clone());
        self.time_zone.set(saved.time_zone.clone());
        self.language.set(saved.language.to_string());
        self.forever.set(saved.retention_days.is_none());
        self.days.set(saved.retention_days.unwrap_or(USUAL_DAYS).to_string());
    }

    /// As it would be stored, when it can be; followed.
    fn shown(self, version: u64) -> Option<Organization> {
        let retention_days = if self.forever.get() {
            None
        } else {
            Some(self.days.with(|days| days.trim().parse().ok()).filter(|days| RETENTION_DAYS.contains(days))?)
        };
        Some(Organization {
            name: self.name.with(|name| name.trim().to_owned()),
            time_zone: self.time_zone.get(),
            language: self.language.with(|one| one.parse().ok())?,
            retention_days,
            version,
        })
    }
}

#[component]
pub fn General(saved: Signal<Organization>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let toasts = Toasts::use_here();
    let change = Change::new();
    let pressed = RwSignal::new(false);
    let base = RwSignal::new(saved.get_untracked());
    let theirs = RwSignal::new(None::<Organization>);
    let draft = base.with_untracked(Draft::of);
    let dirty = Memo::new(move |_| base.with(|base| draft.shown(base.version).as_ref() != Some(base)));
    // Others' changes come in by themselves as long as nothing of one's own would be lost.
    Effect::new(move || {
        let newest = saved.get();
        if !dirty.get_untracked() && base.with_untracked(|base| *base != newest) {
            draft.take(&newest);
            base.set(newest);
        }
    });
    let take = move |newest: Organization| {
        draft.take(&newest);
        base.set(newest);
        theirs.set(None);
    };
    let save = move |version: u64| {
        pressed.set(true);
        let Some(Organization { name, time_zone, language, retention_days, version }) =
            untrack(|| draft.shown(version)).filter(|shown| !shown.name.is_empty())
        else {
            return;
        };
        let input = OrganizationInput { name, time_zone, language, retention_days, version };
        change.run(save_over(input), move |answer| match answer {
            Answer::Done(newest) => {
                take(newest);
                toasts.success(t_string!(i18n, organizations.saved));
                // The name in the corner and the zone of every time on screen.
                session.refresh();
            }
            Answer::Conflict(newest) => theirs.set(Some(newest)),
        });
    };
    let has_conflict = Memo::new(move |_| theirs.with(Option::is_some));
    let differing = Signal::derive(move || {
        let yours = base.with(|base| draft.shown(base.version));
        let both = theirs.with(|theirs| yours.zip(theirs.clone()));
        both.map(|(yours, theirs)| sides(i18n.get_locale(), &yours, &theirs)).unwrap_or_default()
    });
    let on_take = Callback::new(move |()| theirs.get_untracked().into_iter().for_each(take));
    let on_keep = Callback::new(move |()| {
        if let Some(version) = theirs.with_untracked(|theirs| theirs.as_ref().map(|theirs| theirs.version)) {
            save(version);
        }
    });
    view! {
        <UnsavedGuard dirty />
        <form class="card" novalidate on:submit=move |event| {
            event.prevent_default();
            save(base.with_untracked(|base| base.version));
        }>
            <div class="card-head"><h2>{t!(i18n, organizations.general)}</h2></div>
            <div class="card-body">
                <ChangeFailed change />
                <Show when=move || has_conflict.get()><Conflict sides=differing busy=change.busy on_keep on_take /></Show>
                <Fields draft change pressed />
                <div class="row row-end">
                    <Button kind=Kind::Primary submit=true busy=change.busy disabled=Signal::derive(move || !dirty.get())>{t!(i18n, ui.save)}</Button>
                </div>
            </div>
        </form>
    }
}

#[component]
fn Fields(draft: Draft, change: Change, pressed: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let missing = required_when(move || pressed.get() && draft.name.with(|name| name.trim().is_empty()));
    let (name_wrong, zone_wrong) = (change.field("name"), change.field("time_zone"));
    let own = draft.time_zone.get_untracked();
    let (_, mut zones) = intl::time_zones();
    // The browser may not know the zone under the name it was stored with.
    if !zones.contains(&own) {
        zones.insert(0, own);
    }
    let zones: Vec<(String, String)> = zones.into_iter().map(|zone| (zone.clone(), zone.replace('_', " "))).collect();
    let languages: Vec<(String, String)> =
        Language::iter().map(|one| (one.to_string(), language::own_name(one).to_owned())).collect();
    view! {
        <div class="two">
            <TextField label=say!(i18n, organizations.name) value=draft.name max=100 autocomplete="organization"
                error=Signal::derive(move || missing.get().or_else(|| name_wrong.get())) />
            <Select label=say!(i18n, organizations.time_zone) value=draft.time_zone choices=zones
                hint=say!(i18n, organizations.time_zone_hint) error=zone_wrong />
            <Select label=say!(i18n, organizations.language) value=draft.language choices=languages
                hint=say!(i18n, organizations.language_hint) />
        </div>
        <Retention draft change pressed />
    }
}

#[component]
fn Retention(draft: Draft, change: Change, pressed: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let refused = change.field("retention_days");
    let (min, max) = (*RETENTION_DAYS.start(), *RETENTION_DAYS.end());
    let wrong = move || {
        let fits = draft.days.with(|days| days.trim().parse::<u32>().is_ok_and(|days| RETENTION_DAYS.contains(&days)));
        (pressed.get() && !fits).then(|| t_string!(i18n, organizations.days_wrong, min = min, max = max).to_string())
    };
    let pick = move |forever: bool| {
        let words = move || {
            if forever {
                t_string!(i18n, organizations.retention_forever)
            } else {
                t_string!(i18n, organizations.retention_days)
            }
        };
        view! {
            <label class="check">
                <input type="radio" name="retention" prop:checked=move || draft.forever.get() == forever
                    on:change=move |_| draft.forever.set(forever) />
                <span>{words}</span>
            </label>
        }
    };
    view! {
        <fieldset class="stack">
            <legend class="field-label">{t!(i18n, organizations.retention)}</legend>
            <div class="retention">{pick(true)}{pick(false)}</div>
            <Show when=move || !draft.forever.get() fallback=move || view! {
                <p class="field-hint">{t!(i18n, organizations.forever_hint)}</p>
            }>
                <div class="retention-days">
                    <TextField label=say!(i18n, organizations.days) value=draft.days kind="number"
                        hint=Signal::derive(move || t_string!(i18n, organizations.days_hint, min = min, max = max).to_string())
                        error=Signal::derive(move || wrong().or_else(|| refused.get())) />
                </div>
            </Show>
        </fieldset>
    }
}

enum Answer {
    Done(Organization),
    /// Somebody was faster; this is what they saved.
    Conflict(Organization),
}

async fn save_over(input: OrganizationInput) -> api::Result<Answer> {
    match api::send(organizations::UPDATE_ORGANIZATION, &[], &input).await {
        Ok(saved) => Ok(Answer::Done(saved)),
        Err(failed) if failed.code() == Some(ErrorCode::VersionConflict) => {
            api::ask(organizations::GET_ORGANIZATION, &[], Query::none()).await.map(Answer::Conflict)
        }
        Err(failed) => Err(failed),
    }
}

fn sides(locale: Locale, yours: &Organization, theirs: &Organization) -> Vec<Side> {
    let kept = |days: Option<u32>| match days {
        Some(days) => td_string!(locale, organizations.days_value, count = days).to_string(),
        None => td_string!(locale, organizations.retention_forever).to_owned(),
    };
    let own_name = |one: Language| language::own_name(one).to_owned();
    let fields = [
        (td_string!(locale, organizations.name), yours.name.clone(), theirs.name.clone()),
        (td_string!(locale, organizations.time_zone), yours.time_zone.clone(), theirs.time_zone.clone()),
        (td_string!(locale, organizations.language), own_name(yours.language), own_name(theirs.language)),
        (td_string!(locale, organizations.retention), kept(yours.retention_days), kept(theirs.retention_days)),
    ];
    fields
        .into_iter()
        .filter(|(_, yours, theirs)| yours != theirs)
        .map(|(field, yours, theirs)| Side { field: field.to_owned(), yours, theirs })
        .collect()
}
