//! Choose the sheet, or drop it.

use crate::{
    api,
    i18n::{t, t_string, use_i18n},
    remote::Change,
    ui::{drop::Drop, failure::ChangeFailed, icon::Icon},
};
use leptos::prelude::*;
use types::campaigns::{self, Campaign, MAX_SHEET_BYTES};
use web_sys::File;

#[component]
pub fn Upload(draft: RwSignal<Option<Campaign>>) -> impl IntoView {
    let i18n = use_i18n();
    let change = Change::new();
    let too_big = RwSignal::new(false);
    let name = RwSignal::new(String::new());
    let take = move |file: File| {
        name.set(file.name());
        too_big.set(is_too_big(file.size()));
        if !too_big.get_untracked() {
            change.run(async move { api::upload(campaigns::CREATE_CAMPAIGN, &file).await }, move |campaign| {
                draft.set(Some(campaign));
            });
        }
    };
    view! {
        <Drop title=say!(i18n, campaigns.drop) or=say!(i18n, campaigns.drop_or) choose=say!(i18n, campaigns.choose_file)
            hint=say!(i18n, campaigns.drop_hint) accept=".xlsx,.xls,.ods,.csv" busy=change.busy on_file=Callback::new(take)
            uploading=Signal::derive(move || t_string!(i18n, campaigns.uploading, name = name.get())) />
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
