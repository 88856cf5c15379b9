//! The member's own corner of the header.

use crate::{
    i18n::{t, t_string, use_i18n},
    routes,
    session::Session,
    ui::{icon::Icon, menu::Menu, state::Avatar},
};
use leptos::prelude::*;
use leptos_router::components::A;

#[component]
pub fn AccountMenu() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let open = RwSignal::new(false);
    let name = move || session.me.with(|me| me.as_ref().map(|me| me.name.clone()).unwrap_or_default());
    let email = move || session.me.with(|me| me.as_ref().map(|me| me.email.clone()).unwrap_or_default());
    let organization =
        move || session.me.with(|me| me.as_ref().map(|me| me.organization.name.clone()).unwrap_or_default());
    let profile = move || {
        session.me.with(|me| me.as_ref().and_then(|me| me.profile.as_ref().map(|profile| profile.name.clone())))
    };
    let label = Signal::derive(move || format!("{}: {}", t_string!(i18n, shell.account), name()));
    view! {
        <Menu open label class="account-button" trigger=move || { move || view! { <Avatar name=name() small=true /> } }>
            <div class="menu-head">
                <p class="strong">{name}</p>
                <p class="muted small">{email}</p>
                <p class="muted small">{organization}{move || profile().map(|profile| format!(" · {profile}"))}</p>
            </div>
            <A href=routes::ACCOUNT attr:class="menu-item" on:click=move |_| open.set(false)>
                {Icon::Key.draw()}<span>{t!(i18n, shell.own_account)}</span>
            </A>
            <button type="button" class="menu-item" on:click=move |_| session.sign_out()>
                {Icon::Out.draw()}<span>{t!(i18n, shell.sign_out)}</span>
            </button>
        </Menu>
    }
}
