//! What a number still needs to be operative (spec S4): its steps in order, each by what is there and nothing else.

use types::getting_started::{StartStep, StartStepState};

/// What is there of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact by itself, and none excludes another")]
pub struct StartFacts {
    /// WhatsApp has given it an id.
    pub included: bool,
    pub verified: bool,
    /// It was registered, and WhatsApp calls it connected.
    pub registered: bool,
    /// Its account's events are subscribed.
    pub subscribed: bool,
    pub profile_filled: bool,
    /// It has an owner, and an agent who is not deactivated and has a password.
    pub agents_ready: bool,
    /// An agent who can sign in serves one of its queues.
    pub agent_in_queue: bool,
    /// Its settings were saved, and it is open at some time.
    pub hours_set: bool,
    /// Its settings were saved.
    pub greeting_reviewed: bool,
    /// An approved template of its account is active on it.
    pub templates_approved: bool,
    /// Its account has the approved template of the next opening.
    pub availability_template: bool,
    /// A customer's message has arrived.
    pub heard: bool,
}

/// Every step with its state, in the order they are taken.
pub fn steps(facts: StartFacts) -> Vec<StartStepState> {
    let StartFacts {
        included,
        verified,
        registered,
        subscribed,
        profile_filled,
        agents_ready,
        agent_in_queue,
        hours_set,
        greeting_reviewed,
        templates_approved,
        availability_template,
        heard,
    } = facts;
    [
        (StartStep::Included, included),
        (StartStep::Verified, verified),
        (StartStep::Registered, registered),
        (StartStep::WebhookSubscribed, subscribed),
        (StartStep::ProfileFilled, profile_filled),
        (StartStep::AgentsReady, agents_ready),
        (StartStep::AgentInQueue, agent_in_queue),
        (StartStep::HoursSet, hours_set),
        (StartStep::GreetingReviewed, greeting_reviewed),
        (StartStep::TemplatesApproved, templates_approved),
        (StartStep::AvailabilityTemplate, availability_template),
        (StartStep::FirstMessageReceived, heard),
    ]
    .into_iter()
    .map(|(step, done)| StartStepState { step, done })
    .collect()
}

/// Whether nothing is missing.
pub fn is_ready(steps: &[StartStepState]) -> bool {
    steps.iter().all(|step| step.done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator;

    #[test]
    fn every_step_is_there_once_and_in_order() {
        let steps: Vec<_> = steps(StartFacts::default()).into_iter().map(|state| state.step).collect();
        assert_eq!(steps, StartStep::iter().collect::<Vec<_>>());
    }

    #[test]
    fn a_number_is_ready_when_nothing_is_missing_and_no_sooner() {
        let all = StartFacts {
            included: true,
            verified: true,
            registered: true,
            subscribed: true,
            profile_filled: true,
            agents_ready: true,
            agent_in_queue: true,
            hours_set: true,
            greeting_reviewed: true,
            availability_template: true,
            templates_approved: true,
            heard: true,
        };
        assert!(is_ready(&steps(all)));
        for lacking in [
            StartFacts { included: false, ..all },
            StartFacts { verified: false, ..all },
            StartFacts { registered: false, ..all },
            StartFacts { subscribed: false, ..all },
            StartFacts { profile_filled: false, ..all },
            StartFacts { agents_ready: false, ..all },
            StartFacts { agent_in_queue: false, ..all },
            StartFacts { hours_set: false, ..all },
            StartFacts { greeting_reviewed: false, ..all },
            StartFacts { templates_approved: false, ..all },
            StartFacts { availability_template: false, ..all },
            StartFacts { heard: false, ..all },
        ] {
            let steps = steps(lacking);
            assert!(!is_ready(&steps));
            assert_eq!(steps.iter().filter(|step| !step.done).count(), 1);
        }
    }
}
