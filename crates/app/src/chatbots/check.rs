//! What is wrong with settings: what the rules say of them by themselves, and what only the database knows.

use crate::{Error, Result, settings_changes::names};
use db::{
    Scope,
    chatbots::{NumberSettings, People, StoredAvailability, availability_templates},
};
use domain::chatbots::{Availability, field_at};
use std::slice::from_ref;
use types::{
    ErrorCode, FieldCode, FieldError, Language, NumberId,
    chatbots::{AbsenceSettings, AvailabilityState, ChatbotSettings, SuggestedContact},
    settings_changes::SettingsField,
    validate,
};

/// `ChatbotNotMade` with the names of those that are still being included.
pub(crate) fn made(numbers: &[NumberSettings]) -> Result<()> {
    let mut unmade = numbers.iter().filter(|number| !number.made).map(|number| &number.number).peekable();
    match unmade.peek() {
        None => Ok(()),
        Some(_) => Err(Error::about(ErrorCode::ChatbotNotMade, names(unmade))),
    }
}

/// What the rules say against these fields.
pub(crate) fn faults(
    settings: &ChatbotSettings,
    fields: &[SettingsField],
    prefix: &str,
    language: Language,
) -> Vec<FieldError> {
    domain::chatbots::check(settings)
        .into_iter()
        .filter(|fault| field_at(&fault.pointer).is_none_or(|field| fields.contains(&field)))
        .map(|fault| validate::field(format!("{prefix}{}", fault.pointer), fault.code, fault.limit, language))
        .collect()
}

/// What does not fit the number, where it is new: what was allowed when it was saved stands in nobody's way.
pub(super) async fn misfits(
    db: &impl db::ConnectionTrait,
    scope: &Scope,
    before: &NumberSettings,
    settings: &ChatbotSettings,
    people: &People,
    prefix: &str,
    language: Language,
) -> Result<Vec<FieldError>> {
    let id = before.number.id;
    let mut wrong: Vec<_> = agents(settings)
        .filter(|(_, email)| people.with_access(id, &email.trim().to_lowercase()).is_none())
        .map(|(place, _)| validate::field(format!("{prefix}{place}"), FieldCode::NotAnAgent, None, language))
        .collect();
    wrong.extend(absence_misfits(db, scope, before, settings, prefix, language).await?);
    let (notify, notified) = (&settings.attention.notify_next_hours, &before.chatbot.attention.notify_next_hours);
    if notify.on && !notified.on {
        let found = availability_templates(db, scope, from_ref(&before.waba_id)).await?;
        if !found.get(&before.waba_id).is_some_and(|stored| announces(stored)) {
            let place = format!("{prefix}/attention/notify_next_hours/on");
            wrong.push(validate::field(place, FieldCode::NeedsTemplate, None, language));
        }
    }
    Ok(wrong)
}

/// What does not fit the number of a new absence.
pub(crate) async fn absence_misfits(
    db: &impl db::ConnectionTrait,
    scope: &Scope,
    before: &NumberSettings,
    settings: &ChatbotSettings,
    prefix: &str,
    language: Language,
) -> Result<Option<FieldError>> {
    let absence = &settings.attention.absence;
    if *absence == before.chatbot.attention.absence {
        return Ok(None);
    }
    let fault = suggestion_fault(db, scope, Some(before.number.id), absence).await?;
    Ok(fault.map(|code| suggestion(prefix, code, language)))
}

fn suggestion(prefix: &str, code: FieldCode, language: Language) -> FieldError {
    validate::field(format!("{prefix}/attention/absence/suggested/number_id"), code, None, language)
}

/// Refuse settings for many numbers that fit none: what the rules say against the fields that are applied, addresses nobody
/// of the organization has, a suggested number that is not the organization's.
pub(crate) async fn check_many(
    db: &impl db::ConnectionTrait,
    scope: &Scope,
    settings: &ChatbotSettings,
    fields: &[SettingsField],
    people: &People,
    prefix: &str,
    language: Language,
) -> Result<()> {
    let mut wrong = faults(settings, fields, prefix, language);
    let is_applied = |place: &str| field_at(place).is_some_and(|field| fields.contains(&field));
    wrong.extend(
        agents(settings)
            .filter(|(place, email)| is_applied(place) && !people.knows(&email.trim().to_lowercase()))
            .map(|(place, _)| validate::field(format!("{prefix}{place}"), FieldCode::NotAnAgent, None, language)),
    );
    if fields.contains(&SettingsField::Absence) {
        let fault = suggestion_fault(db, scope, None, &settings.attention.absence).await?;
        wrong.extend(fault.map(|code| suggestion(prefix, code, language)));
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::fields(wrong)) }
}

/// What is wrong with the number that an absence suggests; `own` is the number whose absence it is.
async fn suggestion_fault(
    db: &impl db::ConnectionTrait,
    scope: &Scope,
    own: Option<NumberId>,
    absence: &AbsenceSettings,
) -> Result<Option<FieldCode>> {
    match suggests(absence) {
        None => Ok(None),
        Some(id) if own == Some(id) => Ok(Some(FieldCode::SuggestsItself)),
        Some(id) => {
            let found = db::chatbots::find_refs(db, scope, &[id]).await?;
            Ok(found.is_empty().then_some(FieldCode::NotFound))
        }
    }
}

/// The number that an absence suggests.
pub(crate) fn suggests(absence: &AbsenceSettings) -> Option<NumberId> {
    match &absence.suggested {
        Some(SuggestedContact::Number { number_id }) => Some(*number_id),
        Some(SuggestedContact::Phone { .. }) | None => None,
    }
}

/// Every agent of every queue, each with its place in the document.
pub(crate) fn agents(settings: &ChatbotSettings) -> impl Iterator<Item = (String, &str)> {
    let queues = &settings.queues;
    let default = queues.default_agents.iter().enumerate();
    let default = default.map(|(place, email)| (format!("/queues/default_agents/{place}"), email.as_str()));
    let own = queues.own.iter().enumerate().flat_map(|(queue, own)| {
        let agents = own.agents.iter().enumerate();
        agents.map(move |(place, email)| (format!("/queues/own/{queue}/agents/{place}"), email.as_str()))
    });
    default.chain(own)
}

/// Whether an account's templates can tell of the next opening.
pub(crate) fn announces(stored: &[StoredAvailability]) -> bool {
    let state = domain::chatbots::availability(&availabilities(stored), Language::default()).state;
    state == AvailabilityState::Approved
}

pub(super) fn availabilities(stored: &[StoredAvailability]) -> Vec<Availability<'_>> {
    let read = |stored| {
        let StoredAvailability { language, status, components }: &StoredAvailability = stored;
        Availability { language, status, components }
    };
    stored.iter().map(read).collect()
}
