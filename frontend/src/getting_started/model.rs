//! The steps in words, where each is taken, and which is next.

use crate::{
    i18n::{Locale, td_string},
    routes,
};
use types::{
    NumberId, Permission,
    getting_started::{GettingStarted, OrganizationStart, StartStep},
};

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Done,
    /// The first one that is missing.
    Next,
    Missing,
}

/// Every step of a number with its state, in their order.
pub fn states(start: &GettingStarted) -> Vec<(StartStep, State)> {
    let done = start.steps.iter().map(|step| (step.step, step.done)).collect::<Vec<_>>();
    marked(&done)
}

/// A step of the organization, before it has numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrganizationStep {
    Waba,
    Numbers,
    Members,
}

pub fn organization_states(start: OrganizationStart) -> Vec<(OrganizationStep, State)> {
    let OrganizationStart { waba_connected, numbers_included, members_invited, sandbox_available: _ } = start;
    marked(&[
        (OrganizationStep::Waba, waba_connected),
        (OrganizationStep::Numbers, numbers_included),
        (OrganizationStep::Members, members_invited),
    ])
}

fn marked<S: Copy>(steps: &[(S, bool)]) -> Vec<(S, State)> {
    let next = steps.iter().position(|(_, done)| !done);
    let state = |at: usize, done: bool| match (done, Some(at) == next) {
        (true, _) => State::Done,
        (false, true) => State::Next,
        (false, false) => State::Missing,
    };
    steps.iter().enumerate().map(|(at, (step, done))| (*step, state(at, *done))).collect()
}

/// Steps done, and steps there are.
pub fn progress(start: &GettingStarted) -> (usize, usize) {
    (start.steps.iter().filter(|step| step.done).count(), start.steps.len())
}

/// What seeing the page of a step needs.
pub fn permission(step: StartStep) -> Permission {
    match step {
        StartStep::Included => Permission::ViewNumberImports,
        StartStep::Verified | StartStep::Registered => Permission::ViewVerifications,
        StartStep::WebhookSubscribed => Permission::Administer,
        StartStep::AgentInQueue
        | StartStep::HoursSet
        | StartStep::GreetingReviewed
        | StartStep::AvailabilityTemplate => Permission::ViewChatbots,
        StartStep::TemplatesApproved => Permission::ViewTemplateActivations,
        StartStep::ProfileFilled => Permission::ViewWhatsappProfiles,
        StartStep::AgentsReady => Permission::ViewNumbers,
        StartStep::FirstMessageReceived => Permission::ViewDesk,
    }
}

/// Where a step of a number is taken: the page, and of the chatbot's page the tab.
pub fn address(step: StartStep, id: NumberId) -> String {
    match step {
        StartStep::Included => routes::of_number(routes::NUMBER_IMPORTS, id),
        StartStep::Verified | StartStep::Registered => routes::of_number(routes::VERIFICATIONS, id),
        StartStep::WebhookSubscribed => routes::of_number(routes::WABAS, id),
        StartStep::ProfileFilled => routes::of_number(routes::WHATSAPP_PROFILES, id),
        StartStep::AgentsReady => routes::number(id),
        StartStep::AgentInQueue => routes::chatbot_tab(id, "queues"),
        StartStep::HoursSet => routes::chatbot_tab(id, "hours"),
        StartStep::GreetingReviewed => routes::chatbot_tab(id, "conversation_flow"),
        StartStep::TemplatesApproved => routes::of_number(routes::TEMPLATE_ACTIVATIONS, id),
        StartStep::AvailabilityTemplate => routes::chatbot_tab(id, "attention"),
        StartStep::FirstMessageReceived => routes::of_number(routes::DESK, id),
    }
}

pub fn title(locale: Locale, step: StartStep) -> &'static str {
    match step {
        StartStep::Included => td_string!(locale, getting_started.included),
        StartStep::Verified => td_string!(locale, getting_started.verified),
        StartStep::Registered => td_string!(locale, getting_started.registered),
        StartStep::WebhookSubscribed => td_string!(locale, getting_started.webhook),
        StartStep::ProfileFilled => td_string!(locale, getting_started.profile),
        StartStep::AgentsReady => td_string!(locale, getting_started.agents),
        StartStep::AgentInQueue => td_string!(locale, getting_started.queue),
        StartStep::HoursSet => td_string!(locale, getting_started.hours),
        StartStep::GreetingReviewed => td_string!(locale, getting_started.greeting),
        StartStep::TemplatesApproved => td_string!(locale, getting_started.templates),
        StartStep::AvailabilityTemplate => td_string!(locale, getting_started.availability),
        StartStep::FirstMessageReceived => td_string!(locale, getting_started.first_message),
    }
}

pub fn sentence(locale: Locale, step: StartStep) -> &'static str {
    match step {
        StartStep::Included => td_string!(locale, getting_started.included_text),
        StartStep::Verified => td_string!(locale, getting_started.verified_text),
        StartStep::Registered => td_string!(locale, getting_started.registered_text),
        StartStep::WebhookSubscribed => td_string!(locale, getting_started.webhook_text),
        StartStep::ProfileFilled => td_string!(locale, getting_started.profile_text),
        StartStep::AgentsReady => td_string!(locale, getting_started.agents_text),
        StartStep::AgentInQueue => td_string!(locale, getting_started.queue_text),
        StartStep::HoursSet => td_string!(locale, getting_started.hours_text),
        StartStep::GreetingReviewed => td_string!(locale, getting_started.greeting_text),
        StartStep::TemplatesApproved => td_string!(locale, getting_started.templates_text),
        StartStep::AvailabilityTemplate => td_string!(locale, getting_started.availability_text),
        StartStep::FirstMessageReceived => td_string!(locale, getting_started.first_message_text),
    }
}

/// Where the page of a step is, in words.
pub fn place_words(locale: Locale, step: StartStep) -> &'static str {
    match step {
        StartStep::Included => td_string!(locale, shell.number_imports),
        StartStep::Verified | StartStep::Registered => td_string!(locale, shell.verifications),
        StartStep::WebhookSubscribed => td_string!(locale, shell.wabas),
        StartStep::AgentInQueue
        | StartStep::HoursSet
        | StartStep::GreetingReviewed
        | StartStep::AvailabilityTemplate => td_string!(locale, shell.chatbots),
        StartStep::TemplatesApproved => td_string!(locale, shell.template_activations),
        StartStep::ProfileFilled => td_string!(locale, shell.whatsapp_profiles),
        StartStep::AgentsReady => td_string!(locale, shell.numbers),
        StartStep::FirstMessageReceived => td_string!(locale, shell.desk),
    }
}

pub fn state_words(locale: Locale, state: State) -> &'static str {
    match state {
        State::Done => td_string!(locale, getting_started.done),
        State::Next => td_string!(locale, getting_started.next),
        State::Missing => td_string!(locale, getting_started.missing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator;
    use types::{getting_started::StartStepState, numbers::NumberRef};
    use uuid::Uuid;

    fn start(done: &[StartStep]) -> GettingStarted {
        GettingStarted {
            number: NumberRef { id: Uuid::nil().into(), name: "Ana".into(), phone: "+56911112222".into() },
            steps: StartStep::iter().map(|step| StartStepState { step, done: done.contains(&step) }).collect(),
            ready: false,
        }
    }

    #[test]
    fn the_first_missing_step_is_next_and_later_ones_may_be_done_already() {
        let start = start(&[StartStep::Included, StartStep::WebhookSubscribed]);
        let states = states(&start);
        assert_eq!(states.first(), Some(&(StartStep::Included, State::Done)));
        assert_eq!(states.get(1), Some(&(StartStep::Verified, State::Next)));
        assert_eq!(states.get(2), Some(&(StartStep::Registered, State::Missing)));
        assert_eq!(states.get(3), Some(&(StartStep::WebhookSubscribed, State::Done)));
        assert_eq!(progress(&start), (2, 12));
    }

    #[test]
    fn a_step_of_the_chatbot_leads_to_its_tab_and_keeps_the_number() {
        let id = Uuid::nil().into();
        for (step, tab) in [
            (StartStep::AgentInQueue, "queues"),
            (StartStep::HoursSet, "hours"),
            (StartStep::GreetingReviewed, "conversation_flow"),
            (StartStep::AvailabilityTemplate, "attention"),
        ] {
            assert_eq!(address(step, id), format!("/chatbots/{id}?number={id}&tab={tab}"));
        }
        assert_eq!(address(StartStep::Verified, id), format!("/verifications?number={id}"));
    }

    #[test]
    fn nothing_is_next_when_nothing_is_missing() {
        let all: Vec<_> = StartStep::iter().collect();
        assert!(states(&start(&all)).iter().all(|(_, state)| *state == State::Done));
    }

    #[test]
    fn an_empty_organization_begins_with_an_account() {
        let start = OrganizationStart {
            waba_connected: false,
            numbers_included: false,
            members_invited: true,
            sandbox_available: true,
        };
        assert_eq!(
            organization_states(start),
            [
                (OrganizationStep::Waba, State::Next),
                (OrganizationStep::Numbers, State::Missing),
                (OrganizationStep::Members, State::Done)
            ]
        );
    }
}
