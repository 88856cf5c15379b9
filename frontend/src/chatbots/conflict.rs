//! Somebody saved the same chatbot meanwhile: what one changed oneself beside what they saved, field by field. What only
//! they changed is theirs in any case.

use super::{model, words};
use crate::{
    i18n::use_i18n,
    ui::conflict::{Conflict, Side},
};
use leptos::prelude::*;
use types::{
    attention_settings::AttentionSettings,
    chatbots::{Chatbot, ChatbotSettings},
    settings_changes::SettingsField,
};

#[component]
pub fn Theirs(
    theirs: RwSignal<Option<Chatbot>>,
    /// What one's own changes started from.
    base: RwSignal<Chatbot>,
    settings: RwSignal<ChatbotSettings>,
    #[prop(into)] busy: Signal<bool>,
    /// One's own changes on top of what they saved, and the version that has.
    on_keep: Callback<(ChatbotSettings, u64)>,
    on_take: Callback<Chatbot>,
) -> impl IntoView {
    let i18n = use_i18n();
    let sides = Signal::derive(move || {
        let locale = i18n.get_locale();
        let Some(theirs) = theirs.get() else { return Vec::new() };
        let merged = base.with(|base| settings.with(|mine| merged(&base.settings, mine, &theirs.settings)));
        let nothing = AttentionSettings::default();
        let all = model::all_fields();
        domain::chatbots::differences((&merged, &nothing), (&theirs.settings, &nothing), &all)
            .into_iter()
            .map(|change| Side {
                field: words::field(locale, change.field).to_owned(),
                yours: words::value(locale, change.field, &change.from),
                theirs: words::value(locale, change.field, &change.to),
            })
            .collect()
    });
    let keep = move |()| {
        if let Some(theirs) = theirs.get_untracked() {
            let merged = base
                .with_untracked(|base| settings.with_untracked(|mine| merged(&base.settings, mine, &theirs.settings)));
            on_keep.run((merged, theirs.version));
        }
    };
    let take = move |()| {
        if let Some(theirs) = theirs.get_untracked() {
            on_take.run(theirs);
        }
    };
    view! {
        <Show when=move || theirs.with(Option::is_some)>
            <Conflict sides busy on_keep=Callback::new(keep) on_take=Callback::new(take) />
        </Show>
    }
}

/// What they saved, with the fields changed here.
fn merged(base: &ChatbotSettings, mine: &ChatbotSettings, theirs: &ChatbotSettings) -> ChatbotSettings {
    let nothing = AttentionSettings::default();
    let changed: Vec<SettingsField> =
        domain::chatbots::differences((base, &nothing), (mine, &nothing), &model::all_fields())
            .into_iter()
            .map(|change| change.field)
            .collect();
    let mut merged = theirs.clone();
    domain::chatbots::apply((&mut merged, &mut AttentionSettings::default()), (mine, &nothing), &changed);
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::Language;

    #[test]
    fn what_only_they_changed_stays_theirs_and_what_i_changed_is_mine() {
        let base = domain::chatbots::defaults(Language::Es);
        let (mut mine, mut theirs) = (base.clone(), base.clone());
        mine.conversation_flow.first_greeting.text = "mía".to_owned();
        mine.social_links.web = "https://mia.example".to_owned();
        theirs.social_links.web = "https://suya.example".to_owned();
        theirs.hours.always = false;
        let merged = merged(&base, &mine, &theirs);
        assert_eq!(merged.conversation_flow.first_greeting.text, "mía");
        assert_eq!(merged.social_links.web, "https://mia.example");
        assert!(!merged.hours.always);
    }
}
