//! The three languages say the same things.
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Fault, File};

const FOLDER: &str = "frontend/locales";
const LANGUAGES: [&str; 3] = ["es", "pt", "en"];

/// Languages differ in their plural forms, so `tickets_one` and `tickets_other` count as `tickets`.
const FORMS: [&str; 6] = ["_zero", "_one", "_two", "_few", "_many", "_other"];

pub(super) fn same_keys(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut said: BTreeMap<&str, BTreeSet<String>> = LANGUAGES.iter().map(|name| (*name, BTreeSet::new())).collect();
    for file in files.iter().filter(|file| file.below(FOLDER) && file.is("json")) {
        let Some((language, namespace)) = place(&file.path) else { continue };
        let Some(keys) = said.get_mut(language) else {
            faults.push(file.fault(1, format!("`{language}` is not one of the languages")));
            continue;
        };
        match serde_json::from_str::<Value>(&file.text) {
            Ok(value) => collect(&value, namespace, keys),
            Err(error) => faults.push(file.fault(error.line(), format!("is not JSON: {error}"))),
        }
    }
    let all: BTreeSet<String> = said.values().flatten().cloned().collect();
    for (language, keys) in &said {
        for missing in all.difference(keys) {
            let place = format!("{FOLDER}/{language}");
            faults.push(Fault { place, says: format!("does not say `{missing}`, which another language says") });
        }
    }
    faults
}

/// Language and namespace of `locales/es/desk.json`, or of `locales/es.json`, which has no namespace.
fn place(path: &str) -> Option<(&str, &str)> {
    let path = path.strip_prefix(FOLDER)?.strip_prefix('/')?.strip_suffix(".json")?;
    Some(path.split_once('/').unwrap_or((path, "")))
}

/// Empty texts are left out, so that a language which has one is missing the key.
fn collect(value: &Value, path: &str, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(entries) => {
            for (name, value) in entries {
                let name = FORMS.iter().find_map(|form| name.strip_suffix(form)).unwrap_or(name);
                collect(value, &format!("{path}.{name}"), into);
            }
        }
        Value::String(text) if text.is_empty() => {}
        Value::String(_) | Value::Array(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {
            into.insert(path.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::places;
    use super::same_keys;

    #[test]
    fn a_text_that_one_language_lacks_is_a_fault() {
        let files = [
            ("frontend/locales/es/desk.json", r#"{"take": "Tomar", "state": {"open": "Abierto"}}"#),
            ("frontend/locales/pt/desk.json", r#"{"take": "Assumir", "state": {"open": ""}}"#),
            ("frontend/locales/en/desk.json", r#"{"take": "Take", "state": {"open": "Open"}}"#),
        ];
        assert_eq!(places(same_keys, &files), ["frontend/locales/pt"]);
    }

    #[test]
    fn plural_forms_may_differ() {
        let files = [
            ("frontend/locales/es/a.json", r#"{"n_one": "1", "n_many": "m", "n_other": "n"}"#),
            ("frontend/locales/pt/a.json", r#"{"n_one": "1", "n_many": "m", "n_other": "n"}"#),
            ("frontend/locales/en/a.json", r#"{"n_one": "1", "n_other": "n"}"#),
        ];
        assert!(places(same_keys, &files).is_empty());
    }
}
