//! Quick replies: the phrases an agent inserts in Desk (A7).

mod categories;
mod category_form;
pub mod model;
mod replies;
mod reply_form;

use crate::{
    api::{self, Query},
    i18n::{t, t_string, td_string, use_i18n},
    language,
    remote::Remote,
    session::Session,
    ui::{
        button::{Button, Kind},
        icon::Icon,
        page::PageHead,
        state::{Empty, Loaded},
        toast::Toasts,
    },
};
use categories::Categories;
use category_form::CategoryForm;
use leptos::prelude::*;
use replies::Replies;
use reply_form::ReplyForm;
use types::{
    Permission, QuickReplyCategoryId,
    quick_replies::{self, QuickReply, QuickReplyCategory, QuickReplyChange},
};

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Board {
    categories: Remote<Vec<QuickReplyCategory>>,
    replies: Remote<Vec<QuickReply>>,
    /// The category shown; none means all of them.
    chosen: RwSignal<Option<QuickReplyCategoryId>>,
    search: RwSignal<String>,
    /// The reply in the form; none is a new one.
    edited: RwSignal<Option<QuickReply>>,
    form_open: RwSignal<bool>,
    may_edit: Memo<bool>,
}

impl Board {
    fn reload(self) {
        self.categories.reload();
        self.replies.reload();
    }

    fn write(self, reply: Option<QuickReply>) {
        self.edited.set(reply);
        self.form_open.set(true);
    }
}

#[component]
pub fn QuickReplies() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let board = Board {
        categories: Remote::new(every_category),
        replies: Remote::new(every_reply),
        chosen: RwSignal::new(None),
        search: RwSignal::new(String::new()),
        edited: RwSignal::new(None),
        form_open: RwSignal::new(false),
        may_edit: Memo::new(move |_| session.can(Permission::EditQuickReplies)),
    };
    provide_context(board);
    let new_category = RwSignal::new(false);
    let has_categories =
        Memo::new(move |_| board.categories.value.with(|all| all.as_ref().is_some_and(|all| !all.is_empty())));
    view! {
        <div class="page">
            <PageHead title=say!(i18n, quick_replies.title) sentence=say!(i18n, quick_replies.sentence)>
                <Show when=move || board.may_edit.get()>
                    <Button icon=Icon::Plus on:click=move |_| new_category.set(true)>{t!(i18n, quick_replies.new_category)}</Button>
                    <Show when=move || has_categories.get()>
                        <Button kind=Kind::Primary icon=Icon::Plus on:click=move |_| board.write(None)>{t!(i18n, quick_replies.new)}</Button>
                    </Show>
                </Show>
            </PageHead>
            <div class="card">
                <Loaded remote=board.categories children=Callback::new(move |(_,): (Signal<Vec<QuickReplyCategory>>,)| view! {
                    <Show when=move || has_categories.get() fallback=move || view! { <NoCategories new_category /> }>
                        <div class="quick-replies"><Categories /><Replies /></div>
                    </Show>
                }.into_any()) />
            </div>
            <CategoryForm open=new_category category=None />
            <ReplyForm />
        </div>
    }
}

#[component]
fn NoCategories(new_category: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let board = expect_context::<Board>();
    let title = Signal::derive(move || {
        if board.may_edit.get() {
            t_string!(i18n, quick_replies.empty_categories).to_owned()
        } else {
            t_string!(i18n, quick_replies.empty_categories_view).to_owned()
        }
    });
    view! {
        <Empty icon=Icon::Bolt title text=say!(i18n, quick_replies.empty_categories_text)>
            <Show when=move || board.may_edit.get()>
                <Button kind=Kind::Primary icon=Icon::Plus on:click=move |_| new_category.set(true)>{t!(i18n, quick_replies.new_category)}</Button>
            </Show>
        </Empty>
    }
}

/// Say what a change reached: only when it did not reach everything does it need a second sentence.
fn tell(toasts: Toasts, done: &str, change: QuickReplyChange) {
    let locale = language::locale(language::current());
    if change.kept_numbers == 0 {
        toasts.success(done);
    } else {
        toasts.warn(td_string!(
            locale,
            quick_replies.kept,
            changed = change.changed_numbers,
            kept = change.kept_numbers
        ));
    }
}

async fn every_category() -> api::Result<Vec<QuickReplyCategory>> {
    api::every(|page| api::ask(quick_replies::LIST_QUICK_REPLY_CATEGORIES, &[], Query::of(&page))).await
}

async fn every_reply() -> api::Result<Vec<QuickReply>> {
    api::every(|page| api::ask(quick_replies::LIST_QUICK_REPLIES, &[], Query::of(&page))).await
}
