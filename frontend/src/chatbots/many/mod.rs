//! Many chatbots edited at once, after the settings of a reference number or only what is touched (spec S3).

mod editor;
mod start;

use crate::{routes, session::Session, settings_changes::store};
use editor::EditMany;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use types::Permission;

#[component]
pub fn Many() -> impl IntoView {
    let session = Session::use_here();
    let may_edit = untrack(|| session.can(Permission::EditChatbots));
    match store::kept(store::CHATBOTS).filter(|_| may_edit) {
        Some(choice) => view! { <EditMany choice /> }.into_any(),
        // Without a choice there is nothing to edit.
        None => {
            let navigate = use_navigate();
            Effect::new(move || {
                navigate(routes::CHATBOTS, NavigateOptions { replace: true, ..NavigateOptions::default() });
            });
            ().into_any()
        }
    }
}
