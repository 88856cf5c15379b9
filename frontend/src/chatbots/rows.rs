//! The buttons of one row of a list: up, down, and away.

use crate::{
    i18n::{t_string, use_i18n},
    ui::{button::IconButton, icon::Icon},
};
use leptos::prelude::*;

#[component]
pub fn RowTools(
    /// What the row is called, for the names of the buttons.
    name: Signal<String>,
    at: usize,
    count: Memo<usize>,
    /// To which place.
    on_move: Callback<usize>,
    on_remove: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let first = Signal::derive(move || at == 0);
    let last = Signal::derive(move || at + 1 >= count.get());
    let up = Signal::derive(move || t_string!(i18n, chatbots.move_up, name = name.get()).to_string());
    let down = Signal::derive(move || t_string!(i18n, chatbots.move_down, name = name.get()).to_string());
    let away = Signal::derive(move || t_string!(i18n, chatbots.remove_named, name = name.get()).to_string());
    view! {
        <div class="row">
            <IconButton icon=Icon::Up small=true label=up disabled=first on:click=move |_| on_move.run(at.saturating_sub(1)) />
            <IconButton icon=Icon::Down small=true label=down disabled=last on:click=move |_| if !last.get_untracked() { on_move.run(at + 1) } />
            <IconButton icon=Icon::Trash small=true label=away on:click=move |_| on_remove.run(()) />
        </div>
    }
}
