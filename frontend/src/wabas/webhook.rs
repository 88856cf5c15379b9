//! The self-test: subscription, handshake and signature, each by itself.

use super::facts::Moment;
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    remote::Remote,
    ui::{
        button::{Button, IconButton},
        dialog::Dialog,
        failure::copy,
        icon::Icon,
        state::Loaded,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use types::{
    WabaId,
    wabas::{self, WebhookCheck, WebhookTest},
};

#[component]
pub fn WebhookDialog(id: WabaId, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    view! { <Dialog open title=say!(i18n, wabas.test_title)><Body id open /></Dialog> }
}

#[component]
fn Body(id: WabaId, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let remote = Remote::new(move || api::ask(wabas::TEST_WABA_WEBHOOK, &[&id], Query::none()));
    view! {
        <div class="dialog-body">
            <p class="muted">{t!(i18n, wabas.test_text)}</p>
            <Loaded remote lines=5 children=Callback::new(move |(test,): (Signal<WebhookTest>,)| view! {
                <div role="status">{move || view! { <Outcome test=test.get() /> }}</div>
            }.into_any()) />
        </div>
        <div class="dialog-foot">
            <Button busy=remote.loading icon=Icon::Refresh on:click=move |_| remote.reload()>{t!(i18n, wabas.test_again)}</Button>
            <Button on:click=move |_| open.set(false)>{t!(i18n, ui.close)}</Button>
        </div>
    }
}

#[component]
fn Outcome(test: WebhookTest) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::use_here();
    let WebhookTest {
        callback_url,
        subscribed,
        handshake,
        signature,
        last_event_at,
        signature_failures,
        last_signature_failure_at,
    } = test;
    let passed = subscribed.passed && handshake.passed && signature.passed;
    let address = callback_url.clone();
    view! {
        <div class="stack">
            <div class=if passed { "notice success" } else { "notice danger" }>
                {if passed { Icon::Check } else { Icon::Warning }.draw()}
                <p class="notice-text">{move || if passed { t_string!(i18n, wabas.test_passed) } else { t_string!(i18n, wabas.test_failed) }}</p>
            </div>
            <ul class="webhook-checks">
                <Check check=subscribed words=say!(i18n, wabas.check_subscribed) />
                <Check check=handshake words=say!(i18n, wabas.check_handshake) />
                <Check check=signature words=say!(i18n, wabas.check_signature) />
            </ul>
            <dl class="facts">
                <div class="facts-wide"><dt>{t!(i18n, wabas.callback)}</dt><dd class="facts-address">
                    <code>{callback_url}</code>
                    <IconButton icon=Icon::Copy small=true label=say!(i18n, wabas.copy_callback) on:click=move |_| {
                        copy(&address);
                        toasts.success(untrack(|| t_string!(i18n, ui.copied)));
                    } />
                </dd></div>
                <div><dt>{t!(i18n, wabas.last_event)}</dt><dd><Moment at=last_event_at /></dd></div>
                <div><dt>{t!(i18n, wabas.signature_failures)}</dt><dd>{signature_failures}</dd></div>
                <div><dt>{t!(i18n, wabas.last_signature_failure)}</dt><dd><Moment at=last_signature_failure_at /></dd></div>
            </dl>
        </div>
    }
}

#[component]
fn Check(check: WebhookCheck, words: Signal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let WebhookCheck { passed, detail } = check;
    view! {
        <li class=if passed { "passed" } else { "failed" }>
            {if passed { Icon::Check } else { Icon::Close }.draw()}
            <div>
                <p><span class="strong">{words}</span>": "{move || if passed { t_string!(i18n, wabas.passed) } else { t_string!(i18n, wabas.not_passed) }}</p>
                {detail.map(|detail| view! { <p class="muted small facts-address">{detail}</p> })}
            </div>
        </li>
    }
}
