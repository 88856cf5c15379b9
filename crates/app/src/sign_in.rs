//! Signing in: a password for a session, slowly for those who guess (spec P1).

use crate::{App, Result};
use chrono::{DateTime, Duration, Utc};
use db::{members::Credentials, sessions::NewSession};
use types::{ErrorCode, SessionId, sessions::SessionInput};

/// Failures are counted over this long.
pub const FAILURE_WINDOW: Duration = Duration::minutes(15);
/// Failures an account may have within the window before it is throttled.
pub const FAILURES_PER_ACCOUNT: u64 = 10;
/// Failures an address may have within the window before it is throttled.
pub const FAILURES_PER_ADDRESS: u64 = 50;
/// A session lives this long after its last use.
pub const SESSION_LIFETIME: Duration = Duration::days(14);

/// A session that was opened.
#[derive(Clone, Copy, Debug)]
pub struct Opened {
    pub session_id: SessionId,
    pub expires_at: DateTime<Utc>,
}

/// Check the password and open a session. `SignInRefused` tells neither which of the two was wrong nor whether the
/// address is known; `SignInThrottled` after too many failures of the account or of the caller's address.
pub async fn sign_in(app: &App, input: &SessionInput, address: &str, user_agent: &str) -> Result<Opened> {
    let SessionInput { email, password } = input;
    let subjects = [
        (format!("account:{}", email.trim().to_lowercase()), FAILURES_PER_ACCOUNT),
        (format!("address:{address}"), FAILURES_PER_ADDRESS),
    ];
    let now = app.clock.now();
    for (subject, limit) in &subjects {
        if db::sessions::count_failures(app.db.read(), subject, FAILURE_WINDOW, now).await? >= *limit {
            return Err(ErrorCode::SignInThrottled.into());
        }
    }
    let credentials = db::members::find_credentials(app.db.read(), email).await?;
    let hash = credentials.as_ref().map(|credentials| credentials.password_hash.clone());
    let right = app.passwords.verify(password, hash).await?;
    let tx = db::begin(&app.db).await?;
    let outcome = match credentials.filter(|_| right) {
        Some(credentials) => {
            for (subject, _) in subjects.iter().take(1) {
                db::sessions::clear_failures(&tx, subject).await?;
            }
            Ok(open(app, &tx, &credentials, user_agent).await?)
        }
        None => {
            for (subject, _) in &subjects {
                db::sessions::record_failure(&tx, subject, FAILURE_WINDOW, now).await?;
            }
            Err(ErrorCode::SignInRefused.into())
        }
    };
    tx.commit().await.map_err(db::Error::from)?;
    outcome
}

/// Open a session within a transaction.
pub async fn open(app: &App, tx: &db::Tx, credentials: &Credentials, user_agent: &str) -> Result<Opened> {
    let now = app.clock.now();
    let opened = Opened { session_id: app.ids.make(), expires_at: now + SESSION_LIFETIME };
    let new = NewSession {
        id: opened.session_id,
        organization_id: credentials.organization_id,
        member_id: credentials.member_id,
        user_agent,
        expires_at: opened.expires_at,
    };
    db::sessions::create(tx, &new, now).await?;
    Ok(opened)
}
