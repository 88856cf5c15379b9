//! The picture: what WhatsApp has, and the way to another.

use super::crop_dialog::CropDialog;
use crate::{
    i18n::{t, t_string, use_i18n},
    remote::Remote,
    ui::{field::fresh_id, icon::Icon},
};
use leptos::{html, prelude::*};
use types::whatsapp_profiles::{GET_WHATSAPP_PICTURE, PICTURE_MAX_BYTES, WhatsappProfile};
use web_sys::File;

/// Where the picture is, on this host; another version is another address, so that no old one is shown.
pub fn address(profile: &WhatsappProfile) -> Option<String> {
    profile.has_picture.then(|| {
        let version = js_sys::encode_uri_component(&profile.version);
        format!("{}?v={version}", GET_WHATSAPP_PICTURE.at(&[&profile.number.id]))
    })
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refused {
    Kind,
    Size,
}

#[component]
pub fn Picture(
    profile: Signal<WhatsappProfile>,
    remote: Remote<WhatsappProfile>,
    may_edit: Memo<bool>,
    took_version: Callback<WhatsappProfile>,
) -> impl IntoView {
    let i18n = use_i18n();
    let input = NodeRef::<html::Input>::new();
    let id = fresh_id("picture");
    let label_for = StoredValue::new(id.clone());
    let refused = RwSignal::new(None::<Refused>);
    let chosen = RwSignal::new_local(None::<File>);
    let open = RwSignal::new(false);
    let take = move |file: Option<File>| {
        if let Some(input) = input.get_untracked() {
            input.set_value("");
        }
        let Some(file) = file else { return };
        let wrong = wrong_with(&file.type_(), file.size());
        refused.set(wrong);
        if wrong.is_none() {
            chosen.set(Some(file));
            open.set(true);
        }
    };
    let why = move || {
        refused.get().map(|refused| match refused {
            Refused::Kind => t_string!(i18n, whatsapp_profiles.picture_kind),
            Refused::Size => t_string!(i18n, whatsapp_profiles.picture_size),
        })
    };
    view! {
        <div class="profile-picture-row">
            {move || profile.with(address).map_or_else(
                || view! { <span class="profile-picture" aria-hidden="true">{Icon::Image.draw()}</span> }.into_any(),
                |address| view! {
                    <img class="profile-picture" src=address width="96" height="96" alt=move || t_string!(i18n, whatsapp_profiles.picture_now) />
                }.into_any(),
            )}
            <div class="stack">
                <p class="strong">{t!(i18n, whatsapp_profiles.picture)}</p>
                <p class="muted small">{t!(i18n, whatsapp_profiles.picture_hint)}</p>
                <Show when=move || may_edit.get()>
                    <div><label class="button secondary picture-choose" for=label_for.get_value()>{Icon::Upload.draw()}{t!(i18n, whatsapp_profiles.picture_choose)}</label></div>
                </Show>
                <input class="visually-hidden" id=id type="file" accept="image/jpeg,image/png" node_ref=input
                    disabled=move || !may_edit.get() aria-label=move || t_string!(i18n, whatsapp_profiles.picture_choose)
                    on:change:target=move |event| take(event.target().files().and_then(|files| files.item(0))) />
                <div role="alert">{move || why().map(|why| view! { <p class="field-error">{Icon::Warning.draw()}{why}</p> })}</div>
            </div>
            <CropDialog open chosen profile remote took_version />
        </div>
    }
}

/// The browser counts bytes as a float.
fn wrong_with(kind: &str, bytes: f64) -> Option<Refused> {
    if !matches!(kind, "image/jpeg" | "image/png") {
        return Some(Refused::Kind);
    }
    u32::try_from(PICTURE_MAX_BYTES).is_ok_and(|max| bytes > f64::from(max)).then_some(Refused::Size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_whatsapp_takes_are_taken() {
        assert_eq!(wrong_with("image/jpeg", 5_242_880.0), None);
        assert_eq!(wrong_with("image/png", 10.0), None);
        assert_eq!(wrong_with("image/png", 5_242_881.0), Some(Refused::Size));
        for kind in ["image/gif", "image/webp", "text/html", ""] {
            assert_eq!(wrong_with(kind, 10.0), Some(Refused::Kind), "{kind}");
        }
    }
}
