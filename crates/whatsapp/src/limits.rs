//! WhatsApp's limits on what may be sent (whatsapp.md § Limits). Lengths count Unicode scalar values.

use std::collections::HashSet;

use crate::outgoing::{Button, OutgoingContent, OutgoingMessage, Section, TemplateComponent, TemplateParameter};

/// Body of a text message, in characters.
pub const TEXT_BODY: usize = 4_096;
/// Caption of an image, video or document, in characters.
pub const CAPTION: usize = 1_024;
/// Body of a message with buttons or a list, in characters.
pub const INTERACTIVE_BODY: usize = 1_024;
/// Footer of an interactive message or a template, in characters.
pub const FOOTER: usize = 60;
/// Text header of an interactive message or a template, in characters.
pub const HEADER: usize = 60;
/// Reply buttons of one message.
pub const BUTTONS: usize = 3;
/// Title of a reply button, in characters; titles of one message differ from each other.
pub const BUTTON_TITLE: usize = 20;
/// Id of a reply button, in characters.
pub const BUTTON_ID: usize = 256;
/// Characters of a link button's address at most.
pub const LINK_URL: usize = 2000;
/// The button that opens a list, in characters.
pub const LIST_BUTTON: usize = 20;
/// Rows of a list over all its sections, and sections of a list.
pub const LIST_ROWS: usize = 10;
/// Id of a list row, in characters.
pub const ROW_ID: usize = 200;
/// Title of a list row, in characters.
pub const ROW_TITLE: usize = 24;
/// Description of a list row, in characters.
pub const ROW_DESCRIPTION: usize = 72;
/// Title of a list section, in characters; needed when there is more than one section.
pub const SECTION_TITLE: usize = 24;
/// Body of a template with its variables filled, in characters.
pub const TEMPLATE_BODY: usize = 1_024;
/// Name of a template, in characters of `[a-z0-9_]`.
pub const TEMPLATE_NAME: usize = 512;
/// Buttons of a template.
pub const TEMPLATE_BUTTONS: usize = 10;
/// Label of a template's button, in characters.
pub const TEMPLATE_BUTTON_LABEL: usize = 25;
/// Payload of a template's quick reply, in characters.
pub const TEMPLATE_PAYLOAD: usize = 128;
/// `biz_opaque_callback_data`, in characters.
pub const OPAQUE: usize = 512;

/// What is wrong with a message, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    #[error("{field} has {length} characters, WhatsApp takes {limit}")]
    TooLong { field: String, length: usize, limit: usize },
    #[error("{field} has {count} entries, WhatsApp takes {limit}")]
    TooMany { field: String, count: usize, limit: usize },
    #[error("{field} is empty")]
    Missing { field: String },
    #[error("{field} is the same as another one of this message")]
    Repeated { field: String },
    #[error("{field} is not written as WhatsApp wants it")]
    Malformed { field: String },
}

impl OutgoingMessage {
    /// Refuses what WhatsApp would refuse.
    ///
    /// # Errors
    /// The first field over its limit, with the limit.
    pub fn validate(&self) -> Result<(), LimitError> {
        needed("to", &self.to)?;
        if let Some(opaque) = &self.biz_opaque_callback_data {
            at_most("biz_opaque_callback_data", opaque, OPAQUE)?;
        }
        self.content.validate()
    }
}

impl OutgoingContent {
    /// Refuses what WhatsApp would refuse.
    ///
    /// # Errors
    /// The first field over its limit, with the limit.
    pub fn validate(&self) -> Result<(), LimitError> {
        match self {
            Self::Text { body, preview_url: _ } => within("text.body", body, TEXT_BODY),
            Self::Template { name, language, components } => template(name, language, components),
            Self::Buttons { body, header, footer, buttons } => {
                frame(body, header.as_deref(), footer.as_deref())?;
                reply_buttons(buttons)
            }
            Self::List { body, header, footer, button, sections } => {
                frame(body, header.as_deref(), footer.as_deref())?;
                within("button", button, LIST_BUTTON)?;
                list_sections(sections)
            }
            Self::Link { body, header, footer, button, url } => {
                frame(body, header.as_deref(), footer.as_deref())?;
                within("button", button, BUTTON_TITLE)?;
                within("url", url, LINK_URL)
            }
        }
    }
}

fn frame(body: &str, header: Option<&str>, footer: Option<&str>) -> Result<(), LimitError> {
    within("body", body, INTERACTIVE_BODY)?;
    header.map_or(Ok(()), |header| within("header", header, HEADER))?;
    footer.map_or(Ok(()), |footer| within("footer", footer, FOOTER))
}

fn reply_buttons(buttons: &[Button]) -> Result<(), LimitError> {
    some("buttons", buttons.len(), BUTTONS)?;
    let (mut ids, mut titles) = (HashSet::new(), HashSet::new());
    for (index, Button { id, title }) in buttons.iter().enumerate() {
        within(&format!("buttons[{index}].id"), id, BUTTON_ID)?;
        within(&format!("buttons[{index}].title"), title, BUTTON_TITLE)?;
        once(&mut ids, || format!("buttons[{index}].id"), id)?;
        once(&mut titles, || format!("buttons[{index}].title"), title)?;
    }
    Ok(())
}

fn list_sections(sections: &[Section]) -> Result<(), LimitError> {
    some("sections", sections.len(), LIST_ROWS)?;
    let rows: usize = sections.iter().map(|section| section.rows.len()).sum();
    some("rows", rows, LIST_ROWS)?;
    let mut ids = HashSet::new();
    for (number, Section { title, rows }) in sections.iter().enumerate() {
        match title {
            Some(title) => within(&format!("sections[{number}].title"), title, SECTION_TITLE)?,
            None if sections.len() > 1 => {
                return Err(LimitError::Missing { field: format!("sections[{number}].title") });
            }
            None => {}
        }
        some(&format!("sections[{number}].rows"), rows.len(), LIST_ROWS)?;
        for (index, row) in rows.iter().enumerate() {
            let field = |name: &str| format!("sections[{number}].rows[{index}].{name}");
            within(&field("id"), &row.id, ROW_ID)?;
            within(&field("title"), &row.title, ROW_TITLE)?;
            if let Some(description) = &row.description {
                at_most(&field("description"), description, ROW_DESCRIPTION)?;
            }
            once(&mut ids, || field("id"), &row.id)?;
        }
    }
    Ok(())
}

fn template(name: &str, language: &str, components: &[TemplateComponent]) -> Result<(), LimitError> {
    within("template.name", name, TEMPLATE_NAME)?;
    if !name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_')) {
        return Err(LimitError::Malformed { field: "template.name".into() });
    }
    needed("template.language", language)?;
    let mut buttons = 0;
    for (index, component) in components.iter().enumerate() {
        let (parameters, limit) = match component {
            TemplateComponent::Header { parameters } => (parameters, HEADER),
            TemplateComponent::Body { parameters } => (parameters, TEMPLATE_BODY),
            TemplateComponent::Button { parameters, .. } => {
                buttons += 1;
                (parameters, TEMPLATE_BODY)
            }
        };
        for (position, parameter) in parameters.iter().enumerate() {
            let field = format!("template.components[{index}].parameters[{position}]");
            match parameter {
                TemplateParameter::Text { text, .. } => within(&field, text, limit)?,
                TemplateParameter::Payload { payload } => within(&field, payload, TEMPLATE_PAYLOAD)?,
                TemplateParameter::Image { image: media }
                | TemplateParameter::Video { video: media }
                | TemplateParameter::Document { document: media } => {
                    if media.id.is_some() == media.link.is_some() {
                        return Err(LimitError::Malformed { field });
                    }
                }
            }
        }
    }
    if buttons > TEMPLATE_BUTTONS {
        return Err(LimitError::TooMany { field: "template.buttons".into(), count: buttons, limit: TEMPLATE_BUTTONS });
    }
    Ok(())
}

fn within(field: &str, value: &str, limit: usize) -> Result<(), LimitError> {
    needed(field, value)?;
    at_most(field, value, limit)
}

fn needed(field: &str, value: &str) -> Result<(), LimitError> {
    if value.trim().is_empty() { Err(LimitError::Missing { field: field.into() }) } else { Ok(()) }
}

fn at_most(field: &str, value: &str, limit: usize) -> Result<(), LimitError> {
    let length = value.chars().count();
    if length > limit { Err(LimitError::TooLong { field: field.into(), length, limit }) } else { Ok(()) }
}

fn some(field: &str, count: usize, limit: usize) -> Result<(), LimitError> {
    match count {
        0 => Err(LimitError::Missing { field: field.into() }),
        _ if count > limit => Err(LimitError::TooMany { field: field.into(), count, limit }),
        _ => Ok(()),
    }
}

fn once<'value>(
    seen: &mut HashSet<&'value str>,
    field: impl Fn() -> String,
    value: &'value str,
) -> Result<(), LimitError> {
    if seen.insert(value) { Ok(()) } else { Err(LimitError::Repeated { field: field() }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outgoing::{MediaSource, Row};

    fn buttons(titles: &[&str]) -> OutgoingContent {
        let buttons = titles
            .iter()
            .enumerate()
            .map(|(index, title)| Button { id: index.to_string(), title: (*title).into() })
            .collect();
        OutgoingContent::Buttons { body: "Hola".into(), header: None, footer: None, buttons }
    }

    fn list(sections: Vec<Section>) -> OutgoingContent {
        OutgoingContent::List { body: "Hola".into(), header: None, footer: None, button: "Ver".into(), sections }
    }

    fn rows(range: std::ops::Range<usize>) -> Vec<Row> {
        range.map(|id| Row { id: id.to_string(), title: format!("Fila {id}"), description: None }).collect()
    }

    #[test]
    fn text_is_counted_in_characters_not_bytes() {
        let text = |length| OutgoingContent::Text { body: "ñ".repeat(length), preview_url: false };
        assert_eq!(text(TEXT_BODY).validate(), Ok(()));
        assert_eq!(
            text(TEXT_BODY + 1).validate(),
            Err(LimitError::TooLong { field: "text.body".into(), length: 4_097, limit: 4_096 })
        );
        assert_eq!(text(0).validate(), Err(LimitError::Missing { field: "text.body".into() }));
    }

    #[test]
    fn buttons_are_few_short_and_different() {
        assert_eq!(buttons(&["Sí", "No", "Quizás"]).validate(), Ok(()));
        assert!(matches!(buttons(&["1", "2", "3", "4"]).validate(), Err(LimitError::TooMany { limit: 3, .. })));
        assert_eq!(buttons(&["Sí", "Sí"]).validate(), Err(LimitError::Repeated { field: "buttons[1].title".into() }));
        assert_eq!(
            buttons(&["Sí", &"x".repeat(21)]).validate(),
            Err(LimitError::TooLong { field: "buttons[1].title".into(), length: 21, limit: 20 })
        );
        assert!(matches!(buttons(&[]).validate(), Err(LimitError::Missing { .. })));
    }

    #[test]
    fn a_list_has_at_most_ten_rows_over_all_sections() {
        let titled = |title: Option<&str>, rows| Section { title: title.map(Into::into), rows };
        assert_eq!(list(vec![titled(None, rows(0..10))]).validate(), Ok(()));
        assert_eq!(
            list(vec![titled(Some("A"), rows(0..6)), titled(Some("B"), rows(6..11))]).validate(),
            Err(LimitError::TooMany { field: "rows".into(), count: 11, limit: 10 })
        );
        assert_eq!(
            list(vec![titled(Some("A"), rows(0..1)), titled(None, rows(1..2))]).validate(),
            Err(LimitError::Missing { field: "sections[1].title".into() })
        );
        assert_eq!(
            list(vec![titled(Some("A"), rows(0..2)), titled(Some("B"), rows(1..2))]).validate(),
            Err(LimitError::Repeated { field: "sections[1].rows[0].id".into() })
        );
    }

    #[test]
    fn rows_name_the_field_that_is_too_long() {
        let with = |title: usize, description: usize| {
            let row = Row { id: "1".into(), title: "t".repeat(title), description: Some("d".repeat(description)) };
            list(vec![Section { title: None, rows: vec![row] }]).validate()
        };
        assert_eq!(with(24, 72), Ok(()));
        assert!(matches!(with(25, 1), Err(LimitError::TooLong { limit: 24, .. })));
        assert!(matches!(with(1, 73), Err(LimitError::TooLong { limit: 72, .. })));
    }

    #[test]
    fn template_names_and_media_are_checked() {
        let template = |name: &str, media| OutgoingContent::Template {
            name: name.into(),
            language: "es".into(),
            components: vec![TemplateComponent::Header { parameters: vec![TemplateParameter::Image { image: media }] }],
        };
        let link = MediaSource { link: Some("https://example.org/a.png".into()), ..MediaSource::default() };
        assert_eq!(template("recordatorio_de_pago", link.clone()).validate(), Ok(()));
        assert!(matches!(template("Recordatorio", link).validate(), Err(LimitError::Malformed { .. })));
        assert!(matches!(template("a", MediaSource::default()).validate(), Err(LimitError::Malformed { .. })));
    }

    #[test]
    fn our_own_mark_has_a_limit_too() {
        let message = OutgoingMessage {
            to: "5511999998888".into(),
            biz_opaque_callback_data: Some("x".repeat(513)),
            context_message_id: None,
            content: OutgoingContent::Text { body: "Hola".into(), preview_url: false },
        };
        assert!(matches!(message.validate(), Err(LimitError::TooLong { limit: 512, .. })));
    }
}
