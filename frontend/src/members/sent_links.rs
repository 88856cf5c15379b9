//! What became of invitations and password resets: sent by mail, or a link to pass on, which is shown this once, and to
//! administrators alone.

use crate::{
    i18n::{t, t_string, use_i18n},
    intl::{Style, use_writer},
    ui::{button::Button, failure::copy, icon::Icon, state::Avatar},
};
use leptos::prelude::*;
use types::members::{AddedMember, SentLink};

/// Each person who was added, with the invitation's outcome.
#[component]
pub fn SentLinks(added: Vec<AddedMember>) -> impl IntoView {
    let i18n = use_i18n();
    let unsent = added.iter().any(|one| one.invitation.as_ref().is_some_and(is_unsent));
    let by_hand = added.iter().any(|one| one.invitation.as_ref().is_some_and(|sent| sent.link.is_some()));
    view! {
        <div class="stack" role="status">
            {by_hand.then(|| view! {
                <div class="notice warning">
                    {Icon::Link.draw()}
                    <div><p class="notice-text">{t!(i18n, members.links_once)}</p></div>
                </div>
            })}
            {unsent.then(|| view! {
                <div class="notice warning">
                    {Icon::Warning.draw()}
                    <div><p class="notice-text">{t!(i18n, members.links_unsent)}</p></div>
                </div>
            })}
            <ul class="sent-links">
                {added.into_iter().map(|one| view! { <Added one /> }).collect_view()}
            </ul>
        </div>
    }
}

/// No letter went out, and the link is not shown: whoever made it is no administrator.
pub fn is_unsent(sent: &SentLink) -> bool {
    !sent.mailed && sent.link.is_none()
}

#[component]
fn Added(one: AddedMember) -> impl IntoView {
    let i18n = use_i18n();
    let AddedMember { member, invitation } = one;
    view! {
        <li class="sent-link">
            <Avatar name=member.name.clone() small=true />
            <div class="stack-small">
                <p><span class="strong">{member.name.clone()}</span>" "<span class="muted">{member.email}</span></p>
                {match invitation {
                    Some(sent) => view! { <SentLinkNote sent name=member.name /> }.into_any(),
                    None => view! { <p class="muted small">{t!(i18n, members.was_there)}</p> }.into_any(),
                }}
            </div>
        </li>
    }
}

/// One link's outcome: that it was mailed, or the link to copy, and until when it holds.
#[component]
pub fn SentLinkNote(
    sent: SentLink,
    /// Whom it is for.
    name: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    let unsent = is_unsent(&sent);
    let SentLink { link, mailed, expires_at } = sent;
    let until = move || {
        let time = writer.with(|writer| writer.time(expires_at, Style::DateTime));
        t_string!(i18n, members.link_until, time = time).to_string()
    };
    let copied = RwSignal::new(false);
    view! {
        {mailed.then(|| view! {
            <p class="sent-by-mail">{Icon::Mail.draw()}{t!(i18n, members.mailed)}</p>
        })}
        {link.map(|link| {
            let text = link.clone();
            view! {
                <div class="link-box">
                    <input class="input" type="text" readonly=true prop:value=link
                        aria-label=move || t_string!(i18n, members.link_of, name = name.clone()).to_string()
                        on:focus:target=move |event| event.target().select() />
                    <Button icon=Icon::Copy on:click=move |_| {
                        copy(&text);
                        copied.set(true);
                    }>
                        {move || if copied.get() { t_string!(i18n, ui.copied) } else { t_string!(i18n, ui.copy) }}
                    </Button>
                </div>
            }
        })}
        {if unsent {
            view! { <p class="muted small">{t!(i18n, members.unsent)}</p> }.into_any()
        } else {
            view! { <p class="muted small">{until}</p> }.into_any()
        }}
    }
}
