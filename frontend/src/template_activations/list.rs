//! The numbers with the count of their active templates: one to be edited, or many at once.

use super::load::{self, Edited};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    intl::{Style, use_writer},
    realtime::reload_on,
    remote::{Change, Remote},
    routes,
    session::Session,
    settings_changes::{
        model::Choice,
        reference::{Asking, ReferenceDialog},
        selection::{Filters, SelectPage, SelectRow, Selection, SelectionBar},
        store,
    },
    ui::{
        debounced::debounced,
        icon::Icon,
        more::More,
        page::PageHead,
        state::{Empty, Loaded},
        table::TableBox,
    },
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};
use std::collections::BTreeSet;
use types::{
    Page, PageQuery, Permission,
    audit_log::AuditSubject,
    numbers::NumberRef,
    template_activations::{self, TemplateActivations, TemplateActivationsFilter},
};

#[component]
pub fn TemplateActivationsPage() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let may_edit = Memo::new(move |_| session.can(Permission::EditTemplateActivations));
    let (search, group) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let wanted = debounced(search);
    let filter = Memo::new(move |_| TemplateActivationsFilter {
        q: Some(wanted.get()).filter(|wanted| !wanted.is_empty()),
        group_id: group.with(|group| group.parse().ok()),
    });
    let ask = move |page: PageQuery| {
        let query = filter.with_untracked(Query::of).and(&page);
        api::ask(template_activations::LIST_TEMPLATE_ACTIVATIONS, &[], query)
    };
    // The rows that are shown stay when something changes; another filter starts at the top.
    let shown = StoredValue::new(0_usize);
    let rows = Remote::new(move || {
        filter.track();
        api::at_least(shown.get_value(), ask)
    });
    Effect::new(move || {
        filter.track();
        shown.set_value(0);
    });
    Effect::new(move || shown.set_value(rows.value.with(|page| page.as_ref().map_or(0, |page| page.items.len()))));
    reload_on(&[AuditSubject::TemplateActivation, AuditSubject::Number, AuditSubject::Group, AuditSubject::Waba], rows);
    let narrowed = move || filter.with(|filter| *filter != TemplateActivationsFilter::default());
    let selection = RwSignal::new(Choice::default());
    let asking = RwSignal::new(false);
    view! {
        <div class="page">
            <PageHead title=say!(i18n, template_activations.title) sentence=say!(i18n, template_activations.sentence) />
            <section class="card" aria-label=move || t_string!(i18n, template_activations.title)>
                <Filters search group />
                <Loaded remote=rows children=Callback::new(move |(page,): (Signal<Page<TemplateActivations>>,)| view! {
                    <Show when=move || page.with(|page| !page.items.is_empty()) fallback=move || if narrowed() {
                        view! { <Empty icon=Icon::Search title=say!(i18n, template_activations.not_found) text=say!(i18n, template_activations.not_found_text) /> }
                    } else {
                        view! { <Empty icon=Icon::Card title=say!(i18n, template_activations.empty) text=say!(i18n, template_activations.empty_text) /> }
                    }>
                        <Table page selection may_edit />
                        <More remote=rows ask />
                    </Show>
                }.into_any()) />
                <p class="visually-hidden" role="status">{move || {
                    let count = rows.value.with(|page| page.as_ref().map_or(0, |page| page.items.len()));
                    narrowed().then(|| t_string!(i18n, template_activations.found, count = count).to_string())
                }}</p>
                <Show when=move || may_edit.get() fallback=move || view! { <p class="muted small list-note">{t!(i18n, settings_changes.only_view)}</p> }>
                    <SelectionBar selection on_edit=Callback::new(move |()| asking.set(true)) />
                </Show>
            </section>
            <AskReference open=asking selection />
        </div>
    }
}

#[component]
fn Table(page: Signal<Page<TemplateActivations>>, selection: Selection, may_edit: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let numbers =
        Signal::derive(move || page.with(|page| page.items.iter().map(|row| row.number.clone()).collect::<Vec<_>>()));
    view! {
        <TableBox label=say!(i18n, template_activations.title)>
            <thead><tr>
                <Show when=move || may_edit.get()><th scope="col"><SelectPage selection numbers /></th></Show>
                <th scope="col">{t!(i18n, settings_changes.number)}</th>
                <th scope="col">{t!(i18n, template_activations.account)}</th>
                <th scope="col" class="figure">{t!(i18n, template_activations.active)}</th>
                <th scope="col">{t!(i18n, template_activations.changed)}</th>
                <th scope="col"><span class="visually-hidden">{t!(i18n, template_activations.actions)}</span></th>
            </tr></thead>
            <tbody>
                <For each=move || page.with(|page| page.items.clone()) key=|row| format!("{row:?}")
                    children=move |row| view! { <Row row selection may_edit /> } />
            </tbody>
        </TableBox>
    }
}

#[component]
fn Row(row: TemplateActivations, selection: Selection, may_edit: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    let TemplateActivations { number, waba, active, total, changed_at, version: _ } = row;
    let changed = move || match changed_at {
        Some(at) => writer.with(|writer| writer.time(at, Style::DateTime)),
        None => t_string!(i18n, template_activations.never).to_owned(),
    };
    let figures = move || {
        let (active, total) = writer.with(|writer| (writer.count(active), writer.count(total)));
        t_string!(i18n, template_activations.active_of, active = active, total = total).to_string()
    };
    let picked = number.clone();
    let name = number.name.clone();
    let edit = move || t_string!(i18n, settings_changes.edit_named, name = name.clone()).to_string();
    view! {
        <tr>
            <Show when=move || may_edit.get()><td><SelectRow selection number=picked.clone() /></td></Show>
            <td>
                <span class="strong">{number.name}</span>
                <p class="muted small numeric nowrap">{number.phone}</p>
            </td>
            <td>{waba.name}</td>
            <td class="figure">{figures}</td>
            <td class="nowrap muted">{changed}</td>
            <td><A href=routes::template_activation(number.id) attr:class="button quiet icon-only small" attr:title=edit.clone() attr:aria-label=edit>{Icon::Edit.draw()}</A></td>
        </tr>
    }
}

/// Which number is the model. Numbers of another account are refused here already, by name.
#[component]
fn AskReference(open: RwSignal<bool>, selection: Selection) -> impl IntoView {
    let i18n = use_i18n();
    let navigate = StoredValue::new_local(use_navigate());
    let change = Change::new();
    let go = move |(reference,): (Option<NumberRef>,)| {
        let choice = Choice { reference, ..selection.get_untracked() };
        let input = load::input(&Edited::Many(choice.clone()), &BTreeSet::new(), None);
        let work = async move { api::send(template_activations::PREVIEW_TEMPLATE_ACTIVATIONS, &[], &input).await };
        change.run(work, move |_| {
            store::keep(store::TEMPLATE_ACTIVATIONS, &choice);
            open.set(false);
            navigate.with_value(|navigate| navigate(routes::MANY_TEMPLATE_ACTIVATIONS, NavigateOptions::default()));
        });
    };
    let asking = Asking {
        text: say!(i18n, template_activations.reference_text),
        none_text: Some(say!(i18n, template_activations.none_text)),
    };
    view! { <ReferenceDialog open asking change on_choose=Callback::new(go) /> }
}
