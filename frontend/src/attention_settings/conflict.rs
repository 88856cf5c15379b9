//! Somebody saved in between: both sides, field by field, and the choice.

use super::{
    inputs::{rule_words, unit_words},
    model::Span,
};
use crate::{
    i18n::{Locale, td_string, use_i18n},
    remote::Change,
    ui::conflict::{Conflict, Side},
};
use leptos::prelude::*;
use types::attention_settings::{AttentionSettings, NumberAttention};

#[component]
pub fn Theirs(
    theirs: RwSignal<Option<NumberAttention>>,
    mine: Memo<AttentionSettings>,
    change: Change,
    /// Save one's own over this version.
    on_keep: Callback<u64>,
    on_take: Callback<NumberAttention>,
) -> impl IntoView {
    let i18n = use_i18n();
    let sides = Signal::derive(move || {
        let locale = i18n.get_locale();
        let stored = theirs.with(|theirs| theirs.as_ref().map(|theirs| said(locale, &theirs.settings)));
        let mine = mine.with(|mine| said(locale, mine));
        let both = mine.into_iter().zip(stored.unwrap_or_default());
        let side = |((field, yours), (_, theirs)): ((&str, String), (&str, String))| {
            (yours != theirs).then(|| Side { field: field.to_owned(), yours, theirs })
        };
        both.filter_map(side).collect::<Vec<_>>()
    });
    let keep = move |()| {
        if let Some(stored) = theirs.get_untracked() {
            on_keep.run(stored.version);
        }
    };
    let take = move |()| {
        if let Some(stored) = theirs.get_untracked() {
            change.failed.set(None);
            on_take.run(stored);
        }
    };
    view! {
        <Show when=move || theirs.with(Option::is_some)>
            <Conflict sides busy=change.busy on_keep=Callback::new(keep) on_take=Callback::new(take) />
        </Show>
    }
}

/// Every field with its value, as people read them; always in the same order.
fn said(locale: Locale, settings: &AttentionSettings) -> Vec<(&'static str, String)> {
    let AttentionSettings {
        tags,
        mandatory_tag,
        distribution,
        tickets_at_a_time,
        inactivity,
        return_to_queue_minutes,
        customer_signals,
        active_answers_first,
        cancel_words,
        agent_may,
    } = settings;
    let yes = |on: bool| if on { td_string!(locale, ui.yes) } else { td_string!(locale, ui.no) }.to_owned();
    let span = |minutes: u32| {
        let span = Span::of(minutes);
        format!("{} {}", span.amount, unit_words(locale, span.unit))
    };
    let warning = &inactivity.warning;
    vec![
        (td_string!(locale, attention_settings.tags_label), tags.join(", ")),
        (td_string!(locale, attention_settings.mandatory), yes(*mandatory_tag)),
        (td_string!(locale, attention_settings.rule), rule_words(locale, *distribution).to_owned()),
        (td_string!(locale, attention_settings.at_a_time), tickets_at_a_time.to_string()),
        (td_string!(locale, attention_settings.return_after), return_to_queue_minutes.to_string()),
        (td_string!(locale, attention_settings.active_first), yes(*active_answers_first)),
        (td_string!(locale, attention_settings.closes), yes(inactivity.on)),
        (td_string!(locale, attention_settings.close_after), span(inactivity.close_after_minutes)),
        (td_string!(locale, attention_settings.warns), yes(warning.on)),
        (td_string!(locale, attention_settings.lead), span(warning.lead_minutes)),
        (td_string!(locale, attention_settings.warning), warning.text.clone()),
        (td_string!(locale, attention_settings.read_receipts), yes(customer_signals.read_receipts)),
        (td_string!(locale, attention_settings.typing), yes(customer_signals.typing)),
        (td_string!(locale, attention_settings.cancel_words), cancel_words.join(", ")),
        (td_string!(locale, attention_settings.may_transfer), yes(agent_may.transfer)),
        (td_string!(locale, attention_settings.may_close), yes(agent_may.close)),
        (td_string!(locale, attention_settings.may_start), yes(agent_may.start_conversations)),
    ]
}
