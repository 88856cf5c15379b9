//! The document of a chatbot's settings. The limits are checked by `domain::chatbots::check`.

use crate::{NumberId, QueueId, chatbots::Hours, wire::wire_enum};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Questions of the FAQ at most.
pub const FAQ_QUESTIONS_MAX: usize = 10;
/// Characters of a question at most, as WhatsApp takes them in a row's description.
pub const FAQ_QUESTION_MAX: usize = 72;
/// Characters of a label at most: a question's, or a queue's name, as WhatsApp takes them in a row's title.
pub const LABEL_MAX: usize = 24;
/// Characters of a button at most.
pub const BUTTON_MAX: usize = 20;
/// Queues of one's own at most.
pub const QUEUES_MAX: usize = 10;
/// Agents of one queue at most.
pub const QUEUE_AGENTS_MAX: usize = 200;
/// Characters of a text that goes out with buttons or a list at most, variables filled.
pub const INTERACTIVE_MAX: usize = 1024;
/// Characters of a link at most.
pub const LINK_MAX: usize = 256;
/// Minutes of the return greeting's inactivity: 1 h to 30 d.
pub const INACTIVITY_MINUTES: std::ops::RangeInclusive<u32> = 60..=43_200;
/// Days or attendances between two surveys.
pub const SURVEY_EVERY: std::ops::RangeInclusive<u32> = 1..=365;

/// Everything the chatbot of one number says and asks: the six tabs of its page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatbotSettings {
    pub conversation_flow: ConversationFlow,
    pub faq: Faq,
    pub queues: Queues,
    pub attention: AttentionTexts,
    pub social_links: SocialLinks,
    pub hours: Hours,
}

/// A text that can be switched off; 1 to 4,096 characters when it is on (1,024 where it goes out with buttons), with the
/// variables `{{contact.name}}`, `{{agent.name}}`, `{{number.name}}`, `{{company}}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OptionalText {
    pub on: bool,
    pub text: String,
}

/// Tab "Flujo de conversación".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConversationFlow {
    /// To who writes for the first time.
    pub first_greeting: OptionalText,
    pub return_greeting: ReturnGreeting,
    pub survey: Survey,
}

/// To who comes back after a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnGreeting {
    pub on: bool,
    pub text: String,
    /// Of silence, after which a message begins a new conversation: 60 to 43,200 (1 h to 30 d). It counts whether the
    /// greeting is on or off.
    pub inactivity_minutes: u32,
}

impl Default for ReturnGreeting {
    fn default() -> Self {
        Self { on: false, text: String::new(), inactivity_minutes: 24 * 60 }
    }
}

/// What is asked after an attendance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    pub kind: SurveyKind,
    /// Asked first, with Sí and No; No ends it.
    pub invitation: OptionalText,
    /// 1 to 1,024 characters.
    pub question: String,
    /// Said after an answer.
    pub thanks: OptionalText,
    pub frequency: SurveyFrequency,
}

wire_enum! {
    /// Which survey.
    #[derive(Default)]
    pub enum SurveyKind {
        #[default]
        None,
        /// 1 to 5, as a list.
        Csat,
        /// 0 to 10, as a text with a free answer.
        Nps,
    }
}

/// How often one contact is asked on one number; the first attendance always is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "every", rename_all = "snake_case")]
pub enum SurveyFrequency {
    #[default]
    Attendance,
    /// 1 to 365 days after the last one was shown.
    Days { days: u32 },
    /// Every 1 to 365 attendances.
    Attendances { attendances: u32 },
}

/// Tab "Preguntas frecuentes".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Faq {
    pub on: bool,
    /// Said above the menu; 1 to 1,024 characters.
    pub intro: String,
    /// 1 to 10 when it is on.
    pub questions: Vec<FaqQuestion>,
    pub attendance_button: AttendanceButton,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FaqQuestion {
    /// 1 to 72 characters.
    pub question: String,
    /// 1 to 24 characters, unique within the menu whatever the case.
    pub label: String,
    /// 1 to 4,096 characters.
    pub answer: String,
}

/// Leads from the FAQ to attendance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttendanceButton {
    pub on: bool,
    /// 1 to 20 characters.
    pub label: String,
}

/// Tab "Filas de atención". Agents are members with access to the number, by e-mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Queues {
    /// Of the default queue, "Otros asuntos", which is always there.
    pub default_agents: Vec<String>,
    /// The attendance centre: contacts choose among the queues.
    pub centre_on: bool,
    /// Said above the menu; 1 to 1,024 characters.
    pub prompt: String,
    /// 1 to 10 when the centre is on.
    pub own: Vec<OwnQueue>,
}

/// A queue of one's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnQueue {
    /// Null for a new one. An id that the number does not have is matched by name.
    pub id: Option<QueueId>,
    /// 1 to 24 characters, unique within the number whatever the case, and not the default queue's.
    pub name: String,
    pub agents: Vec<String>,
}

/// Tab "Atención".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttentionTexts {
    pub pre_attendance: PreAttendance,
    pub post_attendance: OptionalText,
    pub absence: AbsenceSettings,
    /// Asked after the unavailable message, with Sí and No; 1,024 characters at most. Needs the approved template
    /// [`super::AVAILABILITY_TEMPLATE`].
    pub notify_next_hours: OptionalText,
}

/// Said before the ticket is opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreAttendance {
    pub on: bool,
    pub text: String,
    /// Whether a button lets the contact cancel; the text is then 1,024 characters at most.
    pub cancel_button: bool,
}

/// Said instead of everything while the agent is away, until it is switched off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AbsenceSettings {
    pub on: bool,
    /// 1 to 4,096 characters; 1,024 with a suggested contact.
    pub text: String,
    pub suggested: Option<SuggestedContact>,
}

/// Who can be written to instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum SuggestedContact {
    /// Another number of the organization.
    Number { number_id: NumberId },
    /// Any phone, E.164.
    Phone {
        phone: String,
        /// Up to 75 characters; null for none.
        name: Option<String>,
    },
}

/// Tab "Redes sociales": https addresses of the right host, each empty when there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SocialLinks {
    /// Whether they are offered with the post-attendance message.
    pub on: bool,
    pub instagram: String,
    pub facebook: String,
    pub x: String,
    pub linkedin: String,
    pub youtube: String,
    pub tiktok: String,
    pub web: String,
}

impl SocialLinks {
    /// Every link by the name of its field, in the page's order.
    pub fn all(&self) -> [(&'static str, &str); 7] {
        [
            ("instagram", &self.instagram),
            ("facebook", &self.facebook),
            ("x", &self.x),
            ("linkedin", &self.linkedin),
            ("youtube", &self.youtube),
            ("tiktok", &self.tiktok),
            ("web", &self.web),
        ]
    }
}
