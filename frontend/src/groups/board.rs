//! The page of all groups: the tree, its search, and what is done with what is selected in it.

use super::{
    create::CreateGroup,
    model::{Carried, Tree},
    mover::{MoveDialog, Mover},
    node::{Node, Ungrouped},
};
use crate::{
    api::{self, Query},
    browser,
    i18n::{t, t_string, use_i18n},
    numbers::tabs::PlaceTabs,
    realtime::reload_on,
    remote::Remote,
    session::Session,
    ui::{
        button::{Button, Kind},
        debounced::debounced,
        field::SearchField,
        icon::Icon,
        page::PageHead,
        state::{Empty, Loaded},
    },
};
use leptos::prelude::*;
use std::collections::BTreeSet;
use types::{
    GroupId, Permission,
    audit_log::AuditSubject,
    groups::{self, Group},
};

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub struct Board {
    pub remote: Remote<Vec<Group>>,
    pub tree: Memo<Tree>,
    /// Groups the reader has opened; this browser remembers them.
    pub open: RwSignal<BTreeSet<GroupId>>,
    /// What the search found, and what it opened for that; none while nobody searches.
    pub found: Memo<Option<(BTreeSet<GroupId>, BTreeSet<GroupId>)>>,
    pub selected: RwSignal<Carried>,
    pub dragged: RwSignal<Carried>,
    pub may_edit: Memo<bool>,
    /// Counts the changes of numbers and groups, so that opened groups ask for their numbers again.
    pub changes: RwSignal<u32>,
    pub mover: Mover,
}

impl Board {
    pub fn is_open(self, id: GroupId) -> bool {
        self.found.with(|found| found.as_ref().is_some_and(|(_, paths)| paths.contains(&id)))
            || self.open.with(|open| open.contains(&id))
    }

    /// What moves when this is dragged: all that is selected, when this is.
    pub fn carried_with(self, one: Carried) -> Carried {
        self.selected.with_untracked(|selected| if selected.holds(&one) { selected.clone() } else { one })
    }

    pub fn reload(self) {
        self.selected.set(Carried::default());
        self.remote.reload();
    }
}

pub async fn every_group() -> api::Result<Vec<Group>> {
    api::every(|page| api::ask(groups::LIST_GROUPS, &[], Query::of(&page))).await
}

#[component]
pub fn Groups() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let remote = Remote::new(every_group);
    let tree = Memo::new(move |_| Tree::new(remote.value.get().unwrap_or_default()));
    let key = session.me.with_untracked(|me| me.as_ref().map(|me| me.id.to_string()).unwrap_or_default());
    let key = format!("cercano.groups.{key}");
    let open = RwSignal::new(browser::kept::<BTreeSet<GroupId>>(&key).unwrap_or_default());
    Effect::new(move || open.with(|open| browser::keep(&key, open)));
    let search = RwSignal::new(String::new());
    let wanted = debounced(search);
    let found =
        Memo::new(move |_| wanted.with(|wanted| (!wanted.is_empty()).then(|| tree.with(|tree| tree.search(wanted)))));
    let board = Board {
        remote,
        tree,
        open,
        found,
        selected: RwSignal::new(Carried::default()),
        dragged: RwSignal::new(Carried::default()),
        may_edit: Memo::new(move |_| session.can(Permission::EditGroups)),
        changes: RwSignal::new(0),
        mover: Mover::new(),
    };
    provide_context(board);
    reload_on(&[AuditSubject::Group, AuditSubject::Number], remote);
    // Whatever reloads the groups may have moved their numbers, too.
    Effect::new(move || {
        remote.value.track();
        board.changes.update(|count| *count = count.wrapping_add(1));
    });
    let creating = RwSignal::new(false);
    let is_empty = Memo::new(move |_| tree.with(Tree::is_empty));
    view! {
        <div class="page">
            <PageHead title=say!(i18n, groups.title) sentence=say!(i18n, groups.sentence)>
                <Show when=move || board.may_edit.get()>
                    <Button kind=Kind::Primary icon=Icon::Plus on:click=move |_| creating.set(true)>{t!(i18n, groups.create)}</Button>
                </Show>
            </PageHead>
            <PlaceTabs />
            <section class="card" aria-label=move || t_string!(i18n, shell.groups)>
                <Loaded remote children=Callback::new(move |(_,): (Signal<Vec<Group>>,)| view! {
                    <Show when=move || !is_empty.get() fallback=move || view! {
                        <Empty icon=Icon::Group title=say!(i18n, groups.empty) text=say!(i18n, groups.empty_text)>
                            <Show when=move || board.may_edit.get()>
                                <Button icon=Icon::Plus on:click=move |_| creating.set(true)>{t!(i18n, groups.create)}</Button>
                            </Show>
                        </Empty>
                    }>
                        <Tools search />
                        <Forest />
                    </Show>
                }.into_any()) />
            </section>
            <CreateGroup open=creating tree on_done=Callback::new(move |()| board.reload()) />
            <MoveDialog mover=board.mover tree on_done=Callback::new(move |()| board.reload()) />
        </div>
    }
}

/// The search, opening and closing all, and the bar of what is selected.
#[component]
fn Tools(search: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let board = expect_context::<Board>();
    let count = Memo::new(move |_| board.selected.with(Carried::len));
    let hits = move || board.found.with(|found| found.as_ref().map(|(hits, _)| hits.len()));
    let open_all = move |_| {
        // Numbers are asked for group by group, so only the groups of groups open at once.
        let all = board.tree.with_untracked(|tree| {
            tree.all().filter(|group| !tree.children(group.id).is_empty()).map(|group| group.id).collect()
        });
        board.open.set(all);
    };
    view! {
        <div class="group-tools">
            <SearchField label=say!(i18n, groups.search) value=search />
            <div class="row">
                <Button small=true on:click=open_all>{t!(i18n, groups.expand_all)}</Button>
                <Button small=true on:click=move |_| board.open.set(BTreeSet::new())>{t!(i18n, groups.collapse_all)}</Button>
            </div>
            <p class="visually-hidden" role="status">{move || hits().map(|count| t_string!(i18n, groups.found, count = count).to_string())}</p>
            <Show when=move || { count.get() > 0 }>
                <div class="group-selection" role="group" aria-label=move || t_string!(i18n, groups.selected, count = count.get()).to_string()>
                    <span class="strong">{move || t_string!(i18n, groups.selected, count = count.get()).to_string()}</span>
                    <Button small=true on:click=move |_| board.selected.set(Carried::default())>{t!(i18n, groups.clear)}</Button>
                    <Button small=true kind=Kind::Primary icon=Icon::Move on:click=move |_| board.mover.ask(board.selected.get_untracked())>{t!(i18n, groups.move_it)}</Button>
                </div>
            </Show>
        </div>
    }
}

#[component]
fn Forest() -> impl IntoView {
    let i18n = use_i18n();
    let board = expect_context::<Board>();
    // While somebody searches, only the trees with hits are shown.
    let roots = move || {
        board.tree.with(|tree| {
            board.found.with(|found| {
                let shown =
                    |id: &GroupId| found.as_ref().is_none_or(|(hits, paths)| hits.contains(id) || paths.contains(id));
                tree.roots.iter().copied().filter(shown).collect::<Vec<_>>()
            })
        })
    };
    let nothing = Memo::new(move |_| board.found.with(|found| found.as_ref().is_some_and(|(hits, _)| hits.is_empty())));
    let searching = Memo::new(move |_| board.found.with(Option::is_some));
    view! {
        <Show when=move || !nothing.get() fallback=move || view! {
            <Empty icon=Icon::Search title=say!(i18n, groups.not_found) text=say!(i18n, groups.not_found_text) />
        }>
            <ul class="group-tree" aria-label=move || t_string!(i18n, groups.tree) on:keydown=super::node::on_key>
                <For each=roots key=|id| *id children=|id| view! { <Node id depth=0 /> } />
                <Show when=move || !searching.get()><Ungrouped /></Show>
            </ul>
            <Show when=move || board.may_edit.get()>
                <p class="group-hint muted small">{t!(i18n, groups.drop_hint)}</p>
            </Show>
        </Show>
    }
}
