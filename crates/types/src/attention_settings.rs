//! How people attend a number: tags, distribution, limits, what agents may do (spec S1).

use crate::{Endpoint, numbers::NumberRef, wire::wire_enum};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

pub const GET_ATTENTION_SETTINGS: Endpoint<(), NumberAttention> =
    Endpoint::get("/api/v1/attention-settings/{number_id}");
pub const UPDATE_ATTENTION_SETTINGS: Endpoint<AttentionSettingsInput, NumberAttention> =
    Endpoint::put("/api/v1/attention-settings/{number_id}");

/// Tags of a number at most.
pub const TAGS_MAX: usize = 100;
/// Characters of a tag at most.
pub const TAG_MAX: usize = 40;
/// Tickets an agent has at a time.
pub const TICKETS_AT_A_TIME: std::ops::RangeInclusive<u32> = 1..=50;
/// Minutes until a ticket is closed because the contact does not answer: 5 min to 7 d.
pub const INACTIVITY_CLOSE_MINUTES: std::ops::RangeInclusive<u32> = 5..=10_080;
/// Minutes after which the tickets of somebody who is gone wait again.
pub const RETURN_MINUTES: std::ops::RangeInclusive<u32> = 1..=120;
/// Words by which a contact closes, at most.
pub const CANCEL_WORDS_MAX: usize = 10;
/// Characters of such a word at most.
pub const CANCEL_WORD_MAX: usize = 20;

/// How a number is attended. The rules are `domain::attention_settings::check`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttentionSettings {
    /// Up to 100, each 1 to 40 characters, unique whatever the case.
    pub tags: Vec<String>,
    /// Whether a ticket needs a tag to be closed by a person.
    pub mandatory_tag: bool,
    pub distribution: DistributionRule,
    /// Tickets an agent has at a time on this number before no more are handed to them: 1 to 50.
    pub tickets_at_a_time: u32,
    pub inactivity: InactivityClose,
    /// Minutes, 1 to 120, until the tickets of an agent who went offline wait in their queue again.
    pub return_to_queue_minutes: u32,
    pub customer_signals: CustomerSignals,
    /// Whether answers to active messages are handed out first where they have to wait.
    pub active_answers_first: bool,
    /// Up to 10 words, each 1 to 20 characters, by which a contact closes the ticket.
    pub cancel_words: Vec<String>,
    pub agent_may: AgentMay,
}

impl Default for AttentionSettings {
    fn default() -> Self {
        Self {
            tags: Vec::new(),
            mandatory_tag: false,
            distribution: DistributionRule::FewestTickets,
            tickets_at_a_time: 5,
            inactivity: InactivityClose::default(),
            return_to_queue_minutes: 10,
            customer_signals: CustomerSignals::default(),
            active_answers_first: true,
            cancel_words: ["salir", "sair", "exit"].map(str::to_owned).to_vec(),
            agent_may: AgentMay::default(),
        }
    }
}

wire_enum! {
    /// Who of those online with a free slot gets the next ticket.
    pub enum DistributionRule {
        /// Fewest open tickets, then longest without a new one.
        FewestTickets,
        /// Longest without a new one, then fewest open tickets.
        LongestIdle,
    }
}

/// Close when the contact does not answer the agent any more; never while the contact is the one who waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InactivityClose {
    pub on: bool,
    /// 5 to 10,080 (7 d) after the agent's last message.
    pub close_after_minutes: u32,
    /// Said before it is closed.
    pub warning: InactivityWarning,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InactivityWarning {
    pub on: bool,
    /// 1 to 4,096 characters.
    pub text: String,
    /// Minutes before the closing; at least 1, and less than `close_after_minutes`.
    pub lead_minutes: u32,
}

impl Default for InactivityClose {
    fn default() -> Self {
        Self {
            on: false,
            close_after_minutes: 24 * 60,
            warning: InactivityWarning { on: false, text: String::new(), lead_minutes: 60 },
        }
    }
}

/// What the customer sees of the agent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerSignals {
    /// That the agent has read.
    pub read_receipts: bool,
    /// That the agent is writing.
    pub typing: bool,
}

/// What agents may do with tickets; who may edit monitoring may always.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgentMay {
    pub transfer: bool,
    pub close: bool,
    /// Write first, by a template.
    pub start_conversations: bool,
}

impl Default for AgentMay {
    fn default() -> Self {
        Self { transfer: true, close: true, start_conversations: true }
    }
}

/// A number's attention settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NumberAttention {
    pub number: NumberRef,
    /// Counts the saves.
    pub version: u64,
    pub changed_at: Option<DateTime<Utc>>,
    pub settings: AttentionSettings,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct AttentionSettingsInput {
    /// The version the change started from.
    pub version: u64,
    pub settings: AttentionSettings,
}
