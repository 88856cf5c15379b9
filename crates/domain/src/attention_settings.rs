//! What is wrong with attention settings (spec S1).

use crate::chatbots::Fault;
use types::attention_settings::AttentionSettings;

/// Every fault, in the order of the page.
pub fn check(settings: &AttentionSettings) -> Vec<Fault> {
    let AttentionSettings {
        tags: _,
        mandatory_tag: _,
        distribution: _,
        tickets_at_a_time: _,
        inactivity: _,
        return_to_queue_minutes: _,
        customer_signals: _,
        active_answers_first: _,
        cancel_words: _,
        agent_may: _,
    } = settings;
    Vec::new()
}
