//! A campaign on its way, and afterwards its report.

use super::{
    model::{self, Sample},
    progress::Progress,
    recipients::Recipients,
};
use crate::{
    api::{self, Query},
    clock,
    i18n::{t, t_string, use_i18n},
    intl::{Style, use_writer},
    messages,
    realtime::use_events,
    remote::{Change, Remote},
    session::Session,
    ui::{
        button::{Button, Kind},
        dialog::Confirm,
        failure::ChangeFailed,
        icon::Icon,
        page::use_title,
        state::Loaded,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use types::{
    CampaignId, Permission,
    campaigns::{self, Campaign, CampaignStatus},
    events::Event,
};
use uuid::Uuid;

#[component]
pub fn CampaignPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<CampaignId>().ok()));
    // An address that is no id is an id nobody has.
    let remote = Remote::new(move || {
        let id = id.get().unwrap_or(CampaignId(Uuid::nil()));
        api::ask(campaigns::GET_CAMPAIGN, &[&id], Query::none())
    });
    let samples = RwSignal::new(Vec::<Sample>::new());
    Effect::new(move || {
        let done = remote.value.with(|campaign| campaign.as_ref().map(|campaign| model::done(&campaign.progress)));
        if let Some(done) = done {
            samples.update(|samples| model::record(samples, clock::now(), done));
        }
    });
    use_events(move |event| match event {
        Event::CampaignChanged { campaign } if Some(campaign.id) == id.get_untracked() => {
            remote.value.set(Some(campaign.clone()));
        }
        Event::Reset => remote.reload(),
        Event::CampaignChanged { .. }
        | Event::MessageChanged { .. }
        | Event::AbsenceChanged { .. }
        | Event::OffHoursContactsChanged { .. }
        | Event::TicketChanged { .. }
        | Event::AccessChanged
        | Event::ListChanged { .. }
        | Event::NumberImportChanged { .. } => {}
    });
    view! {
        <div class="page">
            <Loaded remote children=Callback::new(move |(campaign,): (Signal<Campaign>,)| view! {
                <Head campaign remote />
                <Progress campaign samples />
                <Recipients campaign />
            }.into_any()) />
        </div>
    }
}

#[component]
fn Head(campaign: Signal<Campaign>, remote: Remote<Campaign>) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    let name = Signal::derive(move || campaign.with(|campaign| campaign.name.clone()));
    use_title(name);
    let under_way = move || campaign.with(|campaign| model::can(campaign.status).pause);
    let who = move || {
        let (name, at) = campaign.with(|c| (c.created_by.name.clone(), c.started_at.unwrap_or(c.created_at)));
        t_string!(
            i18n,
            campaigns.started_by,
            name = name,
            time = writer.with(|writer| writer.time(at, Style::DateTime))
        )
    };
    view! {
        <header class="page-head">
            <div class="page-head-text">
                <h1>{name}</h1>
                <p>{who}{move || under_way().then(|| format!(" · {}", t_string!(i18n, campaigns.progress_sentence)))}</p>
            </div>
            <Actions campaign remote />
        </header>
        <Paused campaign />
    }
}

#[component]
fn Actions(campaign: Signal<Campaign>, remote: Remote<Campaign>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let (change, cancel) = (Change::new(), Change::new());
    let asking = RwSignal::new(false);
    let can = Memo::new(move |_| {
        session.can(Permission::EditCampaigns).then(|| campaign.with(|campaign| model::can(campaign.status)))
    });
    let may = move |what: fn(model::Can) -> bool| can.get().is_some_and(what);
    let id = move || campaign.with_untracked(|campaign| campaign.id);
    let took = move |campaign| remote.value.set(Some(campaign));
    let pause = move |_| change.run(api::ask(campaigns::PAUSE_CAMPAIGN, &[&id()], Query::none()), took);
    let resume = move |_| change.run(api::ask(campaigns::RESUME_CAMPAIGN, &[&id()], Query::none()), took);
    let stop = move |()| {
        cancel.run(api::ask(campaigns::CANCEL_CAMPAIGN, &[&id()], Query::none()), move |campaign| {
            asking.set(false);
            took(campaign);
        });
    };
    let title = Signal::derive(move || {
        t_string!(i18n, campaigns.cancel_title, name = campaign.with(|campaign| campaign.name.clone()))
    });
    let consequence = Signal::derive(move || {
        t_string!(i18n, campaigns.cancel_text, count = campaign.with(|campaign| campaign.progress.queued))
    });
    view! {
        <div class="page-head-actions">
            <Show when=move || may(|can| can.cancel)>
                <Button icon=Icon::Stop on:click=move |_| asking.set(true)>{t!(i18n, campaigns.cancel)}</Button>
            </Show>
            <Show when=move || may(|can| can.pause)>
                <Button icon=Icon::Pause busy=change.busy on:click=pause>{t!(i18n, campaigns.pause)}</Button>
            </Show>
            <Show when=move || may(|can| can.resume)>
                <Button kind=Kind::Primary icon=Icon::Play busy=change.busy on:click=resume>{t!(i18n, campaigns.resume)}</Button>
            </Show>
        </div>
        <ChangeFailed change />
        <Confirm open=asking title consequence change=cancel on_confirm=Callback::new(stop)
            action=say!(i18n, campaigns.cancel) keep=say!(i18n, campaigns.cancel_keep) />
    }
}

/// Why nothing goes out at the moment.
#[component]
fn Paused(campaign: Signal<Campaign>) -> impl IntoView {
    let i18n = use_i18n();
    let paused = Memo::new(move |_| {
        campaign.with(|campaign| (campaign.status == CampaignStatus::Paused).then(|| campaign.pause_reason.clone()))
    });
    move || {
        paused.get().map(|reason| {
            let by_itself = reason.is_some();
            view! {
                <div class="notice warning" role="status">
                    {Icon::Pause.draw()}
                    <div>
                        {by_itself.then(|| view! { <p class="strong">{t!(i18n, campaigns.paused_by_itself)}</p> })}
                        <p class="notice-text">{move || match &reason {
                            Some(kind) => messages::reason(i18n.get_locale(), kind),
                            None => t_string!(i18n, campaigns.paused_by_person),
                        }}</p>
                    </div>
                </div>
            }
        })
    }
}
