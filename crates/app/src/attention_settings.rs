//! Changing how people attend a number (spec S1).

use crate::{
    App, Error, Result,
    changes::{By, Changes},
};
use db::Scope;
use types::{
    ErrorCode, Language, NumberId,
    attention_settings::{AttentionSettings, AttentionSettingsInput, NumberAttention},
    audit_log::{AuditAction, AuditChange, AuditSubject},
    validate,
};

/// Save the attention settings of a number in scope; the next message and the next ticket run on them. Refused: what
/// [`domain::attention_settings::check`] finds, on its field; `VersionConflict` where they were saved since.
pub async fn update(
    app: &App,
    scope: &Scope,
    by: &By,
    number: NumberId,
    input: &AttentionSettingsInput,
    language: Language,
) -> Result<NumberAttention> {
    let AttentionSettingsInput { version, settings } = input;
    let now = app.clock.now();
    let tx = db::begin(&app.db).await?;
    let before = db::attention_settings::get(&tx, scope, number).await?;
    let faults = domain::attention_settings::check(settings);
    if !faults.is_empty() {
        let field = |fault: domain::chatbots::Fault| {
            validate::field(format!("/settings{}", fault.pointer), fault.code, fault.limit, language)
        };
        return Err(Error::fields(faults.into_iter().map(field).collect()));
    }
    if before.version != *version {
        return Err(ErrorCode::VersionConflict.into());
    }
    db::attention_settings::store(&tx, scope, number, *version, settings, now).await?;
    let mut changes = Changes::default();
    let changed = differences(&before.settings, settings);
    let name = &before.number.name;
    changes.record(AuditSubject::AttentionSettings, number, name, AuditAction::Updated, changed);
    let after = db::attention_settings::get(&tx, scope, number).await?;
    changes.commit(app, tx, scope, Some(by)).await?;
    // It is committed: a channel that could not be told yet reads it by itself within seconds.
    if let Err(error) = app.directory.refresh(app).await {
        tracing::warn!(%error, "the channel's numbers could not be read anew");
    }
    app.signals.left.notify_one();
    app.signals.distribution.notify_one();
    Ok(after)
}

/// Each field that changed, from what to what.
fn differences(from: &AttentionSettings, to: &AttentionSettings) -> Vec<AuditChange> {
    let AttentionSettings {
        tags,
        mandatory_tag,
        distribution,
        tickets_at_a_time,
        inactivity,
        return_to_queue_minutes,
        customer_signals,
        active_answers_first,
        cancel_words,
        agent_may,
    } = from;
    let changed = [
        AuditChange::between("tags", tags, &to.tags),
        AuditChange::between("mandatory_tag", mandatory_tag, &to.mandatory_tag),
        AuditChange::between("distribution", distribution, &to.distribution),
        AuditChange::between("tickets_at_a_time", tickets_at_a_time, &to.tickets_at_a_time),
        AuditChange::between("inactivity", inactivity, &to.inactivity),
        AuditChange::between("return_to_queue_minutes", return_to_queue_minutes, &to.return_to_queue_minutes),
        AuditChange::between("customer_signals", customer_signals, &to.customer_signals),
        AuditChange::between("active_answers_first", active_answers_first, &to.active_answers_first),
        AuditChange::between("cancel_words", cancel_words, &to.cancel_words),
        AuditChange::between("agent_may", agent_may, &to.agent_may),
    ];
    changed.into_iter().flatten().collect()
}
