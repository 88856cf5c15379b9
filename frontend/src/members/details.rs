//! A member's name, e-mail and profile, as others change them.

use super::add::use_profile_choices;
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    language,
    remote::Change,
    ui::{
        button::{Button, Kind},
        failure::ChangeFailed,
        field::{Select, TextField, required_when},
        toast::Toasts,
        unsaved::UnsavedGuard,
    },
};
use leptos::prelude::*;
use types::{
    ErrorCode, FieldCode,
    members::{self, Member, MemberInput, NAME_MAX},
    validate, words,
};

#[component]
pub fn Details(member: Signal<Member>, editable: Signal<bool>, changed: Callback<()>) -> impl IntoView {
    view! {
        <Show when=move || editable.get()><Form member changed /></Show>
    }
}

fn input_of(member: &Member) -> MemberInput {
    MemberInput {
        name: member.name.clone(),
        email: member.email.clone(),
        profile_id: member.profile.as_ref().map(|profile| profile.id),
        version: member.version,
    }
}

#[component]
fn Form(member: Signal<Member>, changed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::use_here();
    let change = Change::new();
    let pressed = RwSignal::new(false);
    let id = member.with_untracked(|member| member.id);
    let base = RwSignal::new(member.with_untracked(input_of));
    let (name, email, profile) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let show = move |input: &MemberInput| {
        name.set(input.name.clone());
        email.set(input.email.clone());
        profile.set(input.profile_id.map(|id| id.to_string()).unwrap_or_default());
    };
    base.with_untracked(show);
    let input = move || MemberInput {
        name: name.with(|name| name.trim().to_owned()),
        email: email.with(|email| email.trim().to_owned()),
        profile_id: profile.with(|id| id.parse().ok()),
        version: base.with(|base| base.version),
    };
    let dirty = Memo::new(move |_| {
        let typed = input();
        base.with(|base| *base != typed)
    });
    // Others' changes come in by themselves as long as nothing of one's own would be lost.
    Effect::new(move || {
        let newest = member.with(input_of);
        if !dirty.get_untracked() && base.with_untracked(|base| *base != newest) {
            show(&newest);
            base.set(newest);
        }
    });
    // Somebody was faster: the page shows what they made of it, and what was typed here stays, to be saved over that or not.
    let other = Change::new();
    Effect::new(move || {
        let conflict = change.failed.with(|failed| failed.as_ref()?.code()) == Some(ErrorCode::VersionConflict);
        if conflict {
            other.run(api::ask(members::GET_MEMBER, &[&id], Query::none()), move |newest| {
                let (before, newest) = (base.get_untracked(), input_of(&newest));
                let typed = untrack(input);
                // What was not touched here is theirs.
                show(&MemberInput {
                    name: if typed.name == before.name { newest.name.clone() } else { typed.name },
                    email: if typed.email == before.email { newest.email.clone() } else { typed.email },
                    profile_id: if typed.profile_id == before.profile_id {
                        newest.profile_id
                    } else {
                        typed.profile_id
                    },
                    version: newest.version,
                });
                base.set(newest);
                changed.run(());
            });
        }
    });
    let submit = move || {
        pressed.set(true);
        let input = untrack(input);
        if input.name.is_empty() || validate::email(&input.email).is_err() {
            return;
        }
        change.run(async move { api::send(members::UPDATE_MEMBER, &[&id], &input).await }, move |saved| {
            let newest = input_of(&saved);
            show(&newest);
            base.set(newest);
            toasts.success(t_string!(i18n, members.saved));
            changed.run(());
        });
    };
    let missing = required_when(move || pressed.get() && name.with(|name| name.trim().is_empty()));
    let no_email = move || {
        let wrong = pressed.get() && email.with(|email| validate::email(email.trim()).is_err());
        wrong.then(|| words::field(FieldCode::NotAnEmail, None, language::of(i18n.get_locale())))
    };
    let (name_wrong, email_wrong) = (change.field("name"), change.field("email"));
    view! {
        <UnsavedGuard dirty />
        <form class="card" novalidate on:submit=move |event| {
            event.prevent_default();
            submit();
        }>
            <div class="card-head"><h2>{t!(i18n, members.details)}</h2></div>
            <div class="card-body">
                <ChangeFailed change />
                <div class="two">
                    <TextField label=say!(i18n, members.name) value=name max=NAME_MAX
                        error=Signal::derive(move || missing.get().or_else(|| name_wrong.get())) />
                    <TextField label=say!(i18n, members.email) value=email kind="email"
                        error=Signal::derive(move || no_email().or_else(|| email_wrong.get())) />
                    <Select label=say!(i18n, members.profile) value=profile choices=use_profile_choices()
                        hint=say!(i18n, members.profile_hint) error=change.field("profile_id") />
                </div>
                <div class="row row-end">
                    <Button kind=Kind::Primary submit=true busy=change.busy disabled=Signal::derive(move || !dirty.get())>
                        {t!(i18n, ui.save)}
                    </Button>
                </div>
            </div>
        </form>
    }
}
