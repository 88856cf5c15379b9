//! How a row stands, and the message a template makes of what is written.

use crate::bubble::Previewed;
use domain::templates::{TemplateFault, TemplateShape};
use serde_json::json;
use std::collections::BTreeMap;
use types::{
    FieldError,
    messages::{MessageContent, TemplateVariable},
    off_hours_contacts::OffHoursContact,
    templates::Template,
};

/// Whether a message went out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SentState {
    Sent,
    /// The last one did not arrive.
    Failed,
    Unsent,
}

pub fn sent_state(contact: &OffHoursContact) -> SentState {
    match (&contact.sent, &contact.failure) {
        (Some(_), _) => SentState::Sent,
        (None, Some(_)) => SentState::Failed,
        (None, None) => SentState::Unsent,
    }
}

/// What is written into the variables of a template, by their names.
pub type Values = BTreeMap<String, String>;

/// Every variable of the template, in its order, as it is sent.
pub fn variables(template: &Template, values: &Values) -> Vec<TemplateVariable> {
    let value = |name: &String| values.get(name).cloned().unwrap_or_default();
    template.variables.iter().map(|name| TemplateVariable { name: name.clone(), value: value(name) }).collect()
}

/// Why a variable cannot be sent as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    Missing,
    TooLong,
    NotALink,
}

/// What is wrong with each variable, by the rules the server has.
pub fn wrong(template: &Template, values: &Values) -> BTreeMap<String, Wrong> {
    let given = variables(template, values);
    let blank = given.iter().filter(|variable| variable.value.trim().is_empty());
    let mut wrong: BTreeMap<_, _> = blank.map(|variable| (variable.name.clone(), Wrong::Missing)).collect();
    for fault in shape(template).check(&given) {
        let (name, kind) = match fault {
            TemplateFault::Unsupported(_) | TemplateFault::VariableMissing(_) => continue,
            TemplateFault::VariableTooLong(name) => (name, Wrong::TooLong),
            TemplateFault::NotALink(name) => (name, Wrong::NotALink),
        };
        wrong.entry(name).or_insert(kind);
    }
    wrong
}

/// What the server says of a variable; it points to its place among those sent.
pub fn refused(errors: &[FieldError], place: usize) -> Option<String> {
    let (own, value) = (format!("/variables/{place}"), format!("/variables/{place}/value"));
    errors.iter().find(|error| error.pointer == own || error.pointer == value).map(|error| error.detail.clone())
}

/// The message as the contact will read it; a variable nobody has written yet stands as in the template.
pub fn preview(template: &Template, values: &Values) -> Previewed {
    let shape = shape(template);
    let given = variables(template, values);
    let shown = given.into_iter().map(|TemplateVariable { name, value }| {
        let value = if value.trim().is_empty() { format!("{{{{{}}}}}", short(&name)) } else { value };
        TemplateVariable { name, value }
    });
    let shown: Vec<_> = shown.filter(|variable| !is_media(template, &variable.name)).collect();
    let media = template.header.clone().filter(|_| is_media(template, HEADER));
    let plain = TemplateShape { header: shape.header.filter(|_| media.is_none()), ..shape };
    let plain = TemplateShape {
        variables: plain.variables.into_iter().filter(|name| media.is_none() || name != HEADER).collect(),
        ..plain
    };
    let buttons = template.buttons.clone();
    match domain::templates::render(&plain, &template.name, &template.language, &shown) {
        Ok(MessageContent::Template { header, body, footer, .. }) => {
            Previewed { header: media.or(header), body, footer, buttons }
        }
        // What is too long is shown as the template has it, and the field says what is wrong.
        Ok(_) | Err(_) => Previewed {
            header: template.header.clone(),
            body: template.body.clone(),
            footer: template.footer.clone(),
            buttons,
        },
    }
}

const HEADER: &str = "header.1";

/// Whether a variable is the address of the header's picture, video or document, which is no text.
pub fn is_media(template: &Template, variable: &str) -> bool {
    variable == HEADER && template.header.as_ref().is_none_or(|header| !header.contains("{{"))
}

/// A variable as it stands between the braces of its text.
pub fn short(name: &str) -> &str {
    let numbered = |part: &str| name.strip_prefix(part).filter(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    ["header.", "body.", "button."].into_iter().find_map(numbered).unwrap_or(name)
}

/// The template's texts as the server reads them. Its buttons are the server's to fill: only their texts are known here.
fn shape(template: &Template) -> TemplateShape {
    let mut components = Vec::new();
    if let Some(text) = &template.header {
        let media = is_media(template, HEADER) && template.variables.iter().any(|name| name == HEADER);
        components.push(if media {
            json!({"type": "HEADER", "format": "IMAGE"})
        } else {
            json!({"type": "HEADER", "format": "TEXT", "text": text})
        });
    }
    components.push(json!({"type": "BODY", "text": template.body}));
    if let Some(text) = &template.footer {
        components.push(json!({"type": "FOOTER", "text": text}));
    }
    TemplateShape::parse(&components.into())
}

/// Templates by a part of their name or text.
pub fn found(all: &[Template], wanted: &str) -> Vec<Template> {
    let wanted = wanted.trim().to_lowercase();
    let holds = |template: &&Template| {
        template.name.to_lowercase().contains(&wanted) || template.body.to_lowercase().contains(&wanted)
    };
    all.iter().filter(holds).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use types::FieldCode;
    use uuid::Uuid;

    fn template(header: Option<&str>, body: &str, variables: &[&str]) -> Template {
        Template {
            id: Uuid::nil().into(),
            waba_id: Uuid::nil().into(),
            name: "retomar_contacto".into(),
            language: "es".into(),
            category: "UTILITY".into(),
            status: "APPROVED".into(),
            header: header.map(Into::into),
            body: body.into(),
            footer: Some("Viajes del Sur".into()),
            buttons: vec!["Sí".into()],
            variables: variables.iter().map(|name| (*name).into()).collect(),
            synced_at: DateTime::UNIX_EPOCH,
        }
    }

    fn values(all: &[(&str, &str)]) -> Values {
        all.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_template_is_shown_as_it_will_be_read_while_it_is_filled() {
        let template =
            template(Some("Hola {{1}}"), "Tu viaje a {{1}} sale a las {{hora}}.", &["header.1", "body.1", "hora"]);
        let empty = preview(&template, &Values::new());
        assert_eq!(empty.header.as_deref(), Some("Hola {{1}}"));
        assert_eq!(empty.body, "Tu viaje a {{1}} sale a las {{hora}}.");
        let filled = preview(&template, &values(&[("header.1", "Ana"), ("body.1", "Salta"), ("hora", "9:00")]));
        assert_eq!(filled.header.as_deref(), Some("Hola Ana"));
        assert_eq!(filled.body, "Tu viaje a Salta sale a las 9:00.");
        assert_eq!((filled.footer.as_deref(), filled.buttons), (Some("Viajes del Sur"), vec!["Sí".to_owned()]));
    }

    #[test]
    fn every_variable_has_to_be_written() {
        let template = template(None, "Hola {{1}} {{2}}", &["body.1", "body.2"]);
        let wrong = wrong(&template, &values(&[("body.1", "Ana"), ("body.2", "  ")]));
        assert_eq!(wrong.into_iter().collect::<Vec<_>>(), [("body.2".to_owned(), Wrong::Missing)]);
    }

    #[test]
    fn a_picture_is_given_as_an_address_and_shown_as_a_picture() {
        let template = template(Some("🖼️"), "Mira", &["header.1"]);
        assert!(is_media(&template, "header.1"));
        let given = values(&[("header.1", "picture.png")]);
        assert_eq!(wrong(&template, &given).get("header.1"), Some(&Wrong::NotALink));
        assert_eq!(preview(&template, &given).header.as_deref(), Some("🖼️"));
        assert!(wrong(&template, &values(&[("header.1", "https://example.com/a.png")])).is_empty());
    }

    #[test]
    fn a_value_that_makes_the_text_too_long_is_named() {
        let template = template(None, "Hola {{1}}", &["body.1"]);
        assert_eq!(wrong(&template, &values(&[("body.1", &"a".repeat(1100))])).get("body.1"), Some(&Wrong::TooLong));
    }

    #[test]
    fn the_variable_of_a_button_is_asked_for_too() {
        let template = template(None, "Hola", &["button.1"]);
        assert_eq!(wrong(&template, &Values::new()).get("button.1"), Some(&Wrong::Missing));
        assert!(wrong(&template, &values(&[("button.1", "abc")])).is_empty());
        assert_eq!(preview(&template, &Values::new()).body, "Hola");
    }

    #[test]
    fn what_the_server_refuses_is_found_by_the_place_of_the_variable() {
        let error = FieldError { pointer: "/variables/1/value".into(), code: FieldCode::TooLong, detail: "no".into() };
        assert_eq!(refused(std::slice::from_ref(&error), 1).as_deref(), Some("no"));
        assert_eq!(refused(&[error], 0), None);
    }

    #[test]
    fn variables_are_named_as_they_stand_in_the_text() {
        for (name, expected) in [("body.2", "2"), ("header.1", "1"), ("first_name", "first_name"), ("body.x", "body.x")]
        {
            assert_eq!(short(name), expected);
        }
    }
}
