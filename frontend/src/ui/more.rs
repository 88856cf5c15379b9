//! The rest of a list that comes in pages.

use crate::{
    api::Result,
    i18n::{t, use_i18n},
    remote::{Change, Remote},
    ui::{button::Button, failure::ChangeFailed},
};
use leptos::prelude::*;
use types::{Page, PageQuery};

/// A button for the next page, as long as there is one. `ask` puts the list's question again, for another page.
#[component]
pub fn More<T, Asked>(
    remote: Remote<Page<T>>,
    ask: impl Fn(PageQuery) -> Asked + Copy + Send + Sync + 'static,
) -> impl IntoView
where
    T: Send + Sync + 'static,
    Asked: Future<Output = Result<Page<T>>> + 'static,
{
    let i18n = use_i18n();
    let change = Change::new();
    let cursor = Memo::new(move |_| remote.value.with(|page| page.as_ref().and_then(|page| page.next_cursor.clone())));
    let load = move |_| {
        let Some(wanted) = cursor.get_untracked() else { return };
        let page = PageQuery { limit: None, cursor: Some(wanted.clone()) };
        change.run(ask(page), move |next| {
            remote.value.update(|page| {
                // The list may be another one by now.
                if let Some(page) = page.as_mut().filter(|page| page.next_cursor.as_ref() == Some(&wanted)) {
                    page.items.extend(next.items);
                    page.next_cursor = next.next_cursor;
                }
            });
        });
    };
    view! {
        <Show when=move || cursor.with(Option::is_some)>
            <div class="more"><Button small=true busy=change.busy on:click=load>{t!(i18n, ui.more)}</Button></div>
        </Show>
        <ChangeFailed change />
    }
}
