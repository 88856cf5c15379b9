//! Does a template message fit its template? The parameters are counted, typed and named as Meta does.

use serde_json::{Value, json};

use super::check;
use super::refusal::Refusal;
use crate::shown;
use crate::world::{Number, Template, World};

/// Returns what the phone shows, and the category that is billed.
pub(super) fn template(world: &World, number: &Number, part: &Value) -> Result<(Value, String), Refusal> {
    let name = part.get("name").and_then(Value::as_str).ok_or_else(|| Refusal::missing("template['name']"))?;
    let language = part.pointer("/language/code").and_then(Value::as_str);
    let language = language.ok_or_else(|| Refusal::missing("template['language']['code']"))?;
    let of_account = |template: &&Template| template.waba_id == number.waba_id && template.name == name;
    let found = world.templates.iter().filter(of_account).find(|template| template.language == language);
    let template = match found {
        Some(template) if template.status == "PAUSED" => return Err(Refusal::of(132_015, "The template is paused")),
        Some(template) if template.status == "DISABLED" => {
            return Err(Refusal::of(132_016, "The template is disabled"));
        }
        Some(template) if template.status == "APPROVED" => template,
        Some(_) | None => {
            let details = format!("template name ({name}) does not exist in {language}");
            return Err(Refusal::of(132_001, details));
        }
    };
    let given = part.get("components").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let header = header(template, given)?;
    let named = template.parameter_format == "NAMED";
    let body_text = text_of(template, "BODY");
    let body = fill("body", body_text, parameters(given, "body"), named)?;
    if body.chars().count() > 1_024 {
        return Err(Refusal::of(132_005, "body: the translated text is longer than 1024 characters"));
    }
    let footer = Some(text_of(template, "FOOTER")).filter(|footer| !footer.is_empty());
    let buttons = buttons(template, given)?;
    let shown = json!({
        "type": "template", "template": name, "language": language,
        "header": header, "body": body, "footer": footer, "buttons": buttons,
    });
    Ok((shown, template.category.to_lowercase()))
}

fn header(template: &Template, given: &[Value]) -> Result<Value, Refusal> {
    let parameters = parameters(given, "header");
    let Some(component) = component(template, "HEADER") else {
        return if parameters.is_empty() { Ok(Value::Null) } else { Err(count("header", parameters.len(), 0)) };
    };
    match component.get("format").and_then(Value::as_str).unwrap_or("TEXT") {
        "TEXT" => {
            let text = component.get("text").and_then(Value::as_str).unwrap_or_default();
            let text = fill("header", text, parameters, template.parameter_format == "NAMED")?;
            Ok(json!({"type": "text", "text": text}))
        }
        format => {
            let kind = format.to_lowercase();
            let [parameter] = parameters else { return Err(count("header", parameters.len(), 1)) };
            let received = parameter.get("type").and_then(Value::as_str).unwrap_or("UNKNOWN");
            if received != kind {
                let details =
                    format!("header: Format mismatch, expected {format}, received {}", received.to_uppercase());
                return Err(Refusal::of(132_012, details));
            }
            let part = parameter.get(&kind).ok_or_else(|| Refusal::missing(&format!("header['{kind}']")))?;
            if kind != "location" {
                check::source(&kind, part)?;
            }
            Ok(json!({"type": kind, (kind.as_str()): part}))
        }
    }
}

fn buttons(template: &Template, given: &[Value]) -> Result<Vec<Value>, Refusal> {
    let buttons = component(template, "BUTTONS").and_then(|component| component.get("buttons")?.as_array());
    let mut found = Vec::new();
    for (place, button) in buttons.into_iter().flatten().enumerate() {
        let kind = button.get("type").and_then(Value::as_str).unwrap_or_default();
        let title = button.get("text").and_then(Value::as_str).unwrap_or_default();
        let parameter = parameter_of(given, place, kind)?;
        let value = |key: &str| parameter.and_then(|parameter| parameter.get(key)?.as_str());
        found.push(match kind {
            // A quick reply nobody gave a payload answers with its own text.
            "QUICK_REPLY" => json!({"kind": "quick_reply", "id": value("payload").unwrap_or(title), "title": title}),
            "URL" => {
                let url = button.get("url").and_then(Value::as_str).unwrap_or_default();
                let url = match (url.contains("{{"), value("text")) {
                    (true, None) => {
                        let details = format!("buttons: Button at index {place} of type Url requires a parameter");
                        return Err(Refusal::of(131_008, details));
                    }
                    (true, Some(text)) => shown::filled(url, |_| Some(text.to_owned())),
                    (false, Some(_)) => return Err(count(&format!("buttons[{place}]"), 1, 0)),
                    (false, None) => url.to_owned(),
                };
                json!({"kind": "url", "title": title, "url": url})
            }
            other => json!({"kind": other.to_lowercase(), "title": title}),
        });
    }
    let known = |index: usize| index < found.len();
    let stray = given.iter().filter(|part| is(part, "button")).find(|part| !index(part).is_some_and(known));
    match stray {
        Some(_) => Err(Refusal::of(132_000, "buttons: there is no button with the given index")),
        None => Ok(found),
    }
}

/// The one parameter of a button, after its `sub_type` was compared.
fn parameter_of<'given>(given: &'given [Value], place: usize, kind: &str) -> Result<Option<&'given Value>, Refusal> {
    let Some(part) = given.iter().filter(|part| is(part, "button")).find(|part| index(part) == Some(place)) else {
        return Ok(None);
    };
    let sub_type = part.get("sub_type").and_then(Value::as_str).unwrap_or_default();
    if !sub_type.eq_ignore_ascii_case(kind) {
        let details = format!("buttons: Button at index {place} is of type {kind}, received {sub_type}");
        return Err(Refusal::of(132_012, details));
    }
    Ok(part.get("parameters").and_then(Value::as_array).and_then(|parameters| parameters.first()))
}

fn fill(what: &str, text: &str, given: &[Value], named: bool) -> Result<String, Refusal> {
    let wanted = shown::variables(text);
    if given.len() != wanted.len() {
        return Err(count(what, given.len(), wanted.len()));
    }
    for (place, parameter) in given.iter().enumerate() {
        let kind = parameter.get("type").and_then(Value::as_str).unwrap_or("UNKNOWN");
        let value = value(parameter);
        if !matches!(kind, "text" | "currency" | "date_time") {
            let details = format!("{what}: Format mismatch, expected TEXT, received {}", kind.to_uppercase());
            return Err(Refusal::of(132_012, details));
        }
        if value.is_empty() {
            return Err(Refusal::of(131_008, format!("{what}: Parameter of type text is missing text value")));
        }
        if value.contains(['\n', '\r', '\t']) || value.contains("     ") {
            let details = "Param text cannot have new-line/tab characters or more than 4 consecutive spaces";
            return Err(Refusal::of(132_018, details));
        }
        let name = parameter.get("parameter_name").and_then(Value::as_str);
        if named && !name.is_some_and(|name| wanted.iter().any(|wanted| wanted == name)) {
            let details = format!("{what}: Parameter {place} has no parameter_name of the template");
            return Err(Refusal::of(132_012, details));
        }
    }
    Ok(shown::filled(text, |variable| {
        let place = wanted.iter().position(|wanted| wanted == variable)?;
        let of_name = |parameter: &&Value| parameter.get("parameter_name").is_some_and(|name| name == variable);
        let parameter = if named { given.iter().find(of_name) } else { given.get(place) };
        parameter.map(|parameter| value(parameter).to_owned())
    }))
}

fn value(parameter: &Value) -> &str {
    let paths = ["/text", "/currency/fallback_value", "/date_time/fallback_value"];
    paths.iter().find_map(|path| parameter.pointer(path)?.as_str()).unwrap_or_default()
}

fn count(what: &str, given: usize, wanted: usize) -> Refusal {
    let details = format!(
        "{what}: number of localizable_params ({given}) does not match the expected number of params ({wanted})"
    );
    Refusal::of(132_000, details)
}

fn parameters<'given>(given: &'given [Value], kind: &str) -> &'given [Value] {
    let part = given.iter().find(|part| is(part, kind));
    part.and_then(|part| part.get("parameters")?.as_array()).map(Vec::as_slice).unwrap_or_default()
}

fn is(part: &Value, kind: &str) -> bool {
    part.get("type").and_then(Value::as_str).is_some_and(|given| given.eq_ignore_ascii_case(kind))
}

fn index(part: &Value) -> Option<usize> {
    let index = part.get("index")?;
    index.as_str().map_or_else(|| index.as_u64().and_then(|index| index.try_into().ok()), |index| index.parse().ok())
}

fn component<'template>(template: &'template Template, kind: &str) -> Option<&'template Value> {
    template.components.iter().find(|component| is(component, kind))
}

fn text_of<'template>(template: &'template Template, kind: &str) -> &'template str {
    component(template, kind).and_then(|component| component.get("text")?.as_str()).unwrap_or_default()
}
