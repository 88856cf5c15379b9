//! Fields that are taken over from one number's settings to another's.

use types::{
    attention_settings::AttentionSettings,
    chatbots::ChatbotSettings,
    settings_changes::{SettingsField, SettingsFieldChange, SettingsPart},
};

/// The fields of a part, in the page's order.
pub fn fields(part: SettingsPart) -> &'static [SettingsField] {
    use SettingsField as F;
    match part {
        SettingsPart::AttentionSettings => &[
            F::Tags,
            F::MandatoryTag,
            F::Distribution,
            F::TicketsAtATime,
            F::Inactivity,
            F::ReturnToQueue,
            F::CustomerSignals,
            F::ActiveAnswersFirst,
            F::CancelWords,
            F::AgentMay,
        ],
        SettingsPart::ConversationFlow => &[F::FirstGreeting, F::ReturnGreeting, F::Survey],
        SettingsPart::Faq => &[F::Faq],
        SettingsPart::Queues => &[F::DefaultQueueAgents, F::AttendanceCentre],
        SettingsPart::AttentionTexts => &[F::PreAttendance, F::PostAttendance, F::NotifyNextHours],
        SettingsPart::Absence => &[F::Absence],
        SettingsPart::SocialLinks => &[F::SocialLinks],
        SettingsPart::Hours => &[F::OpeningHours, F::Holidays, F::TimeZone, F::Unavailable],
    }
}

/// Take over these fields. Queues of the target keep their ids where the names agree.
pub fn apply(
    target: (&mut ChatbotSettings, &mut AttentionSettings),
    source: (&ChatbotSettings, &AttentionSettings),
    fields: &[SettingsField],
) {
    let ((bot, attention), (from, from_attention)) = (target, source);
    for field in fields {
        match field {
            SettingsField::FirstGreeting => {
                bot.conversation_flow.first_greeting = from.conversation_flow.first_greeting.clone();
            }
            SettingsField::ReturnGreeting => {
                bot.conversation_flow.return_greeting = from.conversation_flow.return_greeting.clone();
            }
            SettingsField::Survey => bot.conversation_flow.survey = from.conversation_flow.survey.clone(),
            SettingsField::Faq => bot.faq = from.faq.clone(),
            SettingsField::DefaultQueueAgents => bot.queues.default_agents.clone_from(&from.queues.default_agents),
            SettingsField::AttendanceCentre => attendance_centre(bot, from),
            SettingsField::PreAttendance => bot.attention.pre_attendance = from.attention.pre_attendance.clone(),
            SettingsField::PostAttendance => bot.attention.post_attendance = from.attention.post_attendance.clone(),
            SettingsField::Absence => bot.attention.absence = from.attention.absence.clone(),
            SettingsField::NotifyNextHours => {
                bot.attention.notify_next_hours = from.attention.notify_next_hours.clone();
            }
            SettingsField::SocialLinks => bot.social_links = from.social_links.clone(),
            SettingsField::OpeningHours => {
                bot.hours.always = from.hours.always;
                bot.hours.days = from.hours.days.clone();
            }
            SettingsField::Holidays => bot.hours.holidays.clone_from(&from.hours.holidays),
            SettingsField::TimeZone => bot.hours.time_zone.clone_from(&from.hours.time_zone),
            SettingsField::Unavailable => bot.hours.unavailable = from.hours.unavailable.clone(),
            SettingsField::Tags => attention.tags.clone_from(&from_attention.tags),
            SettingsField::Distribution => attention.distribution = from_attention.distribution,
            SettingsField::TicketsAtATime => attention.tickets_at_a_time = from_attention.tickets_at_a_time,
            SettingsField::Inactivity => attention.inactivity = from_attention.inactivity.clone(),
            SettingsField::ReturnToQueue => {
                attention.return_to_queue_minutes = from_attention.return_to_queue_minutes;
            }
            SettingsField::CustomerSignals => attention.customer_signals = from_attention.customer_signals,
            SettingsField::ActiveAnswersFirst => attention.active_answers_first = from_attention.active_answers_first,
            SettingsField::CancelWords => attention.cancel_words.clone_from(&from_attention.cancel_words),
            SettingsField::MandatoryTag => attention.mandatory_tag = from_attention.mandatory_tag,
            SettingsField::AgentMay => attention.agent_may = from_attention.agent_may,
        }
    }
}

/// The switch, the prompt and the queues; an id stays with its name.
fn attendance_centre(bot: &mut ChatbotSettings, from: &ChatbotSettings) {
    let known = std::mem::take(&mut bot.queues.own);
    bot.queues.centre_on = from.queues.centre_on;
    bot.queues.prompt.clone_from(&from.queues.prompt);
    bot.queues.own = from
        .queues
        .own
        .iter()
        .map(|queue| {
            let id = known.iter().find(|known| known.name.to_lowercase() == queue.name.to_lowercase());
            types::chatbots::OwnQueue { id: id.and_then(|known| known.id), ..queue.clone() }
        })
        .collect();
}

/// The fields in which two numbers' settings differ, each from what to what. Ids of queues do not count.
pub fn differences(
    before: (&ChatbotSettings, &AttentionSettings),
    after: (&ChatbotSettings, &AttentionSettings),
    fields: &[SettingsField],
) -> Vec<SettingsFieldChange> {
    let change = |field: &SettingsField| {
        let (from, to) = (value(before, *field), value(after, *field));
        (from != to).then_some(SettingsFieldChange { field: *field, from, to })
    };
    fields.iter().filter_map(change).collect()
}

/// A field in the form it has in the settings.
fn value((bot, attention): (&ChatbotSettings, &AttentionSettings), field: SettingsField) -> serde_json::Value {
    use serde_json::{json, to_value};
    match field {
        SettingsField::FirstGreeting => to_value(&bot.conversation_flow.first_greeting),
        SettingsField::ReturnGreeting => to_value(&bot.conversation_flow.return_greeting),
        SettingsField::Survey => to_value(&bot.conversation_flow.survey),
        SettingsField::Faq => to_value(&bot.faq),
        SettingsField::DefaultQueueAgents => to_value(&bot.queues.default_agents),
        SettingsField::AttendanceCentre => {
            let own: Vec<_> =
                bot.queues.own.iter().map(|queue| json!({"name": queue.name, "agents": queue.agents})).collect();
            Ok(json!({"centre_on": bot.queues.centre_on, "prompt": bot.queues.prompt, "own": own}))
        }
        SettingsField::PreAttendance => to_value(&bot.attention.pre_attendance),
        SettingsField::PostAttendance => to_value(&bot.attention.post_attendance),
        SettingsField::Absence => to_value(&bot.attention.absence),
        SettingsField::NotifyNextHours => to_value(&bot.attention.notify_next_hours),
        SettingsField::SocialLinks => to_value(&bot.social_links),
        SettingsField::OpeningHours => Ok(json!({"always": bot.hours.always, "days": bot.hours.days})),
        SettingsField::Holidays => to_value(&bot.hours.holidays),
        SettingsField::TimeZone => to_value(&bot.hours.time_zone),
        SettingsField::Unavailable => to_value(&bot.hours.unavailable),
        SettingsField::Tags => to_value(&attention.tags),
        SettingsField::Distribution => to_value(attention.distribution),
        SettingsField::TicketsAtATime => to_value(attention.tickets_at_a_time),
        SettingsField::Inactivity => to_value(&attention.inactivity),
        SettingsField::ReturnToQueue => to_value(attention.return_to_queue_minutes),
        SettingsField::CustomerSignals => to_value(attention.customer_signals),
        SettingsField::ActiveAnswersFirst => to_value(attention.active_answers_first),
        SettingsField::CancelWords => to_value(&attention.cancel_words),
        SettingsField::MandatoryTag => to_value(attention.mandatory_tag),
        SettingsField::AgentMay => to_value(attention.agent_may),
    }
    .unwrap_or_default()
}

#[cfg(test)]
mod tests;
