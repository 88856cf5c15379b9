//! Invites people, all with one profile or without any yet.

use super::{
    people_form::{People, PeopleForm},
    sent_links::SentLinks,
};
use crate::{
    api,
    i18n::{t, t_string, use_i18n},
    profiles::{every_profile, model},
    remote::{Change, Remote},
    session::Session,
    ui::{
        button::{Button, Kind},
        dialog::Dialog,
        failure::ChangeFailed,
        field::Select,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use types::{
    members::{self, INVITED_MAX, MembersAdded, MembersInput, NewMemberInput},
    profiles::Profile,
};

#[component]
pub fn AddDialog(open: RwSignal<bool>, added: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let done = RwSignal::new(None::<MembersAdded>);
    Effect::new(move || {
        if !open.get() {
            done.set(None);
        }
    });
    let title = Signal::derive(move || {
        if done.with(Option::is_some) {
            t_string!(i18n, members.added).to_owned()
        } else {
            t_string!(i18n, members.add).to_owned()
        }
    });
    view! {
        <Dialog open title wide=true>
            {move || match done.get() {
                Some(done) => view! {
                    <div class="dialog-body"><SentLinks added=done.items /></div>
                    <div class="dialog-foot">
                        <Button kind=Kind::Primary on:click=move |_| open.set(false)>{t!(i18n, members.done)}</Button>
                    </div>
                }.into_any(),
                None => view! { <Form open done added /> }.into_any(),
            }}
        </Dialog>
    }
}

#[component]
fn Form(open: RwSignal<bool>, done: RwSignal<Option<MembersAdded>>, added: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::use_here();
    let change = Change::new();
    let people = People::new(usize::try_from(INVITED_MAX).unwrap_or(usize::MAX), false);
    let profile = RwSignal::new(String::new());
    let choices = use_profile_choices();
    let submit = move || {
        let Some(people) = people.take() else { return };
        let members =
            people.into_iter().map(|person| NewMemberInput { name: person.name, email: person.email }).collect();
        let input = MembersInput { members, profile_id: profile.with_untracked(|id| id.parse().ok()) };
        change.run(async move { api::send(members::CREATE_MEMBERS, &[], &input).await }, move |answer| {
            toasts.success(t_string!(i18n, members.added));
            added.run(());
            done.set(Some(answer));
        });
    };
    view! {
        <form class="dialog-form" novalidate on:submit=move |event| {
            event.prevent_default();
            submit();
        }>
            <div class="dialog-body">
                <p class="muted">{t!(i18n, members.add_text)}</p>
                <ChangeFailed change />
                <Select label=say!(i18n, members.profile) value=profile choices error=change.field("profile_id") />
                <PeopleForm people change list="members" another=say!(i18n, members.add_another) />
            </div>
            <div class="dialog-foot">
                <Button on:click=move |_| open.set(false)>{t!(i18n, ui.cancel)}</Button>
                <Button kind=Kind::Primary submit=true busy=change.busy>{t!(i18n, ui.add)}</Button>
            </div>
        </form>
    }
}

/// "No profile", and the profiles one may give.
pub fn use_profile_choices() -> Signal<Vec<(String, String)>> {
    let i18n = use_i18n();
    let session = Session::use_here();
    let all = Remote::new(every_profile);
    let given = move |profile: &&Profile| {
        session.me.with(|me| me.as_ref().is_some_and(|me| model::may_give(&me.permissions, profile)))
    };
    Signal::derive(move || {
        let first = (String::new(), t_string!(i18n, members.no_profile).to_owned());
        let known = all.value.with(|all| {
            let profiles = all.iter().flatten().filter(given);
            profiles.map(|profile| (profile.id.to_string(), profile.name.clone())).collect::<Vec<_>>()
        });
        std::iter::once(first).chain(known).collect()
    })
}
