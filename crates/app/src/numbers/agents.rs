//! Who attends a number: members there are, and up to five new ones (spec O3).

use super::{caller, card, finish};
use crate::{
    App, Error, Result,
    changes::{By, Changes},
    chosen, members, tickets,
};
use db::Scope;
use types::{
    ErrorCode, Language, MemberId, NumberId,
    audit_log::{AuditAction, AuditChange, AuditSubject},
    numbers::{NumberAgentRemoved, NumberAgentsAdded, NumberAgentsInput, NumberCard},
};

/// Let members attend a number, those there are and new ones, who are invited. It puts nobody in a queue.
pub async fn add_agents(
    app: &App,
    scope: &Scope,
    by: &By,
    id: NumberId,
    input: &NumberAgentsInput,
    language: Language,
) -> Result<NumberAgentsAdded> {
    let NumberAgentsInput { member_ids, new_members } = input;
    let tx = db::begin(&app.db).await?;
    db::organizations::hold(&tx, scope).await?;
    let scope = &chosen::scope_now(&tx, scope, by).await?;
    let before = db::numbers::get_card(&tx, scope, caller(by), id).await?;
    let mut changes = Changes::default();
    let chosen = chosen::members(&tx, scope, member_ids, "/member_ids", language).await?;
    let newcomers = chosen::newcomers(new_members);
    let invited = members::create(app, &tx, scope, by, &newcomers, language, &mut changes).await?;
    let ids = chosen::ids(&chosen, &invited);
    db::numbers::add_agents(&tx, scope, id, &ids).await?;
    changes.access(ids.into_iter().filter(|member| !before.agents.iter().any(|agent| agent.id == *member)));
    let number = card(&tx, scope, by, id).await?;
    record(&mut changes, AuditAction::MembersAdded, &before, &number);
    finish(app, tx, scope, by, changes).await?;
    let invited = members::send(app, scope, by, invited).await?;
    Ok(NumberAgentsAdded { number, added: chosen::added(chosen, invited) })
}

/// Take a number from a member who attends it: their tickets there wait in the queue again. `OwnerIsAgent` for its owner.
pub async fn remove_agent(
    app: &App,
    scope: &Scope,
    by: &By,
    id: NumberId,
    member: MemberId,
) -> Result<NumberAgentRemoved> {
    // Read before the transaction begins, so that it is not read within.
    app.directory.lines(app).await?;
    let tx = db::begin(&app.db).await?;
    db::organizations::hold(&tx, scope).await?;
    let scope = &chosen::scope_now(&tx, scope, by).await?;
    let before = db::numbers::get_card(&tx, scope, caller(by), id).await?;
    if let Some(owner) = before.owner.as_ref().filter(|owner| owner.id == member) {
        return Err(Error::about(ErrorCode::OwnerIsAgent, &*owner.name));
    }
    db::numbers::remove_agent(&tx, scope, id, member).await?;
    // Also where the number stays within their reach, as an administrator's does.
    db::queues::remove_agent(&tx, scope, id, member).await?;
    let mut changes = Changes::default();
    let returned_tickets = tickets::return_to_queue(app, &tx, scope, member, Some(id), &mut changes).await?;
    changes.access([member]);
    let removed = db::members::get(&tx, scope, member).await?;
    let administrator = removed.profile.is_some_and(|profile| profile.administrator);
    let left = db::groups::reach(&tx, scope.organization_id(), member).await?;
    let number = card(&tx, scope, by, id).await?;
    record(&mut changes, AuditAction::MembersRemoved, &before, &number);
    finish(app, tx, scope, by, changes).await?;
    Ok(NumberAgentRemoved { number, returned_tickets, lost_access: !administrator && left.is_empty() })
}

fn record(changes: &mut Changes, action: AuditAction, before: &NumberCard, after: &NumberCard) {
    let names = |card: &NumberCard| card.agents.iter().map(|agent| agent.name.clone()).collect::<Vec<_>>();
    let change = AuditChange::between("agents", &names(before), &names(after));
    // Who attended already is no change.
    if before.agents != after.agents {
        changes.record(AuditSubject::Number, after.id, &after.name, action, change);
    }
}
