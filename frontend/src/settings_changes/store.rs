//! What was chosen on one page for another, for as long as the browser's tab lives: it survives a reload.

use super::model::Choice;
use leptos::prelude::window;
use web_sys::Storage;

/// The chatbots that are edited at once.
pub const CHATBOTS: &str = "cercano.chatbots.many";
/// The numbers whose templates are activated at once.
pub const TEMPLATE_ACTIVATIONS: &str = "cercano.template_activations.many";

pub fn keep(key: &str, choice: &Choice) {
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(choice)) {
        // A browser that keeps nothing leads back to the list.
        let _ = storage.set_item(key, &text);
    }
}

/// What was kept, when it is a choice.
pub fn kept(key: &str) -> Option<Choice> {
    let text = storage()?.get_item(key).ok().flatten()?;
    serde_json::from_str::<Choice>(&text).ok().filter(|choice| !choice.is_empty())
}

pub fn forget(key: &str) {
    if let Some(storage) = storage() {
        // What stays is overwritten by the next choice.
        let _ = storage.remove_item(key);
    }
}

fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
