//! The open ticket: its head, its messages, and the composer.

use super::{
    bubble::{Bubble, PendingBubble},
    composer::Composer,
    head::ThreadHead,
    inbox::name_of,
    model::{self, Row},
    state::Desk,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    intl::{Style, use_writer},
    ui::{button::Button, failure::LoadFailed, state::Skeleton},
};
use chrono::{DateTime, Utc};
use leptos::{html, prelude::*};

#[component]
pub fn ThreadPane(details: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::use_here();
    let has = Memo::new(move |_| desk.ticket.with(Option::is_some));
    let name = move || {
        let name = desk.ticket.with(|ticket| ticket.as_ref().and_then(|ticket| name_of(&ticket.contact)));
        name.unwrap_or_else(|| t_string!(i18n, desk.no_name).to_owned())
    };
    view! {
        <section class="thread" aria-label=move || t_string!(i18n, desk.conversation_with, name = name())>
            {move || match (has.get(), desk.ticket_failed.get()) {
                (true, _) => view! { <ThreadHead details /><Messages /><Composer /> }.into_any(),
                (false, Some(failed)) => {
                    view! { <LoadFailed failed on_retry=Callback::new(move |()| desk.reopen()) /> }.into_any()
                }
                (false, None) => view! { <Skeleton lines=9 /> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Messages() -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::use_here();
    let writer = use_writer();
    let scroller = NodeRef::<html::Div>::new();
    let rows = Memo::new(move |_| {
        let open = desk.chosen.get();
        let pending = desk.pending.with(|all| all.iter().filter(|one| Some(one.ticket) == open).cloned().collect());
        let writer = writer.get();
        desk.thread.messages.with(|messages| model::rows(messages, pending, |at| writer.day(at)))
    });
    // What one writes oneself is where one looks; the rest stays where one reads.
    let own = Memo::new(move |_| desk.pending.with(Vec::len));
    Effect::new(move |before: Option<usize>| {
        let count = own.get();
        if before.is_some_and(|before| count > before)
            && let Some(scroller) = scroller.get_untracked()
        {
            scroller.set_scroll_top(0);
        }
        count
    });
    let empty = move || rows.with(Vec::is_empty) && !desk.thread.loading.get();
    view! {
        // The newest is at the bottom and the box keeps to it by itself, because its flow runs from the bottom.
        <div class="messages" node_ref=scroller tabindex="0" role="group" aria-label=move || t_string!(i18n, desk.title)>
            <div class="messages-inner">
                <Show when=move || desk.thread.older.with(Option::is_some)>
                    <div class="messages-older">
                        <Button small=true busy=desk.thread.loading on:click=move |_| desk.thread.load_older()>{t!(i18n, desk.older)}</Button>
                    </div>
                </Show>
                {move || desk.thread.failed.get().map(|failed| view! {
                    <LoadFailed failed on_retry=Callback::new(move |()| desk.reopen()) />
                })}
                <Show when=move || desk.thread.loading.get() && rows.with(Vec::is_empty)><Skeleton lines=7 /></Show>
                <Show when=empty><p class="messages-none muted">{t!(i18n, desk.no_messages)}</p></Show>
                <ol class="message-list">
                    <For each=move || rows.get() key=Row::key children=|row| match row {
                        Row::Day(_, at) => view! { <Day at /> }.into_any(),
                        Row::Said { message, reaction, quote } => view! { <Bubble message=*message reaction quote /> }.into_any(),
                        Row::Pending(pending) => view! { <PendingBubble pending /> }.into_any(),
                    } />
                </ol>
            </div>
        </div>
    }
}

#[component]
fn Day(at: DateTime<Utc>) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    let words = move || {
        writer.with(|writer| {
            if writer.is_today(at) {
                t_string!(i18n, ui.today).to_owned()
            } else if writer.is_yesterday(at) {
                t_string!(i18n, ui.yesterday).to_owned()
            } else {
                writer.time(at, Style::Day)
            }
        })
    };
    view! { <li class="thread-day"><span>{words}</span></li> }
}
