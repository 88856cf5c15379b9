//! One account: its state, and what can be done with it.

use super::{Board, facts::Facts, synchronization::Synchronized, webhook::WebhookDialog};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    remote::Change,
    ui::{
        button::Button,
        dialog::Confirm,
        failure::{ChangeFailed, GraphNote},
        icon::Icon,
        state::Tone,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use types::{
    WabaId,
    wabas::{self, Waba, WabaSynchronization},
};

#[component]
pub fn Card(id: WabaId) -> impl IntoView {
    let i18n = use_i18n();
    let board = expect_context::<Board>();
    let waba = Memo::new(move |before: Option<&Option<Waba>>| {
        let found = board.all.value.with(|all| all.iter().flatten().find(|waba| waba.id == id).cloned());
        found.or_else(|| before.cloned().flatten())
    });
    let heading = format!("waba-{id}");
    let named_by = heading.clone();
    let name =
        Signal::derive(move || waba.with(|waba| waba.as_ref().map(|waba| waba.name.clone()).unwrap_or_default()));
    let number = move || waba.with(|waba| waba.as_ref().map(|waba| waba.waba_id.clone()));
    let sandbox = Memo::new(move |_| waba.with(|waba| waba.as_ref().is_some_and(|waba| waba.sandbox)));
    let trouble = Memo::new(move |_| waba.with(|waba| waba.as_ref().and_then(|waba| waba.trouble.clone())));
    view! {
        <li class="card" aria-labelledby=named_by>
            <div class="card-head">
                <div>
                    <h2 id=heading>{name}</h2>
                    <p class="small">{t!(i18n, wabas.waba_id)}": "<span class="numeric">{number}</span></p>
                </div>
                <div class="row">
                    <Show when=move || sandbox.get()><span class="badge accent">{t!(i18n, wabas.sandbox)}</span></Show>
                    <State waba />
                </div>
            </div>
            <div class="card-body">
                {move || trouble.get().map(|trouble| view! {
                    <div class="notice warning">{Icon::Warning.draw()}<div><GraphNote trouble /></div></div>
                })}
                {move || waba.get().map(|waba| view! { <Facts waba /> })}
                <Actions id waba name />
            </div>
        </li>
    }
}

/// Whether all is well, in one word.
#[component]
fn State(waba: Memo<Option<Waba>>) -> impl IntoView {
    let i18n = use_i18n();
    let state = move || {
        waba.with(|waba| match waba {
            Some(waba) if waba.trouble.is_some() => (Tone::Danger, t_string!(i18n, wabas.state_trouble)),
            Some(waba) if waba.checked_at.is_none() => (Tone::Plain, t_string!(i18n, wabas.state_unchecked)),
            Some(waba) if !waba.subscribed => (Tone::Warning, t_string!(i18n, wabas.state_unsubscribed)),
            Some(_) => (Tone::Success, t_string!(i18n, wabas.state_well)),
            None => (Tone::Plain, ""),
        })
    };
    view! { <span class=move || format!("badge {}", state().0.class())>{move || state().1}</span> }
}

#[component]
fn Actions(id: WabaId, waba: Memo<Option<Waba>>, name: Signal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let board = expect_context::<Board>();
    let toasts = Toasts::use_here();
    let (check, synchronize, delete) = (Change::new(), Change::new(), Change::new());
    let (asking, testing) = (RwSignal::new(false), RwSignal::new(false));
    let read = RwSignal::new(None::<WabaSynchronization>);
    let do_check = move |_| {
        check.run(api::ask(wabas::CHECK_WABA, &[&id], Query::none()), move |waba: Waba| {
            if waba.trouble.is_none() {
                toasts.success(untrack(|| t_string!(i18n, wabas.checked_well)));
            }
            board.take(waba);
        });
    };
    let do_synchronize = move |_| {
        synchronize.run(
            api::ask(wabas::SYNCHRONIZE_WABA, &[&id], Query::none()),
            move |result: WabaSynchronization| {
                board.take(result.waba.clone());
                read.set(Some(result));
            },
        );
    };
    let do_delete = move |()| {
        delete.run(api::ask(wabas::DELETE_WABA, &[&id], Query::none()), move |()| {
            toasts.success(untrack(|| t_string!(i18n, wabas.disconnected)));
            asking.set(false);
            board.all.reload();
        });
    };
    let count = move || waba.with(|waba| waba.as_ref().map(|waba| waba.number_count).unwrap_or_default());
    let consequence = Signal::derive(move || match count() {
        0 => t_string!(i18n, wabas.disconnect_text).to_owned(),
        count => t_string!(i18n, wabas.disconnect_numbers, count = count),
    });
    // Every card has the same buttons: those who do not see them need to know which is whose.
    let of = move || view! { <span class="visually-hidden">" "{name}</span> };
    view! {
        <div class="row">
            <Button small=true icon=Icon::Shield busy=check.busy on:click=do_check>{t!(i18n, wabas.check)}{of()}</Button>
            <Button small=true icon=Icon::Refresh busy=synchronize.busy on:click=do_synchronize>{t!(i18n, wabas.synchronize)}{of()}</Button>
            <Button small=true icon=Icon::Bolt on:click=move |_| testing.set(true)>{t!(i18n, wabas.test)}{of()}</Button>
            <Button small=true icon=Icon::Edit on:click=move |_| board.write(waba.get_untracked())>{t!(i18n, ui.edit)}{of()}</Button>
            <Button small=true icon=Icon::Trash on:click=move |_| asking.set(true)>{t!(i18n, wabas.disconnect)}{of()}</Button>
        </div>
        <ChangeFailed change=check />
        <ChangeFailed change=synchronize />
        <div role="status">{move || read.get().map(|result| view! { <Synchronized result /> })}</div>
        <WebhookDialog id open=testing />
        <Confirm open=asking change=delete on_confirm=Callback::new(do_delete) action=say!(i18n, wabas.disconnect) consequence
            title=Signal::derive(move || t_string!(i18n, wabas.disconnect_title, name = name.get())) />
    }
}
