//! Handing a ticket over: to a queue of its number, or to somebody who attends it.

use super::{
    actions::{Asking, may_transfer, open_id},
    inbox::name_of,
    model,
    state::Desk,
};
use crate::{
    api::{self, Query},
    i18n::{Locale, t, t_string, td_string, use_i18n},
    remote::{Change, Remote},
    ui::{
        button::{Button, Kind},
        dialog::Dialog,
        failure::ChangeFailed,
        field::{SearchField, fresh_id},
        icon::Icon,
        state::Loaded,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use types::{
    TicketId,
    sessions::AgentStatus,
    tickets::{self, QueueRef, Ticket, TicketTransferInput, TransferMember, TransferTarget, TransferTargets},
};

/// Members are searched once there are more than fit.
const SEARCHED: usize = 8;

#[component]
pub fn TransferButton() -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::use_here();
    let asking = Asking::use_here().transfer;
    let open = Memo::new(move |_| may_transfer(&desk));
    let title = Signal::derive(move || {
        let about =
            desk.ticket.with(|ticket| ticket.as_ref().map(|ticket| (ticket.ticket_number, name_of(&ticket.contact))));
        let (number, name) = about.unwrap_or_default();
        let name = name.unwrap_or_else(|| t_string!(i18n, desk.no_name).to_owned());
        t_string!(i18n, desk.transfer_title, number = number, name = name)
    });
    view! {
        <Show when=move || open.get()>
            <Button on:click=move |_| asking.set(true)>{t!(i18n, desk.transfer)}</Button>
        </Show>
        <Dialog open=asking title>
            {move || open_id(&desk).map(|id| view! { <Question id asking /> })}
        </Dialog>
    }
}

#[component]
fn Question(id: TicketId, asking: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::use_here();
    let toasts = Toasts::use_here();
    let change = Change::new();
    let pressed = RwSignal::new(false);
    let chosen = RwSignal::new(None::<TransferTarget>);
    let targets = Remote::new(move || api::ask(tickets::GET_TRANSFER_TARGETS, &[&id], Query::none()));
    let hand_over = move |_| {
        pressed.set(true);
        let Some(to) = chosen.get_untracked() else { return };
        let handing = async move { api::send(tickets::TRANSFER_TICKET, &[&id], &TicketTransferInput { to }).await };
        change.run(handing, move |child| {
            asking.set(false);
            desk.apply(&child);
            toasts.success(untrack(|| done_words(i18n.get_locale(), &child)));
            // What was handed over is closed now.
            desk.reopen();
        });
    };
    view! {
        <div class="dialog-body">
            <p>{t!(i18n, desk.transfer_text)}</p>
            <Loaded remote=targets lines=5 children=Callback::new(move |(targets,): (Signal<TransferTargets>,)| view! {
                <Targets targets chosen />
            }.into_any()) />
            <div role="alert">
                {move || (pressed.get() && chosen.with(Option::is_none)).then(|| view! {
                    <p class="field-error">{Icon::Warning.draw()}{t!(i18n, desk.transfer_choose)}</p>
                })}
            </div>
            <ChangeFailed change />
        </div>
        <div class="dialog-foot">
            <Button on:click=move |_| asking.set(false)>{t!(i18n, ui.cancel)}</Button>
            <Button kind=Kind::Primary busy=change.busy on:click=hand_over>{t!(i18n, desk.transfer)}</Button>
        </div>
    }
}

#[component]
fn Targets(targets: Signal<TransferTargets>, chosen: RwSignal<Option<TransferTarget>>) -> impl IntoView {
    let i18n = use_i18n();
    let search = RwSignal::new(String::new());
    let group = fresh_id("transfer");
    let (of_queues, of_members) = (StoredValue::new(group.clone()), StoredValue::new(group));
    let queues = Memo::new(move |_| {
        let own = targets.with(|targets| targets.queues.clone());
        std::iter::once(None).chain(own.into_iter().map(Some)).collect::<Vec<Option<QueueRef>>>()
    });
    let members = Memo::new(move |_| {
        targets.with(|targets| search.with(|wanted| model::found_members(&targets.members, wanted)))
    });
    let many = Memo::new(move |_| targets.with(|targets| targets.members.len() > SEARCHED));
    view! {
        <fieldset class="transfer-targets">
            <legend class="field-label">{t!(i18n, desk.transfer_queues)}</legend>
            <For each=move || queues.get() key=|queue| queue.as_ref().map(|queue| (queue.id, queue.name.clone())) children=move |queue| view! { <Queue queue chosen group=of_queues.get_value() /> } />
        </fieldset>
        <fieldset class="transfer-targets">
            <legend class="field-label">{t!(i18n, desk.transfer_members)}</legend>
            <Show when=move || many.get()><SearchField label=say!(i18n, desk.transfer_search) value=search /></Show>
            <div class="choice-list" role="group" tabindex="0" aria-label=move || t_string!(i18n, desk.transfer_members)>
                <For each=move || members.get() key=|member| (member.id, member.agent_status, member.open_tickets)
                    children=move |member| view! { <Member member chosen group=of_members.get_value() /> } />
                {move || members.with(Vec::is_empty).then(|| view! { <p class="muted choice-none">{t!(i18n, desk.transfer_nobody)}</p> })}
            </div>
        </fieldset>
    }
}

#[component]
fn Queue(queue: Option<QueueRef>, chosen: RwSignal<Option<TransferTarget>>, group: String) -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::use_here();
    let (id, name) = queue.map(|queue| (queue.id, queue.name)).unzip();
    let target = TransferTarget::Queue { queue_id: id };
    // It can be given back to the queue it came from, and one should know that it is that one.
    let current = Memo::new(move |_| {
        desk.ticket
            .with(|ticket| ticket.as_ref().is_some_and(|ticket| ticket.queue.as_ref().map(|queue| queue.id) == id))
    });
    view! {
        <label class="check choice">
            <input type="radio" name=group prop:checked=move || chosen.get() == Some(target) on:change=move |_| chosen.set(Some(target)) />
            <span class="choice-words"><span>{move || name.clone().unwrap_or_else(|| t_string!(i18n, desk.default_queue).to_owned())}</span></span>
            {move || current.get().then(|| view! { <span class="badge">{t!(i18n, desk.transfer_current)}</span> })}
        </label>
    }
}

#[component]
fn Member(member: TransferMember, chosen: RwSignal<Option<TransferTarget>>, group: String) -> impl IntoView {
    let i18n = use_i18n();
    let TransferMember { id, name, agent_status, open_tickets } = member;
    let target = TransferTarget::Member { member_id: id };
    let detail = move || {
        let locale = i18n.get_locale();
        let open = match open_tickets {
            1 => td_string!(locale, desk.open_ticket).to_owned(),
            count => td_string!(locale, desk.open_tickets, count = count),
        };
        format!("{} · {open}", status_words(locale, agent_status))
    };
    view! {
        <label class="check choice">
            <input type="radio" name=group prop:checked=move || chosen.get() == Some(target) on:change=move |_| chosen.set(Some(target)) />
            <span class="choice-words">
                <span>{name}</span>
                <span class="muted small"><i class=format!("status-dot {}", agent_status.as_ref())></i>" "{detail}</span>
            </span>
        </label>
    }
}

fn status_words(locale: Locale, status: AgentStatus) -> &'static str {
    match status {
        AgentStatus::Online => td_string!(locale, shell.status_online),
        AgentStatus::Paused => td_string!(locale, shell.status_paused),
        AgentStatus::Invisible => td_string!(locale, shell.status_invisible),
        AgentStatus::Offline => td_string!(locale, shell.status_offline),
    }
}

/// Where the ticket is now.
fn done_words(locale: Locale, child: &Ticket) -> String {
    let number = child.ticket_number;
    match &child.assignee {
        Some(member) => td_string!(locale, desk.transferred_to_member, number = number, name = member.name.clone()),
        None => {
            let queue = child
                .queue
                .as_ref()
                .map_or_else(|| td_string!(locale, desk.default_queue).to_owned(), |queue| queue.name.clone());
            td_string!(locale, desk.transferred_to_queue, number = number, name = queue)
        }
    }
}
