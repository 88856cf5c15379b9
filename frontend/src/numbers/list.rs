//! All numbers of the organization: to find, to look at, and to open those in reach.

use super::{
    model::{self, State},
    tabs::PlaceTabs,
};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    realtime::reload_on,
    remote::Remote,
    routes,
    session::Session,
    ui::{
        debounced::debounced,
        field::{SearchField, Select},
        icon::Icon,
        more::More,
        page::PageHead,
        state::{Empty, Loaded},
        table::TableBox,
    },
};
use leptos::prelude::*;
use leptos_router::components::A;
use types::{
    Page, PageQuery, Permission,
    audit_log::AuditSubject,
    numbers::{self, NumberCard, NumberCardFilter},
};

/// Names of agents that fit in a row.
const NAMES: usize = 2;

/// What the list is narrowed by.
#[derive(Clone, Copy)]
struct Narrowing {
    search: RwSignal<String>,
    group: RwSignal<String>,
    only_mine: RwSignal<bool>,
}

#[component]
pub fn Numbers() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let (search, group, only_mine) = (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(false));
    let wanted = debounced(search);
    let filter =
        Memo::new(move |_| wanted.with(|wanted| group.with(|group| model::filter(wanted, group, only_mine.get()))));
    let narrowing = Narrowing { search, group, only_mine };
    let ask =
        move |page: PageQuery| api::ask(numbers::LIST_NUMBER_CARDS, &[], filter.with_untracked(Query::of).and(&page));
    // The rows that are shown stay when something changes; another filter starts at the top.
    let shown = StoredValue::new(0_usize);
    let cards = Remote::new(move || {
        filter.track();
        api::at_least(shown.get_value(), ask)
    });
    Effect::new(move || {
        filter.track();
        shown.set_value(0);
    });
    Effect::new(move || shown.set_value(cards.value.with(|page| page.as_ref().map_or(0, |page| page.items.len()))));
    reload_on(&[AuditSubject::Number, AuditSubject::Group, AuditSubject::Member], cards);
    let narrowed = move || filter.with(|filter| *filter != NumberCardFilter::default());
    view! {
        <div class="page">
            <PageHead title=say!(i18n, numbers.title) sentence=say!(i18n, numbers.sentence)>
                <Show when=move || session.can(Permission::ViewNumberImports)>
                    <A href=routes::NUMBER_IMPORTS attr:class="button primary">{Icon::Plus.draw()}{t!(i18n, shell.number_imports)}</A>
                </Show>
            </PageHead>
            <PlaceTabs />
            <section class="card" aria-label=move || t_string!(i18n, shell.numbers)>
                <Filters narrowing />
                <Loaded remote=cards children=Callback::new(move |(page,): (Signal<Page<NumberCard>>,)| view! {
                    <Show when=move || page.with(|page| !page.items.is_empty()) fallback=move || if narrowed() {
                        view! { <Empty icon=Icon::Search title=say!(i18n, numbers.not_found) text=say!(i18n, numbers.not_found_text) /> }
                    } else {
                        view! { <Empty icon=Icon::Phone title=say!(i18n, numbers.empty) text=say!(i18n, numbers.empty_text) /> }
                    }>
                        <Table page />
                        <More remote=cards ask />
                    </Show>
                }.into_any()) />
                <p class="visually-hidden" role="status">{move || {
                    let count = cards.value.with(|page| page.as_ref().map_or(0, |page| page.items.len()));
                    narrowed().then(|| t_string!(i18n, numbers.found, count = count).to_string())
                }}</p>
            </section>
        </div>
    }
}

#[component]
fn Filters(narrowing: Narrowing) -> impl IntoView {
    let i18n = use_i18n();
    let groups = Remote::new(|| api::every(|page| api::ask(numbers::LIST_NUMBER_GROUPS, &[], Query::of(&page))));
    reload_on(&[AuditSubject::Group], groups);
    let choices = Signal::derive(move || {
        let mut choices = vec![
            (String::new(), t_string!(i18n, numbers.all_groups).to_owned()),
            (model::WITHOUT_GROUP.to_owned(), t_string!(i18n, numbers.without_group).to_owned()),
        ];
        groups.value.with(|groups| {
            choices.extend(groups.iter().flatten().map(|group| (group.id.to_string(), group.name.clone())));
        });
        choices
    });
    let only_mine = narrowing.only_mine;
    view! {
        <div class="number-filters">
            <SearchField label=say!(i18n, numbers.search) value=narrowing.search />
            <Select label=say!(i18n, numbers.group) value=narrowing.group choices />
            <label class="check">
                <input type="checkbox" prop:checked=only_mine on:change:target=move |event| only_mine.set(event.target().checked()) />
                <span>{t!(i18n, numbers.only_mine)}</span>
            </label>
        </div>
    }
}

#[component]
fn Table(page: Signal<Page<NumberCard>>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <TableBox label=say!(i18n, shell.numbers)>
            <thead><tr>
                <th scope="col">{t!(i18n, numbers.name)}</th>
                <th scope="col">{t!(i18n, numbers.phone)}</th>
                <th scope="col">{t!(i18n, numbers.agents)}</th>
                <th scope="col">{t!(i18n, numbers.group)}</th>
                <th scope="col">{t!(i18n, numbers.managers)}</th>
                <th scope="col">{t!(i18n, numbers.state)}</th>
            </tr></thead>
            <tbody>
                <For each=move || page.with(|page| page.items.clone()) key=|card| format!("{card:?}")
                    children=|card| view! { <Row card /> } />
            </tbody>
        </TableBox>
    }
}

#[component]
fn Row(card: NumberCard) -> impl IntoView {
    let i18n = use_i18n();
    let state = model::state(card.whatsapp_status.as_deref(), card.paused_reason.as_deref());
    let agents: Vec<String> = card.agents.iter().map(|agent| agent.name.clone()).collect();
    let managers: Vec<String> = card.managers.iter().map(|manager| manager.name.clone()).collect();
    let in_scope = card.in_scope;
    view! {
        <tr class:out-of-reach=!in_scope aria-disabled=(!in_scope).then_some("true")>
            <td class="strong">
                {if in_scope {
                    view! { <A href=routes::number(card.id)>{card.name}</A> }.into_any()
                } else {
                    view! { {card.name}<p class="small out-reason">{t!(i18n, numbers.out_of_reach)}</p> }.into_any()
                }}
            </td>
            <td class="numeric nowrap">{card.phone}</td>
            <td><Names names=agents /></td>
            <td>{card.group.map(|group| group.name)}</td>
            <td><Names names=managers /></td>
            <td><StateBadge state /></td>
        </tr>
    }
}

/// The first names, and the others when asked for.
#[component]
fn Names(names: Vec<String>) -> impl IntoView {
    let i18n = use_i18n();
    let (first, more) = model::shortened(&names, NAMES);
    let all = names.join(", ");
    let full = all.clone();
    view! {
        <span title=full aria-hidden=(more > 0).then_some("true")>{first}</span>
        {(more > 0).then(|| view! {
            <span class="badge names-more" title=all.clone() aria-hidden="true">{move || t_string!(i18n, numbers.more_names, count = more).to_string()}</span>
            <span class="visually-hidden">{all}</span>
        })}
    }
}

#[component]
pub fn StateBadge(state: State) -> impl IntoView {
    let i18n = use_i18n();
    view! { <span class=format!("badge {}", state.tone().class())>{move || state.words(i18n.get_locale())}</span> }
}
