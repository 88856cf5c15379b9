//! The numbers that receive a copy: one by one, or by group.

use crate::{
    api::{self, Query},
    i18n::{t_string, use_i18n},
    realtime::reload_on,
    remote::Remote,
    settings_changes::selection::{self, GroupChoices},
    ui::{
        choices::{Choice, Choices},
        state::Loaded,
        tabs::{Tab, Tabs},
    },
};
use leptos::prelude::*;
use std::collections::BTreeSet;
use types::{
    GroupId, NumberId,
    audit_log::AuditSubject,
    numbers::{self, Number, NumberRef},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Number,
    Group,
}

#[component]
pub fn TargetsChoice(
    reference: RwSignal<Option<NumberRef>>,
    numbers: RwSignal<BTreeSet<NumberId>>,
    groups: RwSignal<BTreeSet<GroupId>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let by = RwSignal::new(By::Number);
    let count = |count: usize| (count > 0).then(|| count.to_string());
    let tabs = Signal::derive(move || {
        vec![
            Tab {
                key: By::Number,
                words: t_string!(i18n, settings_changes.numbers).to_owned(),
                count: count(numbers.with(BTreeSet::len)),
            },
            Tab {
                key: By::Group,
                words: t_string!(i18n, settings_changes.groups).to_owned(),
                count: count(groups.with(BTreeSet::len)),
            },
        ]
    });
    let all = Remote::new(|| api::every(|page| api::ask(numbers::LIST_NUMBERS, &[], Query::of(&page))));
    reload_on(&[AuditSubject::Number, AuditSubject::Group], all);
    let every_group = selection::groups();
    view! {
        <Tabs label=say!(i18n, settings_copies.targets) tabs chosen=by panel="copy-targets" />
        <div id="copy-targets" role="tabpanel" aria-label=move || match by.get() {
            By::Number => t_string!(i18n, settings_changes.numbers),
            By::Group => t_string!(i18n, settings_changes.groups),
        }>
            {move || match by.get() {
                By::Number => view! { <ByNumber all reference chosen=numbers /> }.into_any(),
                By::Group => view! { <GroupChoices remote=every_group chosen=groups /> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn ByNumber(
    all: Remote<Vec<Number>>,
    reference: RwSignal<Option<NumberRef>>,
    chosen: RwSignal<BTreeSet<NumberId>>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Loaded remote=all children=Callback::new(move |(all,): (Signal<Vec<Number>>,)| {
            let items = Memo::new(move |_| {
                let reference = reference.with(|reference| reference.as_ref().map(|number| number.id));
                let mark = |id: NumberId| (reference == Some(id)).then(|| t_string!(i18n, settings_copies.is_reference).to_owned());
                all.get().into_iter().map(|number| Choice {
                    key: number.id, mark: mark(number.id), disabled: reference == Some(number.id), words: number.name, detail: number.phone,
                }).collect::<Vec<_>>()
            });
            view! {
                <Choices label=say!(i18n, settings_changes.numbers) search_label=say!(i18n, settings_changes.search) items chosen
                    none=say!(i18n, settings_changes.no_numbers) />
            }.into_any()
        }) />
    }
}
