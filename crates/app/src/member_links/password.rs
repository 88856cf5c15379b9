//! Passwords chosen: by a link, by who has forgotten theirs, and by who knows theirs (spec P1).

use super::{get, hash};
use crate::{
    App, Result,
    changes::{By, Changes},
    sign_in::{self, FAILURE_WINDOW, FAILURES_PER_ACCOUNT, FAILURES_PER_ADDRESS, Opened},
};
use db::{Scope, member_links::LivingLink, members::Credentials};
use types::{
    ErrorCode, MemberId, SessionId,
    audit_log::{AuditAction, AuditChange, AuditSubject},
    member_links::{MemberLink, MemberLinkKind, MemberLinkUse},
    members::{MemberRef, MemberStatus},
    sessions::PasswordInput,
};

/// Times a link to choose another password may be asked for within the window, for one account.
pub const RESETS_PER_ACCOUNT: u64 = 5;

/// Choose a password by a link, and sign in. The link is used up, and every other session and link of the member ends:
/// whoever had them may not be who chose this password.
pub async fn use_link(app: &App, input: &MemberLinkUse, address: &str, user_agent: &str) -> Result<Opened> {
    let MemberLinkUse { token, password } = input;
    count_guess(app, address).await?;
    let link = get(app, token).await?;
    // Hashing is slow, so nobody gets it for a link that is none, and nothing is held meanwhile.
    let password_hash = app.passwords.hash(password).await?;
    let now = app.clock.now();
    let scope = Scope::of_organization(link.organization_id);
    let tx = db::begin(&app.db).await?;
    // Of two who use it at once, and of one who uses it while the member is deactivated, one comes too late.
    if !db::member_links::end(&tx, &hash(token), now).await? {
        return Err(ErrorCode::LinkEnded.into());
    }
    let member = db::members::get(&tx, &scope, link.member_id).await?;
    if member.status == MemberStatus::Deactivated {
        return Err(ErrorCode::LinkEnded.into());
    }
    db::members::set_password(&tx, &scope, link.member_id, &password_hash).await?;
    end_all(app, &tx, &scope, link.member_id, None).await?;
    forgive_guess(&tx, address).await?;
    let mut changes = Changes::default();
    let (action, change) = match link.kind {
        MemberLinkKind::Invitation => {
            (AuditAction::Updated, AuditChange::between("status", &member.status, &MemberStatus::Active))
        }
        MemberLinkKind::PasswordReset => (AuditAction::PasswordReset, None),
    };
    changes.record(AuditSubject::Member, member.id, &member.name, action, change);
    changes.access([member.id]);
    let credentials =
        Credentials { member_id: link.member_id, organization_id: link.organization_id, password_hash: String::new() };
    let opened = sign_in::open(app, &tx, &credentials, user_agent).await?;
    let by =
        By { member: MemberRef { id: member.id, name: member.name }, administrator: false, permissions: Vec::new() };
    changes.commit(app, tx, &scope, Some(&by)).await?;
    Ok(opened)
}

/// Tell whom a link is for.
pub async fn check(app: &App, token: &str, address: &str) -> Result<MemberLink> {
    count_guess(app, address).await?;
    let link = get(app, token).await?;
    let tx = db::begin(&app.db).await?;
    forgive_guess(&tx, address).await?;
    tx.commit().await.map_err(db::Error::from)?;
    let LivingLink { kind, expires_at, organization_name, name, email, .. } = link;
    Ok(MemberLink { kind, organization: organization_name, name, email, expires_at })
}

/// Somebody forgot the password. Whether anybody has the address is told by nothing: neither by the answer nor by how long
/// it takes, for the looking up and the sending come after it. It may only be asked so often for an address, known or not,
/// and from one place.
pub async fn ask_reset(app: &App, email: &str, address: &str) -> Result<()> {
    let account = format!("reset account:{}", email.trim().to_lowercase());
    let place = format!("reset address:{address}");
    let now = app.clock.now();
    let tx = db::begin(&app.db).await?;
    let of_account = db::sessions::count_attempt(&tx, &account, FAILURE_WINDOW, now).await?;
    let of_place = db::sessions::count_attempt(&tx, &place, FAILURE_WINDOW, now).await?;
    tx.commit().await.map_err(db::Error::from)?;
    if of_account > RESETS_PER_ACCOUNT || of_place > FAILURES_PER_ADDRESS {
        return Err(ErrorCode::TooManyRequests.into());
    }
    let (app, email) = (app.clone(), email.to_owned());
    tokio::spawn(async move {
        if let Err(error) = reset(&app, &email).await {
            tracing::error!(%error, "a link to choose another password could not be sent");
        }
    });
    Ok(())
}

/// Mail a link to the member who has an address, where the organization's mail goes out. Nobody is shown it otherwise: an
/// administrator makes one. A stranger asks, so it takes nothing away: an invitation stays as it is, and an older link ends
/// once the letter with the new one is handed over.
async fn reset(app: &App, email: &str) -> Result<()> {
    let Some((organization, id)) = db::members::find_by_email(app.db.read(), email).await? else { return Ok(()) };
    let scope = Scope::of_organization(organization);
    if !crate::mail::is_configured(app, &scope).await? {
        return Ok(());
    }
    let tx = db::begin(&app.db).await?;
    let member = db::members::get(&tx, &scope, id).await?;
    if member.status != MemberStatus::Active {
        return Ok(());
    }
    let (link, token) = super::make(app, id, MemberLinkKind::PasswordReset)?;
    db::member_links::create_beside(&tx, &scope, &link, app.clock.now()).await?;
    let mut changes = Changes::default();
    let asked = AuditChange::to("requested", "sign_in");
    changes.record(AuditSubject::Member, id, &member.name, AuditAction::PasswordReset, [asked]);
    changes.commit(app, tx, &scope, None).await?;
    let sent = super::send(app, &scope, None, &[token]).await?;
    let tx = db::begin(&app.db).await?;
    if sent.iter().all(|sent| sent.mailed) {
        db::member_links::end_older(&tx, &scope, id, link.id, app.clock.now()).await?;
    } else {
        // Nobody has it.
        db::member_links::end(&tx, &link.token_hash, app.clock.now()).await?;
    }
    Ok(tx.commit().await.map_err(db::Error::from)?)
}

/// Choose another password, knowing the one there is. Every other session and every link of the member ends.
pub async fn change_password(
    app: &App,
    scope: &Scope,
    by: &By,
    session: SessionId,
    input: &PasswordInput,
) -> Result<()> {
    let PasswordInput { current_password, password } = input;
    let id = by.member.id;
    let guesses = format!("password:{id}");
    let tx = db::begin(&app.db).await?;
    let count = db::sessions::count_attempt(&tx, &guesses, FAILURE_WINDOW, app.clock.now()).await?;
    tx.commit().await.map_err(db::Error::from)?;
    if count > FAILURES_PER_ACCOUNT {
        return Err(ErrorCode::TooManyRequests.into());
    }
    let known = db::members::credentials_of(app.db.read(), scope, id).await?;
    let hash = known.map(|credentials| credentials.password_hash);
    if !app.passwords.verify(current_password, hash).await? {
        return Err(ErrorCode::PasswordWrong.into());
    }
    let password_hash = app.passwords.hash(password).await?;
    let tx = db::begin(&app.db).await?;
    db::members::set_password(&tx, scope, id, &password_hash).await?;
    db::sessions::clear_failures(&tx, &guesses).await?;
    end_all(app, &tx, scope, id, Some(session)).await?;
    let mut changes = Changes::default();
    changes.record(AuditSubject::Member, id, &by.member.name, AuditAction::PasswordReset, []);
    changes.access([id]);
    changes.commit(app, tx, scope, Some(by)).await
}

/// End a member's links and sessions, but one that stays.
async fn end_all(app: &App, tx: &db::Tx, scope: &Scope, id: MemberId, but: Option<SessionId>) -> Result<()> {
    let now = app.clock.now();
    db::member_links::end_all(tx, scope, id, now).await?;
    db::sessions::revoke_all(tx, scope, id, but, now).await?;
    Ok(())
}

/// A guess is counted before it is looked at, so that many at once are as slow as one after the other.
async fn count_guess(app: &App, address: &str) -> Result<()> {
    let tx = db::begin(&app.db).await?;
    let guesses = format!("link address:{address}");
    let count = db::sessions::count_attempt(&tx, &guesses, FAILURE_WINDOW, app.clock.now()).await?;
    tx.commit().await.map_err(db::Error::from)?;
    if count > FAILURES_PER_ADDRESS { Err(ErrorCode::TooManyRequests.into()) } else { Ok(()) }
}

/// It was none.
async fn forgive_guess(tx: &db::Tx, address: &str) -> Result<()> {
    Ok(db::sessions::forgive_attempt(tx, &format!("link address:{address}")).await?)
}
