//! The recipients of a campaign, by state, with the reasons of those that failed.

use super::model::State;
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    intl::{Style, use_writer},
    messages,
    realtime::use_events,
    remote::{Change, Remote},
    ui::{
        button::Button,
        failure::ChangeFailed,
        field::Select,
        icon::Icon,
        state::{Empty, Loaded, Tone},
        table::TableBox,
    },
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use std::time::Duration;
use types::{
    Page, PageQuery,
    campaigns::{self, Campaign, CampaignRecipient, RecipientFilter},
    events::Event,
    messages::MessageStatus,
};

/// Recipients change by the thousand; the list is asked for again at most this often.
const CALM: Duration = Duration::from_millis(1500);

#[component]
pub fn Recipients(campaign: Signal<Campaign>) -> impl IntoView {
    let i18n = use_i18n();
    let id = Memo::new(move |_| campaign.with(|campaign| campaign.id));
    let chosen = RwSignal::new(String::new());
    let filter = move || RecipientFilter { status: chosen.with(|status| status.parse::<MessageStatus>().ok()) };
    let first = Remote::new(move || api::ask(campaigns::LIST_CAMPAIGN_RECIPIENTS, &[&id.get()], Query::of(&filter())));
    let more = Change::new();
    // Once older pages are on screen they stay: a reload would pull the list from under its reader.
    let paged = RwSignal::new(false);
    let soon = move || {
        if !paged.get_untracked() {
            first.reload_soon(CALM);
        }
    };
    use_events(move |event| match event {
        Event::CampaignChanged { campaign } if campaign.id == id.get_untracked() => soon(),
        Event::Reset => first.reload(),
        Event::CampaignChanged { .. }
        | Event::MessageChanged { .. }
        | Event::AbsenceChanged { .. }
        | Event::OffHoursContactsChanged { .. }
        | Event::TicketChanged { .. }
        | Event::AccessChanged
        | Event::ListChanged { .. }
        | Event::NumberImportChanged { .. } => {}
    });
    Effect::new(move || {
        chosen.track();
        paged.set(false);
    });
    let load_more = move |_| {
        let Some(cursor) = first.value.with_untracked(|page| page.as_ref()?.next_cursor.clone()) else { return };
        let query = Query::of(&untrack(filter)).and(&PageQuery { limit: None, cursor: Some(cursor) });
        let wanted = chosen.get_untracked();
        more.run(api::ask(campaigns::LIST_CAMPAIGN_RECIPIENTS, &[&id.get_untracked()], query), move |next| {
            if chosen.get_untracked() != wanted {
                return;
            }
            paged.set(true);
            first.value.update(|page| {
                if let Some(page) = page {
                    page.items.extend(next.items);
                    page.next_cursor = next.next_cursor;
                }
            });
        });
    };
    let choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        let all = (String::new(), t_string!(i18n, campaigns.state_all).to_owned());
        let states =
            State::ALL.iter().map(|state| (state.message_status().to_string(), state.words(locale).to_owned()));
        std::iter::once(all).chain(states).collect::<Vec<_>>()
    });
    view! {
        <section class="card" aria-labelledby="recipients">
            <div class="card-head">
                <h2 id="recipients">{t!(i18n, campaigns.recipients_list)}</h2>
                <div class="filter"><Select label=say!(i18n, campaigns.filter_status) value=chosen choices /></div>
            </div>
            <Loaded remote=first children=Callback::new(move |(page,): (Signal<Page<CampaignRecipient>>,)| view! {
                <Show when=move || page.with(|page| !page.items.is_empty()) fallback=move || view! {
                    <Empty icon=Icon::Search title=say!(i18n, campaigns.recipients_empty) text=say!(i18n, campaigns.recipients_empty_text) />
                }>
                    <TableBox label=say!(i18n, campaigns.recipients_list)>
                        <thead><tr>
                            <th scope="col" class="figure">{t!(i18n, campaigns.fault_row)}</th>
                            <th scope="col">{t!(i18n, campaigns.recipient)}</th>
                            <th scope="col">{t!(i18n, campaigns.filter_status)}</th>
                            <th scope="col">{t!(i18n, campaigns.sender)}</th>
                            <th scope="col">{t!(i18n, campaigns.template)}</th>
                            <th scope="col">{t!(i18n, campaigns.sent_at)}</th>
                            <th scope="col">{t!(i18n, campaigns.delivered_at)}</th>
                            <th scope="col">{t!(i18n, campaigns.read_at)}</th>
                        </tr></thead>
                        <tbody>
                            <For each=move || page.get().items key=|one| (one.message_id, one.status, one.answered_at.is_some())
                                children=move |recipient| view! { <Recipient recipient /> } />
                        </tbody>
                    </TableBox>
                    <Show when=move || page.with(|page| page.next_cursor.is_some())>
                        <div class="inbox-more"><Button small=true busy=more.busy on:click=load_more>{t!(i18n, ui.more)}</Button></div>
                    </Show>
                </Show>
            }.into_any()) />
            <ChangeFailed change=more />
        </section>
    }
}

#[component]
fn Recipient(recipient: CampaignRecipient) -> impl IntoView {
    let i18n = use_i18n();
    let status = recipient.status;
    let failure = recipient.failure;
    let named = recipient.name.is_some();
    let phone = recipient.to.clone();
    view! {
        <tr class="recipient">
            <td class="figure">{recipient.row}</td>
            <td><span class="strong nowrap">{recipient.name.unwrap_or(recipient.to)}</span>
                {named.then(|| view! { <br /><span class="muted numeric">{phone}</span> })}</td>
            <td>
                <span class=format!("badge {}", tone(status).class())>{move || messages::status(i18n.get_locale(), status)}</span>
                {recipient.answered_at.map(|_| view! { " "<span class="badge accent">{t!(i18n, campaigns.answered_one)}</span> })}
                {failure.map(|failure| view! { <p class="recipient-failure small">{move || messages::failure(i18n.get_locale(), &failure)}</p> })}
                {(status == MessageStatus::Unconfirmed).then(|| view! { <p class="recipient-failure small">{t!(i18n, messages.unconfirmed_hint)}</p> })}
            </td>
            <td>{recipient.sender.name}</td>
            <td><code>{recipient.template}</code></td>
            <td><Moment at=recipient.sent_at /></td>
            <td><Moment at=recipient.delivered_at /></td>
            <td><Moment at=recipient.read_at /></td>
        </tr>
    }
}

#[component]
fn Moment(at: Option<DateTime<Utc>>) -> impl IntoView {
    let writer = use_writer();
    at.map(|at| {
        view! {
            <time class="numeric nowrap" title=move || writer.with(|writer| writer.time(at, Style::DateTime))>
                {move || writer.with(|writer| writer.short(at))}
            </time>
        }
    })
}

fn tone(status: MessageStatus) -> Tone {
    match status {
        MessageStatus::Received | MessageStatus::Delivered | MessageStatus::Read => Tone::Success,
        MessageStatus::Queued | MessageStatus::Sending | MessageStatus::Cancelled => Tone::Plain,
        MessageStatus::Accepted | MessageStatus::Sent => Tone::Accent,
        MessageStatus::Unconfirmed => Tone::Warning,
        MessageStatus::Failed => Tone::Danger,
    }
}
