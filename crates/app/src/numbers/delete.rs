//! Deleting a number: what would happen, and doing it (spec O3). Its history stays.

use super::{caller, finish};
use crate::{
    App, Error, Result,
    changes::{By, Changes},
    chosen, groups, tickets,
};
use db::Scope;
use domain::{
    groups::{Emptied, Tree},
    tickets::Closer,
};
use std::collections::BTreeSet;
use types::{
    ErrorCode, MemberId, NumberId,
    audit_log::{AuditAction, AuditChange, AuditSubject},
    numbers::{NumberCard, NumberDeletion, NumberDeletionConfirmation},
    tickets::TicketCountsFilter,
};

/// What deleting the number would do. `PermissionMissing` for who does not manage it.
pub async fn deletion(app: &App, scope: &Scope, by: &By, id: NumberId) -> Result<NumberDeletion> {
    let db = app.db.read();
    managed(db::numbers::get_card(db, scope, caller(by), id).await?)?;
    let before = db::groups::tree(db, scope).await?;
    let mut after = before.clone();
    let emptied_groups = after.delete_number(id, Emptied::Deleted)?;
    let reaches = after.reaches();
    let affected: Vec<MemberId> = affected(db, scope, id, &before, &after).await?.into_iter().collect();
    let mut losing_access = db::numbers::without_other(db, scope, id, &affected).await?;
    losing_access.retain(|member| reaches.get(&member.id).is_none_or(BTreeSet::is_empty));
    let counted = TicketCountsFilter { number_id: Some(id) };
    Ok(NumberDeletion {
        open_tickets: db::tickets::counts(db, scope, by.member.id, &counted).await?.all,
        queued_messages: db::numbers::count_queued(db, scope, id).await?,
        losing_access,
        emptied_groups,
    })
}

/// Delete a number, typed as a confirmation: its open tickets are closed, what waits to be sent from it never is, and who
/// reached it does no more.
pub async fn delete(
    app: &App,
    scope: &Scope,
    by: &By,
    id: NumberId,
    confirmation: &NumberDeletionConfirmation,
) -> Result<()> {
    let NumberDeletionConfirmation { confirmation, delete_emptied } = confirmation;
    let tx = db::begin(&app.db).await?;
    db::organizations::hold(&tx, scope).await?;
    let scope = &chosen::scope_now(&tx, scope, by).await?;
    let card = managed(db::numbers::get_card(&tx, scope, caller(by), id).await?)?;
    if digits(confirmation) != digits(&card.phone) {
        return Err(ErrorCode::NumberConfirmationWrong.into());
    }
    let before = db::groups::tree(&tx, scope).await?;
    let mut after = before.clone();
    after.delete_number(id, groups::emptied(by, delete_emptied.unwrap_or(false)))?;
    let mut changes = Changes::default();
    changes.access(affected(&tx, scope, id, &before, &after).await?);
    let now = app.clock.now();
    tickets::close_all(&tx, scope, Closer::Manager(by.member.id), id, now, &mut changes).await?;
    let campaigns = db::numbers::cancel_queued(&tx, scope, id).await?;
    db::numbers::delete(&tx, scope, id, now).await?;
    db::queues::remove_of_number(&tx, scope, id, now).await?;
    let was = [AuditChange::from("name", &card.name), AuditChange::from("phone", &card.phone)];
    changes.record(AuditSubject::Number, id, &card.name, AuditAction::Deleted, was);
    groups::store(&tx, scope, &before, &after, &mut changes).await?;
    finish(app, tx, scope, by, changes).await?;
    for campaign in campaigns {
        app.signals.campaign_moved(campaign);
    }
    Ok(())
}

/// Who attends a number may change it, but only who manages it deletes it.
fn managed(card: NumberCard) -> Result<NumberCard> {
    if card.may_delete { Ok(card) } else { Err(Error::from(ErrorCode::PermissionMissing)) }
}

/// Everybody who reaches the number by owning, attending or managing it.
async fn affected(
    db: &impl db::ConnectionTrait,
    scope: &Scope,
    id: NumberId,
    before: &Tree,
    after: &Tree,
) -> Result<BTreeSet<MemberId>> {
    let mut members = before.affected(after);
    members.extend(db::numbers::agents_of(db, scope, id).await?);
    Ok(members)
}

/// A phone is typed as its owner writes it.
fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
