//! The contact pane: who writes, and the course of this ticket.

use super::{head::state_words, inbox::name_of, state::Desk};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    intl::{Style, use_writer},
    remote::Remote,
    routes,
    ui::{button::IconButton, icon::Icon, state::Avatar},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos_router::components::A;
use types::{ContactId, contacts, tickets::Ticket};

#[component]
pub fn ContactPane(details: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::use_here();
    let contact = Memo::new(move |_| desk.ticket.with(|ticket| ticket.as_ref().map(|ticket| ticket.contact.id)));
    view! {
        <aside class="contact-pane" aria-label=move || t_string!(i18n, desk.details)>
            <div class="contact-close">
                <IconButton icon=Icon::Close small=true label=say!(i18n, desk.hide_details) on:click=move |_| details.set(false) />
            </div>
            {move || contact.get().map(|id| view! { <Card id /> })}
            <Course />
        </aside>
    }
}

#[component]
fn Card(id: ContactId) -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::use_here();
    let card = Remote::new(move || api::ask(contacts::GET_CONTACT, &[&id], Query::none()));
    let name =
        Memo::new(move |_| desk.ticket.with(|ticket| ticket.as_ref().and_then(|ticket| name_of(&ticket.contact))));
    let phone = move || desk.ticket.with(|ticket| ticket.as_ref().and_then(|ticket| ticket.contact.phone.clone()));
    let since = Signal::derive(move || card.value.with(|card| card.as_ref().map(|card| card.created_at)));
    let last = Signal::derive(move || card.value.with(|card| card.as_ref().and_then(|card| card.last_interaction_at)));
    view! {
        <section class="contact-card">
            {move || view! { <Avatar name=name.get().unwrap_or_default() /> }}
            <h2>{move || name.get().unwrap_or_else(|| t_string!(i18n, desk.no_name).to_owned())}</h2>
            <p class="muted numeric">{move || phone().unwrap_or_else(|| t_string!(i18n, desk.phone_hidden).to_owned())}</p>
            {move || card.value.with(|card| card.as_ref().is_some_and(|card| card.opted_out)).then(|| view! {
                <p class="badge danger">{t!(i18n, desk.opted_out)}</p>
            })}
        </section>
        <dl class="facts">
            <Moment words=say!(i18n, desk.since) at=since />
            <Moment words=say!(i18n, desk.last_seen) at=last />
        </dl>
    }
}

#[component]
fn Course() -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::use_here();
    let at = move |read: fn(&Ticket) -> Option<DateTime<Utc>>| {
        Signal::derive(move || desk.ticket.with(|ticket| ticket.as_ref().and_then(read)))
    };
    let number = move || {
        desk.ticket
            .with(|ticket| ticket.as_ref().map(|ticket| (ticket.number.name.clone(), ticket.number.phone.clone())))
    };
    let agent = move || {
        let name = desk.ticket.with(|ticket| {
            ticket.as_ref().and_then(|ticket| ticket.assignee.as_ref().map(|member| member.name.clone()))
        });
        name.unwrap_or_else(|| t_string!(i18n, desk.nobody).to_owned())
    };
    let queue = move || {
        let name =
            desk.ticket.with(|ticket| ticket.as_ref().and_then(|ticket| Some(ticket.queue.as_ref()?.name.clone())));
        name.unwrap_or_else(|| t_string!(i18n, desk.default_queue).to_owned())
    };
    let tags = Memo::new(move |_| {
        desk.ticket.with(|ticket| ticket.as_ref().map(|ticket| ticket.tags.clone()).unwrap_or_default())
    });
    let parent = Memo::new(move |_| desk.ticket.with(|ticket| ticket.as_ref().and_then(|ticket| ticket.parent_id)));
    let ticket_number = move || desk.ticket.with(|ticket| ticket.as_ref().map_or(0, |ticket| ticket.ticket_number));
    let state = move || {
        desk.ticket.with(|ticket| {
            ticket.as_ref().map(|ticket| state_words(i18n.get_locale(), ticket.status, ticket.close_reason))
        })
    };
    view! {
        <section>
            <h3 class="facts-title">{t!(i18n, desk.this_ticket)}</h3>
            <dl class="facts">
                <div><dt>{move || t_string!(i18n, desk.ticket, number = ticket_number())}</dt><dd>{state}</dd></div>
                <div><dt>{t!(i18n, desk.number)}</dt><dd>{move || number().map(|(name, phone)| view! { {name}<br /><span class="muted numeric">{phone}</span> })}</dd></div>
                <div><dt>{t!(i18n, desk.queue)}</dt><dd>{queue}</dd></div>
                <div><dt>{t!(i18n, desk.agent)}</dt><dd>{agent}</dd></div>
                <Show when=move || tags.with(|tags| !tags.is_empty())>
                    <div><dt>{t!(i18n, desk.tags)}</dt><dd><ul class="ticket-tags">
                        <For each=move || tags.get() key=Clone::clone children=|tag| view! { <li class="badge accent">{Icon::Tag.draw()}{tag}</li> } />
                    </ul></dd></div>
                </Show>
                {move || parent.get().map(|id| view! {
                    <div><dt>{t!(i18n, desk.came_from)}</dt><dd>
                        <A href=move || desk.numbers.address(&routes::ticket(id)) scroll=false>{t!(i18n, desk.see_parent)}</A>
                    </dd></div>
                })}
                <Moment words=say!(i18n, desk.created) at=at(|ticket| Some(ticket.created_at)) />
                <Moment words=say!(i18n, desk.assigned) at=at(|ticket| ticket.assigned_at) />
                <Moment words=say!(i18n, desk.first_response) at=at(|ticket| ticket.first_response_at) />
                <Moment words=say!(i18n, desk.closed_at) at=at(|ticket| ticket.closed_at) />
            </dl>
        </section>
    }
}

/// A time of the course, once it has come.
#[component]
fn Moment(words: Signal<String>, at: Signal<Option<DateTime<Utc>>>) -> impl IntoView {
    let writer = use_writer();
    move || {
        at.get().map(|at| view! {
        <div><dt>{words}</dt><dd class="numeric">{move || writer.with(|writer| writer.time(at, Style::DateTime))}</dd></div>
    })
    }
}
