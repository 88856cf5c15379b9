//! Numbers that do not work as they should, with the way out.

use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    messages,
    realtime::reload_on,
    remote::{Change, Remote},
    routes,
    session::Session,
    ui::{button::Button, failure::ChangeFailed, icon::Icon, more::More},
};
use leptos::prelude::*;
use leptos_router::components::A;
use types::{
    Page, PageQuery, Permission,
    audit_log::AuditSubject,
    numbers::{self, Number, NumberFilter},
};

/// Troubled numbers shown at first.
const FIRST: u64 = 5;

/// Nothing is shown where nothing is wrong.
#[component]
pub fn Troubled() -> impl IntoView {
    let i18n = use_i18n();
    let ask = move |page: PageQuery| {
        let filter = NumberFilter { troubled: Some(true), ..NumberFilter::default() };
        api::ask(numbers::LIST_NUMBERS, &[], Query::of(&filter).and(&page))
    };
    let troubled = Remote::new(move || ask(PageQuery { limit: Some(FIRST), cursor: None }));
    reload_on(&[AuditSubject::Number, AuditSubject::Verification, AuditSubject::Waba], troubled);
    let some = Memo::new(move |_| troubled.value.with(|page| page.as_ref().is_some_and(|page| !page.items.is_empty())));
    view! {
        <Show when=move || some.get()>
            <section class="card" aria-labelledby="home-troubled">
                <div class="card-head">
                    <div><h2 id="home-troubled">{t!(i18n, home.troubled)}</h2><p class="small">{t!(i18n, home.troubled_text)}</p></div>
                </div>
                <ul class="home-list">
                    <For each=move || troubled.value.with(|page| page.as_ref().map(|page| page.items.clone()).unwrap_or_default())
                        key=|number| format!("{number:?}")
                        children=move |number| view! { <Row number troubled /> } />
                </ul>
                <More remote=troubled ask />
            </section>
        </Show>
    }
}

#[component]
fn Row(number: Number, troubled: Remote<Page<Number>>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let change = Change::new();
    let id = number.id;
    let name = StoredValue::new(number.name.clone());
    let paused = number.paused_reason.is_some();
    let resume = move |_| {
        change.run(api::ask(numbers::RESUME_NUMBER, &[&id], Query::none()), move |_: Number| troubled.reload());
    };
    let why = number.paused_reason.clone();
    let words = move || match &why {
        Some(reason) => {
            t_string!(i18n, home.number_paused, reason = messages::reason(i18n.get_locale(), reason)).to_string()
        }
        None => t_string!(i18n, home.not_connected).to_owned(),
    };
    let permission = if paused { Permission::EditNumbers } else { Permission::ViewVerifications };
    view! {
        <li>
            <div class="home-what">
                <p><span class="strong">{number.name}</span>" "<span class="numeric muted">{number.phone}</span></p>
                <p><span class=if paused { "badge danger" } else { "badge warning" }>{words}</span></p>
                <ChangeFailed change />
            </div>
            <Show when=move || session.can(permission)>
                <Show when=move || paused fallback=move || view! {
                    <A href=routes::of_number(routes::VERIFICATIONS, id) attr:class="button secondary small"
                        attr:aria-label=move || t_string!(i18n, home.verify_named, name = name.get_value()).to_string()>
                        {Icon::Shield.draw()}{t!(i18n, home.verify)}
                    </A>
                }>
                    <Button small=true busy=change.busy on:click=resume>
                        {t!(i18n, home.number_resume)}<span class="visually-hidden">{name.get_value()}</span>
                    </Button>
                </Show>
            </Show>
        </li>
    }
}
