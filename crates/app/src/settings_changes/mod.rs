//! Changes of many numbers' settings at once (spec S3, S5): looked at before, made in one transaction, and taken back.

mod copy;
mod plan;
mod targets;
mod undo;
mod write;

pub use copy::{copy, preview_copy};
pub use undo::undo;

pub(crate) use plan::{Asked, Plan, Planned, plan};
pub(crate) use write::{Rewrite, entry, finish, record, write};

use crate::{
    App, Result,
    changes::{By, Changes},
};
use db::{
    Scope,
    settings_changes::{ChangedNumber, NewSettingsChange, Snapshot},
};
use types::{
    NumberId, SettingsChangeId,
    audit_log::{AuditAction, AuditChange, AuditSubject},
    numbers::NumberRef,
    settings_changes::{NumberPlan, SettingsChange, SettingsChangeKind, SettingsField, SettingsPlan},
};

/// Names of numbers that a refusal or an entry shows.
const NAMES: usize = 10;

/// What a change is made of, beside the numbers.
pub(crate) struct Made<'a> {
    pub(crate) kind: SettingsChangeKind,
    pub(crate) reference: Option<&'a NumberRef>,
    pub(crate) fields: &'a [SettingsField],
}

/// A plan as it is shown.
pub(crate) fn shown(plan: Plan) -> SettingsPlan {
    let number = |Planned { rewrite, left_out }: Planned| NumberPlan {
        version: rewrite.before.versions(),
        number: rewrite.before.number,
        changes: rewrite.changes,
        left_out,
    };
    SettingsPlan { numbers: plan.numbers.into_iter().map(number).collect() }
}

/// Carry out a plan within its transaction, and commit: all numbers or none. Those that stay as they are, are no part of it.
pub(crate) async fn make(
    app: &App,
    tx: db::Tx,
    scope: &Scope,
    by: &By,
    made: &Made<'_>,
    plan: Plan,
) -> Result<SettingsChange> {
    let Plan { numbers, people } = plan;
    let mut rewrites: Vec<Rewrite> =
        numbers.into_iter().map(|planned| planned.rewrite).filter(|rewrite| !rewrite.changes.is_empty()).collect();
    let mut changes = Changes::default();
    write(app, &tx, scope, &people, &mut rewrites, &mut changes).await?;
    let id: SettingsChangeId = app.ids.make();
    let numbers: Vec<ChangedNumber> = rewrites.iter().map(changed).collect();
    let Made { kind, reference, fields } = *made;
    let reference_id = reference.map(|number| number.id);
    let new = NewSettingsChange { id, kind, by: &by.member, reference: reference_id, fields, numbers: &numbers };
    db::settings_changes::create(&tx, scope, &new, app.clock.now()).await?;
    for rewrite in &rewrites {
        record(&mut changes, rewrite);
    }
    let change = db::settings_changes::get_shown(&tx, scope, id).await?;
    let entry = [
        AuditChange::to("numbers", change.numbers),
        AuditChange::to("number_names", &change.number_names),
        AuditChange::to("fields", &change.fields),
    ];
    changes.record(subject(kind), id, &name(&change), AuditAction::Created, entry);
    finish(app, tx, scope, by, changes).await?;
    Ok(change)
}

fn changed(rewrite: &Rewrite) -> ChangedNumber {
    let Rewrite { before, chatbot, attention, changes: _ } = rewrite;
    let next = |version: u64, moved: bool| version + u64::from(moved);
    ChangedNumber {
        number_id: before.number.id,
        name: before.number.name.clone(),
        before: Snapshot { chatbot: before.chatbot.clone(), attention: before.attention.clone() },
        after: Snapshot { chatbot: chatbot.clone(), attention: attention.clone() },
        chatbot_version: next(before.version, rewrite.changes_chatbot()),
        attention_version: next(before.attention_version, rewrite.changes_attention()),
    }
}

/// What a change is in the audit log.
fn subject(kind: SettingsChangeKind) -> AuditSubject {
    match kind {
        SettingsChangeKind::ChatbotChange => AuditSubject::Chatbot,
        SettingsChangeKind::SettingsCopy => AuditSubject::SettingsCopy,
    }
}

/// What a change is called: where the settings came from, or else its numbers.
fn name(change: &SettingsChange) -> String {
    change.reference.as_ref().map_or_else(|| change.number_names.join(", "), |reference| reference.name.clone())
}

/// The names of numbers, as a refusal shows them.
pub(crate) fn names<'a>(numbers: impl IntoIterator<Item = &'a NumberRef>) -> String {
    let mut numbers = numbers.into_iter();
    let mut text = numbers.by_ref().take(NAMES).map(|number| number.name.as_str()).collect::<Vec<_>>().join(", ");
    if numbers.next().is_some() {
        text.push_str(", …");
    }
    text
}

/// Of a page's changes: those of one kind whose numbers are all in reach, the latest first.
pub async fn list(
    app: &App,
    scope: &Scope,
    kind: SettingsChangeKind,
    page: &types::PageQuery,
) -> Result<types::Page<SettingsChange>> {
    Ok(db::settings_changes::list(app.db.read(), scope, kind, page).await?)
}

/// A number the settings are taken from: in reach, with a chatbot.
pub(crate) async fn reference(
    db: &impl db::ConnectionTrait,
    scope: &Scope,
    id: NumberId,
) -> Result<db::chatbots::NumberSettings> {
    let reference = db::chatbots::get(db, scope, id).await?;
    crate::chatbots::made(std::slice::from_ref(&reference))?;
    Ok(reference)
}
