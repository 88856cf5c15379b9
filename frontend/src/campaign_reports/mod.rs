//! Reportes de campañas: every campaign and what became of it (C2).

use crate::{
    api::{self, Query},
    campaigns::StatusBadge,
    i18n::{t, t_string, use_i18n},
    intl::{Style, use_writer},
    realtime::use_events,
    remote::{Change, Remote},
    routes,
    session::Session,
    shell::numbers::Numbers,
    ui::{
        button::Button,
        failure::ChangeFailed,
        icon::Icon,
        page::PageHead,
        state::{Empty, Loaded},
        table::TableBox,
    },
};
use leptos::prelude::*;
use leptos_router::components::A;
use types::{
    CampaignId, Page, PageQuery, Permission,
    campaigns::{self, Campaign, CampaignProgress},
    events::Event,
};

#[component]
pub fn CampaignReports() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let numbers = Numbers::use_here();
    let first = Remote::new(|| api::ask(campaigns::LIST_CAMPAIGNS, &[], Query::none()));
    use_events(move |event| match event {
        Event::CampaignChanged { campaign } => take(first, campaign),
        Event::Reset => first.reload(),
        Event::MessageChanged { .. }
        | Event::AbsenceChanged { .. }
        | Event::OffHoursContactsChanged { .. }
        | Event::TicketChanged { .. }
        | Event::AccessChanged
        | Event::ListChanged { .. }
        | Event::NumberImportChanged { .. } => {}
    });
    let may_send = move || session.can(Permission::EditCampaigns);
    let new = move || {
        view! {
            <Show when=may_send>
                <A href=move || numbers.address(routes::NEW_CAMPAIGN) attr:class="button primary">{Icon::Plus.draw()}{t!(i18n, campaign_reports.new)}</A>
            </Show>
        }
    };
    view! {
        <div class="page">
            <PageHead title=say!(i18n, campaign_reports.title) sentence=say!(i18n, campaign_reports.sentence)>{new()}</PageHead>
            <section class="card" aria-label=move || t_string!(i18n, campaign_reports.title)>
                <Loaded remote=first children=Callback::new(move |(page,): (Signal<Page<Campaign>>,)| view! {
                    <Show when=move || page.with(|page| !page.items.is_empty()) fallback=move || view! {
                        <Empty icon=Icon::Chart title=say!(i18n, campaign_reports.empty) text=say!(i18n, campaign_reports.empty_text)>{new()}</Empty>
                    }>
                        <List first page />
                    </Show>
                }.into_any()) />
            </section>
        </div>
    }
}

#[component]
fn List(first: Remote<Page<Campaign>>, page: Signal<Page<Campaign>>) -> impl IntoView {
    let i18n = use_i18n();
    let more = Change::new();
    let load_more = move |_| {
        let Some(cursor) = page.with_untracked(|page| page.next_cursor.clone()) else { return };
        let query = Query::of(&PageQuery { limit: None, cursor: Some(cursor) });
        more.run(api::ask(campaigns::LIST_CAMPAIGNS, &[], query), move |next| {
            first.value.update(|page| {
                if let Some(page) = page {
                    page.items.extend(next.items);
                    page.next_cursor = next.next_cursor;
                }
            });
        });
    };
    view! {
        <TableBox label=say!(i18n, campaign_reports.title)>
            <thead><tr>
                <th scope="col">{t!(i18n, campaign_reports.campaign)}</th>
                <th scope="col">{t!(i18n, campaign_reports.status)}</th>
                <th scope="col" class="figure">{t!(i18n, campaign_reports.recipients)}</th>
                <th scope="col">{t!(i18n, campaign_reports.outcome)}</th>
                <th scope="col" class="figure">{t!(i18n, campaign_reports.delivered)}</th>
                <th scope="col" class="figure">{t!(i18n, campaign_reports.read)}</th>
                <th scope="col" class="figure">{t!(i18n, campaign_reports.answered)}</th>
                <th scope="col" class="figure">{t!(i18n, campaign_reports.failed)}</th>
            </tr></thead>
            <tbody>
                <For each=move || page.with(|page| page.items.iter().map(|campaign| campaign.id).collect::<Vec<_>>()) key=|id| *id
                    children=move |id| view! { <Line id page /> } />
            </tbody>
        </TableBox>
        <Show when=move || page.with(|page| page.next_cursor.is_some())>
            <div class="inbox-more"><Button small=true busy=more.busy on:click=load_more>{t!(i18n, ui.more)}</Button></div>
        </Show>
        <ChangeFailed change=more />
    }
}

#[component]
fn Line(id: CampaignId, page: Signal<Page<Campaign>>) -> impl IntoView {
    let campaign = Memo::new(move |before: Option<&Option<Campaign>>| {
        let found = page.with(|page| page.items.iter().find(|campaign| campaign.id == id).cloned());
        found.or_else(|| before.cloned().flatten())
    });
    view! { <tr>{move || campaign.get().map(|campaign| view! { <Cells campaign /> })}</tr> }
}

#[component]
fn Cells(campaign: Campaign) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    let numbers = Numbers::use_here();
    let (id, status, progress) = (campaign.id, campaign.status, campaign.progress);
    let at = campaign.started_at.unwrap_or(campaign.created_at);
    let by = campaign.created_by.name;
    let recipients = if progress.total == 0 { campaign.rows.valid } else { progress.total };
    let count = move |count: u64| move || writer.with(|writer| writer.count(count));
    view! {
        <td class="report-name">
            <A href=move || numbers.address(&routes::campaign(id)) attr:class="campaign-name">{campaign.name}</A>
            <p class="muted small">
                {move || t_string!(i18n, campaign_reports.by, name = by.clone())}" · "
                {move || writer.with(|writer| writer.time(at, Style::DateTime))}
            </p>
        </td>
        <td><StatusBadge status /></td>
        <td class="figure">{count(recipients)}</td>
        <td><Bar progress /></td>
        <td class="figure">{count(progress.delivered + progress.read)}</td>
        <td class="figure">{count(progress.read)}</td>
        <td class="figure">{count(progress.answered)}</td>
        <td class="figure">{count(progress.failed)}</td>
    }
}

/// Read, delivered, sent and failed as parts of one bar; the figures beside it say the same in numbers.
#[component]
fn Bar(progress: CampaignProgress) -> impl IntoView {
    let parts = [
        (progress.read, "read"),
        (progress.delivered, "delivered"),
        (progress.sent, "sent"),
        (progress.failed + progress.unconfirmed, "failed"),
    ];
    let mut from = 0;
    let drawn = parts.map(|(count, class)| {
        let (start, width) = (from, count * 1000 / progress.total.max(1));
        from += width;
        view! { <rect class=format!("bar-{class}") x=start y="0" width=width height="10"></rect> }
    });
    view! {
        <svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="bar-ground" x="0" y="0" width="1000" height="10"></rect>
            {drawn.into_iter().collect_view()}
        </svg>
    }
}

fn take(first: Remote<Page<Campaign>>, campaign: &Campaign) {
    first.value.update(|page| {
        let Some(page) = page else { return };
        match page.items.iter_mut().find(|known| known.id == campaign.id) {
            Some(known) => *known = campaign.clone(),
            None => page.items.insert(0, campaign.clone()),
        }
    });
}
