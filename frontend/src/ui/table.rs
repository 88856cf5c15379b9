//! The box of a table: it scrolls sideways where the table does not fit, by keyboard too.

use leptos::prelude::*;

#[component]
pub fn TableBox(
    /// What the table lists.
    #[prop(into)]
    label: Signal<String>,
    /// Long lists scroll inside the box.
    #[prop(optional)]
    short: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="table-wrap" class:short=short role="group" tabindex="0" aria-label=label>
            <table class="table">{children()}</table>
        </div>
    }
}
