//! The boxes of a profile: what is seen and what is changed, by area of the menu.

use super::{
    model::{self, Checked},
    words,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    session::Session,
    ui::icon::Icon,
};
use leptos::{html, prelude::*};
use strum::IntoEnumIterator;
use types::{
    Permission,
    permission::{Area, Entry},
};

#[component]
pub fn PermissionEditor(
    granted: RwSignal<Vec<Permission>>,
    /// The profile can only be looked at.
    #[prop(into)]
    locked: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let mine =
        Memo::new(move |_| session.me.with(|me| me.as_ref().map(|me| me.permissions.clone()).unwrap_or_default()));
    let some_not_mine = Memo::new(move |_| {
        let mine = mine.get();
        !locked.get()
            && Area::iter()
                .flat_map(Area::entries)
                .any(|entry| !model::is_movable(&mine, entry.view) || !model::is_movable(&mine, entry.edit))
    });
    view! {
        <div class="stack">
            <Show when=move || some_not_mine.get()>
                <p class="row muted small">{Icon::Info.draw()}{t!(i18n, profiles.some_not_yours)}</p>
            </Show>
            <div class="areas">
                {Area::iter().map(|area| view! { <AreaBoxes area granted mine locked /> }).collect_view()}
            </div>
        </div>
    }
}

#[component]
fn AreaBoxes(
    area: Area,
    granted: RwSignal<Vec<Permission>>,
    mine: Memo<Vec<Permission>>,
    locked: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let state = Memo::new(move |_| granted.with(|granted| model::checked(granted, area)));
    let node = NodeRef::<html::Input>::new();
    // "Some of them" is a state only a script can give to a box.
    Effect::new(move || {
        let some = state.get() == Checked::Some;
        if let Some(node) = node.get() {
            node.set_indeterminate(some);
        }
    });
    let immovable = move || {
        let mine = mine.get();
        !area.entries().iter().any(|entry| model::is_movable(&mine, entry.view) || model::is_movable(&mine, entry.edit))
    };
    let name = move || words::area(i18n.get_locale(), area);
    view! {
        <fieldset class="area">
            <legend class="area-name">{name}</legend>
            <label class="check area-all">
                <input node_ref=node type="checkbox" prop:checked=move || state.get() == Checked::All
                    aria-label=move || t_string!(i18n, profiles.all_of, area = name()).to_string()
                    disabled=move || locked.get() || immovable()
                    on:change:target=move |event| {
                        let on = event.target().checked();
                        let mine = mine.get_untracked();
                        granted.update(|granted| *granted = model::all_toggled(granted, area, &mine, on));
                        // Where not all of them could be moved, the box shows what is, not what was pressed.
                        let state = state.get_untracked();
                        event.target().set_checked(state == Checked::All);
                        event.target().set_indeterminate(state == Checked::Some);
                    } />
                <span>{t!(i18n, profiles.all_box)}</span>
            </label>
            <ul>
                {area.entries().iter().map(|entry| view! { <EntryBoxes entry=*entry granted mine locked /> }).collect_view()}
            </ul>
        </fieldset>
    }
}

#[component]
fn EntryBoxes(
    entry: Entry,
    granted: RwSignal<Vec<Permission>>,
    mine: Memo<Vec<Permission>>,
    locked: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let name = move || words::entry(i18n.get_locale(), entry.view);
    view! {
        <li class="entry">
            <span class="entry-name" aria-hidden="true">{name}</span>
            <Check permission=entry.view entry granted mine locked words=say!(i18n, profiles.view_box)
                label=Signal::derive(move || t_string!(i18n, profiles.view_of, entry = name()).to_string()) />
            <Check permission=entry.edit entry granted mine locked words=say!(i18n, profiles.edit_box)
                label=Signal::derive(move || t_string!(i18n, profiles.edit_of, entry = name()).to_string()) />
        </li>
    }
}

#[component]
fn Check(
    permission: Permission,
    entry: Entry,
    granted: RwSignal<Vec<Permission>>,
    mine: Memo<Vec<Permission>>,
    locked: Signal<bool>,
    words: Signal<String>,
    label: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    // Unchecking "view" takes "edit" with it, so that both have to be one's own.
    let foreign = move || {
        let mine = mine.get();
        let takes_edit = permission == entry.view && granted.with(|granted| granted.contains(&entry.edit));
        !model::is_movable(&mine, permission)
            || !model::is_movable(&mine, entry.view)
            || (takes_edit && !model::is_movable(&mine, entry.edit))
    };
    let reason = move || (!locked.get() && foreign()).then(|| t_string!(i18n, profiles.not_yours));
    view! {
        <label class="check" title=reason>
            <input type="checkbox" disabled=move || locked.get() || foreign()
                aria-label=move || match reason() {
                    Some(reason) => format!("{}. {reason}", label.get()),
                    None => label.get(),
                }
                prop:checked=move || granted.with(|granted| granted.contains(&permission))
                on:change:target=move |event| {
                    let on = event.target().checked();
                    granted.update(|granted| *granted = model::toggled(granted, entry, permission, on));
                } />
            <span>{words}</span>
        </label>
    }
}
