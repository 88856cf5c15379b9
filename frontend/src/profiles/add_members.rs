//! Gives a profile to members there are, or to people who are invited with it.

use super::model;
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    members::{
        people_form::{People, PeopleForm},
        sent_links::SentLinks,
    },
    remote::{Change, Remote},
    session::Session,
    ui::{
        button::{Button, Kind},
        choices::{Choice, Choices},
        dialog::Dialog,
        failure::ChangeFailed,
        icon::Icon,
        state::Loaded,
        tabs::{Tab, Tabs},
        toast::Toasts,
    },
};
use leptos::prelude::*;
use std::collections::BTreeSet;
use types::{
    MemberId, ProfileId,
    members::{self, INVITED_MAX, Member, MembersAdded, NewMemberInput},
    profiles::{self, Profile, ProfileMembersInput},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Existing,
    New,
}

#[component]
pub fn AddMembers(open: RwSignal<bool>, profile: Signal<Profile>, changed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let added = RwSignal::new(None::<MembersAdded>);
    Effect::new(move || {
        if !open.get() {
            added.set(None);
        }
    });
    let title = Signal::derive(move || {
        if added.with(Option::is_some) {
            t_string!(i18n, profiles.added).to_owned()
        } else {
            t_string!(i18n, profiles.add_members).to_owned()
        }
    });
    view! {
        <Dialog open title wide=true>
            {move || match added.get() {
                Some(added) => view! {
                    <div class="dialog-body"><SentLinks added=added.items /></div>
                    <div class="dialog-foot">
                        <Button kind=Kind::Primary on:click=move |_| open.set(false)>{t!(i18n, members.done)}</Button>
                    </div>
                }.into_any(),
                None => view! { <Form open profile added changed /> }.into_any(),
            }}
        </Dialog>
    }
}

#[component]
fn Form(
    open: RwSignal<bool>,
    profile: Signal<Profile>,
    added: RwSignal<Option<MembersAdded>>,
    changed: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::use_here();
    let change = Change::new();
    let part = RwSignal::new(Part::Existing);
    let chosen = RwSignal::new(BTreeSet::<MemberId>::new());
    let replaced = RwSignal::new(0_usize);
    let sure = RwSignal::new(false);
    let people = People::new(usize::try_from(INVITED_MAX).unwrap_or(usize::MAX), false);
    let missing = RwSignal::new(None::<&'static str>);
    let id = profile.with_untracked(|profile| profile.id);
    let tabs = Signal::derive(move || {
        vec![
            Tab { key: Part::Existing, words: t_string!(i18n, profiles.existing).to_owned(), count: None },
            Tab { key: Part::New, words: t_string!(i18n, profiles.new_members).to_owned(), count: None },
        ]
    });
    let input = move || match part.get_untracked() {
        Part::Existing => {
            let member_ids: Vec<MemberId> = chosen.with_untracked(|chosen| chosen.iter().copied().collect());
            if member_ids.is_empty() {
                missing.set(Some(t_string!(i18n, profiles.choose_one)));
                return None;
            }
            if replaced.get_untracked() > 0 && !sure.get_untracked() {
                missing.set(Some(t_string!(i18n, profiles.replace_needed)));
                return None;
            }
            Some(ProfileMembersInput { member_ids, replace: sure.get_untracked(), ..ProfileMembersInput::default() })
        }
        Part::New => {
            let new_members = people
                .take()?
                .into_iter()
                .map(|person| NewMemberInput { name: person.name, email: person.email })
                .collect();
            Some(ProfileMembersInput { new_members, ..ProfileMembersInput::default() })
        }
    };
    let submit = move || {
        missing.set(None);
        let Some(input) = input() else { return };
        let work = async move { api::send(profiles::ADD_PROFILE_MEMBERS, &[&id], &input).await };
        change.run(work, move |done| {
            toasts.success(t_string!(i18n, profiles.added));
            changed.run(());
            // Whoever was there already has nothing to be handed.
            if done.items.iter().any(|one| one.invitation.is_some()) {
                added.set(Some(done));
            } else {
                open.set(false);
            }
        });
    };
    view! {
        <form class="dialog-form" novalidate on:submit=move |event| {
            event.prevent_default();
            submit();
        }>
            <div class="dialog-body">
                <Tabs label=say!(i18n, profiles.add_members) tabs chosen=part panel="add-members-panel" />
                <div id="add-members-panel" role="tabpanel" class="stack" aria-label=move || t_string!(i18n, profiles.add_members)>
                    <ChangeFailed change />
                    {move || missing.get().map(|text| view! {
                        <p class="field-error" role="alert">{Icon::Warning.draw()}{text}</p>
                    })}
                    {move || match part.get() {
                        Part::Existing => view! { <Existing id chosen replaced sure /> }.into_any(),
                        Part::New => view! {
                            <p class="muted">{t!(i18n, members.add_text)}</p>
                            <PeopleForm people change list="new_members" another=say!(i18n, members.add_another) />
                        }.into_any(),
                    }}
                </div>
            </div>
            <div class="dialog-foot">
                <Button on:click=move |_| open.set(false)>{t!(i18n, ui.cancel)}</Button>
                <Button kind=Kind::Primary submit=true busy=change.busy>{t!(i18n, profiles.add)}</Button>
            </div>
        </form>
    }
}

#[component]
fn Existing(
    id: ProfileId,
    chosen: RwSignal<BTreeSet<MemberId>>,
    replaced: RwSignal<usize>,
    sure: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let all = Remote::new(move || async move {
        let profiles = super::every_profile().await?;
        let members = api::every(|page| api::ask(members::LIST_MEMBERS, &[], Query::of(&page))).await?;
        Ok((profiles, members))
    });
    Effect::new(move || {
        let others = all.value.with(|all| {
            let members = all.as_ref().map(|(_, members)| members.as_slice()).unwrap_or_default();
            chosen.with(|chosen| members.iter().filter(|one| one.profile.is_some() && chosen.contains(&one.id)).count())
        });
        replaced.set(others);
        if others == 0 {
            sure.set(false);
        }
    });
    // Whose profile has more than one's own, one does not change.
    let untouchable = move |profiles: &[Profile], member: &Member| {
        let mine = session.me.with(|me| me.as_ref().map(|me| me.permissions.clone()).unwrap_or_default());
        let theirs = member.profile.as_ref().and_then(|profile| profiles.iter().find(|one| one.id == profile.id));
        theirs.is_some_and(|profile| !model::may_give(&mine, profile))
    };
    let choice = move |profiles: &[Profile], member: &Member| {
        let disabled = untouchable(profiles, member);
        let mark = member.profile.as_ref().map(|profile| {
            if disabled {
                t_string!(i18n, profiles.has_other_locked, profile = profile.name.clone()).to_string()
            } else {
                t_string!(i18n, profiles.has_other, profile = profile.name.clone()).to_string()
            }
        });
        Choice { key: member.id, words: member.name.clone(), detail: member.email.clone(), mark, disabled }
    };
    view! {
        <Loaded remote=all children=Callback::new(move |(all,): (Signal<(Vec<Profile>, Vec<Member>)>,)| {
            let items = Memo::new(move |_| all.with(|(profiles, members)| {
                let others = members.iter().filter(|member| member.profile.as_ref().is_none_or(|profile| profile.id != id));
                others.map(|member| choice(profiles, member)).collect::<Vec<_>>()
            }));
            view! {
                <Choices label=say!(i18n, profiles.choose_members) search_label=say!(i18n, members.search) items chosen
                    none=say!(i18n, profiles.nobody) />
            }.into_any()
        }) />
        <Show when=move || { replaced.get() > 0 }>
            <div class="notice warning">
                {Icon::Warning.draw()}
                <div>
                    <p class="notice-text">{move || match replaced.get() {
                        1 => t_string!(i18n, profiles.replace_one).to_owned(),
                        count => t_string!(i18n, profiles.replace, count = count).to_string(),
                    }}</p>
                    <label class="check notice-text">
                        <input type="checkbox" prop:checked=sure on:change:target=move |event| sure.set(event.target().checked()) />
                        <span>{t!(i18n, profiles.replace_sure)}</span>
                    </label>
                </div>
            </div>
        </Show>
    }
}
