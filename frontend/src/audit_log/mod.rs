//! The audit log: who changed what, when, from what to what (P6).

mod changes;
mod model;
mod words;

use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    intl::{Style, Writer, use_writer},
    realtime::reload_on,
    remote::{Remote, rested},
    session::Session,
    ui::{
        field::{SearchField, Select, TextField},
        icon::Icon,
        more::More,
        page::PageHead,
        state::{Empty, Loaded},
        table::TableBox,
    },
};
use changes::Changes;
use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use strum::IntoEnumIterator;
use types::{
    Page,
    audit_log::{self, AuditEntry, AuditLogFilter, AuditSubject},
};

/// Every kind of thing, since every change of any of them is an entry.
const ALL: &[AuditSubject] = &[
    AuditSubject::Organization,
    AuditSubject::Profile,
    AuditSubject::Member,
    AuditSubject::Number,
    AuditSubject::Group,
    AuditSubject::Waba,
    AuditSubject::NumberImport,
    AuditSubject::Verification,
    AuditSubject::WhatsappProfile,
    AuditSubject::QuickReply,
    AuditSubject::Campaign,
    AuditSubject::Chatbot,
    AuditSubject::Absence,
    AuditSubject::AttentionSettings,
    AuditSubject::TemplateActivation,
    AuditSubject::SettingsCopy,
    AuditSubject::OffHoursContact,
];

/// What the list is narrowed to.
#[derive(Clone, Copy)]
struct Narrowed {
    search: RwSignal<String>,
    rested: RwSignal<String>,
    subject: RwSignal<String>,
    /// The first and the last day, as the browser's date field gives them.
    from: RwSignal<String>,
    to: RwSignal<String>,
    writer: Signal<Writer>,
}

impl Narrowed {
    /// Followed.
    fn filter(self) -> AuditLogFilter {
        let q = self.rested.with(|wanted| wanted.trim().to_owned());
        let day = |typed: RwSignal<String>| typed.with(|typed| typed.parse::<NaiveDate>().ok());
        let begins = |day: NaiveDate| self.writer.with(|writer| writer.beginning(day));
        AuditLogFilter {
            q: (!q.is_empty()).then_some(q),
            subject: self.subject.with(|subject| subject.parse().ok()),
            from: day(self.from).and_then(begins),
            // The last day is in it, whole.
            to: day(self.to).and_then(|last| last.checked_add_days(Days::new(1))).and_then(begins),
            ..AuditLogFilter::default()
        }
    }
}

#[component]
pub fn AuditLog() -> impl IntoView {
    let i18n = use_i18n();
    let text = || RwSignal::new(String::new());
    let search = text();
    let narrowed =
        Narrowed { search, rested: rested(search), subject: text(), from: text(), to: text(), writer: use_writer() };
    // A change of language writes times anew, but asks nothing.
    let filter = Memo::new(move |_| narrowed.filter());
    let list = Remote::new(move || api::ask(audit_log::LIST_AUDIT_LOG, &[], Query::of(&filter.get())));
    reload_on(ALL, list);
    let export = move || filter.with(|filter| Query::of(filter).after(audit_log::EXPORT_AUDIT_LOG.path.to_owned()));
    view! {
        <div class="page">
            <PageHead title=say!(i18n, audit_log.title) sentence=say!(i18n, audit_log.sentence)>
                <a class="button secondary" href=export download="" rel="external">{Icon::Download.draw()}{t!(i18n, audit_log.export)}</a>
            </PageHead>
            <section class="card" aria-label=move || t_string!(i18n, audit_log.title)>
                <Filters narrowed />
                <Loaded remote=list children=Callback::new(move |(page,): (Signal<Page<AuditEntry>>,)| view! {
                    <Show when=move || page.with(|page| !page.items.is_empty()) fallback=move || view! { <Nothing filter /> }>
                        <List page />
                        <More remote=list ask=move |page| {
                            api::ask(audit_log::LIST_AUDIT_LOG, &[], Query::of(&filter.get_untracked()).and(&page))
                        } />
                    </Show>
                }.into_any()) />
            </section>
        </div>
    }
}

#[component]
fn Filters(narrowed: Narrowed) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        let first = (String::new(), t_string!(i18n, audit_log.all_subjects).to_owned());
        let kinds = AuditSubject::iter().map(|one| (one.to_string(), words::subject(locale, one).to_owned()));
        std::iter::once(first).chain(kinds).collect::<Vec<_>>()
    });
    let zone = move || {
        let zone = session.me.with(|me| me.as_ref().map(|me| me.organization.time_zone.clone()).unwrap_or_default());
        t_string!(i18n, audit_log.zone, zone = zone.replace('_', " ")).to_string()
    };
    view! {
        <div class="filters">
            <SearchField label=say!(i18n, audit_log.search) value=narrowed.search />
            <Select label=say!(i18n, audit_log.subject) value=narrowed.subject choices />
            <TextField label=say!(i18n, audit_log.from) value=narrowed.from kind="date" />
            <TextField label=say!(i18n, audit_log.to) value=narrowed.to kind="date" />
            <p class="muted small filters-note">{zone}</p>
        </div>
    }
}

#[component]
fn Nothing(filter: Memo<AuditLogFilter>) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        if filter.with(|filter| *filter == AuditLogFilter::default()) {
            view! { <Empty icon=Icon::Document title=say!(i18n, audit_log.empty) text=say!(i18n, audit_log.empty_text) /> }
                .into_any()
        } else {
            view! { <Empty icon=Icon::Search title=say!(i18n, audit_log.none_found) text=say!(i18n, audit_log.none_found_text) /> }.into_any()
        }
    }
}

#[component]
fn List(page: Signal<Page<AuditEntry>>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <TableBox label=say!(i18n, audit_log.title)>
            <thead><tr>
                <th scope="col">{t!(i18n, audit_log.when)}</th>
                <th scope="col">{t!(i18n, audit_log.who)}</th>
                <th scope="col">{t!(i18n, audit_log.action)}</th>
                <th scope="col">{t!(i18n, audit_log.what)}</th>
                <th scope="col">{t!(i18n, audit_log.changes)}</th>
            </tr></thead>
            <tbody>
                <For each=move || page.with(|page| page.items.clone()) key=|entry| entry.id children=|entry| view! { <Line entry /> } />
            </tbody>
        </TableBox>
    }
}

#[component]
fn Line(entry: AuditEntry) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    let AuditEntry { id: _, at, member, subject, subject_id: _, subject_name, action, changes } = entry;
    let who = member.map(|member| member.name);
    let who = move || who.clone().unwrap_or_else(|| t_string!(i18n, audit_log.itself).to_owned());
    view! {
        <tr>
            <td class="nowrap">{move || writer.with(|writer| writer.time(at, Style::DateTime))}</td>
            <td>{who}</td>
            <td>{move || words::action(i18n.get_locale(), action)}</td>
            <td>
                <p class="muted small">{move || words::subject(i18n.get_locale(), subject)}</p>
                <p class="strong audit-name">{subject_name}</p>
            </td>
            <td><Changes changes /></td>
        </tr>
    }
}
