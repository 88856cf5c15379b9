//! How the documents are kept. Documents and programs may differ in age: a part that an older document does not have is as
//! in [`Default`], and a part that this version does not know is skipped.
//!
//! Queues and their agents are kept beside, in tables: the stored document has none.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use types::chatbots::Queues;

/// A stored document, of the chatbot's settings or of the attention settings.
///
/// # Errors
/// When a value in it has another form than it should.
pub fn read<T: Default + Serialize + DeserializeOwned>(stored: Value) -> serde_json::Result<T> {
    let mut document = serde_json::to_value(T::default())?;
    adopt(&mut document, renamed(stored));
    serde_json::from_value(document)
}

/// The form a chatbot's settings are stored in.
///
/// # Errors
/// Never, as far as we know.
pub fn write(settings: &types::chatbots::ChatbotSettings) -> serde_json::Result<Value> {
    let mut kept = settings.clone();
    let Queues { default_agents, centre_on: _, prompt: _, own } = &mut kept.queues;
    default_agents.clear();
    own.clear();
    serde_json::to_value(kept)
}

fn adopt(document: &mut Value, stored: Value) {
    match (document, stored) {
        // A tagged enum is taken whole: its fields belong to its tag.
        (Value::Object(known), Value::Object(stored)) if !is_tagged(&stored) => {
            for (name, value) in stored {
                if let Some(known) = known.get_mut(&name) {
                    adopt(known, value);
                }
            }
        }
        (document, stored) => *document = stored,
    }
}

fn is_tagged(object: &serde_json::Map<String, Value>) -> bool {
    object.contains_key("every") || object.contains_key("kind") && object.contains_key("phone")
}

/// The first documents had four texts and nothing else.
fn renamed(stored: Value) -> Value {
    let Value::Object(old) = &stored else { return stored };
    if !old.contains_key("first_greeting") {
        return stored;
    }
    let part = |name: &str| old.get(name).cloned().unwrap_or_else(|| json!({}));
    json!({
        "conversation_flow": {"first_greeting": part("first_greeting"), "return_greeting": part("return_greeting")},
        "attention": {"pre_attendance": part("pre_attendance"), "post_attendance": part("post_attendance")},
        // Those who had no hours were open around the clock.
        "hours": {"always": true},
    })
}
