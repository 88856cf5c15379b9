//! A profile's name, description and permissions: made, changed, and settled where two people changed them.

use super::{editor::PermissionEditor, words};
use crate::{
    api::{self, Query},
    i18n::{Locale, t, t_string, td_string, use_i18n},
    language,
    remote::Change,
    routes,
    ui::{
        button::{Button, Kind},
        conflict::{Conflict, Side},
        failure::FailureNote,
        field::{TextArea, TextField, required_when},
        toast::Toasts,
        unsaved::UnsavedGuard,
    },
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use types::{
    ErrorCode, Permission, ProfileId,
    profiles::{self, DESCRIPTION_MAX, NAME_MAX, Profile, ProfileInput},
    words as refusals,
};

/// What is being edited.
#[derive(Clone, Copy)]
struct Draft {
    name: RwSignal<String>,
    description: RwSignal<String>,
    granted: RwSignal<Vec<Permission>>,
}

impl Draft {
    fn of(input: &ProfileInput) -> Self {
        Self {
            name: RwSignal::new(input.name.clone()),
            description: RwSignal::new(input.description.clone()),
            granted: RwSignal::new(input.permissions.clone()),
        }
    }

    fn take(self, input: &ProfileInput) {
        self.name.set(input.name.clone());
        self.description.set(input.description.clone());
        self.granted.set(input.permissions.clone());
    }

    /// As it would be sent; followed.
    fn input(self, version: Option<u64>) -> ProfileInput {
        let mut permissions = self.granted.get();
        permissions.sort_unstable();
        ProfileInput {
            name: self.name.get().trim().to_owned(),
            description: self.description.get().trim().to_owned(),
            permissions,
            version,
        }
    }
}

fn input_of(profile: &Profile) -> ProfileInput {
    let mut permissions = profile.permissions.clone();
    permissions.sort_unstable();
    ProfileInput {
        name: profile.name.trim().to_owned(),
        description: profile.description.trim().to_owned(),
        permissions,
        version: Some(profile.version),
    }
}

/// Makes a profile, or changes the one it is given.
#[component]
pub fn ProfileForm(
    /// None is a new one.
    profile: Option<Signal<Profile>>,
    #[prop(into)] locked: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::use_here();
    let navigate = StoredValue::new_local(use_navigate());
    let change = Change::new();
    let pressed = RwSignal::new(false);
    let empty =
        ProfileInput { name: String::new(), description: String::new(), permissions: Vec::new(), version: None };
    let first = profile.map_or(empty, |profile| profile.with_untracked(input_of));
    let draft = Draft::of(&first);
    // What the draft started from, and what somebody else has saved meanwhile.
    let base = RwSignal::new(first);
    let theirs = RwSignal::new(None::<Profile>);
    let dirty = Memo::new(move |_| {
        let version = base.with(|base| base.version);
        !locked.get() && base.with(|base| *base != draft.input(version))
    });
    // Others' changes come in by themselves as long as nothing of one's own would be lost.
    if let Some(profile) = profile {
        Effect::new(move || {
            let newest = profile.with(input_of);
            if !dirty.get_untracked() && base.with_untracked(|base| *base != newest) {
                draft.take(&newest);
                base.set(newest);
            }
        });
    }
    let id = profile.map(|profile| profile.with_untracked(|profile| profile.id));
    let save = move |version: Option<u64>| {
        pressed.set(true);
        let input = untrack(|| draft.input(version));
        if input.name.is_empty() {
            return;
        }
        let work = async move {
            match id {
                Some(id) => save_over(id, &input).await,
                None => api::send(profiles::CREATE_PROFILE, &[], &input).await.map(Saved::Done),
            }
        };
        change.run(work, move |saved| match saved {
            Saved::Done(saved) => {
                let newest = input_of(&saved);
                draft.take(&newest);
                base.set(newest);
                theirs.set(None);
                if id.is_some() {
                    toasts.success(t_string!(i18n, profiles.saved));
                } else {
                    toasts.success(t_string!(i18n, profiles.created));
                    navigate.with_value(|navigate| navigate(routes::PROFILES, NavigateOptions::default()));
                }
            }
            Saved::Conflict(newest) => theirs.set(Some(newest)),
        });
    };
    let take_theirs = move |()| {
        if let Some(newest) = theirs.get_untracked() {
            let newest = input_of(&newest);
            draft.take(&newest);
            base.set(newest);
            theirs.set(None);
        }
    };
    let keep_mine = move |()| save(theirs.with_untracked(|theirs| theirs.as_ref().map(|theirs| theirs.version)));
    let differing = Signal::derive(move || {
        let locale = i18n.get_locale();
        theirs
            .with(|theirs| theirs.as_ref().map(|theirs| sides(locale, &draft.input(None), &input_of(theirs))))
            .unwrap_or_default()
    });
    let has_conflict = Memo::new(move |_| theirs.with(Option::is_some));
    view! {
        <UnsavedGuard dirty />
        <form class="card" novalidate on:submit=move |event| {
            event.prevent_default();
            save(base.with_untracked(|base| base.version));
        }>
            <div class="card-head">
                <div><h2>{t!(i18n, profiles.permissions)}</h2><p class="small">{t!(i18n, profiles.permissions_text)}</p></div>
            </div>
            <div class="card-body">
                {move || change.failed.get().map(|failed| view! { <FailureNote failed /> })}
                <Show when=move || has_conflict.get()>
                    <Conflict sides=differing busy=change.busy on_keep=Callback::new(keep_mine) on_take=Callback::new(take_theirs) />
                </Show>
                <Show when=move || !locked.get()>
                    <NameAndDescription draft change pressed />
                </Show>
                <PermissionEditor granted=draft.granted locked />
                <Show when=move || !locked.get()>
                    <div class="row row-end">
                        {id.is_some().then(|| view! { <p class="muted small save-hint">{t!(i18n, profiles.save_hint)}</p> })}
                        <Button kind=Kind::Primary submit=true busy=change.busy disabled=Signal::derive(move || id.is_some() && !dirty.get())>
                            {if id.is_some() { t!(i18n, ui.save).into_any() } else { t!(i18n, profiles.create).into_any() }}
                        </Button>
                    </div>
                </Show>
            </div>
        </form>
    }
}

/// What a profile is called, and what it is for.
#[component]
fn NameAndDescription(draft: Draft, change: Change, pressed: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let missing = required_when(move || pressed.get() && draft.name.with(|name| name.trim().is_empty()));
    let (name_wrong, description_wrong) = (change.field("name"), change.field("description"));
    let name_taken = move || {
        let taken = change.failed.with(|failed| failed.as_ref()?.code()) == Some(ErrorCode::ProfileNameTaken);
        taken.then(|| refusals::error(ErrorCode::ProfileNameTaken, language::of(i18n.get_locale())).detail.to_owned())
    };
    view! {
        <div class="profile-words">
            <TextField label=say!(i18n, profiles.name) value=draft.name max=NAME_MAX
                error=Signal::derive(move || missing.get().or_else(name_taken).or_else(|| name_wrong.get())) />
            <TextArea label=say!(i18n, profiles.description) value=draft.description rows=2 error=description_wrong
                hint=Signal::derive(move || {
                    let count = draft.description.with(|text| text.chars().count());
                    format!("{} {count} / {DESCRIPTION_MAX}", t_string!(i18n, profiles.description_hint))
                }) />
        </div>
    }
}

enum Saved {
    Done(Profile),
    /// Somebody was faster; this is what they saved.
    Conflict(Profile),
}

async fn save_over(id: ProfileId, input: &ProfileInput) -> api::Result<Saved> {
    match api::send(profiles::UPDATE_PROFILE, &[&id], input).await {
        Ok(saved) => Ok(Saved::Done(saved)),
        Err(failed) if failed.code() == Some(ErrorCode::VersionConflict) => {
            api::ask(profiles::GET_PROFILE, &[&id], Query::none()).await.map(Saved::Conflict)
        }
        Err(failed) => Err(failed),
    }
}

/// What differs, in words; of the permissions, only those one side has and the other has not.
fn sides(locale: Locale, yours: &ProfileInput, theirs: &ProfileInput) -> Vec<Side> {
    let only = |of: &[Permission], others: &[Permission]| {
        let only: Vec<String> = of
            .iter()
            .filter(|permission| !others.contains(permission))
            .map(|permission| words::permission(locale, *permission))
            .collect();
        if only.is_empty() { td_string!(locale, profiles.nothing).to_owned() } else { only.join("\n") }
    };
    let text = |field: &str, yours: &str, theirs: &str| {
        (yours != theirs).then(|| Side { field: field.to_owned(), yours: yours.to_owned(), theirs: theirs.to_owned() })
    };
    let permissions = (yours.permissions != theirs.permissions).then(|| Side {
        field: td_string!(locale, profiles.permissions).to_owned(),
        yours: only(&yours.permissions, &theirs.permissions),
        theirs: only(&theirs.permissions, &yours.permissions),
    });
    [
        text(td_string!(locale, profiles.name), &yours.name, &theirs.name),
        text(td_string!(locale, profiles.description), &yours.description, &theirs.description),
        permissions,
    ]
    .into_iter()
    .flatten()
    .collect()
}
