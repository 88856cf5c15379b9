//! One number on its way: what was said by WhatsApp last, and the step it stands at.

use super::{
    ask::Ask,
    check::Check,
    list::StageBadge,
    model::{self, Step},
    register::Register,
};
use crate::{
    api::{self, Query},
    clock,
    i18n::{t, t_string, use_i18n},
    realtime::use_events,
    remote::{Change, Remote},
    routes,
    session::Session,
    shell::numbers::Numbers,
    ui::{
        button::Button,
        failure::GraphNote,
        icon::Icon,
        state::{Empty, Loaded},
    },
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos_router::components::A;
use std::time::Duration;
use types::{
    NumberId, Permission,
    audit_log::AuditSubject,
    events::Event,
    verifications::{self, Verification},
};

const BURST: Duration = Duration::from_millis(400);

/// What the steps of one number share.
#[derive(Clone, Copy)]
pub struct Work {
    pub verification: Signal<Verification>,
    pub remote: Remote<Verification>,
    pub now: ReadSignal<DateTime<Utc>>,
    pub may_edit: Memo<bool>,
    /// The latest change, whose refusal is shown instead of an older one.
    pub change: Change,
}

impl Work {
    pub fn id(self) -> NumberId {
        self.verification.with_untracked(|verification| verification.number.id)
    }

    pub fn take(self, verification: Verification) {
        self.remote.value.set(Some(verification));
    }
}

#[component]
pub fn One(id: NumberId, step: RwSignal<Step>) -> impl IntoView {
    let i18n = use_i18n();
    let numbers = Numbers::use_here();
    let session = Session::use_here();
    let now = clock::use_seconds();
    let change = Change::new();
    let remote = Remote::new(move || api::ask(verifications::GET_VERIFICATION, &[&id], Query::none()));
    use_events(move |event| match event {
        Event::ListChanged { subject: AuditSubject::Verification | AuditSubject::Number } => remote.reload_soon(BURST),
        Event::Reset => remote.reload(),
        Event::MessageChanged { .. }
        | Event::AbsenceChanged { .. }
        | Event::OffHoursContactsChanged { .. }
        | Event::TicketChanged { .. }
        | Event::CampaignChanged { .. }
        | Event::NumberImportChanged { .. }
        | Event::AccessChanged
        | Event::ListChanged { .. } => {}
    });
    // A refusal changes what is left of codes and guesses, and when to try again.
    Effect::new(move || {
        if change.failed.with(Option::is_some) {
            remote.reload();
        }
    });
    let may_edit = Memo::new(move |_| session.can(Permission::EditVerifications));
    view! {
        <section class="card" aria-labelledby="one-number">
            <Loaded remote children=Callback::new(move |(verification,): (Signal<Verification>,)| {
                let work = Work { verification, remote, now, may_edit, change };
                let current = Memo::new(move |_| verification.with(|verification| model::step(verification, now.get())));
                Effect::new(move || step.set(current.get()));
                view! {
                    <Head work />
                    <div class="card-body">
                        <Trouble work />
                        {move || match current.get() {
                            Step::Number => view! { <NotIncluded /> }.into_any(),
                            Step::Ask => view! { <Ask work again=false /> }.into_any(),
                            Step::Check => view! { <Check work /> }.into_any(),
                            Step::Register => view! { <Register work /> }.into_any(),
                            Step::Done => view! { <Done id /> }.into_any(),
                        }}
                        <Show when=move || !may_edit.get()>
                            <div class="notice">{Icon::Info.draw()}<p class="notice-text">{t!(i18n, verifications.view_only)}</p></div>
                        </Show>
                    </div>
                }.into_any()
            }) />
            <div class="verification-foot">
                <Button icon=Icon::Back on:click=move |_| numbers.chosen.set(None)>{t!(i18n, verifications.other_number)}</Button>
            </div>
        </section>
    }
}

#[component]
fn Head(work: Work) -> impl IntoView {
    let i18n = use_i18n();
    let verification = work.verification;
    let whatsapp = move || {
        let status = verification.with(|one| one.whatsapp_status.clone())?;
        Some(t_string!(i18n, verifications.whatsapp_status, status = status))
    };
    view! {
        <div class="card-head">
            <div>
                <h2 id="one-number">{move || verification.with(|one| one.number.name.clone())}</h2>
                <p class="small"><span class="numeric">{move || verification.with(|one| one.number.phone.clone())}</span>
                    " · "{move || verification.with(|one| one.waba.name.clone())}</p>
            </div>
            <div class="row">
                <StageBadge stage=Signal::derive(move || verification.with(|one| one.stage)) />
                {move || whatsapp().map(|words| view! { <span class="muted small">{words}</span> })}
            </div>
        </div>
    }
}

/// What WhatsApp refused last, unless the page says so already.
#[component]
fn Trouble(work: Work) -> impl IntoView {
    let trouble = Memo::new(move |_| work.verification.with(|one| one.trouble.clone()));
    move || {
        let said = work.change.failed.with(Option::is_some);
        trouble.get().filter(|_| !said).map(|trouble| {
            view! {
                <div class="notice warning">{Icon::Warning.draw()}<div><GraphNote trouble /></div></div>
            }
        })
    }
}

#[component]
fn NotIncluded() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Empty icon=Icon::Upload title=say!(i18n, verifications.not_included) text=say!(i18n, verifications.not_included_text)>
            <A href=routes::NUMBER_IMPORTS attr:class="button secondary">{t!(i18n, verifications.include)}</A>
        </Empty>
    }
}

#[component]
fn Done(id: NumberId) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div role="status">
            <Empty icon=Icon::Check title=say!(i18n, verifications.done) text=say!(i18n, verifications.done_text)>
                <A href=routes::of_number(routes::WHATSAPP_PROFILES, id) attr:class="button primary">{t!(i18n, verifications.go_profile)}</A>
                <A href=routes::of_number(routes::GETTING_STARTED, id) attr:class="button secondary">{t!(i18n, verifications.go_start)}</A>
            </Empty>
        </div>
    }
}
