//! Where a file is dropped, or chosen by its button.

use crate::ui::{field::fresh_id, icon::Icon};
use leptos::{html, prelude::*};
use web_sys::{DragEvent, File};

#[component]
pub fn Drop(
    #[prop(into)] title: Signal<String>,
    /// Between the title and the button: "or".
    #[prop(into)]
    or: Signal<String>,
    #[prop(into)] choose: Signal<String>,
    #[prop(into)] hint: Signal<String>,
    /// What is said while the file is on its way.
    #[prop(into)]
    uploading: Signal<String>,
    /// The kinds of files the browser offers.
    accept: &'static str,
    #[prop(into)] busy: Signal<bool>,
    on_file: Callback<File>,
) -> impl IntoView {
    let over = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    let (id, hint_id) = (fresh_id("file"), fresh_id("file-hint"));
    let (label_for, described_by) = (StoredValue::new(id.clone()), StoredValue::new(hint_id.clone()));
    let take = move |file: Option<File>| {
        if let Some(file) = file {
            on_file.run(file);
        }
        if let Some(input) = input.get_untracked() {
            // So that the same file, corrected, can be chosen again.
            input.set_value("");
        }
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        if !busy.get_untracked() {
            take(event.data_transfer().and_then(|data| data.files()).and_then(|files| files.item(0)));
        }
    };
    view! {
        <section class="card drop" class:over=over
            on:dragover=move |event| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false) on:drop=dropped>
            <Show when=move || busy.get() fallback=move || view! {
                <span class="drop-icon">{Icon::Upload.draw()}</span>
                <p class="drop-title">{title}</p>
                <p class="muted">{or}</p>
                <label class="button primary drop-choose" for=label_for.get_value()>{choose}</label>
                <p class="muted small" id=described_by.get_value()>{hint}</p>
            }>
                <progress aria-label=uploading></progress>
                <p role="status">{uploading}</p>
            </Show>
            <input class="visually-hidden" id=id type="file" node_ref=input accept=accept aria-describedby=hint_id
                on:change:target=move |event| take(event.target().files().and_then(|files| files.item(0))) />
        </section>
    }
}
