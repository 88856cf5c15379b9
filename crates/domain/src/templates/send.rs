//! From a shape and its values to the message: as the contact reads it, and as Graph takes it.

use super::{
    BODY_MAX, Button, ButtonKind, HEADER_MAX, Header, Placeholder, TemplateFault, TemplateShape, Text, URL_MAX,
};
use serde_json::{Value, json};
use std::borrow::Cow;
use types::messages::{MessageContent, TemplateVariable};

/// All that stands against sending these values.
pub(super) fn check(shape: &TemplateShape, values: &[TemplateVariable]) -> Vec<TemplateFault> {
    let mut faults: Vec<_> = shape.unsupported.iter().cloned().map(TemplateFault::Unsupported).collect();
    let missing = shape.variables.iter().filter(|variable| value(values, variable).is_empty());
    faults.extend(missing.cloned().map(TemplateFault::VariableMissing));
    match &shape.header {
        Some(Header::Text(text)) => faults.extend(too_long(text, values, HEADER_MAX)),
        Some(Header::Media(_)) => {
            let link = value(values, "header.1");
            if !link.is_empty() && !is_https(&link) {
                faults.push(TemplateFault::NotALink("header.1".to_owned()));
            }
        }
        None => {}
    }
    faults.extend(too_long(&shape.body, values, BODY_MAX));
    for Button { kind, .. } in &shape.buttons {
        if let ButtonKind::Url { base, variable } = kind
            && base.chars().count() + value(values, variable).chars().count() > URL_MAX
        {
            faults.push(TemplateFault::VariableTooLong(variable.clone()));
        }
    }
    faults
}

/// The message as the contact reads it. Refuses values that WhatsApp would refuse, by the first fault.
pub fn render(
    shape: &TemplateShape,
    name: &str,
    language: &str,
    values: &[TemplateVariable],
) -> Result<MessageContent, TemplateFault> {
    if let Some(fault) = check(shape, values).into_iter().next() {
        return Err(fault);
    }
    Ok(MessageContent::Template {
        name: name.to_owned(),
        language: language.to_owned(),
        header: shape.header.as_ref().map(|header| match header {
            Header::Text(text) => filled(text, values),
            Header::Media(_) => value(values, "header.1").into_owned(),
        }),
        body: filled(&shape.body, values),
        footer: shape.footer.clone(),
        buttons: shape.button_texts(),
        variables: shape
            .variables
            .iter()
            .map(|variable| TemplateVariable { name: variable.clone(), value: value(values, variable).into_owned() })
            .collect(),
    })
}

/// The `components` of a send: an array with what the values fill, and nothing for what needs no value. Ask
/// [`TemplateShape::check`] first; what is missing is sent as empty text.
pub fn components(shape: &TemplateShape, values: &[TemplateVariable]) -> Value {
    let mut parts = Vec::new();
    match &shape.header {
        Some(Header::Text(text)) if !text.placeholders.is_empty() => {
            parts.push(json!({"type": "header", "parameters": text_parameters(text, values)}));
        }
        Some(Header::Media(kind)) => {
            let kind = kind.as_ref();
            let parameter = json!({"type": kind, kind: {"link": value(values, "header.1")}});
            parts.push(json!({"type": "header", "parameters": [parameter]}));
        }
        Some(Header::Text(_)) | None => {}
    }
    if !shape.body.placeholders.is_empty() {
        parts.push(json!({"type": "body", "parameters": text_parameters(&shape.body, values)}));
    }
    for (index, button) in shape.buttons.iter().enumerate() {
        let (sub_type, parameter) = match &button.kind {
            ButtonKind::Plain | ButtonKind::QuickReply => continue,
            ButtonKind::Url { variable, .. } => ("url", json!({"type": "text", "text": value(values, variable)})),
            ButtonKind::CopyCode { variable } => {
                ("copy_code", json!({"type": "coupon_code", "coupon_code": value(values, variable)}))
            }
        };
        parts.push(json!({
            "type": "button",
            "sub_type": sub_type,
            "index": index.to_string(),
            "parameters": [parameter],
        }));
    }
    Value::Array(parts)
}

fn text_parameters(text: &Text, values: &[TemplateVariable]) -> Vec<Value> {
    let parameter = |placeholder: &Placeholder| {
        let value = value(values, &placeholder.variable);
        if placeholder.is_named() {
            json!({"type": "text", "parameter_name": placeholder.key, "text": value})
        } else {
            json!({"type": "text", "text": value})
        }
    };
    text.placeholders.iter().map(parameter).collect()
}

/// The value of a variable, on one line: WhatsApp refuses line breaks, tabs and more than four blanks in a row
/// (error 132018), and a cell of a sheet has them easily.
fn value<'a>(values: &'a [TemplateVariable], variable: &str) -> Cow<'a, str> {
    let Some(found) = values.iter().find(|value| value.name == variable) else { return Cow::Borrowed("") };
    let trimmed = found.value.trim();
    if trimmed.contains(char::is_control) || trimmed.contains("    ") {
        let words = trimmed.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        return Cow::Owned(words.collect::<Vec<_>>().join(" "));
    }
    Cow::Borrowed(trimmed)
}

fn filled(text: &Text, values: &[TemplateVariable]) -> String {
    let mut filled = String::with_capacity(text.text.len());
    let mut rest = text.text.as_str();
    while let Some((before, from_key)) = rest.split_once("{{") {
        let Some((key, after)) = from_key.split_once("}}") else { break };
        filled.push_str(before);
        match text.placeholders.iter().find(|placeholder| placeholder.key == key.trim()) {
            Some(placeholder) => filled.push_str(&value(values, &placeholder.variable)),
            None => filled.extend(["{{", key, "}}"]),
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// Whether a text is over its limit once it is filled, and by which value most.
fn too_long(text: &Text, values: &[TemplateVariable], limit: usize) -> Option<TemplateFault> {
    let longest = text.placeholders.iter().max_by_key(|placeholder| value(values, &placeholder.variable).len())?;
    (filled(text, values).chars().count() > limit).then(|| TemplateFault::VariableTooLong(longest.variable.clone()))
}

fn is_https(link: &str) -> bool {
    link.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"))
        && link.len() > 8
        && !link.contains(char::is_whitespace)
}
