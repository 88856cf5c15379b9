//! What this browser keeps for its reader. One that keeps nothing loses a convenience, and nothing else.

use leptos::prelude::window;
use serde::{Serialize, de::DeserializeOwned};

/// What was kept under a key, when it is still there and still reads.
pub fn kept<T: DeserializeOwned>(key: &str) -> Option<T> {
    let text = storage()?.get_item(key).ok().flatten()?;
    serde_json::from_str(&text).ok()
}

pub fn keep<T: Serialize>(key: &str, value: &T) {
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(value)) {
        let _ = storage.set_item(key, &text);
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
