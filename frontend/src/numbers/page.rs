//! One number: its data, its agents, where else it is set up, and its end.

use super::{agents::Agents, deletion::Deletion, form::NumberForm, list::StateBadge, model};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    messages,
    realtime::reload_on,
    remote::{Change, Remote},
    routes,
    session::Session,
    ui::{button::Button, failure::ChangeFailed, icon::Icon, page::use_title, state::Loaded},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use types::{
    NumberId, Permission,
    audit_log::AuditSubject,
    numbers::{self, Number, NumberCard},
};
use uuid::Uuid;

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub struct Here {
    pub id: Memo<NumberId>,
    pub remote: Remote<NumberCard>,
    pub may_edit: Memo<bool>,
}

#[component]
pub fn NumberPage() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let params = use_params_map();
    // An address that is no id is an id nobody has.
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse().ok()).unwrap_or(NumberId(Uuid::nil())));
    let remote = Remote::new(move || api::ask(numbers::GET_NUMBER_CARD, &[&id.get()], Query::none()));
    reload_on(&[AuditSubject::Number, AuditSubject::Group, AuditSubject::Member], remote);
    let may_edit = Memo::new(move |_| {
        session.can(Permission::EditNumbers)
            && remote.value.with(|card| card.as_ref().is_some_and(|card| card.may_edit))
    });
    provide_context(Here { id, remote, may_edit });
    view! {
        <div class="page">
            <A href=routes::NUMBERS attr:class="back-link">{Icon::Back.draw()}{t!(i18n, numbers.back)}</A>
            <Loaded remote children=Callback::new(move |(card,): (Signal<NumberCard>,)| view! {
                <Head card />
                <div class="number-page">
                    <NumberForm card />
                    <Agents card />
                    <Elsewhere card />
                    <Deletion card />
                </div>
            }.into_any()) />
        </div>
    }
}

#[component]
fn Head(card: Signal<NumberCard>) -> impl IntoView {
    let i18n = use_i18n();
    let name = Signal::derive(move || card.with(|card| card.name.clone()));
    use_title(name);
    let state = Memo::new(move |_| card.with(|card| (card.whatsapp_status.clone(), card.paused_reason.clone())));
    let place = move || {
        card.with(|card| match &card.group {
            Some(group) => t_string!(i18n, numbers.in_group, group = group.name.clone()).to_string(),
            None => t_string!(i18n, numbers.without_group).to_owned(),
        })
    };
    let managers = move || {
        let names = card.with(|card| card.managers.iter().map(|one| one.name.clone()).collect::<Vec<_>>().join(", "));
        (!names.is_empty()).then(|| t_string!(i18n, numbers.managed_by, names = names).to_string())
    };
    view! {
        <header class="page-head">
            <div class="page-head-text">
                <h1>{name}</h1>
                <p class="row">
                    <span class="numeric">{move || card.with(|card| card.phone.clone())}</span>
                    {move || state.with(|(status, paused)| {
                        let state = model::state(status.as_deref(), paused.as_deref());
                        view! { <StateBadge state /> }
                    })}
                    <span>{move || card.with(|card| card.waba.name.clone())}</span>
                    <span>{place}</span>
                </p>
                {move || managers().map(|words| view! { <p>{words}</p> })}
            </div>
        </header>
        {move || state.with(|(_, paused)| paused.clone()).map(|reason| view! { <Paused reason /> })}
    }
}

/// Why the number sends nothing, and the way to let it send again once that is put right.
#[component]
fn Paused(reason: String) -> impl IntoView {
    let i18n = use_i18n();
    let here = expect_context::<Here>();
    let change = Change::new();
    let resume = move |_| {
        let id = here.id.get_untracked();
        change.run(api::ask(numbers::RESUME_NUMBER, &[&id], Query::none()), move |_: Number| here.remote.reload());
    };
    view! {
        <div class="notice danger">
            {Icon::Pause.draw()}
            <div>
                <p class="strong">{move || t_string!(i18n, home.number_paused, reason = messages::reason(i18n.get_locale(), &reason)).to_string()}</p>
                <ChangeFailed change />
            </div>
            <Show when=move || here.may_edit.get()>
                <Button small=true busy=change.busy on:click=resume>{t!(i18n, home.number_resume)}</Button>
            </Show>
        </div>
    }
}

/// The other pages that set this number up.
#[component]
fn Elsewhere(card: Signal<NumberCard>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let link = move |permission, path: &'static str, icon: Icon, words: Signal<String>| {
        let href = move || card.with(|card| routes::of_number(path, card.id));
        view! {
            <Show when=move || session.can(permission)>
                <li><A href=href attr:class="button secondary">{icon.draw()}{words}</A></li>
            </Show>
        }
    };
    view! {
        <Show when=move || card.with(|card| card.in_scope)>
            <section class="card" aria-labelledby="number-elsewhere">
                <div class="card-head"><h2 id="number-elsewhere">{t!(i18n, numbers.elsewhere)}</h2></div>
                <ul class="card-body row">
                    {link(Permission::ViewVerifications, routes::VERIFICATIONS, Icon::Shield, say!(i18n, shell.verifications))}
                    {link(Permission::ViewWhatsappProfiles, routes::WHATSAPP_PROFILES, Icon::Card, say!(i18n, shell.whatsapp_profiles))}
                    {link(Permission::ViewGettingStarted, routes::GETTING_STARTED, Icon::Flag, say!(i18n, shell.getting_started))}
                </ul>
            </section>
        </Show>
    }
}
