//! Where an invitation or a password reset leads: outside of the shell, for who is not signed in (P1).

mod forgot;

pub use forgot::Forgot;

use crate::{
    api::{self, Failed},
    i18n::{t, t_string, use_i18n},
    language,
    remote::{Change, Remote},
    routes,
    session::{Entry, Session},
    shell::preferences::{LanguageMenu, ThemeButton},
    ui::{
        button::{Button, Kind},
        failure::{ChangeFailed, LoadFailed},
        field::PasswordField,
        icon::Icon,
        page::use_title,
        state::Skeleton,
    },
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::A,
    hooks::{use_location, use_navigate},
};
use types::{
    ErrorCode, FieldCode,
    member_links::{self as calls, MemberLink, MemberLinkInput, MemberLinkKind, MemberLinkUse},
    validate::PASSWORD_MIN,
    words,
};

#[component]
pub fn MemberLinkPage() -> impl IntoView {
    let i18n = use_i18n();
    let location = use_location();
    use_title(say!(i18n, member_links.title));
    let token = Memo::new(move |_| location.hash.with(|hash| hash.trim_start_matches('#').to_owned()));
    let link = Remote::new(move || {
        let input = MemberLinkInput { token: token.get() };
        async move { api::send(calls::CHECK_MEMBER_LINK, &[], &input).await }
    });
    let forgot = RwSignal::new(false);
    view! {
        <main class="gate">
            <div class="gate-card">
                <div class="gate-brand"><img src="/logo.svg" alt="" width="36" height="36" />"Cercano"</div>
                {move || {
                    if forgot.get() {
                        return view! { <Forgot shown=forgot /> }.into_any();
                    }
                    if let Some(failed) = link.failed.get() {
                        return if is_ended(&failed) {
                            view! { <Ended forgot /> }.into_any()
                        } else {
                            view! { <LoadFailed failed on_retry=Callback::new(move |()| link.reload()) /> }.into_any()
                        };
                    }
                    match link.value.get() {
                        Some(link) => view! { <Choose link token=token.get_untracked() forgot /> }.into_any(),
                        None => view! {
                            <div role="status"><h1 class="visually-hidden">{t!(i18n, member_links.checking)}</h1><Skeleton lines=4 /></div>
                        }.into_any(),
                    }
                }}
            </div>
            <div class="gate-foot"><LanguageMenu /><ThemeButton /></div>
        </main>
    }
}

/// A link nobody made is no different from one that has ended; both need another one.
fn is_ended(failed: &Failed) -> bool {
    matches!(failed.code(), Some(ErrorCode::LinkEnded | ErrorCode::NotFound | ErrorCode::ValidationFailed))
}

#[component]
fn Choose(link: MemberLink, token: String, forgot: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let navigate = StoredValue::new_local(use_navigate());
    let change = Change::new();
    let pressed = RwSignal::new(false);
    let password = RwSignal::new(String::new());
    let short = move || password.with(|password| password.chars().count() < PASSWORD_MIN);
    let ended = Memo::new(move |_| {
        change.failed.with(|failed| failed.as_ref().is_some_and(|failed| failed.code() == Some(ErrorCode::LinkEnded)))
    });
    let MemberLink { kind, organization, name, email, expires_at: _ } = link;
    let shown_email = email.clone();
    let submit = move || {
        pressed.set(true);
        if untrack(short) {
            return;
        }
        let input = MemberLinkUse { token: token.clone(), password: password.get_untracked() };
        change.run(async move { api::send(calls::USE_MEMBER_LINK, &[], &input).await }, move |fresh| {
            // The address with the secret is replaced, so that "back" does not lead to it.
            navigate.with_value(|navigate| {
                navigate(routes::HOME, NavigateOptions { replace: true, ..NavigateOptions::default() });
            });
            session.enter(fresh.me);
        });
    };
    let too_short = move || {
        let limit = i64::try_from(PASSWORD_MIN).ok();
        (pressed.get() && short()).then(|| words::field(FieldCode::TooShort, limit, language::of(i18n.get_locale())))
    };
    let refused = change.field("password");
    let purpose = move || match kind {
        MemberLinkKind::Invitation => {
            t_string!(i18n, member_links.invited, organization = organization.clone()).to_string()
        }
        MemberLinkKind::PasswordReset => {
            let why = t_string!(i18n, member_links.resets, organization = organization.clone()).to_string();
            format!("{why} {}", t_string!(i18n, member_links.resets_note))
        }
    };
    view! {
        <div class="gate-head">
            <p class="strong">{move || t_string!(i18n, member_links.hello, name = name.clone()).to_string()}</p>
            <h1>{t!(i18n, member_links.title)}</h1>
            <p>{purpose}</p>
            <p class="muted">{move || t_string!(i18n, member_links.for_email, email = shown_email.clone()).to_string()}</p>
        </div>
        <form class="gate-form" novalidate on:submit=move |event| {
            event.prevent_default();
            submit();
        }>
            <ChangeFailed change />
            // So that the browser's keeper of passwords knows whose it is.
            <input type="text" autocomplete="username" prop:value=email hidden=true />
            <PasswordField label=say!(i18n, member_links.password) value=password autocomplete="new-password"
                hint=say!(i18n, member_links.hint) error=Signal::derive(move || too_short().or_else(|| refused.get())) />
            <Button kind=Kind::Primary submit=true busy=change.busy>{t!(i18n, member_links.submit)}</Button>
            <Show when=move || ended.get()>
                <Button on:click=move |_| forgot.set(true)>{t!(i18n, member_links.forgot)}</Button>
            </Show>
        </form>
    }
}

#[component]
fn Ended(forgot: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let signed_in = session.entry.with_untracked(|entry| *entry == Entry::SignedIn);
    let target = if signed_in { routes::HOME } else { routes::SIGN_IN };
    view! {
        <div class="gate-head">
            <h1>{t!(i18n, member_links.ended_title)}</h1>
            <p>{t!(i18n, member_links.ended_text)}</p>
        </div>
        <div class="row">
            <A href=target attr:class="button primary">{Icon::Key.draw()}{t!(i18n, member_links.go_sign_in)}</A>
            <Button on:click=move |_| forgot.set(true)>{t!(i18n, member_links.forgot)}</Button>
        </div>
    }
}
