//! Ausencia del agente: the absence of one number, by itself (spec A1). It is a part of the chatbot's settings, with their
//! version and their rules.

use crate::{
    App, Error, Result,
    changes::{By, Changes},
    chatbots, chosen,
    settings_changes::{Rewrite, entry, finish, write},
};
use db::{
    Scope,
    chatbots::{Absent, NumberSettings, People},
};
use std::collections::HashMap;
use types::{
    Language, NumberId, Page, PageQuery,
    absences::{Absence, AbsenceInput},
    audit_log::{AuditAction, AuditSubject},
    numbers::NumberRef,
    settings_changes::SettingsField,
};

const ABSENCE: &[SettingsField] = &[SettingsField::Absence];
/// Where the absence is in the chatbot's settings.
const PLACE: &str = "/attention/absence";

/// A page of the absences that are on, by the numbers' names.
pub async fn list(app: &App, scope: &Scope, page: &PageQuery) -> Result<Page<Absence>> {
    let db = app.db.read();
    let Page { items, next_cursor } = db::chatbots::list_absences(db, scope, page).await?;
    let mut ids: Vec<_> = items.iter().filter_map(|absent| chatbots::suggests(&absent.absence)).collect();
    ids.sort_unstable();
    ids.dedup();
    let found = db::chatbots::find_refs(db, scope, &ids).await?;
    let found: HashMap<NumberId, NumberRef> = found.into_iter().map(|number| (number.id, number)).collect();
    let shown = |Absent { number, absence, language, company, version, changed_at }: Absent| Absence {
        suggested_number: chatbots::suggests(&absence).and_then(|id| found.get(&id)).cloned(),
        number,
        absence,
        language,
        company,
        version,
        changed_at,
    };
    Ok(Page { items: items.into_iter().map(shown).collect(), next_cursor })
}

/// One number's absence. `ChatbotNotMade` while the number is still being included.
pub async fn get(app: &App, scope: &Scope, id: NumberId) -> Result<Absence> {
    let db = app.db.read();
    let number = db::chatbots::get(db, scope, id).await?;
    chatbots::made(std::slice::from_ref(&number))?;
    let suggested_number = chatbots::suggested(db, scope, &number).await?;
    let NumberSettings { number, language, company, version, changed_at, chatbot, .. } = number;
    Ok(Absence { number, absence: chatbot.attention.absence, suggested_number, language, company, version, changed_at })
}

/// Save a number's absence. `VersionConflict` when somebody saved it, or anything else of the chatbot's settings, since.
pub async fn update(
    app: &App,
    scope: &Scope,
    by: &By,
    id: NumberId,
    input: AbsenceInput,
    language: Language,
) -> Result<Absence> {
    let AbsenceInput { absence, version } = input;
    let tx = db::begin(&app.db).await?;
    db::organizations::hold(&tx, scope).await?;
    let scope = &chosen::scope_now(&tx, scope, by).await?;
    let before = chatbots::opened(&tx, scope, id, version).await?;
    let mut chatbot = before.chatbot.clone();
    chatbot.attention.absence = absence;
    let mut wrong = chatbots::faults(&chatbot, ABSENCE, "", language);
    wrong.extend(chatbots::absence_misfits(&tx, scope, &before, &chatbot, "", language).await?);
    wrong.retain(|wrong| wrong.pointer.starts_with(PLACE));
    for wrong in &mut wrong {
        // In the body it is at the top.
        wrong.pointer = wrong.pointer.replacen(PLACE, "/absence", 1);
    }
    if !wrong.is_empty() {
        return Err(Error::fields(wrong));
    }
    let attention = before.attention.clone();
    let changed = domain::chatbots::differences((&before.chatbot, &attention), (&chatbot, &attention), ABSENCE);
    if !changed.is_empty() {
        let number = before.number.clone();
        let entries: Vec<_> = changed.iter().map(entry).collect();
        let mut rewrites = [Rewrite { before, chatbot, attention, changes: changed }];
        let mut changes = Changes::default();
        write(app, &tx, scope, &People::default(), &mut rewrites, &mut changes).await?;
        changes.record(AuditSubject::Absence, number.id, &number.name, AuditAction::Updated, entries);
        changes.list(AuditSubject::Chatbot);
        finish(app, tx, scope, by, changes).await?;
    }
    get(app, scope, id).await
}
