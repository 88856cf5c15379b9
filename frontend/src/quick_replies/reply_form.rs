//! A reply's title, text and category, in a dialog.

use super::{Board, model, tell};
use crate::{
    api,
    i18n::{t, t_string, use_i18n},
    remote::Change,
    session::Session,
    ui::{
        button::Button,
        dialog::{Dialog, FormFoot},
        failure::ChangeFailed,
        field::{Select, TextArea, TextField, required_when},
        icon::Icon,
        toast::Toasts,
    },
};
use leptos::{html, prelude::*};
use types::{
    QuickReplyId,
    messages::TEXT_MAX as MESSAGE_MAX,
    quick_replies::{self, QuickReplyChange, QuickReplyInput, TITLE_MAX},
};

#[component]
pub fn ReplyForm() -> impl IntoView {
    let i18n = use_i18n();
    let board = expect_context::<Board>();
    let title = Signal::derive(move || {
        if board.edited.with(Option::is_some) {
            t_string!(i18n, quick_replies.edit).to_owned()
        } else {
            t_string!(i18n, quick_replies.new).to_owned()
        }
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
    let id = edited.as_ref().map(|reply| reply.id);
    let title = RwSignal::new(edited.as_ref().map(|reply| reply.title.clone()).unwrap_or_default());
    let text = RwSignal::new(edited.as_ref().map(|reply| reply.text.clone()).unwrap_or_default());
    let categories = move || board.categories.value.get().unwrap_or_default();
    let first = untrack(categories).first().map(|category| category.id);
    let start = edited.map(|reply| reply.category_id).or(board.chosen.get_untracked()).or(first);
    let category = RwSignal::new(start.map(|id| id.to_string()).unwrap_or_default());
    let choices =
        Signal::derive(move || categories().into_iter().map(|c| (c.id.to_string(), c.name)).collect::<Vec<_>>());
    let area = NodeRef::<html::Textarea>::new();

    let title_missing = required_when(move || pressed.get() && title.with(|title| title.trim().is_empty()));
    let text_missing = required_when(move || pressed.get() && text.with(|text| text.trim().is_empty()));
    let (title_wrong, text_wrong) = (change.field("title"), change.field("text"));
    let long = Signal::derive(move || {
        if text.with(|text| model::is_long(text)) {
            t_string!(i18n, quick_replies.text_long, max = MESSAGE_MAX)
        } else {
            String::new()
        }
    });
    let submit = move || {
        pressed.set(true);
        let Ok(category_id) = category.with_untracked(|id| id.parse()) else { return };
        let input =
            QuickReplyInput { category_id, title: title.get_untracked().trim().to_owned(), text: text.get_untracked() };
        if input.title.is_empty() || input.text.trim().is_empty() {
            return;
        }
        change.run(save(id, input), move |reached| {
            tell(toasts, t_string!(i18n, quick_replies.saved), reached);
            board.reload();
            board.form_open.set(false);
        });
    };
    view! {
        <form novalidate on:submit=move |event| {
            event.prevent_default();
            submit();
        }>
            <div class="dialog-body">
                <ChangeFailed change />
                <TextField label=say!(i18n, quick_replies.reply_title) value=title max=TITLE_MAX autofocus=true
                    hint=say!(i18n, quick_replies.reply_title_hint)
                    error=Signal::derive(move || title_missing.get().or_else(|| title_wrong.get())) />
                <Select label=say!(i18n, quick_replies.category) value=category choices />
                <TextArea label=say!(i18n, quick_replies.text) value=text node=area hint=long
                    error=Signal::derive(move || text_missing.get().or_else(|| text_wrong.get())) />
                <Variables text area />
                <Preview text />
            </div>
            <FormFoot open=board.form_open change />
        </form>
    }
}

async fn save(id: Option<QuickReplyId>, input: QuickReplyInput) -> api::Result<QuickReplyChange> {
    if let Some(id) = id {
        return api::send(quick_replies::UPDATE_QUICK_REPLY, &[&id], &input).await;
    }
    let saved = api::send(quick_replies::CREATE_QUICK_REPLY, &[], &input).await?;
    Ok(QuickReplyChange { changed_numbers: saved.number_count, kept_numbers: 0 })
}

/// Buttons that put a variable where the cursor is.
#[component]
fn Variables(text: RwSignal<String>, area: NodeRef<html::Textarea>) -> impl IntoView {
    let i18n = use_i18n();
    let insert = move |variable: &'static str| {
        let Some(area) = area.get_untracked() else { return };
        let length = u32::try_from(area.value().encode_utf16().count()).unwrap_or(u32::MAX);
        let start = area.selection_start().ok().flatten().unwrap_or(length);
        let end = area.selection_end().ok().flatten().unwrap_or(length);
        // The browser does the insertion, so that its own counting of characters holds.
        if area.set_range_text_with_start_and_end(variable, start, end).is_ok() {
            text.set(area.value());
            let after = start.saturating_add(u32::try_from(variable.len()).unwrap_or(0));
            let _ = area.set_selection_range(after, after);
        }
        let _ = area.focus();
    };
    view! {
        <div class="row" role="group" aria-label=move || t_string!(i18n, quick_replies.insert_variable)>
            <span class="muted small">{t!(i18n, quick_replies.insert_variable)}</span>
            <Button small=true icon=Icon::Plus on:click=move |_| insert(model::CONTACT_NAME)>{t!(i18n, quick_replies.variable_contact)}</Button>
            <Button small=true icon=Icon::Plus on:click=move |_| insert(model::AGENT_NAME)>{t!(i18n, quick_replies.variable_agent)}</Button>
        </div>
    }
}

/// The reply as the contact would read it.
#[component]
fn Preview(text: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let agent = session.me.with_untracked(|me| me.as_ref().map(|me| me.name.clone()).unwrap_or_default());
    let shown = move || text.with(|text| model::filled(text, t_string!(i18n, quick_replies.example_contact), &agent));
    view! {
        <Show when=move || text.with(|text| text.contains("{{"))>
            <div class="reply-preview">
                <p class="muted small">{t!(i18n, quick_replies.preview)}</p>
                <p class="bubble out">{shown.clone()}</p>
            </div>
        </Show>
    }
}
