//! Is a message as Meta's documentation wants it? And if so, what will the phone show?

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::refusal::Refusal;
use super::template_check;
use crate::world::{Number, World};

/// A message that may go out.
pub(super) struct Checked {
    /// What the phone shows, see [`crate::shown`].
    pub(super) shown: Value,
    /// Of the template, else `service`.
    pub(super) category: String,
    pub(super) is_template: bool,
    /// The message that is reacted to, and with what.
    pub(super) reaction: Option<(String, Option<String>)>,
}

/// Checks the part that `type` names.
pub(super) fn message(world: &World, number: &Number, parameters: &Map<String, Value>) -> Result<Checked, Refusal> {
    let kind = match parameters.get("type") {
        None => "text",
        Some(kind) => kind.as_str().ok_or_else(|| Refusal::of(131_009, "Param type must be a string"))?,
    };
    let part = || parameters.get(kind).filter(|part| !part.is_null()).ok_or_else(|| Refusal::missing(kind));
    let shown = match kind {
        "text" => text(part()?)?,
        "template" => {
            let (shown, category) = template_check::template(world, number, part()?)?;
            return Ok(Checked { shown, category, is_template: true, reaction: None });
        }
        "interactive" => interactive(part()?)?,
        "image" | "video" | "audio" | "document" | "sticker" => media(kind, part()?)?,
        "location" => location(part()?)?,
        "contacts" => contacts(part()?)?,
        "reaction" => return reaction(world, number, part()?),
        other => {
            let known =
                "text, template, interactive, image, video, audio, document, sticker, location, contacts, reaction";
            return Err(Refusal::of(131_009, format!("Param type must be one of {{{known}}} - got \"{other}\"")));
        }
    };
    Ok(Checked { shown, category: "service".into(), is_template: false, reaction: None })
}

fn text(part: &Value) -> Result<Value, Refusal> {
    let body = string(part, "text", "body")?;
    if body.trim().is_empty() {
        return Err(Refusal::missing("text['body']"));
    }
    if body.chars().count() > 4_096 {
        return Err(Refusal::invalid("Param text['body'] must be at most 4096 characters long."));
    }
    Ok(json!({"type": "text", "body": body}))
}

fn media(kind: &str, part: &Value) -> Result<Value, Refusal> {
    source(kind, part)?;
    if part.get("caption").and_then(Value::as_str).is_some_and(|caption| caption.chars().count() > 1_024) {
        return Err(Refusal::invalid(format!("Param {kind}['caption'] must be at most 1024 characters long.")));
    }
    Ok(json!({"type": kind, "media": part}))
}

/// Media come by id or by link.
pub(super) fn source(kind: &str, part: &Value) -> Result<(), Refusal> {
    let link = part.get("link").and_then(Value::as_str);
    match (part.get("id"), link) {
        (Some(_), None) => Ok(()),
        (None, Some(link)) if link.starts_with("https://") || link.starts_with("http://") => Ok(()),
        (None, Some(_)) => Err(Refusal::invalid(format!("Param {kind}['link'] is not a valid URL."))),
        (_, _) => Err(Refusal::invalid(format!("Exactly one of {kind}['id'] and {kind}['link'] is required."))),
    }
}

fn location(part: &Value) -> Result<Value, Refusal> {
    for key in ["latitude", "longitude"] {
        let number = part.get(key).and_then(|value| value.as_f64().or_else(|| value.as_str()?.parse().ok()));
        number.ok_or_else(|| Refusal::missing(&format!("location['{key}']")))?;
    }
    Ok(json!({"type": "location", "location": part}))
}

fn contacts(part: &Value) -> Result<Value, Refusal> {
    let cards = part.as_array().filter(|cards| !cards.is_empty()).ok_or_else(|| Refusal::missing("contacts"))?;
    for card in cards {
        if card.pointer("/name/formatted_name").and_then(Value::as_str).is_none() {
            return Err(Refusal::missing("contacts['name']['formatted_name']"));
        }
    }
    Ok(json!({"type": "contacts", "contacts": cards}))
}

fn reaction(world: &World, number: &Number, part: &Value) -> Result<Checked, Refusal> {
    let wamid = string(part, "reaction", "message_id")?;
    let emoji = string(part, "reaction", "emoji")?;
    let known = world.message(wamid).is_some_and(|message| message.number_id == number.id);
    if !known {
        return Err(Refusal::of(131_009, "Param reaction['message_id'] is not a message of this chat"));
    }
    let emoji = Some(emoji.to_owned()).filter(|emoji| !emoji.is_empty());
    let reaction = Some((wamid.to_owned(), emoji));
    Ok(Checked { shown: Value::Null, category: "service".into(), is_template: false, reaction })
}

fn interactive(part: &Value) -> Result<Value, Refusal> {
    let body = || {
        let body = part.pointer("/body/text").and_then(Value::as_str);
        sized(body.unwrap_or_default(), "Body text", 1_024)
    };
    let footer = part.get("footer").and_then(|footer| footer.get("text")).and_then(Value::as_str);
    footer.map_or(Ok(""), |footer| sized(footer, "Footer text", 60))?;
    let header = part.get("header").filter(|header| !header.is_null());
    if let Some(header) = header {
        interactive_header(header)?;
    }
    let action = part.get("action").ok_or_else(|| Refusal::missing("interactive['action']"))?;
    match part.get("type").and_then(Value::as_str) {
        Some("button") => Ok(json!({
            "type": "buttons", "header": header, "body": body()?, "footer": footer, "buttons": buttons(action)?,
        })),
        Some("list") => {
            let is_text = header.is_none_or(|header| header.get("type").is_some_and(|kind| kind == "text"));
            if !is_text {
                return Err(Refusal::of(131_009, "Header of a list must be of type text"));
            }
            Ok(json!({
                "type": "list", "header": header, "body": body()?, "footer": footer, "list": list(action)?,
            }))
        }
        Some("cta_url") => {
            let parameter = |key: &str| action.pointer(&format!("/parameters/{key}")).and_then(Value::as_str);
            let title = sized(parameter("display_text").unwrap_or_default(), "Button display text", 20)?;
            let url = parameter("url").ok_or_else(|| Refusal::missing("interactive['action']['parameters']['url']"))?;
            Ok(json!({
                "type": "buttons", "header": header, "body": body()?, "footer": footer,
                "buttons": [{"kind": "url", "title": title, "url": url}],
            }))
        }
        Some(other) => Err(Refusal::of(131_009, format!("Interactive type \"{other}\" is not supported"))),
        None => Err(Refusal::missing("interactive['type']")),
    }
}

fn interactive_header(header: &Value) -> Result<(), Refusal> {
    match header.get("type").and_then(Value::as_str) {
        Some("text") => {
            sized(header.get("text").and_then(Value::as_str).unwrap_or_default(), "Header text", 60).map(drop)
        }
        Some(kind @ ("image" | "video" | "document")) => {
            source(kind, header.get(kind).ok_or_else(|| Refusal::missing(&format!("header['{kind}']")))?)
        }
        Some(_) | None => Err(Refusal::of(131_009, "Header type must be one of text, image, video, document")),
    }
}

fn buttons(action: &Value) -> Result<Value, Refusal> {
    let buttons = action.get("buttons").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if !(1..=3).contains(&buttons.len()) {
        return Err(Refusal::of(131_009, "Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3"));
    }
    let (mut ids, mut titles, mut shown) = (HashSet::new(), HashSet::new(), Vec::new());
    for button in buttons {
        if button.get("type").and_then(Value::as_str) != Some("reply") {
            return Err(Refusal::of(131_009, "Button type must be reply"));
        }
        let part = |key: &str| button.pointer(&format!("/reply/{key}")).and_then(Value::as_str).unwrap_or_default();
        let (id, title) = (sized(part("id"), "Button id", 256)?, sized(part("title"), "Button title", 20)?);
        if !ids.insert(id) {
            return Err(Refusal::of(131_009, "Button ids must be unique"));
        }
        if !titles.insert(title) {
            return Err(Refusal::of(131_009, "Button titles must be unique"));
        }
        shown.push(json!({"kind": "reply", "id": id, "title": title}));
    }
    Ok(Value::from(shown))
}

fn list(action: &Value) -> Result<Value, Refusal> {
    let button = sized(action.get("button").and_then(Value::as_str).unwrap_or_default(), "Button text", 20)?;
    let sections = action.get("sections").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if !(1..=10).contains(&sections.len()) {
        return Err(Refusal::of(131_009, "Invalid sections count. Min allowed sections: 1, Max allowed sections: 10"));
    }
    let (mut ids, mut count) = (HashSet::new(), 0);
    for section in sections {
        match section.get("title").and_then(Value::as_str) {
            Some(title) => drop(sized(title, "Section title", 24)?),
            None if sections.len() > 1 => {
                return Err(Refusal::of(131_009, "Section title is required when there is more than one section"));
            }
            None => {}
        }
        let rows = section.get("rows").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        if rows.is_empty() {
            return Err(Refusal::of(131_009, "A section must have at least one row"));
        }
        for row in rows {
            let part = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or_default();
            if !ids.insert(sized(part("id"), "Row id", 200)?) {
                return Err(Refusal::of(131_009, "Row ids must be unique"));
            }
            sized(part("title"), "Row title", 24)?;
            if part("description").chars().count() > 72 {
                return Err(Refusal::of(131_009, "Row description length invalid. Max length: 72"));
            }
            count += 1;
        }
    }
    if count > 10 {
        return Err(Refusal::of(131_009, "Total row count exceed max allowed count: 10"));
    }
    Ok(json!({"button": button, "sections": sections}))
}

fn sized<'value>(value: &'value str, what: &str, most: usize) -> Result<&'value str, Refusal> {
    if (1..=most).contains(&value.chars().count()) {
        Ok(value)
    } else {
        Err(Refusal::of(131_009, format!("{what} length invalid. Min length: 1, Max length: {most}")))
    }
}

fn string<'value>(part: &'value Value, whole: &str, key: &str) -> Result<&'value str, Refusal> {
    match part.get(key) {
        None | Some(Value::Null) => Err(Refusal::missing(&format!("{whole}['{key}']"))),
        Some(value) => {
            value.as_str().ok_or_else(|| Refusal::invalid(format!("Param {whole}['{key}'] must be a string.")))
        }
    }
}
