//! Choose the sheet, or drop it.

use crate::{
    api,
    i18n::{t, t_string, use_i18n},
    remote::Change,
    ui::{failure::ChangeFailed, icon::Icon},
};
use leptos::{html, prelude::*};
use types::campaigns::{self, Campaign, MAX_SHEET_BYTES};
use web_sys::{DragEvent, File};

#[component]
pub fn Upload(draft: RwSignal<Option<Campaign>>) -> impl IntoView {
    let i18n = use_i18n();
    let change = Change::new();
    let over = RwSignal::new(false);
    let too_big = RwSignal::new(false);
    let name = RwSignal::new(String::new());
    let input = NodeRef::<html::Input>::new();
    let take = move |file: Option<File>| {
        let Some(file) = file else { return };
        name.set(file.name());
        too_big.set(is_too_big(file.size()));
        if !too_big.get_untracked() {
            change.run(async move { api::upload(campaigns::CREATE_CAMPAIGN, &file).await }, move |campaign| {
                draft.set(Some(campaign));
            });
        }
        if let Some(input) = input.get_untracked() {
            // So that the same file, corrected, can be chosen again.
            input.set_value("");
        }
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        take(event.data_transfer().and_then(|data| data.files()).and_then(|files| files.item(0)));
    };
    view! {
        <section class="card drop" class:over=over
            on:dragover=move |event| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false) on:drop=dropped>
            <Show when=move || change.busy.get() fallback=move || view! {
                <span class="drop-icon">{Icon::Upload.draw()}</span>
                <p class="drop-title">{t!(i18n, campaigns.drop)}</p>
                <p class="muted">{t!(i18n, campaigns.drop_or)}</p>
                <label class="button primary drop-choose" for="sheet">{t!(i18n, campaigns.choose_file)}</label>
                <p class="muted small" id="sheet-hint">{t!(i18n, campaigns.drop_hint)}</p>
            }>
                <progress aria-label=move || t_string!(i18n, campaigns.uploading, name = name.get())></progress>
                <p role="status">{move || t_string!(i18n, campaigns.uploading, name = name.get())}</p>
            </Show>
            <input class="visually-hidden" id="sheet" type="file" node_ref=input accept=".xlsx,.xls,.ods,.csv" aria-describedby="sheet-hint"
                on:change:target=move |event| take(event.target().files().and_then(|files| files.item(0))) />
        </section>
        <Show when=move || too_big.get()>
            <div class="notice danger" role="alert">{Icon::Warning.draw()}<p class="notice-text">{t!(i18n, campaigns.too_big)}</p></div>
        </Show>
        <ChangeFailed change />
    }
}

/// The browser counts bytes as a float.
fn is_too_big(bytes: f64) -> bool {
    u32::try_from(MAX_SHEET_BYTES).is_ok_and(|max| bytes > f64::from(max))
}
