//! The dialog around the crop: loads the file, sends the square.

use super::{
    crop::{self, Canvas},
    model::Crop,
};
use crate::{
    api,
    i18n::{t, t_string, use_i18n},
    remote::{Change, Remote},
    ui::{
        button::{Button, Kind},
        dialog::Dialog,
        failure::ChangeFailed,
        field::fresh_id,
        icon::Icon,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use types::whatsapp_profiles::{self, WhatsappProfile};
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, HtmlImageElement};

#[component]
pub fn CropDialog(
    open: RwSignal<bool>,
    chosen: RwSignal<Option<File>, LocalStorage>,
    profile: Signal<WhatsappProfile>,
    remote: Remote<WhatsappProfile>,
    took_version: Callback<WhatsappProfile>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog open title=say!(i18n, whatsapp_profiles.crop_title)><Body open chosen profile remote took_version /></Dialog>
    }
}

#[component]
fn Body(
    open: RwSignal<bool>,
    chosen: RwSignal<Option<File>, LocalStorage>,
    profile: Signal<WhatsappProfile>,
    remote: Remote<WhatsappProfile>,
    took_version: Callback<WhatsappProfile>,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::use_here();
    let change = Change::new();
    let image = RwSignal::new_local(None::<HtmlImageElement>);
    let square = RwSignal::new(None::<Crop>);
    let unusable = RwSignal::new(false);
    if let Some(file) = chosen.get_untracked() {
        spawn_local(async move {
            let loaded = crop::load(&file).await;
            let start = loaded.as_ref().and_then(|image| Crop::new(image.natural_width(), image.natural_height()));
            unusable.try_set(start.is_none());
            image.try_set(loaded);
            square.try_set(start);
        });
    }
    let send = move |_| {
        let (Some(picture), Some(square)) = (image.get_untracked(), square.get_untracked()) else { return };
        let id = profile.with_untracked(|profile| profile.number.id);
        let work = async move {
            // A browser that cannot draw is as good as out of reach.
            let blob = crop::export(&picture, square).await.ok_or(api::Failed::Unreachable)?;
            api::upload_to(whatsapp_profiles::UPDATE_WHATSAPP_PICTURE, &[&id], &blob, "picture.jpg").await
        };
        change.run(work, move |fresh: WhatsappProfile| {
            toasts.success(untrack(|| t_string!(i18n, whatsapp_profiles.picture_saved)));
            took_version.try_run(fresh.clone());
            remote.value.set(Some(fresh));
            open.set(false);
        });
    };
    let zoom_id = fresh_id("zoom");
    view! {
        <div class="dialog-body">
            <ChangeFailed change />
            <Show when=move || unusable.get()>
                <div class="notice danger" role="alert">{Icon::Warning.draw()}<p class="notice-text">{t!(i18n, whatsapp_profiles.picture_small)}</p></div>
            </Show>
            <p class="muted" id="crop-help">{t!(i18n, whatsapp_profiles.crop_help)}</p>
            <Canvas image square />
            <div class="field">
                <label class="field-label" for=zoom_id.clone()>{t!(i18n, whatsapp_profiles.zoom)}</label>
                <input id=zoom_id type="range" class="zoom" min="1" step="0.01"
                    max=move || square.get().map_or(1.0, Crop::max_zoom).to_string()
                    disabled=move || square.get().is_none_or(|square| square.max_zoom() <= 1.0)
                    prop:value=move || square.get().map_or(1.0, Crop::zoom).to_string()
                    on:input:target=move |event| {
                        if let Ok(zoom) = event.target().value().parse::<f64>() {
                            square.update(|square| *square = square.map(|square| square.zoomed(zoom)));
                        }
                    } />
            </div>
        </div>
        <div class="dialog-foot">
            <Button on:click=move |_| open.set(false)>{t!(i18n, ui.cancel)}</Button>
            <Button kind=Kind::Primary busy=change.busy disabled=Signal::derive(move || square.get().is_none()) on:click=send>{t!(i18n, ui.save)}</Button>
        </div>
    }
}
