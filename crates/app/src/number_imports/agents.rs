//! Giving a number its agents: those who are members, and those who are invited to become one.

use crate::{
    App, Result,
    changes::{By, Changes},
    members::{self, Invited, Newcomer},
};
use db::{
    Scope,
    number_imports::{Job, Steward},
};
use types::{
    ErrorCode, MemberId,
    audit_log::{AuditAction, AuditChange, AuditSubject},
};

/// What was done within the transaction, and who is to be invited once it is committed.
pub(super) struct Granted {
    pub(super) by: By,
    pub(super) invited: Vec<Invited>,
}

/// Let everybody the cell names attend the number; the first becomes its owner. What is there already stays as it is.
pub(super) async fn grant(app: &App, tx: &db::Tx, scope: &Scope, job: &Job, changes: &mut Changes) -> Result<Granted> {
    // Two numbers may name the same newcomer, who is invited once.
    db::organizations::hold(tx, scope).await?;
    let Steward { member, administrator, permissions } = db::number_imports::steward(tx, scope, job.started_by).await?;
    let by = By { member, administrator, permissions };
    let emails = domain::number_imports::emails(&job.users_emails);
    let known = db::number_imports::agent_members(tx, scope, &emails).await?;
    let unknown: Vec<_> =
        emails.iter().filter(|email| known.iter().all(|(_, other, _)| other != *email)).cloned().collect();
    let invited = invite(app, tx, scope, (&by, job), &unknown, changes).await?;
    let id_of = |email: &String| -> Option<MemberId> {
        let member = known.iter().find(|(_, other, _)| other == email).map(|(id, ..)| *id);
        let newcomer = || Some(invited.get(unknown.iter().position(|other| other == email)?)?.member_id);
        member.or_else(newcomer)
    };
    let agents: Vec<_> = emails.iter().filter_map(id_of).collect();
    db::numbers::add_agents(tx, scope, job.number_id, &agents).await?;
    if let Some(owner) = agents.first() {
        db::number_imports::set_owner(tx, scope, job.number_id, *owner).await?;
    }
    let fields = [AuditChange::to("agents", emails.join(", "))];
    changes.record(AuditSubject::Number, job.number_id, &job.name, AuditAction::MembersAdded, fields);
    changes.access(agents);
    Ok(Granted { by, invited })
}

async fn invite(
    app: &App,
    tx: &db::Tx,
    scope: &Scope,
    (by, job): (&By, &Job),
    emails: &[String],
    changes: &mut Changes,
) -> Result<Vec<Invited>> {
    if emails.is_empty() {
        return Ok(Vec::new());
    }
    // Without the profile there is nothing they could be given.
    let profile = job.profile_id.ok_or(ErrorCode::NotFound)?;
    db::profiles::get(tx, scope, profile).await?;
    let newcomers: Vec<_> = emails
        .iter()
        .enumerate()
        .map(|(place, email)| Newcomer {
            name: email.split('@').next().unwrap_or(email).to_owned(),
            email: email.clone(),
            profile_id: Some(profile),
            pointer: format!("/users_emails/{place}"),
        })
        .collect();
    let language = db::organizations::get(tx, scope).await?.language;
    let taken = db::members::taken_emails(tx, emails).await?;
    if !taken.is_empty() {
        // Somebody else's member since the review, or one of ours who was deactivated.
        return Err(ErrorCode::EmailTaken.into());
    }
    members::create(app, tx, scope, by, &newcomers, language, changes).await
}
