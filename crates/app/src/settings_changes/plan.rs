//! What a change would do, number by number.

use super::{names, targets, write::Rewrite};
use crate::{App, Error, Result, chatbots};
use db::{
    Scope,
    chatbots::{Chosen, NumberSettings, People, availability_templates, people},
};
use std::collections::{BTreeSet, HashSet};
use types::{
    ErrorCode, FieldCode, Language, NumberId, WabaId,
    attention_settings::AttentionSettings,
    chatbots::ChatbotSettings,
    settings_changes::{LeftOut, NumberVersion, SettingsField, Targets},
};

/// What is asked for.
pub(crate) struct Asked<'a> {
    pub(crate) targets: &'a Targets,
    /// Where the settings come from, if it is to stay as it is.
    pub(crate) beside: Option<NumberId>,
    pub(crate) chatbot: &'a ChatbotSettings,
    pub(crate) attention: &'a AttentionSettings,
    /// Each once.
    pub(crate) fields: &'a [SettingsField],
    pub(crate) expected: Option<&'a [NumberVersion]>,
    /// Where in the body the settings are, if somebody wrote them.
    pub(crate) pointer: Option<&'a str>,
    pub(crate) language: Language,
}

/// What it would do.
pub(crate) struct Plan {
    /// By name, also those that stay as they are.
    pub(crate) numbers: Vec<Planned>,
    pub(crate) people: People,
}

pub(crate) struct Planned {
    pub(crate) rewrite: Rewrite,
    pub(crate) left_out: Vec<LeftOut>,
}

/// What a change does to each of its numbers. Refused: `NotFound` out of reach, `ChatbotNotMade` and `VersionConflict` with
/// the names of the numbers, and fields that are wrong in themselves.
pub(crate) async fn plan(app: &App, db: &impl db::ConnectionTrait, scope: &Scope, asked: &Asked<'_>) -> Result<Plan> {
    let mut ids = targets::resolve(db, scope, asked.targets, asked.language).await?;
    if let Some(beside) = asked.beside {
        ids.remove(&beside);
    }
    if ids.is_empty() {
        return Err(targets::wrong(FieldCode::Required, None, asked.language));
    }
    let ids: Vec<_> = ids.into_iter().collect();
    let numbers = db::chatbots::list(db, scope, &ids).await?;
    if numbers.len() < ids.len() {
        return Err(ErrorCode::NotFound.into());
    }
    chatbots::made(&numbers)?;
    if let Some(expected) = asked.expected {
        as_expected(&numbers, expected, asked.fields)?;
    }
    let mut source = asked.chatbot.clone();
    domain::chatbots::tidy(&mut source);
    let mut emails: BTreeSet<String> = BTreeSet::new();
    for settings in numbers.iter().map(|number| &number.chatbot).chain([&source]) {
        emails.extend(chatbots::agents(settings).map(|(_, email)| email.to_owned()));
    }
    let people = people(db, scope, &ids, Chosen::Emails(&emails)).await?;
    if let Some(pointer) = asked.pointer {
        chatbots::check_many(db, scope, asked.chatbot, asked.fields, &people, pointer, asked.language).await?;
    }
    let announcing = announcing(db, scope, asked, &numbers).await?;
    let numbers =
        numbers.into_iter().map(|before| planned(before, &source, asked, &people, &announcing)).collect::<Vec<_>>();
    tracing::debug!(numbers = numbers.len(), at = %app.clock.now(), "a change of settings is planned");
    Ok(Plan { numbers, people })
}

fn planned(
    before: NumberSettings,
    source: &ChatbotSettings,
    asked: &Asked<'_>,
    people: &People,
    announcing: &HashSet<WabaId>,
) -> Planned {
    let id = before.number.id;
    let (mut chatbot, mut attention) = (before.chatbot.clone(), before.attention.clone());
    domain::chatbots::apply((&mut chatbot, &mut attention), (source, asked.attention), asked.fields);
    let left_out = domain::chatbots::fit(
        &mut chatbot,
        &before.chatbot,
        id,
        asked.fields,
        |email| people.with_access(id, email).is_some(),
        announcing.contains(&before.waba_id),
    );
    let changes =
        domain::chatbots::differences((&before.chatbot, &before.attention), (&chatbot, &attention), asked.fields);
    Planned { rewrite: Rewrite { before, chatbot, attention, changes }, left_out }
}

/// The versions of what is changed have to be those that were looked at.
fn as_expected(numbers: &[NumberSettings], expected: &[NumberVersion], fields: &[SettingsField]) -> Result<()> {
    let touches_attention = fields.iter().any(super::write::is_attention);
    let touches_chatbot = !fields.iter().all(super::write::is_attention);
    let expected: std::collections::HashMap<_, _> =
        expected.iter().map(|version| (version.number_id, *version)).collect();
    let other = |number: &&NumberSettings| {
        let NumberVersion { number_id, chatbot, attention } = number.versions();
        !expected.get(&number_id).is_some_and(|seen| {
            (!touches_chatbot || seen.chatbot == chatbot) && (!touches_attention || seen.attention == attention)
        })
    };
    let mut others = numbers.iter().filter(other).map(|number| &number.number).peekable();
    if others.peek().is_some() {
        return Err(Error::about(ErrorCode::VersionConflict, names(others)));
    }
    Ok(())
}

/// The accounts that can tell of the next opening; asked only where it matters.
async fn announcing(
    db: &impl db::ConnectionTrait,
    scope: &Scope,
    asked: &Asked<'_>,
    numbers: &[NumberSettings],
) -> Result<HashSet<WabaId>> {
    if !asked.fields.contains(&SettingsField::NotifyNextHours) {
        return Ok(HashSet::new());
    }
    let wabas: BTreeSet<_> = numbers.iter().map(|number| number.waba_id).collect();
    let wabas: Vec<_> = wabas.into_iter().collect();
    let found = availability_templates(db, scope, &wabas).await?;
    let approved = |waba: &WabaId| found.get(waba).is_some_and(|stored| chatbots::announces(stored));
    Ok(wabas.into_iter().filter(approved).collect())
}
