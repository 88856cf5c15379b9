//! The steps in words, where each is taken, and which is next.

use crate::{
    i18n::{Locale, td_string},
    routes,
};
use types::{
    Permission,
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

/// The page of a step, and what seeing it needs.
pub fn place(step: StartStep) -> (&'static str, Permission) {
    match step {
        StartStep::Included => (routes::NUMBER_IMPORTS, Permission::ViewNumberImports),
        StartStep::Verified | StartStep::Registered => (routes::VERIFICATIONS, Permission::ViewVerifications),
        StartStep::WebhookSubscribed => (routes::WABAS, Permission::Administer),
        StartStep::AgentInQueue
        | StartStep::HoursSet
        | StartStep::GreetingReviewed
        | StartStep::AvailabilityTemplate => (routes::CHATBOTS, Permission::ViewChatbots),
        StartStep::TemplatesApproved => (routes::TEMPLATE_ACTIVATIONS, Permission::ViewTemplateActivations),
        StartStep::ProfileFilled => (routes::WHATSAPP_PROFILES, Permission::ViewWhatsappProfiles),
        StartStep::AgentsReady => (routes::NUMBERS, Permission::ViewNumbers),
        StartStep::FirstMessageReceived => (routes::DESK, Permission::ViewDesk),
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
