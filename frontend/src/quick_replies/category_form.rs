//! A category's name, in a dialog.

use super::Board;
use crate::{
    api,
    i18n::{t_string, use_i18n},
    remote::Change,
    ui::{
        dialog::{Dialog, FormFoot},
        failure::ChangeFailed,
        field::{TextField, required_when},
        toast::Toasts,
    },
};
use leptos::prelude::*;
use types::{
    ErrorCode,
    quick_replies::{self, CATEGORY_NAME_MAX, QuickReplyCategory, QuickReplyCategoryInput},
    words,
};

/// Names a new category, or renames one.
#[component]
pub fn CategoryForm(open: RwSignal<bool>, category: Option<QuickReplyCategory>) -> impl IntoView {
    let i18n = use_i18n();
    let renames = category.is_some();
    let category = StoredValue::new(category);
    let title = Signal::derive(move || {
        if renames {
            t_string!(i18n, quick_replies.edit_category).to_owned()
        } else {
            t_string!(i18n, quick_replies.new_category).to_owned()
        }
    });
    view! { <Dialog open title><Form open category /></Dialog> }
}

#[component]
fn Form(open: RwSignal<bool>, category: StoredValue<Option<QuickReplyCategory>>) -> impl IntoView {
    let i18n = use_i18n();
    let board = expect_context::<Board>();
    let toasts = Toasts::use_here();
    let change = Change::new();
    let pressed = RwSignal::new(false);
    let name =
        RwSignal::new(category.with_value(|category| category.as_ref().map(|c| c.name.clone()).unwrap_or_default()));
    let missing = required_when(move || pressed.get() && name.with(|name| name.trim().is_empty()));
    let refused = change.field("name");
    let taken = move || {
        let taken =
            change.failed.with(|failed| failed.as_ref()?.code()) == Some(ErrorCode::QuickReplyCategoryNameTaken);
        taken
            .then(|| words::error(ErrorCode::QuickReplyCategoryNameTaken, crate::language::of_page()).detail.to_owned())
    };
    let submit = move || {
        pressed.set(true);
        let input = QuickReplyCategoryInput { name: name.get_untracked().trim().to_owned() };
        if input.name.is_empty() {
            return;
        }
        let id = category.with_value(|category| category.as_ref().map(|category| category.id));
        let work = async move {
            match id {
                Some(id) => api::send(quick_replies::UPDATE_QUICK_REPLY_CATEGORY, &[&id], &input).await,
                None => api::send(quick_replies::CREATE_QUICK_REPLY_CATEGORY, &[], &input).await,
            }
        };
        change.run(work, move |saved| {
            toasts.success(t_string!(i18n, quick_replies.category_saved));
            board.chosen.set(Some(saved.id));
            board.reload();
            open.set(false);
        });
    };
    view! {
        <form novalidate on:submit=move |event| {
            event.prevent_default();
            submit();
        }>
            <div class="dialog-body">
                <ChangeFailed change />
                <TextField label=say!(i18n, quick_replies.category_name) value=name max=CATEGORY_NAME_MAX autofocus=true
                    error=Signal::derive(move || missing.get().or_else(taken).or_else(|| refused.get())) />
            </div>
            <FormFoot open change />
        </form>
    }
}
