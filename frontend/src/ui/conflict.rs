//! Two people saved the same thing: both sides beside each other, and which one holds.

use crate::{
    i18n::{t, use_i18n},
    ui::{
        button::{Button, Kind},
        icon::Icon,
        table::TableBox,
    },
};
use leptos::{html, prelude::*};

/// One field that is not the same on both sides.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Side {
    pub field: String,
    pub yours: String,
    pub theirs: String,
}

/// What differs, with a way to save one's own over it and a way to take what is saved.
#[component]
pub fn Conflict(
    #[prop(into)] sides: Signal<Vec<Side>>,
    #[prop(into)] busy: Signal<bool>,
    on_keep: Callback<()>,
    on_take: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Section>::new();
    // Whoever saved stands at the foot of a long form, and this stands at its head.
    node.on_load(|section| request_animation_frame(move || section.scroll_into_view()));
    view! {
        <section node_ref=node class="notice warning conflict" role="alert">
            {Icon::Warning.draw()}
            <div>
                <p class="strong">{t!(i18n, ui.conflict_title)}</p>
                <TableBox label=say!(i18n, ui.conflict_title)>
                    <thead><tr>
                        <th scope="col">{t!(i18n, ui.conflict_field)}</th>
                        <th scope="col">{t!(i18n, ui.conflict_yours)}</th>
                        <th scope="col">{t!(i18n, ui.conflict_theirs)}</th>
                    </tr></thead>
                    <tbody>
                        <For each=move || sides.get() key=Clone::clone children=|side| view! {
                            <tr><th scope="row">{side.field}</th><td>{side.yours}</td><td>{side.theirs}</td></tr>
                        } />
                    </tbody>
                </TableBox>
                <div class="row">
                    <Button on:click=move |_| on_take.run(())>{t!(i18n, ui.conflict_take)}</Button>
                    <Button kind=Kind::Primary busy on:click=move |_| on_keep.run(())>{t!(i18n, ui.conflict_keep)}</Button>
                </div>
            </div>
        </section>
    }
}
