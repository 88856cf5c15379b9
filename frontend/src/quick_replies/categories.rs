//! The list of categories: choose, rename, delete.

use super::{Board, CategoryForm, tell};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    remote::Change,
    ui::{button::IconButton, dialog::Confirm, icon::Icon, toast::Toasts},
};
use leptos::prelude::*;
use types::quick_replies::{self, QuickReplyCategory};

#[component]
pub fn Categories() -> impl IntoView {
    let i18n = use_i18n();
    let board = expect_context::<Board>();
    let total = move || board.replies.value.with(|all| all.as_ref().map(Vec::len));
    let current = move |chosen| if board.chosen.get() == chosen { Some("true") } else { None };
    view! {
        <nav class="categories" aria-label=move || t_string!(i18n, quick_replies.categories)>
            <ul>
                <li class="category">
                    <button type="button" class="category-name" aria-current=move || current(None) on:click=move |_| board.chosen.set(None)>
                        <span>{t!(i18n, quick_replies.all)}</span><span class="tab-count">{total}</span>
                    </button>
                </li>
                <For each=move || board.categories.value.get().unwrap_or_default()
                    key=|category| (category.id, category.updated_at, category.reply_count)
                    children=move |category| view! { <Category category /> } />
            </ul>
        </nav>
    }
}

#[component]
fn Category(category: QuickReplyCategory) -> impl IntoView {
    let i18n = use_i18n();
    let board = expect_context::<Board>();
    let toasts = Toasts::use_here();
    let (renaming, deleting) = (RwSignal::new(false), RwSignal::new(false));
    let change = Change::new();
    let (id, count) = (category.id, category.reply_count);
    let name = StoredValue::new(category.name.clone());
    let delete = move |()| {
        let work = async move { api::ask(quick_replies::DELETE_QUICK_REPLY_CATEGORY, &[&id], Query::none()).await };
        change.run(work, move |reached| {
            tell(toasts, t_string!(i18n, quick_replies.category_deleted), reached);
            if board.chosen.get_untracked() == Some(id) {
                board.chosen.set(None);
            }
            board.reload();
        });
    };
    view! {
        <li class="category">
            <button type="button" class="category-name" aria-current=move || (board.chosen.get() == Some(id)).then_some("true")
                on:click=move |_| board.chosen.set(Some(id))>
                <span class="clip">{category.name.clone()}</span><span class="tab-count">{count}</span>
            </button>
            <Show when=move || board.may_edit.get()>
                <span class="category-tools">
                    <IconButton icon=Icon::Edit small=true
                        label=Signal::derive(move || t_string!(i18n, quick_replies.edit_named, title = name.get_value()))
                        on:click=move |_| renaming.set(true) />
                    <IconButton icon=Icon::Trash small=true
                        label=Signal::derive(move || t_string!(i18n, quick_replies.delete_named, title = name.get_value()))
                        on:click=move |_| deleting.set(true) />
                </span>
            </Show>
            <CategoryForm open=renaming category=Some(category.clone()) />
            <Confirm open=deleting change on_confirm=Callback::new(delete)
                title=Signal::derive(move || t_string!(i18n, quick_replies.delete_category, name = name.get_value()))
                consequence=Signal::derive(move || t_string!(i18n, quick_replies.delete_category_text, count = count))
                action=say!(i18n, ui.delete) />
        </li>
    }
}
