//! An organization without numbers: an account, numbers, members.

use super::{
    model::{self, OrganizationStep, State},
    one::{Mark, StateBadge},
};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    realtime::use_events,
    remote::{Change, Remote},
    routes,
    session::Session,
    ui::{button::Button, failure::ChangeFailed, icon::Icon, state::Loaded, toast::Toasts},
};
use leptos::prelude::*;
use leptos_router::components::A;
use std::time::Duration;
use types::{
    Permission,
    events::Event,
    getting_started::{self, OrganizationStart},
    wabas,
};

const BURST: Duration = Duration::from_millis(400);

#[component]
pub fn Organization() -> impl IntoView {
    let i18n = use_i18n();
    let remote = Remote::new(|| api::ask(getting_started::GET_ORGANIZATION_START, &[], Query::none()));
    use_events(move |event| match event {
        Event::ListChanged { .. } | Event::NumberImportChanged { .. } | Event::Reset => remote.reload_soon(BURST),
        Event::MessageChanged { .. }
        | Event::AbsenceChanged { .. }
        | Event::OffHoursContactsChanged { .. }
        | Event::TicketChanged { .. }
        | Event::CampaignChanged { .. }
        | Event::AccessChanged => {}
    });
    view! {
        <section class="card" aria-labelledby="start-organization">
            <div class="card-head"><div>
                <h2 id="start-organization">{t!(i18n, getting_started.organization)}</h2>
                <p>{t!(i18n, getting_started.organization_text)}</p>
            </div></div>
            <div class="card-body">
                <Loaded remote children=Callback::new(move |(start,): (Signal<OrganizationStart>,)| view! {
                    <ol class="start-steps">
                        {move || model::organization_states(start.get()).into_iter().enumerate().map(|(at, (step, state))| {
                            let sandbox = start.get().sandbox_available;
                            view! { <Step at step state sandbox remote /> }
                        }).collect_view()}
                    </ol>
                }.into_any()) />
            </div>
        </section>
    }
}

#[component]
fn Step(
    at: usize,
    step: OrganizationStep,
    state: State,
    sandbox: bool,
    remote: Remote<OrganizationStart>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let (path, permission) = match step {
        OrganizationStep::Waba => (routes::WABAS, Permission::Administer),
        OrganizationStep::Numbers => (routes::NUMBER_IMPORTS, Permission::ViewNumberImports),
        OrganizationStep::Members => (routes::MEMBERS, Permission::ViewMembers),
    };
    let title = move || match step {
        OrganizationStep::Waba => t_string!(i18n, getting_started.waba),
        OrganizationStep::Numbers => t_string!(i18n, getting_started.include),
        OrganizationStep::Members => t_string!(i18n, getting_started.invite),
    };
    let sentence = move || match step {
        OrganizationStep::Waba => t_string!(i18n, getting_started.waba_text),
        OrganizationStep::Numbers => t_string!(i18n, getting_started.include_text),
        OrganizationStep::Members => t_string!(i18n, getting_started.invite_text),
    };
    let go = move || match step {
        OrganizationStep::Waba => t_string!(i18n, getting_started.go_waba),
        OrganizationStep::Numbers => t_string!(i18n, getting_started.go_include),
        OrganizationStep::Members => t_string!(i18n, getting_started.go_invite),
    };
    let class = if state == State::Next { "button primary small" } else { "button secondary small" };
    let offers = step == OrganizationStep::Waba && state != State::Done && sandbox;
    view! {
        <li class="start-step" class:done=state == State::Done aria-current=(state == State::Next).then_some("step")>
            <Mark at state />
            <div class="start-step-text">
                <h3>{title}" "<StateBadge state /></h3>
                <p class="muted">{sentence}</p>
            </div>
            <Show when=move || session.can(permission) fallback=move || view! {
                <span class="muted small">{t!(i18n, getting_started.ask_administrator)}</span>
            }>
                <div class="row">
                    {offers.then(|| view! { <UseSandbox remote /> })}
                    <A href=path attr:class=class>{go}</A>
                </div>
            </Show>
        </li>
    }
}

#[component]
fn UseSandbox(remote: Remote<OrganizationStart>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::use_here();
    let change = Change::new();
    let connect = move |_| {
        change.run(api::ask(wabas::CONNECT_SANDBOX, &[], Query::none()), move |_| {
            toasts.success(untrack(|| t_string!(i18n, wabas.connected)));
            remote.reload();
        });
    };
    view! {
        <Button small=true icon=Icon::Phone busy=change.busy on:click=connect>{t!(i18n, wabas.use_sandbox)}</Button>
        <ChangeFailed change />
    }
}
