//! From Graph's components to the shape of a template.

use super::{Button, ButtonKind, Header, Placeholder, TemplateShape, Text};
use serde_json::Value;
use types::messages::MediaKind;

pub(super) fn shape(components: &Value) -> TemplateShape {
    let mut shape = TemplateShape::default();
    for component in components.as_array().into_iter().flatten() {
        let text = || string(component, "text");
        match upper(component, "type").as_str() {
            "HEADER" => match upper(component, "format").as_str() {
                "TEXT" | "" => shape.header = Some(Header::Text(scan(text(), "header"))),
                "IMAGE" => shape.header = Some(Header::Media(MediaKind::Image)),
                "VIDEO" => shape.header = Some(Header::Media(MediaKind::Video)),
                "DOCUMENT" => shape.header = Some(Header::Media(MediaKind::Document)),
                other => shape.unsupported.push(format!("{other} header")),
            },
            "BODY" => shape.body = scan(text(), "body"),
            "FOOTER" => shape.footer = Some(text()).filter(|text| !text.is_empty()),
            "BUTTONS" => {
                for button in component.get("buttons").and_then(Value::as_array).into_iter().flatten() {
                    add_button(&mut shape, button);
                }
            }
            other => shape.unsupported.push(other.to_owned()),
        }
    }
    shape.variables = variables(&shape);
    shape
}

fn add_button(shape: &mut TemplateShape, button: &Value) {
    // The variables of buttons are counted over the buttons that have one: a sheet's `button.1` is the first of them.
    let filled = shape
        .buttons
        .iter()
        .filter(|button| !matches!(button.kind, ButtonKind::Plain | ButtonKind::QuickReply))
        .count();
    let variable = || format!("button.{}", filled + 1);
    let kind = match upper(button, "type").as_str() {
        "QUICK_REPLY" => ButtonKind::QuickReply,
        "PHONE_NUMBER" | "VOICE_CALL" | "CATALOG" => ButtonKind::Plain,
        "URL" => {
            let url = string(button, "url");
            match url.split_once("{{") {
                Some((base, _)) => ButtonKind::Url { base: base.to_owned(), variable: variable() },
                None => ButtonKind::Plain,
            }
        }
        // A one-time password's button is sent as an address whose end is the code.
        "OTP" => ButtonKind::Url { base: String::new(), variable: variable() },
        "COPY_CODE" => ButtonKind::CopyCode { variable: variable() },
        other => {
            shape.unsupported.push(format!("{other} button"));
            ButtonKind::Plain
        }
    };
    shape.buttons.push(Button { text: string(button, "text"), kind });
}

/// A text and its placeholders, each once. A number stands for a place in its part, a word for itself.
fn scan(text: String, part: &str) -> Text {
    let mut placeholders: Vec<Placeholder> = Vec::new();
    let mut rest = text.as_str();
    while let Some((_, from_key)) = rest.split_once("{{") {
        let Some((key, after)) = from_key.split_once("}}") else { break };
        rest = after;
        let key = key.trim();
        let well_formed = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_');
        if !well_formed || placeholders.iter().any(|known| known.key == key) {
            continue;
        }
        let numbered = key.bytes().all(|byte| byte.is_ascii_digit());
        let variable = if numbered { format!("{part}.{key}") } else { key.to_owned() };
        placeholders.push(Placeholder { key: key.to_owned(), variable });
    }
    placeholders.sort_by_key(|placeholder| placeholder.key.parse::<u32>().unwrap_or(u32::MAX));
    Text { text, placeholders }
}

fn variables(shape: &TemplateShape) -> Vec<String> {
    let header: Vec<String> = match &shape.header {
        None => Vec::new(),
        Some(Header::Media(_)) => vec!["header.1".to_owned()],
        Some(Header::Text(text)) => names(text),
    };
    let buttons = shape.buttons.iter().filter_map(|button| match &button.kind {
        ButtonKind::Plain | ButtonKind::QuickReply => None,
        ButtonKind::Url { variable, .. } | ButtonKind::CopyCode { variable } => Some(variable.clone()),
    });
    let mut all: Vec<String> = Vec::new();
    for variable in header.into_iter().chain(names(&shape.body)).chain(buttons) {
        // A name used in header and body is one column of a sheet.
        if !all.contains(&variable) {
            all.push(variable);
        }
    }
    all
}

fn names(text: &Text) -> Vec<String> {
    text.placeholders.iter().map(|placeholder| placeholder.variable.clone()).collect()
}

fn string(object: &Value, key: &str) -> String {
    object.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn upper(object: &Value, key: &str) -> String {
    string(object, key).to_ascii_uppercase()
}
