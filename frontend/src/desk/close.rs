//! Closing a ticket: a question, and its tags where the number has any.

use super::{
    actions::{Asking, may_close, open_id},
    inbox::name_of,
    model,
    state::Desk,
};
use crate::{
    api,
    i18n::{t, t_string, use_i18n},
    remote::Change,
    ui::{
        button::{Button, Kind},
        choices::{Choice, Choices},
        dialog::Dialog,
        failure::ChangeFailed,
        icon::Icon,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use std::collections::BTreeSet;
use types::{
    ErrorCode,
    tickets::{self, TICKET_TAGS_MAX, TicketCloseInput},
};

#[component]
pub fn CloseButton() -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::use_here();
    let asking = Asking::use_here().close;
    let open = Memo::new(move |_| may_close(&desk));
    let title = Signal::derive(move || {
        let about =
            desk.ticket.with(|ticket| ticket.as_ref().map(|ticket| (ticket.ticket_number, name_of(&ticket.contact))));
        let (number, name) = about.unwrap_or_default();
        let name = name.unwrap_or_else(|| t_string!(i18n, desk.no_name).to_owned());
        t_string!(i18n, desk.close_title, number = number, name = name)
    });
    view! {
        <Show when=move || open.get()>
            <Button on:click=move |_| asking.set(true)>{t!(i18n, desk.close)}</Button>
        </Show>
        <Dialog open=asking title><Question asking /></Dialog>
    }
}

#[component]
fn Question(asking: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::use_here();
    let toasts = Toasts::use_here();
    let change = Change::new();
    let pressed = RwSignal::new(false);
    let options = Memo::new(move |_| desk.options().unwrap_or_default());
    let chosen = RwSignal::new(
        untrack(|| {
            desk.ticket
                .with(|ticket| ticket.as_ref().map(|ticket| options.with(|options| model::tags_of(options, ticket))))
        })
        .unwrap_or_default(),
    );
    Effect::new(move |before: Option<Vec<String>>| {
        let tags = options.with(|options| options.tags.clone());
        if let Some(before) = before.filter(|before| *before != tags) {
            chosen.update(|chosen| *chosen = model::moved_tags(&before, &tags, chosen));
        }
        tags
    });
    // They may be others by now: the number's tags are asked for when somebody is about to choose.
    desk.ask_options();
    let has_tags = Memo::new(move |_| options.with(|options| !options.tags.is_empty()));
    let missing = Memo::new(move |_| options.with(|options| options.tag_required) && chosen.with(BTreeSet::is_empty));
    let too_many = Memo::new(move |_| {
        chosen.with(|chosen| u64::try_from(chosen.len()).is_ok_and(|count| count > TICKET_TAGS_MAX))
    });
    let items = Signal::derive(move || {
        let choice = |(key, words): (usize, &String)| Choice {
            key,
            words: words.clone(),
            detail: String::new(),
            mark: None,
            disabled: false,
        };
        options.with(|options| options.tags.iter().enumerate().map(choice).collect::<Vec<_>>())
    });
    let close = move |_| {
        pressed.set(true);
        let Some(id) = open_id(&desk) else { return };
        if missing.get_untracked() || too_many.get_untracked() {
            return;
        }
        let tags =
            options.with_untracked(|options| chosen.with_untracked(|chosen| model::chosen_tags(options, chosen)));
        let closing = async move { api::send(tickets::CLOSE_TICKET, &[&id], &TicketCloseInput { tags }).await };
        change.run(closing, move |ticket| {
            asking.set(false);
            desk.apply(&ticket);
            toasts.success(untrack(|| t_string!(i18n, desk.closed_done)));
        });
    };
    // The settings changed in between: show what they are now.
    Effect::new(move || {
        let code = change.failed.with(|failed| failed.as_ref().and_then(api::Failed::code));
        if matches!(code, Some(ErrorCode::TagMissing | ErrorCode::ValidationFailed | ErrorCode::AgentMayNotClose)) {
            desk.ask_options();
        }
    });
    let complaint = move || {
        if pressed.get() && missing.get() {
            Some(t_string!(i18n, desk.tag_missing).to_owned())
        } else {
            too_many.get().then(|| t_string!(i18n, desk.tags_too_many, max = TICKET_TAGS_MAX))
        }
    };
    view! {
        <div class="dialog-body">
            <p>{t!(i18n, desk.close_text)}</p>
            <Show when=move || has_tags.get()>
                <div class="stack">
                    <p class="strong">{t!(i18n, desk.tags)}</p>
                    <p class="muted small">{move || if options.with(|options| options.tag_required) {
                        t_string!(i18n, desk.tags_required)
                    } else {
                        t_string!(i18n, desk.tags_optional)
                    }}</p>
                    <Choices label=say!(i18n, desk.tags) search_label=say!(i18n, desk.tags_search) items chosen none=say!(i18n, desk.tags_none) />
                    <div role="alert">{move || complaint().map(|words| view! { <p class="field-error">{Icon::Warning.draw()}{words}</p> })}</div>
                </div>
            </Show>
            <ChangeFailed change />
        </div>
        <div class="dialog-foot">
            <Button on:click=move |_| asking.set(false)>{t!(i18n, ui.cancel)}</Button>
            <Button kind=Kind::Primary busy=change.busy on:click=close>{t!(i18n, desk.close)}</Button>
        </div>
    }
}
