//! What others change of a member: name, e-mail and profile, whether the member may come in, and how (spec O2, P1).

use super::may_manage;
use crate::{
    App, Error, Result,
    changes::{By, Changes},
    member_links, tickets,
};
use db::{Scope, members::SelfChange};
use types::{
    ErrorCode, FieldCode, Language, MemberId,
    audit_log::{AuditAction, AuditChange, AuditSubject},
    member_links::MemberLinkKind,
    members::{Member, MemberInput, MemberStatus, SentLink},
    profiles::Profile,
    sessions::{AgentStatus, MeInput},
    validate,
};

/// Change what members may of themselves: language, name, and whether they are there to attend. Who comes back keeps the
/// tickets that would have gone back to their queues.
pub async fn update_self(app: &App, scope: &Scope, id: MemberId, input: &MeInput) -> Result<()> {
    let MeInput { language, agent_status, name } = input;
    let change = SelfChange { language: *language, status: *agent_status, name: name.as_deref() };
    let tx = db::begin(&app.db).await?;
    // The member comes before their timers, as for whoever takes a ticket.
    db::members::update_self(&tx, scope, id, &change, app.clock.now()).await?;
    if *agent_status != AgentStatus::Offline {
        db::distribution::stay(&tx, scope, id).await?;
    }
    tx.commit().await.map_err(db::Error::from)?;
    if *agent_status == AgentStatus::Offline {
        app.signals.left.notify_one();
    }
    app.signals.distribution.notify_one();
    Ok(())
}

/// Change a member. Refused: `MayNotGrant` for a profile, the member's or the one wanted, that grants more than `by` has,
/// and for who reaches more numbers;
/// `LastAdministrator`; `MemberDeactivated` for a profile somebody deactivated would get; `VersionConflict`.
pub async fn update(
    app: &App,
    scope: &Scope,
    by: &By,
    id: MemberId,
    input: &MemberInput,
    language: Language,
) -> Result<Member> {
    let MemberInput { name, email, profile_id, version } = input;
    let tx = db::begin(&app.db).await?;
    db::organizations::hold(&tx, scope).await?;
    let before = db::members::get(&tx, scope, id).await?;
    may_manage(&tx, scope, by, &before).await?;
    db::members::claim(&tx, scope, id, *version).await?;
    let mut changes = Changes::default();
    if before.profile.as_ref().map(|profile| profile.id) != *profile_id {
        let wanted = match profile_id {
            None => None,
            Some(profile) => {
                let wrong = || validate::field("/profile_id", FieldCode::NotFound, None, language);
                let found = db::profiles::find_kept(&tx, scope, *profile).await?;
                Some(found.ok_or_else(|| Error::fields(vec![wrong()]))?)
            }
        };
        assign(app, &tx, scope, by, &before, wanted.as_ref()).await?;
        changes.access([id]);
        changes.list(AuditSubject::Profile);
    }
    match db::members::update(&tx, scope, id, name, email).await {
        Err(db::Error::Refused(ErrorCode::EmailTaken)) => {
            return Err(Error::fields(vec![validate::field("/email", FieldCode::EmailTaken, None, language)]));
        }
        other => other?,
    }
    let after = db::members::get(&tx, scope, id).await?;
    if before.email != after.email {
        // What was mailed went to the address before.
        db::member_links::end_all(&tx, scope, id, app.clock.now()).await?;
    }
    let profile = |member: &Member| member.profile.as_ref().map(|profile| profile.name.clone());
    let changed: Vec<_> = [
        AuditChange::between("name", &before.name, &after.name),
        AuditChange::between("email", &before.email, &after.email),
        AuditChange::between("profile", &profile(&before), &profile(&after)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !changed.is_empty() {
        changes.record(AuditSubject::Member, id, &after.name, AuditAction::Updated, changed);
    }
    changes.commit(app, tx, scope, Some(by)).await?;
    Ok(after)
}

/// Give a member another profile, or none, under [`db::organizations::hold`].
async fn assign(
    app: &App,
    tx: &db::Tx,
    scope: &Scope,
    by: &By,
    member: &Member,
    wanted: Option<&Profile>,
) -> Result<()> {
    if let Some(profile) = wanted {
        super::may_grant(by, profile)?;
        if member.status == MemberStatus::Deactivated {
            return Err(Error::about(ErrorCode::MemberDeactivated, &member.name));
        }
        super::raise(app, tx, scope, member, profile).await?;
    }
    if !wanted.is_some_and(|profile| profile.administrator) {
        keep_administrator(tx, scope, std::slice::from_ref(member)).await?;
    }
    Ok(db::members::set_profile(tx, scope, &[member.id], wanted.map(|profile| profile.id)).await?)
}

/// Refuse to take the last administrator who can sign in: `LastAdministrator`. Asked under [`db::organizations::hold`], so
/// that of two who leave at once one stays.
pub async fn keep_administrator(tx: &db::Tx, scope: &Scope, leaving: &[Member]) -> Result<()> {
    let administrators: Vec<_> = leaving
        .iter()
        .filter(|member| member.profile.as_ref().is_some_and(|profile| profile.administrator))
        .map(|member| member.id)
        .collect();
    if !administrators.is_empty() && db::members::other_administrators(tx, scope, &administrators).await? == 0 {
        return Err(ErrorCode::LastAdministrator.into());
    }
    Ok(())
}

/// Let nobody come in as a member any more: sessions and links end, unclosed tickets wait in their queues again. Twice is
/// once.
pub async fn deactivate(app: &App, scope: &Scope, by: &By, id: MemberId) -> Result<Member> {
    let now = app.clock.now();
    // Read before the transaction begins, so that it is not read within.
    app.directory.lines(app).await?;
    let tx = db::begin(&app.db).await?;
    db::organizations::hold(&tx, scope).await?;
    let member = db::members::get(&tx, scope, id).await?;
    if member.id == by.member.id {
        return Err(ErrorCode::OwnActionRefused.into());
    }
    may_manage(&tx, scope, by, &member).await?;
    if member.status == MemberStatus::Deactivated {
        return Ok(member);
    }
    keep_administrator(&tx, scope, std::slice::from_ref(&member)).await?;
    // The member's tickets are wherever the member was, also beyond the reach of whoever deactivates. Their conversations
    // come before the member, as for whoever takes, answers or hands out a ticket.
    let everywhere = Scope::of_organization(scope.organization_id());
    db::tickets::hold_assigned(&tx, &everywhere, id, None).await?;
    db::members::set_deactivated(&tx, scope, id, Some(now)).await?;
    // Links come before sessions: one that is used at this moment opens a session.
    db::member_links::end_all(&tx, scope, id, now).await?;
    db::sessions::revoke_all(&tx, scope, id, None, now).await?;
    let mut changes = Changes::default();
    let tickets = tickets::return_to_queue(app, &tx, &everywhere, id, None, &mut changes).await?;
    let returned = (tickets > 0).then(|| AuditChange::to("returned_tickets", tickets));
    changes.record(AuditSubject::Member, id, &member.name, AuditAction::Deactivated, returned);
    changes.access([id]);
    let after = db::members::get(&tx, scope, id).await?;
    changes.commit(app, tx, scope, Some(by)).await?;
    Ok(after)
}

/// Let a member come in again, with the profile of before. Twice is once.
pub async fn reactivate(app: &App, scope: &Scope, by: &By, id: MemberId) -> Result<Member> {
    let tx = db::begin(&app.db).await?;
    db::organizations::hold(&tx, scope).await?;
    let member = db::members::get(&tx, scope, id).await?;
    may_manage(&tx, scope, by, &member).await?;
    if member.status != MemberStatus::Deactivated {
        return Ok(member);
    }
    db::members::set_deactivated(&tx, scope, id, None).await?;
    let mut changes = Changes::default();
    changes.record(AuditSubject::Member, id, &member.name, AuditAction::Reactivated, []);
    let after = db::members::get(&tx, scope, id).await?;
    changes.commit(app, tx, scope, Some(by)).await?;
    Ok(after)
}

/// Invite again. `MemberActive` when the member has chosen a password.
pub async fn invite(app: &App, scope: &Scope, by: &By, id: MemberId) -> Result<SentLink> {
    link(app, scope, by, id, false).await
}

/// Let a member choose another password by a link; for one who has none yet it is an invitation.
pub async fn reset_password(app: &App, scope: &Scope, by: &By, id: MemberId) -> Result<SentLink> {
    link(app, scope, by, id, true).await
}

async fn link(app: &App, scope: &Scope, by: &By, id: MemberId, for_active: bool) -> Result<SentLink> {
    let tx = db::begin(&app.db).await?;
    db::organizations::hold(&tx, scope).await?;
    let member = db::members::get(&tx, scope, id).await?;
    may_manage(&tx, scope, by, &member).await?;
    let (kind, action) = match (member.status, for_active) {
        (MemberStatus::Invited, _) => (MemberLinkKind::Invitation, AuditAction::Invited),
        (MemberStatus::Active, true) => (MemberLinkKind::PasswordReset, AuditAction::PasswordReset),
        (MemberStatus::Active, false) => return Err(ErrorCode::MemberActive.into()),
        (MemberStatus::Deactivated, _) => return Err(Error::about(ErrorCode::MemberDeactivated, &member.name)),
    };
    let token = member_links::create(app, &tx, scope, id, kind).await?;
    let mut changes = Changes::default();
    changes.record(AuditSubject::Member, id, &member.name, action, []);
    changes.commit(app, tx, scope, Some(by)).await?;
    let sent = member_links::send(app, scope, Some(by), &[token]).await?;
    sent.into_iter().next().ok_or_else(|| Error::broken("a link that was made is not there"))
}

/// Sign a member out everywhere.
pub async fn sign_out(app: &App, scope: &Scope, by: &By, id: MemberId) -> Result<()> {
    let tx = db::begin(&app.db).await?;
    db::organizations::hold(&tx, scope).await?;
    let member = db::members::get(&tx, scope, id).await?;
    may_manage(&tx, scope, by, &member).await?;
    let ended = db::sessions::revoke_all(&tx, scope, id, None, app.clock.now()).await?;
    let mut changes = Changes::default();
    if ended > 0 {
        let count = AuditChange::from("sessions", ended);
        changes.record(AuditSubject::Member, id, &member.name, AuditAction::SignedOut, [count]);
        changes.access([id]);
    }
    changes.commit(app, tx, scope, Some(by)).await
}
