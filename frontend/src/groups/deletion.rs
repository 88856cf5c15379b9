//! The end of a group: nothing in it ends with it.

use super::{mover::EmptiedChoice, page::Here};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    remote::Change,
    routes,
    ui::{
        button::{Button, Kind},
        dialog::Dialog,
        icon::Icon,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use types::groups::{self, Group, GroupDeletionChoice};

#[component]
pub fn Deletion(group: Signal<Group>) -> impl IntoView {
    let i18n = use_i18n();
    let here = expect_context::<Here>();
    let open = RwSignal::new(false);
    let title = Signal::derive(move || {
        t_string!(i18n, groups.delete_named, name = group.with(|group| group.name.clone())).to_string()
    });
    view! {
        <Show when=move || here.may_edit.get()>
            <section class="card" aria-labelledby="group-end">
                <div class="card-head">
                    <div>
                        <h2 id="group-end">{t!(i18n, groups.delete)}</h2>
                        <p class="small">{t!(i18n, groups.delete_text)}</p>
                    </div>
                    <Button kind=Kind::Danger icon=Icon::Trash on:click=move |_| open.set(true)>{t!(i18n, groups.delete)}</Button>
                </div>
            </section>
        </Show>
        <Dialog open title><Sure open /></Dialog>
    }
}

#[component]
fn Sure(open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let here = expect_context::<Here>();
    let toasts = Toasts::use_here();
    let navigate = StoredValue::new_local(use_navigate());
    let change = Change::new();
    let delete_emptied = RwSignal::new(false);
    let delete = move |_| {
        let id = here.id.get_untracked();
        let query = GroupDeletionChoice { delete_emptied: delete_emptied.get_untracked().then_some(true) };
        change.run(api::ask(groups::DELETE_GROUP, &[&id], Query::of(&query)), move |()| {
            toasts.success(t_string!(i18n, groups.deleted));
            navigate.with_value(|navigate| navigate(routes::GROUPS, NavigateOptions::default()));
        });
    };
    view! {
        <div class="dialog-body">
            <p>{t!(i18n, groups.delete_text)}</p>
            <EmptiedChoice change value=delete_emptied />
        </div>
        <div class="dialog-foot">
            <Button on:click=move |_| open.set(false)>{t!(i18n, ui.cancel)}</Button>
            <Button kind=Kind::Danger busy=change.busy on:click=delete>{t!(i18n, ui.delete)}</Button>
        </div>
    }
}
