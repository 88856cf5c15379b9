//! The whole app: its contexts, and what stands before the pages.

use crate::{
    i18n::{I18nContextProvider, t_string, use_i18n},
    language,
    member_links::MemberLinkPage,
    no_access::NoAccess,
    routes,
    session::{Entry, Session},
    setup::SetupPage,
    shell::Shell,
    sign_in::SignIn,
    ui::{
        failure::LoadFailed,
        toast::{ToastList, Toasts},
    },
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::Router,
    hooks::{use_location, use_navigate},
};

#[component]
pub fn App() -> impl IntoView {
    view! {
        <I18nContextProvider>
            <Router><Gate /></Router>
        </I18nContextProvider>
    }
}

/// Shows the pages to those who may see them, and the others where they have to go first.
#[component]
fn Gate() -> impl IntoView {
    let i18n = use_i18n();
    Effect::new(move || language::remember(language::of(i18n.get_locale())));
    Toasts::provide();
    let session = Session::provide();
    go_where_one_belongs(session);
    let has_access = Memo::new(move |_| session.me.with(|me| me.as_ref().is_some_and(types::sessions::Me::has_access)));
    let location = use_location();
    let at_link = Memo::new(move |_| location.pathname.with(|path| path == routes::MEMBER_LINK));
    view! {
        {move || match session.entry.get() {
            Entry::Setup | Entry::SignedOut | Entry::SignedIn if at_link.get() => view! { <MemberLinkPage /> }.into_any(),
            Entry::Asking => view! {
                <div class="boot" role="status"><img src="/logo.svg" alt="" width="48" height="48" />
                    <span class="visually-hidden">{t_string!(i18n, ui.loading)}</span></div>
            }.into_any(),
            Entry::Setup => view! { <SetupPage /> }.into_any(),
            Entry::SignedOut => view! { <SignIn /> }.into_any(),
            Entry::SignedIn if has_access.get() => view! { <Shell /> }.into_any(),
            Entry::SignedIn => view! { <NoAccess /> }.into_any(),
            Entry::Failed(failed) => view! {
                <main class="gate"><div class="gate-card">
                    <LoadFailed failed on_retry=Callback::new(move |()| session.refresh()) />
                </div></main>
            }.into_any(),
        }}
        <ToastList />
    }
}

/// Keeps the address in step with who is signed in, and remembers where one wanted to go.
fn go_where_one_belongs(session: Session) {
    let location = use_location();
    let navigate = use_navigate();
    Effect::new(move || {
        let entry = session.entry.get();
        let path = location.pathname.get_untracked();
        let gates = [routes::SIGN_IN, routes::SETUP];
        let target = match entry {
            Entry::Setup | Entry::SignedOut if path == routes::MEMBER_LINK => None,
            Entry::Setup if path != routes::SETUP => Some(routes::SETUP.to_owned()),
            Entry::SignedOut if path != routes::SIGN_IN => {
                let wanted = format!("{path}{}", location.search.with_untracked(|search| question(search)));
                let plain = path == routes::HOME || gates.contains(&path.as_str());
                Some(if plain {
                    routes::SIGN_IN.to_owned()
                } else {
                    format!("{}?{}={}", routes::SIGN_IN, routes::TO, js_sys::encode_uri_component(&wanted))
                })
            }
            Entry::SignedIn if gates.contains(&path.as_str()) => {
                Some(wanted(location.query.with_untracked(|query| query.get(routes::TO))))
            }
            Entry::Asking | Entry::Setup | Entry::SignedOut | Entry::SignedIn | Entry::Failed(_) => None,
        };
        if let Some(target) = target {
            navigate(&target, NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
}

fn question(search: &str) -> String {
    let search = search.trim_start_matches('?');
    if search.is_empty() { String::new() } else { format!("?{search}") }
}

/// Only addresses of this app: one that names another host is not followed.
fn wanted(to: Option<String>) -> String {
    to.filter(|to| to.starts_with('/') && !to.starts_with("//") && !to.contains('\\'))
        .unwrap_or_else(|| routes::HOME.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_host_is_not_followed_after_sign_in() {
        assert_eq!(wanted(Some("/desk?number=1".into())), "/desk?number=1");
        for foreign in ["//evil.example", "https://evil.example", "/\\evil.example", ""] {
            assert_eq!(wanted(Some(foreign.into())), routes::HOME, "{foreign}");
        }
        assert_eq!(wanted(None), routes::HOME);
    }
}
