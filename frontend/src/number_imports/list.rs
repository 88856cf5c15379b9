//! The start: choose the account and the profile, upload the sheet; and what was included earlier.

use super::{
    model,
    targets::{Chosen, Targets},
};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    intl::{Style, use_writer},
    realtime::use_events,
    remote::{Change, Remote},
    routes,
    session::Session,
    shell::numbers::Numbers,
    ui::{
        drop::Drop,
        failure::ChangeFailed,
        icon::Icon,
        more::More,
        page::PageHead,
        state::{Empty, Loaded, Tone},
        table::TableBox,
    },
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};
use std::time::Duration;
use types::{
    Page, Permission,
    audit_log::AuditSubject,
    events::Event,
    number_imports::{self, NumberImport, NumberImportStatus, SHEET_MAX_BYTES},
};
use web_sys::File;

/// Changes come in bursts; the list is asked for once per burst.
const BURST: Duration = Duration::from_millis(400);

#[component]
pub fn NumberImports() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    Chosen::provide();
    let may_edit = Memo::new(move |_| session.can(Permission::EditNumberImports));
    view! {
        <div class="page">
            <PageHead title=say!(i18n, number_imports.title) sentence=say!(i18n, number_imports.sentence)>
                <a class="button secondary" href=number_imports::GET_NUMBER_IMPORT_SAMPLE.path download="" rel="external">
                    {Icon::Download.draw()}{t!(i18n, number_imports.sample)}
                </a>
            </PageHead>
            <Show when=move || may_edit.get()>
                <div class="campaign-columns">
                    <div class="stack"><Targets /><Upload /></div>
                    <HowTo />
                </div>
            </Show>
            <Earlier />
        </div>
    }
}

#[component]
fn Upload() -> impl IntoView {
    let i18n = use_i18n();
    let numbers = Numbers::use_here();
    let navigate = StoredValue::new_local(use_navigate());
    let change = Change::new();
    let too_big = RwSignal::new(false);
    let name = RwSignal::new(String::new());
    let take = move |file: File| {
        name.set(file.name());
        too_big.set(u32::try_from(SHEET_MAX_BYTES).is_ok_and(|max| file.size() > f64::from(max)));
        if too_big.get_untracked() {
            return;
        }
        let work = async move { api::upload(number_imports::CREATE_NUMBER_IMPORT, &file).await };
        change.run(work, move |import| {
            let target = untrack(|| numbers.address(&routes::number_import(import.id)));
            // Whoever has left the page meanwhile stays where they went.
            navigate.try_with_value(|navigate| navigate(&target, NavigateOptions::default()));
        });
    };
    view! {
        <Drop title=say!(i18n, number_imports.drop) or=say!(i18n, number_imports.drop_or) choose=say!(i18n, number_imports.choose_file)
            hint=say!(i18n, number_imports.drop_hint) accept=".xlsx,.xls,.ods,.csv" busy=change.busy on_file=Callback::new(take)
            uploading=Signal::derive(move || t_string!(i18n, number_imports.uploading, name = name.get())) />
        <Show when=move || too_big.get()>
            <div class="notice danger" role="alert">{Icon::Warning.draw()}<p class="notice-text">{t!(i18n, number_imports.too_big)}</p></div>
        </Show>
        <ChangeFailed change />
    }
}

/// The columns of the sheet.
#[component]
fn HowTo() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <aside class="card" aria-labelledby="how-to">
            <div class="card-head"><h2 id="how-to">{t!(i18n, number_imports.columns_title)}</h2></div>
            <div class="card-body">
                <p>{t!(i18n, number_imports.columns_text)}</p>
                <dl class="columns">
                    <div><dt><code>"CC"</code></dt><dd>{t!(i18n, number_imports.column_cc)}</dd></div>
                    <div><dt><code>"PhoneNumber"</code></dt><dd>{t!(i18n, number_imports.column_phone)}</dd></div>
                    <div><dt><code>"UsersEmails"</code></dt><dd>{t!(i18n, number_imports.column_emails)}</dd></div>
                    <div><dt><code>"DisplayName"</code></dt><dd>{t!(i18n, number_imports.column_name)}</dd></div>
                </dl>
            </div>
        </aside>
    }
}

#[component]
fn Earlier() -> impl IntoView {
    let i18n = use_i18n();
    let first = Remote::new(|| api::ask(number_imports::LIST_NUMBER_IMPORTS, &[], Query::none()));
    use_events(move |event| match event {
        Event::NumberImportChanged { import } => first.value.update(|page| {
            if let Some(known) =
                page.as_mut().and_then(|page| page.items.iter_mut().find(|known| known.id == import.id))
            {
                *known = import.clone();
            }
        }),
        Event::ListChanged { subject: AuditSubject::NumberImport } => first.reload_soon(BURST),
        Event::Reset => first.reload(),
        Event::MessageChanged { .. }
        | Event::AbsenceChanged { .. }
        | Event::OffHoursContactsChanged { .. }
        | Event::TicketChanged { .. }
        | Event::CampaignChanged { .. }
        | Event::AccessChanged
        | Event::ListChanged { .. } => {}
    });
    view! {
        <section class="card" aria-labelledby="earlier">
            <div class="card-head"><h2 id="earlier">{t!(i18n, number_imports.earlier)}</h2></div>
            <Loaded remote=first children=Callback::new(move |(page,): (Signal<Page<NumberImport>>,)| view! {
                <Show when=move || page.with(|page| !page.items.is_empty()) fallback=move || view! {
                    <Empty icon=Icon::Upload title=say!(i18n, number_imports.earlier_empty) text=say!(i18n, number_imports.earlier_empty_text) />
                }>
                    <TableBox label=say!(i18n, number_imports.earlier)>
                        <thead><tr>
                            <th scope="col">{t!(i18n, number_imports.file)}</th>
                            <th scope="col">{t!(i18n, number_imports.status)}</th>
                            <th scope="col" class="figure">{t!(i18n, number_imports.numbers)}</th>
                            <th scope="col" class="figure">{t!(i18n, number_imports.ready)}</th>
                            <th scope="col" class="figure">{t!(i18n, number_imports.failed)}</th>
                        </tr></thead>
                        <tbody>
                            <For each=move || page.get().items key=|import| (import.id, import.status, model::progress(import).ended(), import.rows.len())
                                children=|import| view! { <Line import /> } />
                        </tbody>
                    </TableBox>
                    <More remote=first ask=|page| api::ask(number_imports::LIST_NUMBER_IMPORTS, &[], Query::of(&page)) />
                </Show>
            }.into_any()) />
        </section>
    }
}

#[component]
fn Line(import: NumberImport) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    let numbers = Numbers::use_here();
    let progress = model::progress(&import);
    let (id, at, by) = (import.id, import.started_at.unwrap_or(import.created_at), import.created_by.name);
    view! {
        <tr>
            <td class="report-name">
                <A href=move || numbers.address(&routes::number_import(id)) attr:class="campaign-name">{import.file_name}</A>
                <p class="muted small">{move || t_string!(
                    i18n, number_imports.by, name = by.clone(), time = writer.with(|writer| writer.time(at, Style::DateTime))
                )}</p>
            </td>
            <td><StatusBadge status=import.status /></td>
            <td class="figure">{import.rows.len()}</td>
            <td class="figure">{progress.ready}</td>
            <td class="figure">{progress.failed}</td>
        </tr>
    }
}

#[component]
pub fn StatusBadge(#[prop(into)] status: Signal<NumberImportStatus>) -> impl IntoView {
    let i18n = use_i18n();
    let tone = move || match status.get() {
        NumberImportStatus::Draft => Tone::Plain,
        NumberImportStatus::Running => Tone::Accent,
        NumberImportStatus::Finished => Tone::Success,
    };
    view! { <span class=move || format!("badge {}", tone().class())>{move || model::status_words(i18n.get_locale(), status.get())}</span> }
}
