//! Connect an account, or change one.

use super::Board;
use crate::{
    api,
    i18n::{t, t_string, use_i18n},
    language,
    remote::Change,
    ui::{
        button::{Button, Kind},
        dialog::Dialog,
        failure::ChangeFailed,
        field::{PasswordField, TextField, required_when},
        toast::Toasts,
    },
};
use leptos::prelude::*;
use types::{
    validate,
    wabas::{self, GRAPH_VERSION, META_GRAPH, Waba, WabaInput},
};

#[component]
pub fn WabaForm() -> impl IntoView {
    let i18n = use_i18n();
    let board = expect_context::<Board>();
    let title =
        Signal::derive(move || match board.edited.with(|edited| edited.as_ref().map(|waba| waba.name.clone())) {
            Some(name) => t_string!(i18n, wabas.edit_title, name = name),
            None => t_string!(i18n, wabas.connect).to_owned(),
        });
    view! { <Dialog open=board.form_open title><Form /></Dialog> }
}

#[component]
fn Form() -> impl IntoView {
    let i18n = use_i18n();
    let board = expect_context::<Board>();
    let toasts = Toasts::use_here();
    let change = Change::new();
    let pressed = RwSignal::new(false);
    let edited = board.edited.get_untracked();
    let is_new = edited.is_none();
    let of =
        |text: fn(&Waba) -> &String| RwSignal::new(edited.as_ref().map(|waba| text(waba).clone()).unwrap_or_default());
    let (name, waba_id, app_id) = (of(|waba| &waba.name), of(|waba| &waba.waba_id), of(|waba| &waba.app_id));
    let (base_url, graph_version) = (of(|waba| &waba.base_url), of(|waba| &waba.graph_version));
    if is_new {
        base_url.set(META_GRAPH.to_owned());
        graph_version.set(GRAPH_VERSION.to_owned());
    }
    let token = RwSignal::new(String::new());
    let target = edited.as_ref().map(|waba| (waba.id, waba.version));
    let input = move || WabaInput {
        name: name.with(|text| text.trim().to_owned()),
        waba_id: waba_id.with(|text| text.trim().to_owned()),
        app_id: app_id.with(|text| text.trim().to_owned()),
        token: filled(token),
        base_url: filled(base_url),
        graph_version: filled(graph_version),
        version: target.map(|(_, version)| version),
    };
    let wrong = Memo::new(move |_| {
        if !pressed.get() {
            return Vec::new();
        }
        validate::check(&input(), language::of(i18n.get_locale())).err().unwrap_or_default()
    });
    let error = move |field: &'static str| {
        let refused = change.field(field);
        Signal::derive(move || {
            let own = wrong.with(|wrong| {
                wrong
                    .iter()
                    .find(|error| error.pointer.trim_start_matches('/') == field)
                    .map(|error| error.detail.clone())
            });
            own.or_else(|| refused.get())
        })
    };
    let token_missing = required_when(move || pressed.get() && is_new && token.with(|token| token.trim().is_empty()));
    let token_wrong = error("token");
    let submit = move || {
        pressed.set(true);
        let input = untrack(input);
        if (is_new && input.token.is_none()) || validate::check(&input, language::current()).is_err() {
            return;
        }
        let work = async move {
            match target {
                Some((id, _)) => api::send(wabas::UPDATE_WABA, &[&id], &input).await,
                None => api::send(wabas::CREATE_WABA, &[], &input).await,
            }
        };
        change.run(work, move |waba| {
            toasts.success(untrack(|| {
                if is_new { t_string!(i18n, wabas.connected) } else { t_string!(i18n, wabas.saved) }
            }));
            board.take(waba);
            board.form_open.set(false);
        });
    };
    let token_hint = Signal::derive(move || {
        if is_new { t_string!(i18n, wabas.token_hint).to_owned() } else { t_string!(i18n, wabas.token_keep).to_owned() }
    });
    view! {
        <form novalidate on:submit=move |event| {
            event.prevent_default();
            submit();
        }>
            <div class="dialog-body">
                <p class="muted">{t!(i18n, wabas.form_text)}</p>
                <ChangeFailed change />
                {if is_new {
                    view! {
                        <TextField label=say!(i18n, wabas.waba_id) value=waba_id autocomplete="off" autofocus=true
                            hint=say!(i18n, wabas.waba_id_hint) error=error("waba_id") />
                    }.into_any()
                } else {
                    view! {
                        <div class="field"><span class="field-label">{t!(i18n, wabas.waba_id)}</span><p class="numeric">{waba_id}</p></div>
                    }.into_any()
                }}
                <TextField label=say!(i18n, wabas.app_id) value=app_id autocomplete="off" hint=say!(i18n, wabas.app_id_hint) error=error("app_id") />
                <PasswordField label=say!(i18n, wabas.token) value=token autocomplete="off" hint=token_hint
                    error=Signal::derive(move || token_missing.get().or_else(|| token_wrong.get())) />
                <TextField label=say!(i18n, wabas.name) value=name autocomplete="off" hint=say!(i18n, wabas.name_hint) error=error("name") />
                <details class="waba-advanced">
                    <summary>{t!(i18n, wabas.advanced)}</summary>
                    <div class="stack">
                        <TextField label=say!(i18n, wabas.base_url) value=base_url kind="url" hint=say!(i18n, wabas.base_url_hint) error=error("base_url") />
                        <TextField label=say!(i18n, wabas.graph_version) value=graph_version error=error("graph_version") />
                    </div>
                </details>
            </div>
            <div class="dialog-foot">
                <Button on:click=move |_| board.form_open.set(false)>{t!(i18n, ui.cancel)}</Button>
                <Button kind=Kind::Primary submit=true busy=change.busy>
                    {move || if is_new { t_string!(i18n, wabas.connect_now) } else { t_string!(i18n, ui.save) }}
                </Button>
            </div>
        </form>
    }
}

/// What was written, or nothing.
fn filled(text: RwSignal<String>) -> Option<String> {
    Some(text.with(|text| text.trim().to_owned())).filter(|text| !text.is_empty())
}
