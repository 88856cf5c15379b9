//! Moving numbers and groups: where to, and what becomes of the groups that would be left empty.

use super::model::{Carried, Tree};
use crate::{
    api,
    i18n::{t, t_string, td_string, use_i18n},
    language,
    remote::Change,
    ui::{
        button::{Button, Kind},
        dialog::Dialog,
        failure::ChangeFailed,
        field::{SearchField, fresh_id},
        icon::Icon,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use types::{
    ErrorCode, GroupId,
    groups::{self, GroupMove, GroupMoved},
};

/// Targets shown at a time; the search finds the others.
const SHOWN: usize = 100;

/// Where things are moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Group(GroupId),
    /// Out of their groups.
    Nowhere,
}

impl Target {
    fn of(group: Option<GroupId>) -> Self {
        group.map_or(Self::Nowhere, Self::Group)
    }

    fn group(self) -> Option<GroupId> {
        match self {
            Self::Group(id) => Some(id),
            Self::Nowhere => None,
        }
    }
}

/// A move being decided or made.
#[derive(Clone, Copy)]
pub struct Mover {
    open: RwSignal<bool>,
    carried: RwSignal<Carried>,
    /// Where to, once that is decided.
    to: RwSignal<Option<Target>>,
    delete_emptied: RwSignal<bool>,
    change: Change,
}

impl Mover {
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            carried: RwSignal::new(Carried::default()),
            to: RwSignal::new(None),
            delete_emptied: RwSignal::new(false),
            change: Change::new(),
        }
    }

    /// Ask where to.
    pub fn ask(self, carried: Carried) {
        self.prepare(carried, None);
        self.open.set(true);
    }

    /// Move at once; the dialog comes up when it was refused.
    pub fn put(self, carried: Carried, to: Option<GroupId>, toasts: Toasts, on_done: Callback<()>) {
        self.prepare(carried, Some(Target::of(to)));
        self.submit(toasts, on_done);
    }

    fn prepare(self, carried: Carried, to: Option<Target>) {
        self.change.failed.set(None);
        self.delete_emptied.set(false);
        self.to.set(to);
        self.carried.set(carried);
    }

    fn submit(self, toasts: Toasts, on_done: Callback<()>) {
        let Some(to) = self.to.get_untracked() else { return };
        let input = self.carried.with_untracked(|carried| GroupMove {
            number_ids: carried.numbers.keys().copied().collect(),
            group_ids: carried.groups.keys().copied().collect(),
            to: to.group(),
            delete_emptied: self.delete_emptied.get_untracked(),
        });
        let work = async move { api::send(groups::MOVE_TO_GROUP, &[], &input).await };
        self.change.run(work, move |moved| {
            tell(toasts, &moved);
            self.open.set(false);
            on_done.run(());
        });
    }
}

fn tell(toasts: Toasts, moved: &GroupMoved) {
    let locale = language::locale(language::current());
    let names = moved.deleted_groups.iter().map(|group| group.name.clone()).collect::<Vec<_>>().join(", ");
    if names.is_empty() {
        toasts.success(td_string!(locale, groups.moved));
    } else {
        toasts.success(td_string!(locale, groups.moved_deleted, names = names).to_string());
    }
}

#[component]
pub fn MoveDialog(mover: Mover, tree: Memo<Tree>, on_done: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    // What was dropped and refused is decided in the dialog.
    Effect::new(move || {
        if mover.change.failed.with(Option::is_some) {
            mover.open.set(true);
        }
    });
    view! {
        <Dialog open=mover.open title=say!(i18n, groups.move_title)><Form mover tree on_done /></Dialog>
    }
}

#[component]
fn Form(mover: Mover, tree: Memo<Tree>, on_done: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::use_here();
    let mixed = move || mover.carried.with(|carried| !carried.numbers.is_empty() && !carried.groups.is_empty());
    let undecided = Signal::derive(move || mover.to.with(Option::is_none));
    view! {
        <form novalidate on:submit=move |event| {
            event.prevent_default();
            mover.submit(toasts, on_done);
        }>
            <div class="dialog-body">
                <p class="move-what">{move || t_string!(i18n, groups.move_what, names = mover.carried.with(Carried::names)).to_string()}</p>
                {move || mixed().then(|| view! { <p class="muted">{t!(i18n, groups.move_mixed)}</p> })}
                <Targets mover tree />
                <EmptiedChoice change=mover.change value=mover.delete_emptied />
            </div>
            <div class="dialog-foot">
                <Button on:click=move |_| mover.open.set(false)>{t!(i18n, ui.cancel)}</Button>
                <Button kind=Kind::Primary icon=Icon::Move submit=true busy=mover.change.busy disabled=undecided>{t!(i18n, groups.move_it)}</Button>
            </div>
        </form>
    }
}

/// The groups that can take what is moved, and no group.
#[component]
fn Targets(mover: Mover, tree: Memo<Tree>) -> impl IntoView {
    let i18n = use_i18n();
    let search = RwSignal::new(String::new());
    let name = fresh_id("target");
    let found = Memo::new(move |_| {
        let wanted = search.with(|wanted| wanted.trim().to_lowercase());
        let mut found = mover.carried.with(|carried| {
            tree.with(|tree| {
                let able = tree
                    .all()
                    .filter(|group| tree.takes(Some(group.id), carried) && group.name.to_lowercase().contains(&wanted));
                able.map(|group| (group.id, group.name.clone(), tree.path(group.id))).collect::<Vec<_>>()
            })
        });
        found.sort_by_key(|(_, name, _)| name.to_lowercase());
        found.truncate(SHOWN);
        found
    });
    let pick = move |to: Target| {
        mover.change.failed.set(None);
        mover.to.set(Some(to));
    };
    let option = move |group: String, to: Target, words: AnyView| {
        view! {
            <label class="check choice">
                <input type="radio" name=group prop:checked=move || mover.to.get() == Some(to) on:change=move |_| pick(to) />
                {words}
            </label>
        }
    };
    let own = StoredValue::new(name);
    view! {
        <fieldset class="plain-fieldset stack">
            <legend class="field-label">{t!(i18n, groups.move_to)}</legend>
            <SearchField label=say!(i18n, groups.move_search) value=search />
            <div class="choice-list" tabindex="0" role="group" aria-label=move || t_string!(i18n, groups.move_to)>
                {option(own.get_value(), Target::Nowhere, view! { <span>{t!(i18n, groups.move_none)}</span> }.into_any())}
                <For each=move || found.get() key=Clone::clone children=move |(id, name, path)| {
                    let words = view! {
                        <span class="choice-words"><span>{name}</span><span class="muted small">{path}</span></span>
                    };
                    option(own.get_value(), Target::Group(id), words.into_any())
                } />
            </div>
        </fieldset>
    }
}

/// Why it was refused; and where a group would be left empty, whether to delete it too.
#[component]
pub fn EmptiedChoice(change: Change, value: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let code = move || change.failed.with(|failed| failed.as_ref().and_then(api::Failed::code));
    let asked = RwSignal::new(false);
    Effect::new(move || {
        if code() == Some(ErrorCode::GroupWouldBeEmpty) {
            asked.set(true);
        }
    });
    view! {
        <ChangeFailed change />
        <Show when=move || asked.get()>
            <label class="check">
                <input type="checkbox" prop:checked=value on:change:target=move |event| value.set(event.target().checked()) />
                <span>{t!(i18n, groups.delete_emptied)}</span>
            </label>
        </Show>
    }
}
