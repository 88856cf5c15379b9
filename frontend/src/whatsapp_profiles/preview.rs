//! The profile as a customer sees it on WhatsApp.

use super::{model::Texts, picture, verticals};
use crate::{
    i18n::{t, use_i18n},
    ui::icon::Icon,
};
use leptos::prelude::*;
use types::whatsapp_profiles::WhatsappProfile;

#[component]
pub fn Preview(profile: Signal<WhatsappProfile>, texts: Memo<Texts>) -> impl IntoView {
    let i18n = use_i18n();
    let line = move |icon: Icon, text: fn(&Texts) -> &String| {
        let shown = move || texts.with(|texts| text(texts).clone());
        view! {
            <Show when=move || texts.with(|texts| !text(texts).trim().is_empty())>
                <li>{icon.draw()}<span>{shown}</span></li>
            </Show>
        }
    };
    let sector = move || {
        let vertical = texts.with(|texts| texts.vertical.clone());
        let said = !matches!(vertical.as_str(), "UNDEFINED" | "OTHER");
        said.then(|| verticals::words(i18n.get_locale(), &vertical))
    };
    view! {
        <aside class="card" aria-labelledby="preview">
            <div class="card-head"><h2 id="preview">{t!(i18n, whatsapp_profiles.preview)}</h2></div>
            <div class="profile-preview">
                {move || profile.with(picture::address).map_or_else(
                    || view! { <span class="profile-picture" aria-hidden="true">{Icon::Building.draw()}</span> }.into_any(),
                    |address| view! { <img class="profile-picture" src=address alt="" width="96" height="96" /> }.into_any(),
                )}
                <p class="profile-name">{move || profile.with(|profile| profile.number.name.clone())}</p>
                <p class="muted numeric">{move || profile.with(|profile| profile.number.phone.clone())}</p>
                <p class="muted small">{t!(i18n, whatsapp_profiles.business_account)}</p>
                <ul class="profile-lines">
                    {line(Icon::Card, |texts| &texts.description)}
                    {move || sector().map(|words| view! { <li>{Icon::Building.draw()}<span>{words}</span></li> })}
                    {line(Icon::Flag, |texts| &texts.address)}
                    {line(Icon::Mail, |texts| &texts.email)}
                    {line(Icon::Globe, |texts| &texts.first_website)}
                    {line(Icon::Globe, |texts| &texts.second_website)}
                    {line(Icon::Info, |texts| &texts.about)}
                </ul>
            </div>
        </aside>
    }
}
