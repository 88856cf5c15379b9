//! How the documents are kept. Documents and programs may differ in age: a part that an older document does not have is as
//! in [`Default`], and a part that this version does not know is skipped.
//!
//! Queues and their agents are kept beside, in tables: the stored document has none.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use types::chatbots::Queues;

/// A stored document, of the chatbot's settings or of the attention settings.
///
/// # Errors
/// When a value in it has another form than it should.
pub fn read<T: Default + Serialize + DeserializeOwned>(stored: Value) -> serde_json::Result<T> {
    let mut document = serde_json::to_value(T::default())?;
    adopt(&mut document, renamed(stored));
    serde_json::from_value(document)
}

/// The form a chatbot's settings are stored in.
///
/// # Errors
/// Never, as far as we know.
pub fn write(settings: &types::chatbots::ChatbotSettings) -> serde_json::Result<Value> {
    let mut kept = settings.clone();
    let Queues { default_agents, centre_on: _, prompt: _, own } = &mut kept.queues;
    default_agents.clear();
    own.clear();
    serde_json::to_value(kept)
}

fn adopt(document: &mut Value, stored: Value) {
    match (document, stored) {
        // A tagged enum is taken whole: its fields belong to its tag.
        (Value::Object(known), Value::Object(stored)) if !is_tagged(&stored) => {
            for (name, value) in stored {
                if let Some(known) = known.get_mut(&name) {
                    adopt(known, value);
                }
            }
        }
        (document, stored) => *document = stored,
    }
}

fn is_tagged(object: &serde_json::Map<String, Value>) -> bool {
    object.contains_key("every") || object.contains_key("kind") && object.contains_key("phone")
}

/// The first documents had four texts and nothing else.
fn renamed(stored: Value) -> Value {
    let Value::Object(old) = &stored else { return stored };
    if !old.contains_key("first_greeting") {
        return stored;
    }
    let part = |name: &str| old.get(name).cloned().unwrap_or_else(|| json!({}));
    json!({
        "conversation_flow": {"first_greeting": part("first_greeting"), "return_greeting": part("return_greeting")},
        "attention": {"pre_attendance": part("pre_attendance"), "post_attendance": part("post_attendance")},
        // Those who had no hours were open around the clock.
        "hours": {"always": true},
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::{
        Language, NumberId, QueueId,
        attention_settings::AttentionSettings,
        chatbots::{ChatbotSettings, FaqQuestion, Holiday, OwnQueue, SuggestedContact, SurveyFrequency, SurveyKind},
    };
    use uuid::Uuid;

    fn full() -> ChatbotSettings {
        let mut settings = crate::chatbots::defaults(Language::Pt);
        let survey = &mut settings.conversation_flow.survey;
        (survey.kind, survey.frequency) = (SurveyKind::Nps, SurveyFrequency::Days { days: 30 });
        settings.faq.questions = vec![FaqQuestion { question: "?".into(), label: "a".into(), answer: "b".into() }];
        settings.attention.absence.suggested =
            Some(SuggestedContact::Phone { phone: "+56912345678".into(), name: Some("Ben".into()) });
        settings.hours.always = false;
        settings.hours.holidays = vec![Holiday { day: 29, month: 2, name: "x".into(), intervals: vec![] }];
        settings.hours.time_zone = Some("Europe/Madrid".into());
        settings.social_links.x = "https://x.com/a".into();
        settings
    }

    #[test]
    fn what_is_written_is_read_back_without_queues_and_agents() {
        let mut settings = full();
        settings.queues.default_agents = vec!["ana@example.com".into()];
        settings.queues.own = vec![OwnQueue { id: Some(QueueId(Uuid::nil())), name: "Ventas".into(), agents: vec![] }];
        let stored = write(&settings).unwrap();
        assert!(!stored.to_string().contains("ana@example.com") && !stored.to_string().contains("Ventas"));
        assert_eq!(read::<ChatbotSettings>(stored).unwrap(), full());
        let attention =
            AttentionSettings { tags: vec!["a".into()], mandatory_tag: true, ..AttentionSettings::default() };
        assert_eq!(read::<AttentionSettings>(serde_json::to_value(&attention).unwrap()).unwrap(), attention);
    }

    #[test]
    fn what_an_older_document_does_not_have_is_as_by_default() {
        assert_eq!(read::<ChatbotSettings>(json!({})).unwrap(), ChatbotSettings::default());
        assert_eq!(read::<AttentionSettings>(json!({})).unwrap(), AttentionSettings::default());
        let read: ChatbotSettings =
            read(json!({"faq": {"on": true, "intro": "i"}, "hours": {"always": true}})).unwrap();
        assert!(read.faq.on && read.hours.always && read.faq.questions.is_empty());
        assert_eq!(read.faq.intro, "i");
        assert_eq!(read.conversation_flow, ChatbotSettings::default().conversation_flow);
        let partly: AttentionSettings =
            super::read(json!({"inactivity": {"on": true, "warning": {"text": "w"}}})).unwrap();
        assert!(partly.inactivity.on && partly.inactivity.warning.text == "w");
        assert_eq!(partly.inactivity.close_after_minutes, 24 * 60);
        assert_eq!(partly.cancel_words, ["salir", "sair", "exit"]);
    }

    #[test]
    fn what_a_newer_document_has_more_is_skipped() {
        let mut stored = write(&full()).unwrap();
        stored["moods"] = json!({"on": true});
        stored["faq"]["colour"] = json!("red");
        stored["hours"]["days"]["someday"] = json!([]);
        assert_eq!(read::<ChatbotSettings>(stored).unwrap(), full());
    }

    #[test]
    fn a_frequency_and_a_suggestion_are_read_whole() {
        for frequency in [
            SurveyFrequency::Attendance,
            SurveyFrequency::Days { days: 7 },
            SurveyFrequency::Attendances { attendances: 3 },
        ] {
            let mut settings = full();
            settings.conversation_flow.survey.frequency = frequency;
            let number = SuggestedContact::Number { number_id: NumberId(Uuid::from_u128(5)) };
            settings.attention.absence.suggested = Some(number);
            assert_eq!(read::<ChatbotSettings>(write(&settings).unwrap()).unwrap(), settings);
        }
    }

    #[test]
    fn a_value_of_another_form_is_refused() {
        assert!(read::<ChatbotSettings>(json!({"faq": {"on": "yes"}})).is_err());
        assert!(read::<ChatbotSettings>(json!({"faq": 7})).is_err());
        assert!(read::<AttentionSettings>(json!({"tags": [1]})).is_err());
    }

    #[test]
    fn the_first_documents_had_four_texts() {
        let old = json!({
            "first_greeting": {"on": true, "text": "a"},
            "return_greeting": {"on": true, "text": "b", "inactivity_minutes": 90},
            "pre_attendance": {"on": false, "text": "c"},
            "post_attendance": {"on": true, "text": "d"},
        });
        let settings: ChatbotSettings = read(old).unwrap();
        assert_eq!(settings.conversation_flow.first_greeting.text, "a");
        assert_eq!(settings.conversation_flow.return_greeting.inactivity_minutes, 90);
        assert_eq!(
            (settings.attention.pre_attendance.on, settings.attention.pre_attendance.text.as_str()),
            (false, "c")
        );
        assert_eq!(settings.attention.post_attendance.text, "d");
        assert!(settings.hours.always, "whoever had no hours was open around the clock");
        let half: ChatbotSettings = read(json!({"first_greeting": {"on": true, "text": "a"}})).unwrap();
        assert!(half.hours.always && half.conversation_flow.first_greeting.on);
    }
}
