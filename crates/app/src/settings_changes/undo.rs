//! Taking a change back: the numbers get what they had, but for those somebody changed since.

use super::{Rewrite, finish, name, names, record, subject, write};
use crate::{
    App, Error, Result,
    changes::{By, Changes},
    chatbots, chosen,
};
use db::{
    Scope,
    chatbots::{Chosen, NumberSettings, People, people},
    settings_changes::{ChangedNumber, KeptChange},
};
use std::collections::{BTreeSet, HashMap};
use types::{
    ErrorCode, NumberId, SettingsChangeId,
    audit_log::{AuditAction, AuditChange},
    settings_changes::{SettingsChange, SettingsChangeKind, SettingsField, SettingsUndo},
};

/// Give the numbers of a change back what they had, all or none. Refused: `ChangeUndone` a second time,
/// `SettingsChangedSince` with the names of the numbers where a changed field has another value by now, unless those are to
/// be left alone and others get something back, and `NotFound` where a number is out of reach. Numbers that were deleted since are passed over.
pub async fn undo(
    app: &App,
    scope: &Scope,
    by: &By,
    kind: SettingsChangeKind,
    id: SettingsChangeId,
    input: SettingsUndo,
) -> Result<SettingsChange> {
    let SettingsUndo { skip_changed } = input;
    let tx = db::begin(&app.db).await?;
    db::organizations::hold(&tx, scope).await?;
    let scope = &chosen::scope_now(&tx, scope, by).await?;
    let KeptChange { fields, reference: _, undone, numbers } = db::settings_changes::get(&tx, scope, kind, id).await?;
    let ids: Vec<NumberId> = numbers.iter().map(|number| number.number_id).collect();
    let now = living(&tx, scope, &ids).await?;
    if undone {
        return Err(ErrorCode::ChangeUndone.into());
    }
    let mut emails: BTreeSet<String> = BTreeSet::new();
    for settings in numbers
        .iter()
        .flat_map(|number| [&number.before.chatbot, &number.after.chatbot])
        .chain(now.values().map(|number| &number.chatbot))
    {
        emails.extend(chatbots::agents(settings).map(|(_, email)| email.to_owned()));
    }
    let people = people(&tx, scope, &ids, Chosen::Emails(&emails)).await?;
    let (mut rewrites, mut moved) = (Vec::new(), Vec::new());
    for (number, current) in numbers.into_iter().filter_map(|number| {
        let current = now.get(&number.number_id)?.clone();
        Some((number, current))
    }) {
        match back(number, current, &people, &fields) {
            Ok(rewrite) => rewrites.push(rewrite),
            Err(current) => moved.push(current.number),
        }
    }
    rewrites.retain(|rewrite| !rewrite.changes.is_empty());
    // An undo that gives nothing back would be spent for nothing.
    if !moved.is_empty() && (!skip_changed || rewrites.is_empty()) {
        return Err(Error::about(ErrorCode::SettingsChangedSince, names(&moved)));
    }
    let mut changes = Changes::default();
    write(app, &tx, scope, &people, &mut rewrites, &mut changes).await?;
    let kept = u64::try_from(moved.len()).unwrap_or(u64::MAX);
    db::settings_changes::set_undone(&tx, scope, id, &by.member, kept, app.clock.now()).await?;
    for rewrite in &rewrites {
        record(&mut changes, rewrite);
    }
    let mut change = db::settings_changes::get_shown(&tx, scope, id).await?;
    let entry = [AuditChange::to("numbers", rewrites.len()), AuditChange::to("kept", kept)];
    changes.record(subject(kind), id, &name(&change), AuditAction::Undone, entry);
    change.reference.take_if(|reference| !scope.reaches(reference.id));
    finish(app, tx, scope, by, changes).await?;
    Ok(change)
}

/// The numbers that are still there, all of them in reach.
async fn living(tx: &db::Tx, scope: &Scope, ids: &[NumberId]) -> Result<HashMap<NumberId, NumberSettings>> {
    let found = db::chatbots::list(tx, scope, ids).await?;
    let found: HashMap<_, _> = found.into_iter().map(|number| (number.number.id, number)).collect();
    let missing: Vec<_> = ids.iter().copied().filter(|id| !found.contains_key(id)).collect();
    if db::numbers::find_deleted(tx, &missing).await?.len() < missing.len() {
        return Err(ErrorCode::NotFound.into());
    }
    Ok(found)
}

/// What a number gets back; the number as it is where somebody changed it since. Who has lost access to the number, or has
/// another address, makes no difference, and is not put back.
fn back(
    number: ChangedNumber,
    current: NumberSettings,
    people: &People,
    fields: &[SettingsField],
) -> std::result::Result<Rewrite, Box<NumberSettings>> {
    let id = current.number.id;
    let has_access = |email: &str| people.with_access(id, email).is_some();
    let ChangedNumber { mut before, mut after, .. } = number;
    for snapshot in [&mut before, &mut after] {
        domain::chatbots::without_strangers(&mut snapshot.chatbot, has_access);
    }
    let now = (&current.chatbot, &current.attention);
    let (was, given) = ((&before.chatbot, &before.attention), (&after.chatbot, &after.attention));
    if domain::chatbots::differences(was, given, fields).is_empty() {
        // The change gave it nothing, so there is nothing to give back, whatever was done with it since.
        let (chatbot, attention) = (current.chatbot.clone(), current.attention.clone());
        return Ok(Rewrite { before: current, chatbot, attention, changes: Vec::new() });
    }
    if !domain::chatbots::differences(given, now, fields).is_empty() {
        return Err(Box::new(current));
    }
    let (mut chatbot, mut attention) = (current.chatbot.clone(), current.attention.clone());
    domain::chatbots::apply((&mut chatbot, &mut attention), was, fields);
    let changes = domain::chatbots::differences(now, (&chatbot, &attention), fields);
    Ok(Rewrite { before: current, chatbot, attention, changes })
}
