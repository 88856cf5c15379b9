//! People added to a number or to a group: members there are, or new ones, who are invited with it.

use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    members::{
        people_form::{People, PeopleForm},
        sent_links::SentLinks,
    },
    remote::{Change, Remote},
    ui::{
        button::{Button, Kind},
        choices::{Choice, Choices},
        dialog::Dialog,
        failure::ChangeFailed,
        state::Loaded,
        tabs::{Tab, Tabs},
    },
};
use leptos::prelude::*;
use std::collections::BTreeSet;
use types::{
    MemberId, ProfileId,
    members::{self, AddedMember, Member, MemberStatus, NewMemberWithProfile},
    profiles::{self, Profile},
};

/// Who is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Existing,
    New,
}

#[component]
pub fn PeopleDialog(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    /// Who is there already.
    #[prop(into)]
    there: Signal<Vec<MemberId>>,
    change: Change,
    /// Who was added; set once it is done, so that their links are shown.
    added: RwSignal<Option<Vec<AddedMember>>>,
    on_add: Callback<(Vec<MemberId>, Vec<NewMemberWithProfile>)>,
    #[prop(into)] existing: Signal<String>,
    #[prop(into)] new_people: Signal<String>,
    #[prop(into)] another: Signal<String>,
    max: usize,
) -> impl IntoView {
    Effect::new(move || {
        if open.get() {
            change.failed.set(None);
            added.set(None);
        }
    });
    view! {
        <Dialog open title wide=true>
            {move || match added.get() {
                Some(added) => view! { <Done open added /> }.into_any(),
                None => view! { <Form open there change on_add existing new_people another max /> }.into_any(),
            }}
        </Dialog>
    }
}

/// Whom was added, and the links of those who were invited.
#[component]
fn Done(open: RwSignal<bool>, added: Vec<AddedMember>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="dialog-body"><SentLinks added /></div>
        <div class="dialog-foot"><Button kind=Kind::Primary on:click=move |_| open.set(false)>{t!(i18n, members.done)}</Button></div>
    }
}

#[component]
fn Form(
    open: RwSignal<bool>,
    there: Signal<Vec<MemberId>>,
    change: Change,
    on_add: Callback<(Vec<MemberId>, Vec<NewMemberWithProfile>)>,
    existing: Signal<String>,
    new_people: Signal<String>,
    another: Signal<String>,
    max: usize,
) -> impl IntoView {
    let i18n = use_i18n();
    let who = RwSignal::new(Who::Existing);
    let chosen = RwSignal::new(BTreeSet::<MemberId>::new());
    let people = People::new(max, true);
    let tabs = Signal::derive(move || {
        vec![
            Tab { key: Who::Existing, words: existing.get(), count: None },
            Tab { key: Who::New, words: new_people.get(), count: None },
        ]
    });
    let profiles = Remote::new(|| api::every(|page| api::ask(profiles::LIST_PROFILES, &[], Query::of(&page))));
    let profile_choices =
        Signal::derive(move || profiles.value.with(|all| all.iter().flatten().map(choice).collect::<Vec<_>>()));
    let submit = move || match who.get_untracked() {
        Who::Existing => {
            let members: Vec<_> = chosen.with_untracked(|chosen| chosen.iter().copied().collect());
            if !members.is_empty() {
                on_add.run((members, Vec::new()));
            }
        }
        Who::New => {
            let Some(rows) = people.take() else { return };
            let new = rows.into_iter().filter_map(|person| {
                let profile_id = person.profile.parse::<ProfileId>().ok()?;
                Some(NewMemberWithProfile { name: person.name, email: person.email, profile_id })
            });
            on_add.run((Vec::new(), new.collect()));
        }
    };
    let nobody = Signal::derive(move || who.get() == Who::Existing && chosen.with(BTreeSet::is_empty));
    view! {
        <form novalidate on:submit=move |event| {
            event.prevent_default();
            submit();
        }>
            <div class="dialog-body">
                <Tabs label=existing tabs chosen=who panel="people-dialog-panel" />
                <div id="people-dialog-panel" role="tabpanel" class="stack" aria-label=move || if who.get() == Who::New { new_people.get() } else { existing.get() }>
                    <ChangeFailed change />
                    <Show when=move || who.get() == Who::Existing fallback=move || view! {
                        <PeopleForm people change list="new_members" profiles=profile_choices another />
                    }>
                        <Existing there chosen />
                    </Show>
                </div>
            </div>
            <div class="dialog-foot">
                <Button on:click=move |_| open.set(false)>{t!(i18n, ui.cancel)}</Button>
                <Button kind=Kind::Primary submit=true busy=change.busy disabled=nobody>{t!(i18n, ui.add)}</Button>
            </div>
        </form>
    }
}

#[component]
fn Existing(there: Signal<Vec<MemberId>>, chosen: RwSignal<BTreeSet<MemberId>>) -> impl IntoView {
    let i18n = use_i18n();
    let all = Remote::new(every_member);
    view! {
        <Loaded remote=all children=Callback::new(move |(all,): (Signal<Vec<Member>>,)| {
            let items = Signal::derive(move || {
                let invited = t_string!(i18n, members.status_invited);
                there.with(|there| all.with(|all| {
                    all.iter().filter(|member| !there.contains(&member.id)).map(|member| item(member, invited)).collect::<Vec<_>>()
                }))
            });
            view! {
                <Choices label=say!(i18n, numbers.existing_members) search_label=say!(i18n, members.search) items chosen
                    none=say!(i18n, members.none_found) />
            }.into_any()
        }) />
    }
}

/// A member to choose, with the e-mail that tells namesakes apart.
pub fn item(member: &Member, invited: &str) -> Choice<MemberId> {
    Choice {
        key: member.id,
        words: member.name.clone(),
        detail: member.email.clone(),
        mark: (member.status == MemberStatus::Invited).then(|| invited.to_owned()),
        disabled: false,
    }
}

pub async fn every_member() -> api::Result<Vec<Member>> {
    api::every(|page| api::ask(members::LIST_MEMBERS, &[], Query::of(&page))).await
}

fn choice(profile: &Profile) -> (String, String) {
    (profile.id.to_string(), profile.name.clone())
}
