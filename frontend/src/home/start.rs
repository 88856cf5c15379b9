//! What an organization without numbers does first.

use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    realtime::reload_on,
    remote::Remote,
    routes,
    session::Session,
    ui::icon::Icon,
};
use leptos::prelude::*;
use leptos_router::components::A;
use types::{
    Permission,
    audit_log::AuditSubject,
    getting_started::{self, OrganizationStart},
};

#[component]
pub fn Start() -> impl IntoView {
    let session = Session::use_here();
    let granted = Memo::new(move |_| {
        let all = session.me.with(|me| me.as_ref().is_some_and(|me| me.reaches_all));
        all && session.can(Permission::ViewGettingStarted)
    });
    view! { <Show when=move || granted.get()><Card /></Show> }
}

#[component]
fn Card() -> impl IntoView {
    let i18n = use_i18n();
    let start = Remote::new(|| api::ask(getting_started::GET_ORGANIZATION_START, &[], Query::none()));
    reload_on(&[AuditSubject::Waba, AuditSubject::Number, AuditSubject::Member, AuditSubject::NumberImport], start);
    let card = move |start: OrganizationStart| {
        let waba = Signal::derive(move || {
            if start.sandbox_available {
                t_string!(i18n, home.start_waba_sandbox).to_owned()
            } else {
                t_string!(i18n, home.start_waba).to_owned()
            }
        });
        view! {
            <section class="card" aria-labelledby="home-start">
                <div class="card-head">
                    <div><h2 id="home-start">{t!(i18n, home.start)}</h2><p class="small">{t!(i18n, home.start_text)}</p></div>
                </div>
                <ol class="home-list">
                    <Step done=start.waba_connected path=routes::WABAS words=waba permission=Permission::Administer />
                    <Step done=start.numbers_included path=routes::NUMBER_IMPORTS words=say!(i18n, home.start_numbers) permission=Permission::ViewNumberImports />
                    <Step done=start.members_invited path=routes::MEMBERS words=say!(i18n, home.start_members) permission=Permission::ViewMembers />
                </ol>
            </section>
        }
    };
    move || start.value.get().filter(|start| !start.numbers_included).map(card)
}

#[component]
fn Step(done: bool, path: &'static str, words: Signal<String>, permission: Permission) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    view! {
        <li>
            <p class="home-what">
                <Show when=move || session.can(permission) fallback=move || view! { <span class="strong">{words}</span> }>
                    <A href=path attr:class="strong">{words}</A>
                </Show>
            </p>
            {if done {
                view! { <span class="badge success">{Icon::Check.draw()}{t!(i18n, home.step_done)}</span> }.into_any()
            } else {
                view! { <span class="badge">{t!(i18n, home.step_open)}</span> }.into_any()
            }}
        </li>
    }
}
