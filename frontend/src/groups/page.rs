//! One group: its data, what is in it, who manages it, and its end.

use super::{
    children::Parts,
    deletion::Deletion,
    form::GroupForm,
    managers::Managers,
    model::{self, Carried},
    mover::{MoveDialog, Mover},
};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    realtime::reload_on,
    remote::Remote,
    routes,
    session::Session,
    ui::{
        button::Button,
        icon::Icon,
        page::use_title,
        state::Loaded,
        tabs::{Tab, Tabs},
    },
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use types::{
    GroupId, Permission,
    audit_log::AuditSubject,
    groups::{self, Group, GroupContent},
};
use uuid::Uuid;

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub struct Here {
    pub id: Memo<GroupId>,
    pub remote: Remote<Group>,
    pub may_edit: Memo<bool>,
}

/// The halves of the page (seed).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Parts,
    Managers,
}

#[component]
pub fn GroupPage() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let params = use_params_map();
    // An address that is no id is an id nobody has.
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse().ok()).unwrap_or(GroupId(Uuid::nil())));
    let remote = Remote::new(move || api::ask(groups::GET_GROUP, &[&id.get()], Query::none()));
    reload_on(&[AuditSubject::Group, AuditSubject::Number, AuditSubject::Member], remote);
    let may_edit = Memo::new(move |_| session.can(Permission::EditGroups));
    provide_context(Here { id, remote, may_edit });
    view! {
        <div class="page">
            <A href=routes::GROUPS attr:class="back-link">{Icon::Back.draw()}{t!(i18n, groups.back)}</A>
            <Loaded remote children=Callback::new(move |(group,): (Signal<Group>,)| view! {
                <Head group />
                <div class="number-page">
                    <GroupForm group />
                    <Halves group />
                    <Deletion group />
                </div>
            }.into_any()) />
        </div>
    }
}

#[component]
fn Head(group: Signal<Group>) -> impl IntoView {
    let i18n = use_i18n();
    let here = expect_context::<Here>();
    let name = Signal::derive(move || group.with(|group| group.name.clone()));
    use_title(name);
    let (_, tree) = super::create::forest();
    let mover = Mover::new();
    let counts = move || {
        let locale = i18n.get_locale();
        group.with(|group| {
            let kind = model::kind(locale, group.kind);
            format!("{kind} · {}", model::counted(locale, GroupContent::Numbers, group.number_count))
        })
    };
    let within = move || {
        group
            .with(|group| group.parent.clone())
            .map(|parent| t_string!(i18n, groups.inside, name = parent.name).to_string())
    };
    let carried = move || group.with_untracked(|group| Carried::group(group.id, group.name.clone()));
    view! {
        <header class="page-head">
            <div class="page-head-text">
                <h1>{name}</h1>
                <p class="row">
                    <span class="badge">{move || t_string!(i18n, groups.level, level = group.with(|group| group.level)).to_string()}</span>
                    <span>{counts}</span>
                    <span>{within}</span>
                </p>
            </div>
            <Show when=move || here.may_edit.get()>
                <div class="page-head-actions">
                    <Button icon=Icon::Move on:click=move |_| mover.ask(carried())>{t!(i18n, groups.move_it)}</Button>
                </div>
            </Show>
        </header>
        <MoveDialog mover tree on_done=Callback::new(move |()| here.remote.reload()) />
    }
}

#[component]
fn Halves(group: Signal<Group>) -> impl IntoView {
    let i18n = use_i18n();
    let half = RwSignal::new(Half::Parts);
    let tabs = Signal::derive(move || {
        let (content, parts, managers) = group.with(|group| (group.content, group.child_count, group.managers.len()));
        let words = match content {
            GroupContent::Numbers => t_string!(i18n, groups.tab_numbers),
            GroupContent::Groups => t_string!(i18n, groups.tab_groups),
        };
        vec![
            Tab { key: Half::Parts, words: words.to_owned(), count: Some(parts.to_string()) },
            Tab {
                key: Half::Managers,
                words: t_string!(i18n, groups.managers).to_owned(),
                count: Some(managers.to_string()),
            },
        ]
    });
    view! {
        <section class="card" aria-label=move || t_string!(i18n, groups.parts)>
            <Tabs label=say!(i18n, groups.parts) tabs chosen=half panel="group-half" />
            <div id="group-half" role="tabpanel" aria-label=move || t_string!(i18n, groups.parts)>
                <Show when=move || half.get() == Half::Parts fallback=move || view! { <Managers group /> }>
                    <Parts group />
                </Show>
            </div>
        </section>
    }
}
