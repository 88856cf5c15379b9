//! Changing numbers and who attends them (spec O3).

mod agents;
mod delete;

pub use agents::{add_agents, remove_agent};
pub use delete::{delete, deletion};

use crate::{
    App, Error, Result,
    changes::{By, Changes},
    chosen, tickets,
};
use db::{Scope, numbers::Caller};
use types::{
    ErrorCode, FieldCode, Language, NumberId, Permission,
    audit_log::{AuditAction, AuditChange, AuditSubject},
    members::MemberStatus,
    numbers::{Number, NumberCard, NumberInput},
    validate,
};

/// Who looks at a card, and what they may.
pub fn caller(by: &By) -> Caller {
    Caller {
        member: by.member.id,
        administrator: by.administrator,
        may_edit: by.permissions.contains(&Permission::EditNumbers),
    }
}

/// Change what a number is called, who owns it, and the language of its customers.
pub async fn update(
    app: &App,
    scope: &Scope,
    by: &By,
    id: NumberId,
    input: &NumberInput,
    language: Language,
) -> Result<NumberCard> {
    // Read before the transaction begins, so that it is not read within.
    app.directory.lines(app).await?;
    let tx = db::begin(&app.db).await?;
    db::organizations::hold(&tx, scope).await?;
    let scope = &chosen::scope_now(&tx, scope, by).await?;
    let before = db::numbers::get_card(&tx, scope, caller(by), id).await?;
    if before.owner.is_some() && input.owner_id.is_none() {
        // Or the owner could be taken from the agents in two steps.
        return Err(Error::fields(vec![validate::field("/owner_id", FieldCode::Required, None, language)]));
    }
    if let Some(owner) = input.owner_id.filter(|owner| before.owner.as_ref().is_none_or(|was| was.id != *owner)) {
        match before.agents.iter().find(|agent| agent.id == owner) {
            None => {
                return Err(Error::fields(vec![validate::field("/owner_id", FieldCode::NotAnAgent, None, language)]));
            }
            Some(agent) if agent.status == MemberStatus::Deactivated => {
                return Err(Error::about(ErrorCode::MemberDeactivated, &*agent.name));
            }
            Some(_) => {}
        }
    }
    db::numbers::update(&tx, scope, id, input).await?;
    let mut changes = Changes::default();
    let owner = |card: &NumberCard| card.owner.as_ref().map(|owner| owner.id);
    let after = card(&tx, scope, by, id).await?;
    if let Some(was) = owner(&before).filter(|was| owner(&after) != Some(*was)) {
        changes.access([was]);
        // An owner of old who never was an agent attends there no more.
        if !after.agents.iter().any(|agent| agent.id == was) {
            db::queues::remove_agent(&tx, scope, id, was).await?;
            tickets::return_to_queue(app, &tx, scope, was, Some(id), &mut changes).await?;
        }
    }
    changes.access(owner(&after).filter(|is| owner(&before) != Some(*is)));
    let name = |card: &NumberCard| card.owner.as_ref().map(|owner| owner.name.clone());
    let changed = [
        AuditChange::between("name", &before.name, &after.name),
        AuditChange::between("owner", &name(&before), &name(&after)),
        AuditChange::between("language", &before.language, &after.language),
    ];
    changes.record(AuditSubject::Number, id, &before.name, AuditAction::Updated, changed.into_iter().flatten());
    finish(app, tx, scope, by, changes).await?;
    Ok(after)
}

/// Let a number that paused by itself send again.
pub async fn resume(app: &App, scope: &Scope, by: &By, id: NumberId) -> Result<Number> {
    let tx = db::begin(&app.db).await?;
    let before = db::numbers::get(&tx, scope, id).await?;
    db::numbers::pause(&tx, id, None).await?;
    let after = db::numbers::get(&tx, scope, id).await?;
    let mut changes = Changes::default();
    let changed = AuditChange::between("reason", &before.paused_reason, &after.paused_reason);
    changes.record(AuditSubject::Number, id, &after.name, AuditAction::Resumed, changed);
    finish(app, tx, scope, by, changes).await?;
    app.signals.outbox.notify_one();
    Ok(after)
}

/// A number as the caller sees it now, who may just have taken themselves off it.
async fn card(tx: &db::Tx, scope: &Scope, by: &By, id: NumberId) -> Result<NumberCard> {
    let now = chosen::scope_now(tx, scope, by).await?;
    let whole = Scope::of_organization(scope.organization_id());
    let card = db::numbers::get_card(tx, &whole, caller(by), id).await?;
    let in_scope = now.reaches(id);
    Ok(NumberCard { in_scope, may_edit: in_scope && card.may_edit, may_delete: in_scope && card.may_delete, ..card })
}

/// Commit, let the channel know, and tell the open pages.
async fn finish(app: &App, tx: db::Tx, scope: &Scope, by: &By, changes: Changes) -> Result<()> {
    changes.store(app, &tx, scope, Some(by)).await?;
    tx.commit().await.map_err(db::Error::from)?;
    app.signals.events.notify_one();
    // It is committed: a channel that could not be told yet reads it by itself within seconds.
    if let Err(error) = app.directory.refresh(app).await {
        tracing::warn!(%error, "the channel's numbers could not be read anew");
    }
    Ok(())
}
