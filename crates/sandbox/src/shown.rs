//! What a phone shows of a message: `{type, header, body, footer, buttons, list, media, …}`.

use serde_json::{Value, json};

use crate::world::{Message, World};

/// The variables of a text in the order they appear, each once: `{{1}}` gives `1`.
pub(crate) fn variables(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (name, _) in pieces(text) {
        if let Some(name) = name
            && !found.iter().any(|known| known == name)
        {
            found.push(name.into());
        }
    }
    found
}

/// The text with its variables replaced; one without value stays as it is written.
pub(crate) fn filled(text: &str, value: impl Fn(&str) -> Option<String>) -> String {
    pieces(text).map(|(name, written)| name.and_then(&value).unwrap_or_else(|| written.to_owned())).collect()
}

/// A message as the control API gives it.
pub(crate) fn message(world: &World, message: &Message) -> Value {
    let content: Value = serde_json::from_str(&message.content).unwrap_or_default();
    let shown = if message.inbound { inbound(&content) } else { content };
    json!({
        "wamid": message.wamid,
        "number_id": message.number_id,
        "phone": message.phone,
        "from": if message.inbound { "customer" } else { "business" },
        "at": message.at,
        "status": message.status,
        "error": message.error,
        "biz_opaque_callback_data": message.opaque,
        "context": message.context,
        "quoted": message.context.as_deref().and_then(|wamid| world.message(wamid)).map(line),
        "reaction_of_customer": message.reaction_of_customer,
        "reaction_of_business": message.reaction_of_business,
        "shown": shown,
    })
}

/// A message in one line, for the list of chats and for quotes.
pub(crate) fn line(message: &Message) -> Value {
    let content: Value = serde_json::from_str(&message.content).unwrap_or_default();
    let shown = if message.inbound { inbound(&content) } else { content };
    let text = ["/body", "/media/caption", "/header/text"].iter().find_map(|path| shown.pointer(path)?.as_str());
    json!({
        "wamid": message.wamid,
        "type": shown.get("type"),
        "text": text,
        "from": if message.inbound { "customer" } else { "business" },
        "status": message.status,
        "at": message.at,
    })
}

/// A customer's message is kept as webhooks have it.
fn inbound(content: &Value) -> Value {
    let kind = content.get("type").and_then(Value::as_str).unwrap_or_default();
    let part = content.get(kind).unwrap_or(&Value::Null);
    let text = |path: &str| part.pointer(path).and_then(Value::as_str);
    match kind {
        "text" => json!({"type": "text", "body": text("/body")}),
        "button" => json!({"type": "text", "body": text("/text")}),
        "interactive" => {
            let paths = ["/button_reply/title", "/list_reply/title", "/nfm_reply/body"];
            json!({"type": "text", "body": paths.iter().find_map(|path| text(path))})
        }
        "image" | "video" | "audio" | "document" | "sticker" => json!({"type": kind, "media": part}),
        other => json!({"type": other, (other): part}),
    }
}

/// A text cut into variables, with their names, and what is between them.
fn pieces(text: &str) -> impl Iterator<Item = (Option<&str>, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let variable = rest.strip_prefix("{{").and_then(|inside| inside.split_once("}}"));
        if let Some((name, after)) = variable.filter(|(name, _)| !name.contains('{')) {
            let written = rest.get(..rest.len() - after.len()).unwrap_or_default();
            rest = after;
            return Some((Some(name.trim()), written));
        }
        // At least one character is plain here; the next variable begins after it.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let next = rest.get(first..).and_then(|after| after.find("{{")).map_or(rest.len(), |at| at + first);
        let (plain, after) = rest.split_at_checked(next).unwrap_or((rest, ""));
        rest = after;
        Some((None, plain))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_found_once_and_in_order() {
        assert_eq!(variables("Hola {{1}}, {{ nombre }} y {{1}} {no} {{"), ["1", "nombre"]);
        assert!(variables("nada").is_empty());
    }

    #[test]
    fn a_filled_text_keeps_everything_else() {
        let text = filled("¡{{1}}! {{x}} {{1}}{{", |name| (name == "1").then(|| "Ana".into()));
        assert_eq!(text, "¡Ana! {{x}} Ana{{");
    }
}
