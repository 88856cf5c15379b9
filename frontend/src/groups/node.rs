//! One group in the tree, with what is in it once it is opened; and the numbers that are in none.

use super::{
    board::Board,
    model::{self, Carried},
};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    remote::Remote,
    routes,
    session::Session,
    ui::{icon::Icon, more::More, state::Loaded, toast::Toasts},
};
use leptos::prelude::*;
use leptos_router::components::A;
use types::{
    GroupId, Page, PageQuery, Permission,
    groups::{self, Group, GroupContent},
    numbers::{self, NumberCard, NumberCardFilter, NumberRef},
};
use wasm_bindgen::JsCast;

#[component]
pub fn Node(id: GroupId, depth: usize) -> AnyView {
    let i18n = use_i18n();
    let board = expect_context::<Board>();
    let group = Memo::new(move |_| board.tree.with(|tree| tree.get(id).cloned()));
    let read = move |what: fn(&Group) -> String| group.with(|group| group.as_ref().map(what).unwrap_or_default());
    let name = Signal::derive(move || read(|group| group.name.clone()));
    let content = group.with_untracked(|group| group.as_ref().map(|group| group.content).unwrap_or_default());
    let open = Memo::new(move |_| board.is_open(id));
    let toggle = move |()| {
        board.open.update(|open| {
            if !open.remove(&id) {
                open.insert(id);
            }
        });
    };
    let hit = move || board.found.with(|found| found.as_ref().is_some_and(|(hits, _)| hits.contains(&id)));
    let counts = move || {
        let locale = i18n.get_locale();
        group.with(|group| {
            group.as_ref().map(|group| {
                let mut words = vec![
                    model::kind(locale, group.kind).to_owned(),
                    model::counted(locale, group.content, group.child_count),
                ];
                if group.content == GroupContent::Groups {
                    words.push(model::counted(locale, GroupContent::Numbers, group.number_count));
                }
                words.join(" · ")
            })
        })
    };
    let own = move || Carried::group(id, name.get_untracked());
    let children = move || board.tree.with(|tree| tree.children(id));
    view! {
        <li class="group-node">
            <Row depth to=Some(id) own=Some(Callback::new(move |()| own())) hit=Signal::derive(hit)>
                <Fold open name on_toggle=Callback::new(toggle) />
                <Pick name own=Callback::new(move |()| own()) />
                <span class="group-words">
                    <A href=routes::group(id) attr:class="strong">{name}</A>
                    <span class="muted small">{counts}</span>
                    <span class="muted small"><Managers group /></span>
                </span>
                <span class="badge">{move || group.with(|group| group.as_ref().map(|group| t_string!(i18n, groups.level, level = group.level).to_string()))}</span>
            </Row>
            <Show when=move || open.get()>
                {match content {
                    GroupContent::Groups => view! {
                        <ul><For each=children key=|id| *id children=move |id| view! { <Node id depth={depth + 1} /> } /></ul>
                    }.into_any(),
                    GroupContent::Numbers => view! { <Inside id depth={depth + 1} /> }.into_any(),
                }}
            </Show>
        </li>
    }
    .into_any()
}

/// Who manages the group, and who does because of a group above.
#[component]
fn Managers(group: Memo<Option<Group>>) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        group.with(|group| {
            let group = group.as_ref()?;
            let names = |all: &[types::members::MemberRef]| {
                all.iter().map(|one| one.name.clone()).collect::<Vec<_>>().join(", ")
            };
            let (own, inherited) = (names(&group.managers), names(&group.inherited_managers));
            let mut words = Vec::new();
            if !own.is_empty() {
                words.push(t_string!(i18n, groups.managers_are, names = own).to_string());
            }
            if !inherited.is_empty() {
                words.push(t_string!(i18n, groups.inherited_are, names = inherited).to_string());
            }
            Some(if words.is_empty() { t_string!(i18n, groups.no_managers).to_owned() } else { words.join(" · ") })
        })
    }
}

/// A line of the tree: it can be dragged where it is something of its own, and dropped on where it is a group.
#[component]
fn Row(
    depth: usize,
    /// Where things dropped on it go; the inner none is no group.
    #[prop(default = None)]
    to: Option<GroupId>,
    /// Things can be dropped on it.
    #[prop(default = true)]
    target: bool,
    /// What is dragged with it.
    #[prop(default = None)]
    own: Option<Callback<(), Carried>>,
    #[prop(optional, into)] hit: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let toasts = Toasts::use_here();
    let over = RwSignal::new(false);
    let takes = move || {
        target && board.dragged.with_untracked(|carried| board.tree.with_untracked(|tree| tree.takes(to, carried)))
    };
    let draggable = move || if own.is_some() && board.may_edit.get() { "true" } else { "false" };
    view! {
        <div class="group-row" class:over=over class:hit=hit style:--depth=depth.to_string() draggable=draggable
            on:dragstart=move |event| {
                event.stop_propagation();
                let Some(own) = own else { return };
                let carried = board.carried_with(own.run(()));
                if let Some(transfer) = event.data_transfer() {
                    // Some browsers start no drag without a text.
                    let _ = transfer.set_data("text/plain", &carried.names());
                }
                board.dragged.set(carried);
            }
            on:dragend=move |_| board.dragged.set(Carried::default())
            on:dragover=move |event| if takes() {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=move |event| {
                over.set(false);
                if takes() {
                    event.prevent_default();
                    let carried = board.dragged.get_untracked();
                    board.mover.put(carried, to, toasts, Callback::new(move |()| board.reload()));
                }
            }>
            {children()}
        </div>
    }
}

#[component]
fn Fold(#[prop(into)] open: Signal<bool>, name: Signal<String>, on_toggle: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <button type="button" class="button quiet icon-only small group-fold"
            aria-expanded=move || if open.get() { "true" } else { "false" }
            aria-label=move || t_string!(i18n, groups.inside, name = name.get()).to_string()
            on:click=move |_| on_toggle.run(())>
            {move || if open.get() { Icon::Down.draw() } else { Icon::Right.draw() }}
        </button>
    }
}

/// The box that selects a line, to move several at once.
#[component]
fn Pick(name: Signal<String>, own: Callback<(), Carried>) -> impl IntoView {
    let i18n = use_i18n();
    let board = expect_context::<Board>();
    let on = move || board.selected.with(|selected| selected.holds(&untrack(|| own.run(()))));
    let set = move |on: bool| {
        let own = own.run(());
        board.selected.update(|selected| {
            if on {
                selected.numbers.extend(own.numbers);
                selected.groups.extend(own.groups);
            } else {
                selected.numbers.retain(|id, _| !own.numbers.contains_key(id));
                selected.groups.retain(|id, _| !own.groups.contains_key(id));
            }
        });
    };
    view! {
        <Show when=move || board.may_edit.get()>
            <input type="checkbox" class="group-pick" aria-label=move || t_string!(i18n, groups.select, name = name.get()).to_string()
                prop:checked=on on:change:target=move |event| set(event.target().checked()) />
        </Show>
    }
}

/// The numbers directly in a group; they are asked for when it is opened.
#[component]
fn Inside(id: GroupId, depth: usize) -> impl IntoView {
    let board = expect_context::<Board>();
    let ask = move |page: PageQuery| api::ask(groups::LIST_GROUP_NUMBERS, &[&id], Query::of(&page));
    let shown = StoredValue::new(0_usize);
    let numbers = Remote::new(move || {
        board.changes.track();
        api::at_least(shown.get_value(), ask)
    });
    Effect::new(move || shown.set_value(numbers.value.with(|page| page.as_ref().map_or(0, |page| page.items.len()))));
    view! {
        <Loaded remote=numbers lines=2 children=Callback::new(move |(page,): (Signal<Page<NumberRef>>,)| view! {
            <ul>
                <For each=move || page.with(|page| page.items.clone()) key=|number| (number.id, number.name.clone())
                    children=move |number| view! { <NumberLine number depth movable=true /> } />
            </ul>
            <More remote=numbers ask />
        }.into_any()) />
    }
}

#[component]
fn NumberLine(number: NumberRef, depth: usize, movable: bool) -> impl IntoView {
    let session = Session::use_here();
    let id = number.id;
    let name = StoredValue::new(number.name);
    let own = Callback::new(move |()| Carried::number(id, name.get_value()));
    view! {
        <li class="group-node">
            <Row depth target=false own=movable.then_some(own)>
                {movable.then(|| view! { <Pick name=Signal::derive(move || name.get_value()) own /> })}
                <span class="group-words">
                    <Show when=move || session.can(Permission::ViewNumbers) fallback=move || view! { <span>{name.get_value()}</span> }>
                        <A href=routes::number(id)>{name.get_value()}</A>
                    </Show>
                    <span class="muted small numeric">{number.phone.clone()}</span>
                </span>
            </Row>
        </li>
    }
}

/// The numbers in no group, for those who may see the organization's numbers.
#[component]
pub fn Ungrouped() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let open = RwSignal::new(false);
    let name = say!(i18n, groups.ungrouped);
    view! {
        <Show when=move || session.can(Permission::ViewNumbers)>
            <li class="group-node">
                <Row depth=0 to=None>
                    <Fold open name on_toggle=Callback::new(move |()| open.update(|open| *open = !*open)) />
                    <span class="group-words"><span class="strong">{name}</span></span>
                </Row>
                <Show when=move || open.get()><Free /></Show>
            </li>
        </Show>
    }
}

#[component]
fn Free() -> impl IntoView {
    let i18n = use_i18n();
    let board = expect_context::<Board>();
    // They are the administrators' to put into a group.
    let movable =
        Session::use_here().me.with_untracked(|me| me.as_ref().is_some_and(|me| me.can(Permission::Administer)));
    let ask = move |page: PageQuery| {
        let filter =
            NumberCardFilter { without_group: Some(true), in_scope: Some(true), ..NumberCardFilter::default() };
        api::ask(numbers::LIST_NUMBER_CARDS, &[], Query::of(&filter).and(&page))
    };
    let cards = Remote::new(move || {
        board.changes.track();
        ask(PageQuery::default())
    });
    view! {
        <Loaded remote=cards lines=2 children=Callback::new(move |(page,): (Signal<Page<NumberCard>>,)| view! {
            <Show when=move || page.with(|page| !page.items.is_empty()) fallback=move || view! {
                <p class="group-hint muted">{t!(i18n, groups.ungrouped_none)}</p>
            }>
                <ul>
                    <For each=move || page.with(|page| page.items.iter().map(reference).collect::<Vec<_>>())
                        key=|number| (number.id, number.name.clone())
                        children=move |number| view! { <NumberLine number depth=1 movable /> } />
                </ul>
                <More remote=cards ask />
            </Show>
        }.into_any()) />
    }
}

fn reference(card: &NumberCard) -> NumberRef {
    NumberRef { id: card.id, name: card.name.clone(), phone: card.phone.clone() }
}

/// Arrows go through the tree from one fold to the next, and open and close.
pub fn on_key(event: web_sys::KeyboardEvent) {
    let Some(fold) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok()) else { return };
    if !fold.class_list().contains("group-fold") {
        return;
    }
    let is_open = fold.get_attribute("aria-expanded").as_deref() == Some("true");
    match event.key().as_str() {
        "ArrowRight" if !is_open => fold.click(),
        "ArrowLeft" if is_open => fold.click(),
        "ArrowLeft" => {
            let above = fold.closest(".group-node").ok().flatten().and_then(|node| node.parent_element());
            let above = above.and_then(|list| list.closest(".group-node").ok().flatten());
            focus(above.and_then(|node| node.query_selector(".group-fold").ok().flatten()));
        }
        "ArrowRight" | "ArrowDown" => focus(neighbour(&fold, true)),
        "ArrowUp" => focus(neighbour(&fold, false)),
        _ => return,
    }
    event.prevent_default();
}

fn neighbour(fold: &web_sys::HtmlElement, down: bool) -> Option<web_sys::Element> {
    let folds = document().query_selector_all(".group-tree .group-fold").ok()?;
    let all: Vec<web_sys::Element> = (0..folds.length()).filter_map(|at| folds.item(at)?.dyn_into().ok()).collect();
    let at = all.iter().position(|other| other.is_same_node(Some(fold)))?;
    let next = if down { at.checked_add(1) } else { at.checked_sub(1) };
    next.and_then(|next| all.get(next).cloned())
}

fn focus(element: Option<web_sys::Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
