//! Making settings fit a number: what one number may have, another may not.

use types::{
    NumberId,
    chatbots::{ChatbotSettings, OwnQueue, SuggestedContact},
    settings_changes::{LeftOut, SettingsField},
};

/// Addresses of queues as they are kept: in lower case, in order, each once; names of queues without blanks around them.
pub fn tidy(settings: &mut ChatbotSettings) {
    let agents = |agents: &mut Vec<String>| {
        for email in agents.iter_mut() {
            *email = email.trim().to_lowercase();
        }
        agents.sort_unstable();
        agents.dedup();
    };
    agents(&mut settings.queues.default_agents);
    for queue in &mut settings.queues.own {
        queue.name = queue.name.trim().to_owned();
        agents(&mut queue.agents);
    }
}

/// Take out of the queues whoever has no access to the number, and say who that was.
pub fn without_strangers(settings: &mut ChatbotSettings, has_access: impl Fn(&str) -> bool) -> Vec<LeftOut> {
    let mut left_out = Vec::new();
    let mut keep = |queue: Option<&str>, agents: &mut Vec<String>| {
        agents.retain(|email| {
            let has = has_access(email);
            if !has {
                left_out.push(LeftOut::QueueAgent { queue: queue.map(ToOwned::to_owned), email: email.clone() });
            }
            has
        });
    };
    keep(None, &mut settings.queues.default_agents);
    for OwnQueue { id: _, name, agents } in &mut settings.queues.own {
        keep(Some(name), agents);
    }
    left_out
}

/// Make settings that were taken over fit a number: `before` is what it had, and what of `fields` does not fit is named.
pub fn fit(
    settings: &mut ChatbotSettings,
    before: &ChatbotSettings,
    number: NumberId,
    fields: &[SettingsField],
    has_access: impl Fn(&str) -> bool,
    announces: bool,
) -> Vec<LeftOut> {
    let mut left_out = without_strangers(settings, has_access);
    // Who lost access since is nobody this change left out.
    left_out.retain(|left| match left {
        LeftOut::QueueAgent { queue: None, .. } => fields.contains(&SettingsField::DefaultQueueAgents),
        LeftOut::QueueAgent { queue: Some(_), .. } => fields.contains(&SettingsField::AttendanceCentre),
        LeftOut::AbsenceOfItself | LeftOut::NotifyWithoutTemplate => true,
    });
    if fields.contains(&SettingsField::Absence)
        && settings.attention.absence.suggested == Some(SuggestedContact::Number { number_id: number })
        && settings.attention.absence != before.attention.absence
    {
        settings.attention.absence = before.attention.absence.clone();
        left_out.push(LeftOut::AbsenceOfItself);
    }
    if fields.contains(&SettingsField::NotifyNextHours) && settings.attention.notify_next_hours.on && !announces {
        settings.attention.notify_next_hours.on = false;
        left_out.push(LeftOut::NotifyWithoutTemplate);
    }
    left_out
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::chatbots::AbsenceSettings;

    fn queue(name: &str, agents: &[&str]) -> OwnQueue {
        OwnQueue { id: None, name: name.to_owned(), agents: agents.iter().map(|&agent| agent.to_owned()).collect() }
    }

    #[test]
    fn addresses_are_kept_in_lower_case_in_order_and_once() {
        let mut settings = ChatbotSettings::default();
        settings.queues.default_agents = vec![" B@x.com".to_owned(), "a@x.com".to_owned(), "b@x.com".to_owned()];
        settings.queues.own = vec![queue(" Ventas ", &["A@X.com"])];
        tidy(&mut settings);
        assert_eq!(settings.queues.default_agents, ["a@x.com", "b@x.com"]);
        assert_eq!(settings.queues.own, [queue("Ventas", &["a@x.com"])]);
    }

    #[test]
    fn what_does_not_fit_a_number_is_left_out_and_named() {
        let number = NumberId(uuid::Uuid::from_u128(7));
        let mut settings = ChatbotSettings::default();
        settings.queues.default_agents = vec!["a@x.com".to_owned(), "b@x.com".to_owned()];
        settings.queues.own = vec![queue("Ventas", &["b@x.com"])];
        let suggested = Some(SuggestedContact::Number { number_id: number });
        settings.attention.absence = AbsenceSettings { on: true, text: "Away".to_owned(), suggested };
        settings.attention.notify_next_hours.on = true;
        let before = ChatbotSettings::default();
        let fields = super::super::chatbot_fields();
        let left_out = fit(&mut settings, &before, number, &fields, |email| email == "a@x.com", false);
        let agent = |queue: Option<&str>| LeftOut::QueueAgent {
            queue: queue.map(ToOwned::to_owned),
            email: "b@x.com".to_owned(),
        };
        assert_eq!(
            left_out,
            [agent(None), agent(Some("Ventas")), LeftOut::AbsenceOfItself, LeftOut::NotifyWithoutTemplate]
        );
        assert_eq!(settings.queues.default_agents, ["a@x.com"]);
        assert_eq!(settings.attention.absence, AbsenceSettings::default());
        assert!(!settings.attention.notify_next_hours.on);
    }
}
