//! What is known of an account.

use crate::{
    i18n::{t, t_string, use_i18n},
    intl::{Style, use_writer},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use types::wabas::{META_GRAPH, Waba};

#[component]
pub fn Facts(waba: Waba) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    let (numbers, templates) = (waba.number_count, waba.template_count);
    let count = move |count: u64| move || writer.with(|writer| writer.count(count));
    let address = (waba.base_url != META_GRAPH).then_some(waba.base_url);
    let subscribed = waba.subscribed;
    view! {
        <dl class="facts">
            <div><dt>{t!(i18n, wabas.numbers)}</dt><dd>{count(numbers)}</dd></div>
            <div><dt>{t!(i18n, wabas.templates)}</dt><dd>{count(templates)}</dd></div>
            <div><dt>{t!(i18n, wabas.subscribed)}</dt><dd>{move || if subscribed { t_string!(i18n, ui.yes) } else { t_string!(i18n, ui.no) }}</dd></div>
            <div><dt>{t!(i18n, wabas.checked_at)}</dt><dd><Moment at=waba.checked_at /></dd></div>
            <div><dt>{t!(i18n, wabas.synchronized_at)}</dt><dd><Moment at=waba.synchronized_at /></dd></div>
            <div><dt>{t!(i18n, wabas.last_event)}</dt><dd><Moment at=waba.last_event_at /></dd></div>
            <div><dt>{t!(i18n, wabas.app_id)}</dt><dd class="numeric">{waba.app_id}</dd></div>
            <div><dt>{t!(i18n, wabas.graph_version)}</dt><dd>{waba.graph_version}</dd></div>
            {address.map(|address| view! { <div><dt>{t!(i18n, wabas.base_url)}</dt><dd class="facts-address">{address}</dd></div> })}
        </dl>
    }
}

/// A time, or that it has not happened.
#[component]
pub fn Moment(at: Option<DateTime<Utc>>) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    move || match at {
        Some(at) => writer.with(|writer| writer.time(at, Style::DateTime)),
        None => t_string!(i18n, wabas.never).to_owned(),
    }
}
