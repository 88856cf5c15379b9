//! The end of a number: what would follow, and the number typed to make sure.

use super::{model, page::Here};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    remote::{Change, Remote},
    routes,
    session::Session,
    shell::numbers::Numbers,
    ui::{
        button::{Button, Kind},
        dialog::Dialog,
        failure::ChangeFailed,
        field::TextField,
        icon::Icon,
        state::Loaded,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use types::{
    Permission,
    numbers::{self, NumberCard, NumberDeletion, NumberDeletionConfirmation},
};

#[component]
pub fn Deletion(card: Signal<NumberCard>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let open = RwSignal::new(false);
    let may = move || session.can(Permission::EditNumbers) && card.with(|card| card.may_delete);
    let title = Signal::derive(move || {
        card.with(|card| {
            t_string!(i18n, numbers.delete_named, name = card.name.clone(), phone = card.phone.clone()).to_string()
        })
    });
    view! {
        <Show when=may>
            <section class="card" aria-labelledby="number-end">
                <div class="card-head">
                    <div>
                        <h2 id="number-end">{t!(i18n, numbers.delete)}</h2>
                        <p class="small">{t!(i18n, numbers.delete_text)}</p>
                    </div>
                    <Button kind=Kind::Danger icon=Icon::Trash on:click=move |_| open.set(true)>{t!(i18n, numbers.delete)}</Button>
                </div>
            </section>
        </Show>
        <Dialog open title><Form open card /></Dialog>
    }
}

#[component]
fn Form(open: RwSignal<bool>, card: Signal<NumberCard>) -> impl IntoView {
    let i18n = use_i18n();
    let here = expect_context::<Here>();
    let (toasts, chosen) = (Toasts::use_here(), Numbers::use_here().chosen);
    let navigate = StoredValue::new_local(use_navigate());
    let change = Change::new();
    let id = here.id.get_untracked();
    let deletion = Remote::new(move || api::ask(numbers::GET_NUMBER_DELETION, &[&id], Query::none()));
    let typed = RwSignal::new(String::new());
    let delete_emptied = RwSignal::new(false);
    let phone = move || card.with(|card| card.phone.clone());
    let empties =
        move || deletion.value.with(|found| found.as_ref().is_some_and(|found| !found.emptied_groups.is_empty()));
    let unready = Signal::derive(move || {
        let known = deletion.value.with(Option::is_some);
        !known || (empties() && !delete_emptied.get()) || typed.with(|typed| !model::is_typed(typed, &phone()))
    });
    let submit = move || {
        if unready.get_untracked() {
            return;
        }
        let query = NumberDeletionConfirmation {
            confirmation: typed.get_untracked().trim().to_owned(),
            delete_emptied: untrack(empties).then_some(true),
        };
        change.run(api::ask(numbers::DELETE_NUMBER, &[&id], Query::of(&query)), move |()| {
            toasts.success(t_string!(i18n, numbers.deleted));
            if chosen.get_untracked() == Some(id) {
                chosen.set(None);
            }
            navigate.with_value(|navigate| navigate(routes::NUMBERS, NavigateOptions::default()));
        });
    };
    view! {
        <form novalidate on:submit=move |event| {
            event.prevent_default();
            submit();
        }>
            <div class="dialog-body">
                <Loaded remote=deletion lines=3 children=Callback::new(move |(found,): (Signal<NumberDeletion>,)| view! {
                    <Consequences found />
                    {move || empties().then(|| view! {
                        <label class="check">
                            <input type="checkbox" prop:checked=delete_emptied on:change:target=move |event| delete_emptied.set(event.target().checked()) />
                            <span>{move || {
                                let names = found.with(|found| found.emptied_groups.iter().map(|group| group.name.clone()).collect::<Vec<_>>().join(", "));
                                t_string!(i18n, numbers.delete_emptied, names = names).to_string()
                            }}</span>
                        </label>
                    })}
                }.into_any()) />
                <ChangeFailed change />
                <TextField label=Signal::derive(move || t_string!(i18n, numbers.type_number, phone = phone()).to_string())
                    value=typed autofocus=true />
            </div>
            <div class="dialog-foot">
                <Button on:click=move |_| open.set(false)>{t!(i18n, ui.cancel)}</Button>
                <Button kind=Kind::Danger submit=true busy=change.busy disabled=unready>{t!(i18n, ui.delete)}</Button>
            </div>
        </form>
    }
}

#[component]
fn Consequences(found: Signal<NumberDeletion>) -> impl IntoView {
    let i18n = use_i18n();
    let losing = move || {
        found.with(|found| found.losing_access.iter().map(|one| one.name.clone()).collect::<Vec<_>>().join(", "))
    };
    view! {
        <p>{t!(i18n, numbers.history_stays)}</p>
        <ul class="plain-list">
            <li>{move || t_string!(i18n, numbers.closes_tickets, count = found.with(|found| found.open_tickets)).to_string()}</li>
            <li>{move || t_string!(i18n, numbers.cancels_messages, count = found.with(|found| found.queued_messages)).to_string()}</li>
            <li>{move || {
                let names = losing();
                if names.is_empty() { t_string!(i18n, numbers.nobody_loses).to_owned() } else { t_string!(i18n, numbers.loses_access, names = names).to_string() }
            }}</li>
        </ul>
    }
}
