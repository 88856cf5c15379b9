//! The replies of a category: read, search, edit, delete.

use super::{Board, model, tell};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    remote::Change,
    ui::{
        button::{Button, IconButton, Kind},
        dialog::Confirm,
        field::SearchField,
        icon::Icon,
        state::{Empty, Loaded},
        toast::Toasts,
    },
};
use leptos::prelude::*;
use types::quick_replies::{self, QuickReply};

#[component]
pub fn Replies() -> impl IntoView {
    let i18n = use_i18n();
    let board = expect_context::<Board>();
    view! {
        <section class="replies" aria-label=move || t_string!(i18n, quick_replies.title)>
            <div class="replies-head"><SearchField label=say!(i18n, quick_replies.search) value=board.search /></div>
            <Loaded remote=board.replies children=Callback::new(move |(all,): (Signal<Vec<QuickReply>>,)| {
                let shown = Memo::new(move |_| all.with(|all| board.search.with(|wanted| model::shown(all, board.chosen.get(), wanted))));
                view! {
                    <Show when=move || shown.with(|shown| !shown.is_empty()) fallback=|| view! { <NoReplies /> }>
                        <ul class="reply-list">
                            <For each=move || shown.get() key=|reply| (reply.id, reply.updated_at, reply.category_id)
                                children=|reply| view! { <Reply reply /> } />
                        </ul>
                    </Show>
                }.into_any()
            }) />
        </section>
    }
}

#[component]
fn NoReplies() -> impl IntoView {
    let i18n = use_i18n();
    let board = expect_context::<Board>();
    move || {
        if board.search.with(|wanted| !wanted.trim().is_empty()) {
            view! { <Empty icon=Icon::Search title=say!(i18n, quick_replies.not_found) text=say!(i18n, quick_replies.not_found_text) /> }.into_any()
        } else {
            view! {
                <Empty icon=Icon::Bolt title=say!(i18n, quick_replies.empty) text=say!(i18n, quick_replies.empty_text)>
                    <Show when=move || board.may_edit.get()>
                        <Button kind=Kind::Primary icon=Icon::Plus on:click=move |_| board.write(None)>{t!(i18n, quick_replies.new)}</Button>
                    </Show>
                </Empty>
            }.into_any()
        }
    }
}

#[component]
fn Reply(reply: QuickReply) -> impl IntoView {
    let i18n = use_i18n();
    let board = expect_context::<Board>();
    let toasts = Toasts::use_here();
    let deleting = RwSignal::new(false);
    let change = Change::new();
    let (id, count, shared) = (reply.id, reply.number_count, reply.shared_beyond_scope);
    let title = StoredValue::new(reply.title.clone());
    let category_id = reply.category_id;
    let category = move || {
        board
            .categories
            .value
            .with(|all| all.as_ref().map(|all| model::category_name(all, category_id)))
            .unwrap_or_default()
    };
    let reach = move || match count {
        1 => t_string!(i18n, quick_replies.numbers_one).to_owned(),
        count => t_string!(i18n, quick_replies.numbers, count = count),
    };
    let delete = move |()| {
        let work = async move { api::ask(quick_replies::DELETE_QUICK_REPLY, &[&id], Query::none()).await };
        change.run(work, move |reached| {
            tell(toasts, t_string!(i18n, quick_replies.deleted), reached);
            board.reload();
        });
    };
    let own = StoredValue::new(reply.clone());
    view! {
        <li class="reply">
            <div class="reply-text">
                <h2>{reply.title}</h2>
                <p class="reply-body">{reply.text}</p>
                <p class="muted small">{category}" · "{reach}</p>
                {shared.then(|| view! { <p class="reply-shared small">{Icon::Info.draw()}{t!(i18n, quick_replies.shared)}</p> })}
            </div>
            <Show when=move || board.may_edit.get()>
                <div class="reply-tools">
                    <IconButton icon=Icon::Edit small=true
                        label=Signal::derive(move || t_string!(i18n, quick_replies.edit_named, title = title.get_value()))
                        on:click=move |_| board.write(Some(own.get_value())) />
                    <IconButton icon=Icon::Trash small=true
                        label=Signal::derive(move || t_string!(i18n, quick_replies.delete_named, title = title.get_value()))
                        on:click=move |_| deleting.set(true) />
                </div>
            </Show>
            <Confirm open=deleting change on_confirm=Callback::new(delete)
                title=Signal::derive(move || t_string!(i18n, quick_replies.delete, title = title.get_value()))
                consequence=say!(i18n, quick_replies.delete_text)
                action=say!(i18n, ui.delete) />
        </li>
    }
}
