//! Cuentas de WhatsApp: connected, checked, kept in step (P3).

mod card;
mod facts;
mod form;
mod synchronization;
mod webhook;

use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    realtime::reload_on,
    remote::{Change, Remote},
    session::Session,
    ui::{
        button::{Button, Kind},
        failure::ChangeFailed,
        icon::Icon,
        page::PageHead,
        state::{Empty, Loaded},
        toast::Toasts,
    },
};
use card::Card;
use form::WabaForm;
use leptos::prelude::*;
use types::{
    WabaId,
    audit_log::AuditSubject,
    wabas::{self, Waba},
};

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Board {
    all: Remote<Vec<Waba>>,
    /// The account in the form; none is a new one.
    edited: RwSignal<Option<Waba>>,
    form_open: RwSignal<bool>,
}

impl Board {
    fn write(self, waba: Option<Waba>) {
        self.edited.set(waba);
        self.form_open.set(true);
    }

    /// Show what an account has become.
    fn take(self, waba: Waba) {
        self.all.value.update(|all| {
            let Some(all) = all else { return };
            match all.iter_mut().find(|known| known.id == waba.id) {
                Some(known) => *known = waba,
                None => all.push(waba),
            }
        });
    }
}

#[component]
pub fn Wabas() -> impl IntoView {
    let i18n = use_i18n();
    let board = Board {
        all: Remote::new(|| api::every(|page| api::ask(wabas::LIST_WABAS, &[], Query::of(&page)))),
        edited: RwSignal::new(None),
        form_open: RwSignal::new(false),
    };
    provide_context(board);
    reload_on(&[AuditSubject::Waba, AuditSubject::Number], board.all);
    let ids = move || board.all.value.with(|all| all.iter().flatten().map(|waba| waba.id).collect::<Vec<WabaId>>());
    view! {
        <div class="page">
            <PageHead title=say!(i18n, wabas.title) sentence=say!(i18n, wabas.sentence)>
                <Show when=move || !ids().is_empty()>
                    <Sandbox />
                    <Button kind=Kind::Primary icon=Icon::Plug on:click=move |_| board.write(None)>{t!(i18n, wabas.connect)}</Button>
                </Show>
            </PageHead>
            <Loaded remote=board.all children=Callback::new(move |(_,): (Signal<Vec<Waba>>,)| view! {
                <Show when=move || !ids().is_empty() fallback=move || view! {
                    <section class="card">
                        <Empty icon=Icon::Plug title=say!(i18n, wabas.empty) text=say!(i18n, wabas.empty_text)>
                            <Button kind=Kind::Primary icon=Icon::Plug on:click=move |_| board.write(None)>{t!(i18n, wabas.connect)}</Button>
                            <Sandbox />
                        </Empty>
                    </section>
                }>
                    <ul class="wabas" aria-label=move || t_string!(i18n, wabas.title)>
                        <For each=ids key=|id| *id children=|id| view! { <Card id /> } />
                    </ul>
                </Show>
            }.into_any()) />
            <WabaForm />
        </div>
    }
}

/// Connects the sandbox's account, where this server plays one and it is not connected yet.
#[component]
fn Sandbox() -> impl IntoView {
    let i18n = use_i18n();
    let board = expect_context::<Board>();
    let (session, toasts) = (Session::use_here(), Toasts::use_here());
    let change = Change::new();
    let offered = Memo::new(move |_| {
        let plays = session.me.with(|me| me.as_ref().is_some_and(|me| me.phones_url.is_some()));
        plays && board.all.value.with(|all| !all.iter().flatten().any(|waba| waba.sandbox))
    });
    let connect = move |_| {
        change.run(api::ask(wabas::CONNECT_SANDBOX, &[], Query::none()), move |waba| {
            toasts.success(untrack(|| t_string!(i18n, wabas.connected)));
            board.take(waba);
        });
    };
    view! {
        <Show when=move || offered.get()>
            <Button icon=Icon::Phone busy=change.busy on:click=connect>{t!(i18n, wabas.use_sandbox)}</Button>
            <ChangeFailed change />
        </Show>
    }
}
