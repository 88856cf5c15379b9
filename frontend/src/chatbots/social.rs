//! Tab "Redes sociales": links that go with the post-attendance message.

use super::{
    controls::{Line, Section, Toggle},
    editing::Editing,
};
use crate::i18n::{t, use_i18n};
use leptos::prelude::*;
use types::{
    chatbots::{LINK_MAX, SocialLinks},
    settings_changes::SettingsField as F,
};

#[component]
pub fn SocialTab() -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let on =
        editing.part(F::SocialLinks, |settings| settings.social_links.on, |settings, on| settings.social_links.on = on);
    let link = move |label: Signal<String>,
                     pointer: &'static str,
                     placeholder: &'static str,
                     read: fn(&SocialLinks) -> &String,
                     write: fn(&mut SocialLinks) -> &mut String| {
        let part = editing.part(
            F::SocialLinks,
            move |settings| read(&settings.social_links).clone(),
            move |settings, text: String| text.trim().clone_into(write(&mut settings.social_links)),
        );
        view! { <Line label part pointer max=LINK_MAX kind="url" placeholder /> }
    };
    let brand = |name: &'static str| Signal::derive(move || name.to_owned());
    let silent =
        move || editing.settings.with(|settings| settings.social_links.on && !settings.attention.post_attendance.on);
    view! {
        <Section field=F::SocialLinks title=say!(i18n, chatbots.field_social_links) hint=say!(i18n, chatbots.social_hint)>
            <Toggle label=say!(i18n, chatbots.social_on) part=on pointer="/social_links" />
            {move || silent().then(|| view! { <p class="field-hint">{t!(i18n, chatbots.social_silent)}</p> })}
            <div class="two">
                {link(brand("Instagram"), "/social_links/instagram", "https://www.instagram.com/", |l| &l.instagram, |l| &mut l.instagram)}
                {link(brand("Facebook"), "/social_links/facebook", "https://www.facebook.com/", |l| &l.facebook, |l| &mut l.facebook)}
                {link(brand("X"), "/social_links/x", "https://x.com/", |l| &l.x, |l| &mut l.x)}
                {link(brand("LinkedIn"), "/social_links/linkedin", "https://www.linkedin.com/", |l| &l.linkedin, |l| &mut l.linkedin)}
                {link(brand("YouTube"), "/social_links/youtube", "https://www.youtube.com/", |l| &l.youtube, |l| &mut l.youtube)}
                {link(brand("TikTok"), "/social_links/tiktok", "https://www.tiktok.com/", |l| &l.tiktok, |l| &mut l.tiktok)}
                {link(say!(i18n, chatbots.website), "/social_links/web", "https://", |l| &l.web, |l| &mut l.web)}
            </div>
        </Section>
    }
}
