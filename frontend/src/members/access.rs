//! Whether and how a member comes in: invited again, given a new password, shut out and let in again.

use super::sent_links::{SentLinkNote, is_unsent};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    remote::Change,
    ui::{
        button::{Button, Kind},
        dialog::{Confirm, Dialog},
        failure::ChangeFailed,
        icon::Icon,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use types::members::{self, Member, MemberStatus, SentLink};

#[component]
pub fn Access(member: Signal<Member>, changed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let status = Memo::new(move |_| member.with(|member| member.status));
    view! {
        <section class="card" aria-labelledby="member-access">
            <div class="card-head"><h2 id="member-access">{t!(i18n, members.access)}</h2></div>
            <div class="access-lines">
                {move || match status.get() {
                    MemberStatus::Invited | MemberStatus::Active => view! {
                        <Link member />
                        <Deactivate member changed />
                    }.into_any(),
                    MemberStatus::Deactivated => view! { <Reactivate member changed /> }.into_any(),
                }}
            </div>
        </section>
    }
}

/// A new invitation for those who have not come in yet, a new password for the others.
#[component]
fn Link(member: Signal<Member>) -> impl IntoView {
    let i18n = use_i18n();
    let change = Change::new();
    let sent = RwSignal::new(None::<SentLink>);
    let open = RwSignal::new(false);
    let invited = Memo::new(move |_| member.with(|member| member.status == MemberStatus::Invited));
    let make = move |_| {
        let id = member.with_untracked(|member| member.id);
        let endpoint = if invited.get_untracked() { members::INVITE_MEMBER } else { members::RESET_MEMBER_PASSWORD };
        change.run(api::ask(endpoint, &[&id], Query::none()), move |link| {
            sent.set(Some(link));
            open.set(true);
        });
    };
    // The link is shown once: it is gone with the dialog.
    Effect::new(move || {
        if !open.get() {
            sent.set(None);
        }
    });
    let name = move || member.with(|member| member.name.clone());
    let words = move || {
        if invited.get() { t_string!(i18n, members.invite_again) } else { t_string!(i18n, members.reset) }
    };
    let text = move || {
        if invited.get() { t_string!(i18n, members.invite_again_text) } else { t_string!(i18n, members.reset_text) }
    };
    view! {
        <div class="access-line">
            <p class="muted">{text}</p>
            <Button icon=Icon::Mail busy=change.busy on:click=make>{words}</Button>
        </div>
        <ChangeFailed change />
        <Dialog open title=say!(i18n, members.link_made)>
            <div class="dialog-body">
                {move || sent.get().map(|sent| view! {
                    {sent.link.is_some().then(|| view! {
                        <p>{move || t_string!(i18n, members.link_pass_on, name = name()).to_string()}</p>
                    })}
                    {is_unsent(&sent).then(|| view! {
                        <p>{move || t_string!(i18n, members.link_unsent, name = name()).to_string()}</p>
                    })}
                    <div class="stack-small"><SentLinkNote sent name=name() /></div>
                })}
            </div>
            <div class="dialog-foot">
                <Button kind=Kind::Primary on:click=move |_| open.set(false)>{t!(i18n, members.done)}</Button>
            </div>
        </Dialog>
    }
}

#[component]
fn Deactivate(member: Signal<Member>, changed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::use_here();
    let change = Change::new();
    let asking = RwSignal::new(false);
    let deactivate = move |()| {
        let id = member.with_untracked(|member| member.id);
        change.run(api::ask(members::DEACTIVATE_MEMBER, &[&id], Query::none()), move |_| {
            asking.set(false);
            toasts.success(t_string!(i18n, members.deactivated));
            changed.run(());
        });
    };
    let title = Signal::derive(move || {
        t_string!(i18n, members.deactivate_title, name = member.with(|member| member.name.clone())).to_string()
    });
    view! {
        <div class="access-line">
            <p class="muted">{t!(i18n, members.deactivate_hint)}</p>
            <Button kind=Kind::Danger on:click=move |_| asking.set(true)>{t!(i18n, members.deactivate)}</Button>
        </div>
        <Confirm open=asking title change on_confirm=Callback::new(deactivate)
            consequence=say!(i18n, members.deactivate_text) action=say!(i18n, members.deactivate) />
    }
}

#[component]
fn Reactivate(member: Signal<Member>, changed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::use_here();
    let change = Change::new();
    let asking = RwSignal::new(false);
    let reactivate = move |()| {
        let id = member.with_untracked(|member| member.id);
        change.run(api::ask(members::REACTIVATE_MEMBER, &[&id], Query::none()), move |_| {
            asking.set(false);
            toasts.success(t_string!(i18n, members.reactivated));
            changed.run(());
        });
    };
    let title = Signal::derive(move || {
        t_string!(i18n, members.reactivate_title, name = member.with(|member| member.name.clone())).to_string()
    });
    view! {
        <div class="access-line">
            <p class="muted">{t!(i18n, members.reactivate_text)}</p>
            <Button kind=Kind::Primary on:click=move |_| asking.set(true)>{t!(i18n, members.reactivate)}</Button>
        </div>
        <Confirm open=asking title kind=Kind::Primary change on_confirm=Callback::new(reactivate)
            consequence=say!(i18n, members.reactivate_text) action=say!(i18n, members.reactivate) />
    }
}
