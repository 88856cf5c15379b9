//! The first numbers that still need a step of "Comience aquí".

use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    realtime::reload_on,
    remote::Remote,
    routes,
    session::Session,
};
use leptos::prelude::*;
use leptos_router::components::A;
use types::{
    Page, PageQuery, Permission,
    audit_log::AuditSubject,
    getting_started::{self, GettingStarted, GettingStartedFilter},
};

/// Numbers shown here; the others are on the page of the steps.
const FIRST: u64 = 4;

#[component]
pub fn Pending() -> impl IntoView {
    let session = Session::use_here();
    let granted = Memo::new(move |_| session.can(Permission::ViewGettingStarted));
    view! { <Show when=move || granted.get()><List /></Show> }
}

#[component]
fn List() -> impl IntoView {
    let i18n = use_i18n();
    let filter = GettingStartedFilter { pending: Some(true), ..GettingStartedFilter::default() };
    let page = PageQuery { limit: Some(FIRST), cursor: None };
    let pending =
        Remote::new(move || api::ask(getting_started::LIST_GETTING_STARTED, &[], Query::of(&filter).and(&page)));
    reload_on(
        &[
            AuditSubject::Number,
            AuditSubject::Verification,
            AuditSubject::Waba,
            AuditSubject::WhatsappProfile,
            AuditSubject::Chatbot,
            AuditSubject::SettingsCopy,
            AuditSubject::TemplateActivation,
            AuditSubject::Member,
        ],
        pending,
    );
    let shown =
        move |page: &Option<Page<GettingStarted>>| page.as_ref().map(|page| page.items.clone()).unwrap_or_default();
    let some = Memo::new(move |_| pending.value.with(|page| !shown(page).is_empty()));
    view! {
        <Show when=move || some.get()>
            <section class="card" aria-labelledby="home-pending">
                <div class="card-head">
                    <div><h2 id="home-pending">{t!(i18n, home.pending)}</h2><p class="small">{t!(i18n, home.pending_text)}</p></div>
                    <A href=routes::GETTING_STARTED attr:class="button secondary">{t!(i18n, home.see_all_pending)}</A>
                </div>
                <ul class="home-list">
                    <For each=move || pending.value.with(shown) key=|one| format!("{one:?}") children=|one| view! { <Row one /> } />
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn Row(one: GettingStarted) -> impl IntoView {
    let i18n = use_i18n();
    let missing = one.steps.iter().filter(|step| !step.done).count();
    let words = move || match missing {
        1 => t_string!(i18n, home.steps_one).to_owned(),
        count => t_string!(i18n, home.steps, count = count).to_string(),
    };
    let name = one.number.name.clone();
    view! {
        <li>
            <div class="home-what">
                <p><span class="strong">{one.number.name}</span>" "<span class="numeric muted">{one.number.phone}</span></p>
                <p class="muted small">{words}</p>
            </div>
            <A href=routes::of_number(routes::GETTING_STARTED, one.number.id) attr:class="button secondary small">
                {t!(i18n, home.see_steps)}<span class="visually-hidden">{name}</span>
            </A>
        </li>
    }
}
