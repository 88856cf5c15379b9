//! What we send. `OutgoingMessage` serialises to exactly the JSON that Graph's `/messages` documents;
//! `OutgoingContent` has a stable form of its own, because it is kept in the database.

use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Value, json};

/// One message to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingMessage {
    /// Digits with country code, or a BSUID (`US.1349…`); Graph takes them in different fields.
    pub to: String,
    /// Our own mark, at most [`crate::limits::OPAQUE`] characters; every status of this message carries it back.
    pub biz_opaque_callback_data: Option<String>,
    /// The wamid this message quotes.
    pub context_message_id: Option<String>,
    pub content: OutgoingContent,
}

/// What is in a message. The stored form is this enum's JSON: a change here needs a migration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum OutgoingContent {
    Text {
        body: String,
        #[serde(default)]
        preview_url: bool,
    },
    Template {
        name: String,
        /// Meta's language code, such as `es` or `pt_BR`.
        language: String,
        #[serde(default)]
        components: Vec<TemplateComponent>,
    },
    Buttons {
        body: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        header: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        footer: Option<String>,
        buttons: Vec<Button>,
    },
    List {
        body: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        header: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        footer: Option<String>,
        /// The label of the button that opens the list.
        button: String,
        sections: Vec<Section>,
    },
    /// A text with one button that opens an address (`cta_url`).
    Link {
        body: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        header: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        footer: Option<String>,
        button: String,
        url: String,
    },
}

/// A reply button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    pub id: String,
    pub title: String,
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    pub rows: Vec<Row>,
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub id: String,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A filled part of a template, in Graph's own form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TemplateComponent {
    Header {
        parameters: Vec<TemplateParameter>,
    },
    Body {
        parameters: Vec<TemplateParameter>,
    },
    Button {
        sub_type: ButtonKind,
        /// Place of the button in the template, from "0", as text.
        index: String,
        parameters: Vec<TemplateParameter>,
    },
}

/// Kinds of template buttons that take a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ButtonKind {
    QuickReply,
    Url,
}

/// One filled variable of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TemplateParameter {
    Text {
        /// Set for templates whose variables are named, absent for `{{1}}`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parameter_name: Option<String>,
        text: String,
    },
    Payload {
        payload: String,
    },
    Image {
        image: MediaSource,
    },
    Video {
        video: MediaSource,
    },
    Document {
        document: MediaSource,
    },
}

/// Media by the id of an upload or by an https link; exactly one of the two.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaSource {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Shown for documents only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
}

impl OutgoingMessage {
    /// The body of `POST /{phone_number_id}/messages`.
    pub fn graph_body(&self) -> Value {
        let (kind, content) = self.content.graph_part();
        let addressee = if is_bsuid(&self.to) { "recipient" } else { "to" };
        let mut body = json!({
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            addressee: self.to,
            "type": kind,
            kind: content,
        });
        if let Some(fields) = body.as_object_mut() {
            if let Some(opaque) = &self.biz_opaque_callback_data {
                fields.insert("biz_opaque_callback_data".into(), json!(opaque));
            }
            if let Some(wamid) = &self.context_message_id {
                fields.insert("context".into(), json!({ "message_id": wamid }));
            }
        }
        body
    }
}

impl Serialize for OutgoingMessage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.graph_body().serialize(serializer)
    }
}

impl OutgoingContent {
    fn graph_part(&self) -> (&'static str, Value) {
        match self {
            Self::Text { body, preview_url } => ("text", json!({ "body": body, "preview_url": preview_url })),
            Self::Template { name, language, components } => {
                let mut template = json!({ "name": name, "language": { "code": language } });
                if let (Some(fields), false) = (template.as_object_mut(), components.is_empty()) {
                    fields.insert("components".into(), json!(components));
                }
                ("template", template)
            }
            Self::Buttons { body, header, footer, buttons } => {
                let buttons: Vec<Value> =
                    buttons.iter().map(|button| json!({ "type": "reply", "reply": button })).collect();
                let action = json!({ "buttons": buttons });
                ("interactive", interactive("button", body, header.as_deref(), footer.as_deref(), action))
            }
            Self::List { body, header, footer, button, sections } => {
                let action = json!({ "button": button, "sections": sections });
                ("interactive", interactive("list", body, header.as_deref(), footer.as_deref(), action))
            }
            Self::Link { body, header, footer, button, url } => {
                let action = json!({ "name": "cta_url", "parameters": { "display_text": button, "url": url } });
                ("interactive", interactive("cta_url", body, header.as_deref(), footer.as_deref(), action))
            }
        }
    }
}

fn interactive(kind: &str, body: &str, header: Option<&str>, footer: Option<&str>, action: Value) -> Value {
    let mut interactive = json!({ "type": kind, "body": { "text": body }, "action": action });
    if let Some(fields) = interactive.as_object_mut() {
        if let Some(header) = header {
            fields.insert("header".into(), json!({ "type": "text", "text": header }));
        }
        if let Some(footer) = footer {
            fields.insert("footer".into(), json!({ "text": footer }));
        }
    }
    interactive
}

/// A business-scoped user id is a country's two letters, a point and the rest; a phone has no letters.
fn is_bsuid(to: &str) -> bool {
    matches!(to.as_bytes(), [first, second, b'.', _, ..] if first.is_ascii_alphabetic() && second.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(content: OutgoingContent) -> Value {
        let message = OutgoingMessage {
            to: "5511999998888".into(),
            biz_opaque_callback_data: None,
            context_message_id: None,
            content,
        };
        serde_json::to_value(message).unwrap()
    }

    #[test]
    fn a_text_is_written_as_documented() {
        assert_eq!(
            sent(OutgoingContent::Text { body: "Hola".into(), preview_url: false }),
            json!({"messaging_product": "whatsapp", "recipient_type": "individual", "to": "5511999998888",
                   "type": "text", "text": {"body": "Hola", "preview_url": false}})
        );
    }

    #[test]
    fn a_template_is_written_as_documented() {
        let content = OutgoingContent::Template {
            name: "pedido".into(),
            language: "es".into(),
            components: vec![
                TemplateComponent::Header {
                    parameters: vec![TemplateParameter::Image {
                        image: MediaSource { link: Some("https://example.org/a.png".into()), ..MediaSource::default() },
                    }],
                },
                TemplateComponent::Body {
                    parameters: vec![TemplateParameter::Text { parameter_name: None, text: "Ana".into() }],
                },
                TemplateComponent::Button {
                    sub_type: ButtonKind::QuickReply,
                    index: "0".into(),
                    parameters: vec![TemplateParameter::Payload { payload: "si".into() }],
                },
            ],
        };
        assert_eq!(
            sent(content).get("template").unwrap(),
            &json!({"name": "pedido", "language": {"code": "es"}, "components": [
                {"type": "header", "parameters": [{"type": "image", "image": {"link": "https://example.org/a.png"}}]},
                {"type": "body", "parameters": [{"type": "text", "text": "Ana"}]},
                {"type": "button", "sub_type": "quick_reply", "index": "0",
                 "parameters": [{"type": "payload", "payload": "si"}]}]})
        );
    }

    #[test]
    fn a_template_without_variables_sends_no_components() {
        let content = OutgoingContent::Template { name: "hola".into(), language: "es".into(), components: vec![] };
        assert_eq!(sent(content).get("template").unwrap(), &json!({"name": "hola", "language": {"code": "es"}}));
    }

    #[test]
    fn buttons_and_lists_are_written_as_documented() {
        let buttons = OutgoingContent::Buttons {
            body: "¿Sigue?".into(),
            header: Some("Aviso".into()),
            footer: None,
            buttons: vec![Button { id: "y".into(), title: "Sí".into() }],
        };
        assert_eq!(
            sent(buttons).get("interactive").unwrap(),
            &json!({"type": "button", "header": {"type": "text", "text": "Aviso"}, "body": {"text": "¿Sigue?"},
                    "action": {"buttons": [{"type": "reply", "reply": {"id": "y", "title": "Sí"}}]}})
        );
        let list = OutgoingContent::List {
            body: "Elija".into(),
            header: None,
            footer: Some("Gracias".into()),
            button: "Ver opciones".into(),
            sections: vec![Section {
                title: None,
                rows: vec![Row { id: "1".into(), title: "Ventas".into(), description: Some("Lunes".into()) }],
            }],
        };
        assert_eq!(
            sent(list).get("interactive").unwrap(),
            &json!({"type": "list", "body": {"text": "Elija"}, "footer": {"text": "Gracias"},
                    "action": {"button": "Ver opciones",
                               "sections": [{"rows": [{"id": "1", "title": "Ventas", "description": "Lunes"}]}]}})
        );
    }

    #[test]
    fn a_person_without_phone_is_addressed_as_recipient() {
        let message = OutgoingMessage {
            to: "US.13491208655302741918".into(),
            biz_opaque_callback_data: Some("attempt-1".into()),
            context_message_id: Some("wamid.A".into()),
            content: OutgoingContent::Text { body: "Hi".into(), preview_url: true },
        };
        assert_eq!(
            message.graph_body(),
            json!({"messaging_product": "whatsapp", "recipient_type": "individual",
                   "recipient": "US.13491208655302741918", "type": "text",
                   "text": {"body": "Hi", "preview_url": true},
                   "biz_opaque_callback_data": "attempt-1", "context": {"message_id": "wamid.A"}})
        );
    }

    #[test]
    fn stored_content_reads_back_and_keeps_its_form() {
        let stored = json!({"type": "template", "name": "hola", "language": "es", "components": [
            {"type": "body", "parameters": [{"type": "text", "parameter_name": "nombre", "text": "Ana"}]}]});
        let content: OutgoingContent = serde_json::from_value(stored.clone()).unwrap();
        assert_eq!(serde_json::to_value(&content).unwrap(), stored);
        let text: OutgoingContent = serde_json::from_value(json!({"type": "text", "body": "Hola"})).unwrap();
        assert_eq!(text, OutgoingContent::Text { body: "Hola".into(), preview_url: false });
    }
}
