//! A group's name and kind, with what happens when somebody else saved meanwhile.

use super::{create::KindSelect, model, page::Here};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    remote::Change,
    ui::{
        button::{Button, Kind},
        conflict::Conflict,
        failure::ChangeFailed,
        field::{TextField, required_when},
        toast::Toasts,
        unsaved::UnsavedGuard,
    },
};
use leptos::prelude::*;
use types::{
    ErrorCode,
    groups::{self, Group, GroupUpdate, NAME_MAX},
};

/// What is typed, and what it was typed over.
#[derive(Clone, Copy)]
struct Typed {
    name: RwSignal<String>,
    kind: RwSignal<String>,
    base: RwSignal<Group>,
}

impl Typed {
    fn over(group: Group) -> Self {
        Self {
            name: RwSignal::new(group.name.clone()),
            kind: RwSignal::new(group.kind.to_string()),
            base: RwSignal::new(group),
        }
    }

    fn take(self, group: Group) {
        self.name.set(group.name.clone());
        self.kind.set(group.kind.to_string());
        self.base.set(group);
    }

    fn input(self, version: u64) -> GroupUpdate {
        let name = self.name.with(|name| name.trim().to_owned());
        GroupUpdate { name, kind: self.kind.with(|kind| kind.parse().unwrap_or_default()), version }
    }

    fn is_dirty(self) -> bool {
        self.base.with(|base| {
            self.name.with(|name| *name != base.name) || self.kind.with(|kind| *kind != base.kind.to_string())
        })
    }
}

#[component]
pub fn GroupForm(group: Signal<Group>) -> impl IntoView {
    let i18n = use_i18n();
    let here = expect_context::<Here>();
    let toasts = Toasts::use_here();
    let (change, other) = (Change::new(), Change::new());
    let typed = Typed::over(group.get_untracked());
    let dirty = Memo::new(move |_| typed.is_dirty());
    // What others save shows at once, unless it would take away what is being typed.
    Effect::new(move || {
        let group = group.get();
        if !dirty.get_untracked() {
            typed.take(group);
        }
    });
    let theirs = RwSignal::new(None::<Group>);
    let pressed = RwSignal::new(false);
    let missing = required_when(move || pressed.get() && typed.name.with(|name| name.trim().is_empty()));
    let refused = change.field("name");
    let save = move |version: u64| {
        pressed.set(true);
        let input = untrack(|| typed.input(version));
        if input.name.is_empty() {
            return;
        }
        let id = here.id.get_untracked();
        let work = async move { api::send(groups::UPDATE_GROUP, &[&id], &input).await };
        change.run(work, move |saved| {
            theirs.set(None);
            typed.take(saved.clone());
            here.remote.value.set(Some(saved));
            toasts.success(t_string!(i18n, groups.saved));
        });
    };
    Effect::new(move || {
        if change.failed.with(|failed| failed.as_ref()?.code()) == Some(ErrorCode::VersionConflict) {
            let id = here.id.get_untracked();
            other.run(api::ask(groups::GET_GROUP, &[&id], Query::none()), move |group| {
                change.failed.set(None);
                theirs.set(Some(group));
            });
        }
    });
    let sides = Signal::derive(move || {
        let group = theirs.get();
        group.map(|group| model::sides(i18n.get_locale(), &typed.input(0), &group)).unwrap_or_default()
    });
    let keep = move |()| {
        if let Some(version) = theirs.with_untracked(|group| group.as_ref().map(|group| group.version)) {
            save(version);
        }
    };
    let take = move |()| {
        if let Some(group) = theirs.get_untracked() {
            here.remote.value.set(Some(group.clone()));
            typed.take(group);
            theirs.set(None);
        }
    };
    view! {
        <section class="card" aria-labelledby="group-data">
            <div class="card-head"><h2 id="group-data">{t!(i18n, groups.data)}</h2></div>
            <form novalidate class="card-body" on:submit=move |event| {
                event.prevent_default();
                save(typed.base.with_untracked(|base| base.version));
            }>
                <Show when=move || theirs.with(Option::is_some)>
                    <Conflict sides busy=change.busy on_keep=Callback::new(keep) on_take=Callback::new(take) />
                </Show>
                <ChangeFailed change />
                <fieldset class="plain-fieldset two" disabled=move || !here.may_edit.get()>
                    <legend class="visually-hidden">{t!(i18n, groups.data)}</legend>
                    <TextField label=say!(i18n, groups.name) value=typed.name max=NAME_MAX
                        error=Signal::derive(move || missing.get().or_else(|| refused.get())) />
                    <KindSelect value=typed.kind />
                </fieldset>
                <Show when=move || here.may_edit.get() fallback=move || view! { <p class="muted">{t!(i18n, groups.only_view)}</p> }>
                    <div class="row row-end">
                        <Button kind=Kind::Primary submit=true busy=change.busy disabled=Signal::derive(move || !dirty.get())>{t!(i18n, ui.save)}</Button>
                    </div>
                </Show>
            </form>
            <UnsavedGuard dirty />
        </section>
    }
}
