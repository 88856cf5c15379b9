//! What a change of a field reads like: what was added and removed of a list, or what was there before and after. Ids say
//! nothing to people, so that they are never shown.

use serde_json::Value;
use types::audit_log::AuditChange;
use uuid::Uuid;

/// One change as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Before and after; none where there was nothing.
    Set {
        from: Option<String>,
        to: Option<String>,
    },
    List {
        added: Vec<String>,
        removed: Vec<String>,
    },
    /// It is another one, and neither can be told.
    Touched,
}

/// `say` puts one value in words, where there are words for it.
pub fn difference(change: &AuditChange, say: &impl Fn(&Value) -> Option<String>) -> Difference {
    let AuditChange { field: _, from, to } = change;
    if let (Some(before), Some(after)) = (items(from), items(to))
        && (from.is_array() || to.is_array())
    {
        let only = |of: &[Value], others: &[Value]| {
            of.iter().filter(|one| !others.contains(one)).filter_map(|one| shown(one, say)).collect::<Vec<_>>()
        };
        let (added, removed) = (only(after, before), only(before, after));
        return if added.is_empty() && removed.is_empty() {
            Difference::Touched
        } else {
            Difference::List { added, removed }
        };
    }
    match (shown(from, say), shown(to, say)) {
        (None, None) => Difference::Touched,
        (from, to) if from == to => Difference::Touched,
        (from, to) => Difference::Set { from, to },
    }
}

fn items(value: &Value) -> Option<&[Value]> {
    match value {
        Value::Null => Some(&[]),
        Value::Array(items) => Some(items),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => None,
    }
}

fn shown(value: &Value, say: &impl Fn(&Value) -> Option<String>) -> Option<String> {
    if let Some(words) = say(value) {
        return Some(words);
    }
    match value {
        Value::Null => None,
        Value::Bool(on) => Some(on.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) if text.trim().is_empty() || Uuid::try_parse(text).is_ok() => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => joined(items.iter().filter_map(|item| shown(item, say)).collect()),
        Value::Object(fields) => match fields.get("name") {
            Some(name) => shown(name, say),
            None => joined(fields.values().filter_map(|value| shown(value, say)).collect()),
        },
    }
}

fn joined(parts: Vec<String>) -> Option<String> {
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// A field there are no words for, made readable.
pub fn readable(field: &str) -> String {
    let spaced = field.replace(['_', '.'], " ");
    let mut letters = spaced.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(from: Value, to: Value) -> Difference {
        let say = |value: &Value| (value == "view_desk").then(|| "Desk (ver)".to_owned());
        difference(&AuditChange { field: "x".into(), from, to }, &say)
    }

    fn set(from: Option<&str>, to: Option<&str>) -> Difference {
        Difference::Set { from: from.map(str::to_owned), to: to.map(str::to_owned) }
    }

    #[test]
    fn of_a_list_only_what_came_and_went_is_said() {
        let both = of(json!(["view_desk", "a"]), json!(["a", "b"]));
        assert_eq!(both, Difference::List { added: vec!["b".into()], removed: vec!["Desk (ver)".into()] });
        let made = of(Value::Null, json!(["a"]));
        assert_eq!(made, Difference::List { added: vec!["a".into()], removed: vec![] });
    }

    #[test]
    fn a_value_is_said_before_and_after() {
        assert_eq!(of(json!("Ventas"), json!("Soporte")), set(Some("Ventas"), Some("Soporte")));
        assert_eq!(of(json!(null), json!(90)), set(None, Some("90")));
        assert_eq!(of(json!(""), json!("view_desk")), set(None, Some("Desk (ver)")));
        assert_eq!(of(json!({"id": Uuid::nil(), "name": "Ana"}), Value::Null), set(Some("Ana"), None));
    }

    #[test]
    fn an_id_is_never_shown() {
        let id = Uuid::nil().to_string();
        assert_eq!(of(json!(id), Value::Null), Difference::Touched);
        assert_eq!(of(json!([id]), json!([])), Difference::Touched);
        assert_eq!(of(json!({"id": id}), json!({"id": id, "phone": "+56"})), set(None, Some("+56")));
    }

    #[test]
    fn a_field_without_words_is_readable() {
        assert_eq!(readable("display_name"), "Display name");
        assert_eq!(readable(""), "");
    }
}
