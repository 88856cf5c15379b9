//! What the selector shows: the last choices, all numbers, a group to narrow by, and a list the server searches.

use super::{Numbers, model};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    realtime::reload_on,
    remote::Remote,
    session::Session,
    ui::{
        debounced::debounced,
        icon::Icon,
        more::More,
        state::{Loaded, Skeleton},
    },
};
use leptos::{html, prelude::*};
use types::{
    GroupId, MemberId, NumberId, Page, PageQuery,
    audit_log::AuditSubject,
    numbers::{self, Number, NumberFilter, NumberGroup, NumberRef},
};
use wasm_bindgen::JsCast;

/// What the parts of the panel share.
#[derive(Clone, Copy)]
struct Choosing {
    numbers: Numbers,
    open: RwSignal<bool>,
    member: Option<MemberId>,
    group: RwSignal<Option<GroupId>>,
}

impl Choosing {
    fn choose(self, number: Option<&NumberRef>) {
        match number {
            Some(number) => self.numbers.choose(self.member, number),
            None => self.numbers.chosen.set(None),
        }
        self.open.set(false);
    }

    fn pressed(self, id: Option<NumberId>) -> &'static str {
        if self.numbers.chosen.get() == id { "true" } else { "false" }
    }
}

#[component]
pub fn Panel(open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let member = Session::use_here().me.with_untracked(|me| me.as_ref().map(|me| me.id));
    let choosing = Choosing { numbers: Numbers::use_here(), open, member, group: RwSignal::new(None) };
    provide_context(choosing);
    let search = RwSignal::new(String::new());
    let wanted = debounced(search);
    let filter = move || NumberFilter {
        q: Some(wanted.get()).filter(|wanted| !wanted.is_empty()),
        group_id: choosing.group.get(),
        troubled: None,
    };
    // What the list answers to: Enter chooses its first number, and never that of an earlier question.
    let answered = RwSignal::new(None::<String>);
    let found = Remote::new(move || {
        let filter = filter();
        let asked = api::ask(numbers::LIST_NUMBERS, &[], Query::of(&filter));
        async move {
            let answer = asked.await;
            answered.try_set(filter.q.or_else(|| Some(String::new())));
            answer
        }
    });
    reload_on(&[AuditSubject::Number, AuditSubject::Group], found);
    let more = move |page: PageQuery| api::ask(numbers::LIST_NUMBERS, &[], Query::of(&untrack(filter)).and(&page));
    let plain = Memo::new(move |_| wanted.with(String::is_empty) && choosing.group.get().is_none());
    let input = NodeRef::<html::Input>::new();
    input.on_load(|input| {
        let _ = input.focus();
    });
    let panel = NodeRef::<html::Div>::new();
    let entered = RwSignal::new(false);
    Effect::new(move || {
        let is_answer = search.with(|text| answered.with(|answered| answered.as_deref() == Some(text.trim())));
        if entered.get() && is_answer {
            entered.set(false);
            if let Some(number) = found.value.with_untracked(|page| page.as_ref()?.items.first().map(reference)) {
                choosing.choose(Some(&number));
            }
        }
    });
    let on_key = move |event: web_sys::KeyboardEvent| {
        let Some(panel) = panel.get_untracked() else { return };
        match event.key().as_str() {
            "ArrowDown" | "ArrowUp" => {
                event.prevent_default();
                step(&panel, event.key() == "ArrowDown");
            }
            // Whoever types wants to search, wherever the focus is.
            key if key.chars().count() == 1
                && key != " "
                && !event.ctrl_key()
                && !event.meta_key()
                && !event.alt_key() =>
            {
                if let Some(input) = input.get_untracked() {
                    let _ = input.focus();
                }
            }
            _ => {}
        }
    };
    view! {
        <div class="number-panel" node_ref=panel on:keydown=on_key>
            <label class="search">
                <span class="visually-hidden">{t!(i18n, shell.number_search)}</span>
                {Icon::Search.draw()}
                <input node_ref=input class="input" type="search" autocomplete="off" prop:value=search
                    placeholder=move || t_string!(i18n, shell.number_search)
                    on:input:target=move |event| {
                        entered.set(false);
                        search.set(event.target().value());
                    }
                    on:keydown=move |event| if event.key() == "Enter" { entered.set(true) } />
            </label>
            <Groups />
            <div class="number-list" role="group" aria-label=move || t_string!(i18n, shell.number_choose)>
                <Show when=move || plain.get()><First /></Show>
                <Loaded remote=found lines=4 children=Callback::new(move |(page,): (Signal<Page<Number>>,)| view! {
                    <For each=move || page.with(|page| page.items.iter().map(reference).collect::<Vec<_>>())
                        key=|number| (number.id, number.name.clone())
                        children=move |number| view! { <Item number /> } />
                    {move || page.with(|page| page.items.is_empty()).then(|| view! {
                        <p class="number-head">{t!(i18n, shell.number_none)}</p>
                    })}
                    <More remote=found ask=more />
                }.into_any()) />
            </div>
            <p class="visually-hidden" role="status">{move || {
                let count = found.value.with(|page| page.as_ref().map_or(0, |page| page.items.len()));
                (!plain.get()).then(|| t_string!(i18n, shell.number_found, count = count).to_string())
            }}</p>
        </div>
    }
}

/// What stands above the list while nobody searches: all numbers, and the last choices.
#[component]
fn First() -> impl IntoView {
    let i18n = use_i18n();
    let choosing = expect_context::<Choosing>();
    let recent = model::recent(choosing.member);
    view! {
        <button type="button" class="menu-item number-item" aria-pressed=move || choosing.pressed(None)
            on:click=move |_| choosing.choose(None)>
            <span>{t!(i18n, shell.number_all)}</span>
            {move || choosing.numbers.chosen.get().is_none().then(|| Icon::Check.draw())}
        </button>
        {(!recent.is_empty()).then(|| view! {
            <p class="number-head">{t!(i18n, shell.number_recent)}</p>
            {recent.into_iter().map(|number| view! { <Item number /> }).collect_view()}
        })}
        <p class="number-head">{t!(i18n, shell.number_list)}</p>
    }
}

#[component]
fn Item(number: NumberRef) -> impl IntoView {
    let choosing = expect_context::<Choosing>();
    let id = number.id;
    let (name, phone) = (number.name.clone(), number.phone.clone());
    view! {
        <button type="button" class="menu-item number-item" aria-pressed=move || choosing.pressed(Some(id))
            on:click=move |_| choosing.choose(Some(&number))>
            <span><span class="clip">{name}</span><small class="numeric">{phone}</small></span>
            {move || (choosing.numbers.chosen.get() == Some(id)).then(|| Icon::Check.draw())}
        </button>
    }
}

/// The groups above the numbers in reach, folded until somebody narrows by one; then it says which.
#[component]
fn Groups() -> impl IntoView {
    let i18n = use_i18n();
    let choosing = expect_context::<Choosing>();
    let unfolded = RwSignal::new(false);
    let name = RwSignal::new(String::new());
    let pick = move |group: Option<&NumberGroup>| {
        name.set(group.map(|group| group.name.clone()).unwrap_or_default());
        choosing.group.set(group.map(|group| group.id));
        unfolded.set(false);
    };
    let words = move || {
        if choosing.group.get().is_some() { name.get() } else { t_string!(i18n, shell.number_by_group).to_owned() }
    };
    view! {
        <div class="number-groups">
            <div class="row">
                <button type="button" class="button quiet small" aria-expanded=move || if unfolded.get() { "true" } else { "false" }
                    on:click=move |_| unfolded.update(|unfolded| *unfolded = !*unfolded)>
                    {Icon::Filter.draw()}<span class="clip">{words}</span>{Icon::Down.draw()}
                </button>
                <Show when=move || choosing.group.get().is_some()>
                    <button type="button" class="button quiet small" on:click=move |_| pick(None)>{t!(i18n, shell.number_no_group)}</button>
                </Show>
            </div>
            <Show when=move || unfolded.get()>
                <GroupList pick=Callback::new(move |group: NumberGroup| pick(Some(&group))) />
            </Show>
        </div>
    }
}

#[component]
fn GroupList(pick: Callback<NumberGroup>) -> impl IntoView {
    let i18n = use_i18n();
    let choosing = expect_context::<Choosing>();
    let groups = Remote::new(|| api::every(|page| api::ask(numbers::LIST_NUMBER_GROUPS, &[], Query::of(&page))));
    let item = move |depth: usize, group: NumberGroup| {
        let id = group.id;
        let (name, count) = (group.name.clone(), group.number_count);
        view! {
            <button type="button" class="menu-item number-item" style:--depth=depth.to_string()
                aria-pressed=move || if choosing.group.get() == Some(id) { "true" } else { "false" }
                on:click=move |_| pick.run(group.clone())>
                <span><span class="clip">{name}</span></span><span class="tab-count">{count}</span>
            </button>
        }
    };
    view! {
        <div class="number-group-list" role="group" aria-label=move || t_string!(i18n, shell.number_by_group)>
            {move || groups.value.get().map_or_else(
                || view! { <Skeleton lines=3 /> }.into_any(),
                |all| if all.is_empty() {
                    view! { <p class="number-head">{t!(i18n, shell.number_groups_none)}</p> }.into_any()
                } else {
                    model::nested(&all).into_iter().map(|(depth, group)| item(depth, group)).collect_view().into_any()
                },
            )}
        </div>
    }
}

fn reference(number: &Number) -> NumberRef {
    NumberRef { id: number.id, name: number.name.clone(), phone: number.phone.clone() }
}

/// Move the focus to the next or the previous thing that can be chosen.
fn step(panel: &web_sys::Element, down: bool) {
    let Ok(items) = panel.query_selector_all(".number-item") else { return };
    let items: Vec<web_sys::HtmlElement> =
        (0..items.length()).filter_map(|at| items.item(at)?.dyn_into().ok()).collect();
    let active = document().active_element();
    let at = items.iter().position(|item| active.as_ref().is_some_and(|active| item.is_same_node(Some(active))));
    let next = match (at, down) {
        (Some(at), true) => at + 1,
        (Some(at), false) => at.saturating_sub(1),
        (None, true) => 0,
        (None, false) => items.len().saturating_sub(1),
    };
    if let Some(item) = items.get(next) {
        let _ = item.focus();
    }
}
