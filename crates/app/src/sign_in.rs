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
    let account = format!("account:{}", email.trim().to_lowercase());
    let address = format!("address:{address}");
    let now = app.clock.now();
    let tx = db::begin(&app.db).await?;
    let of_account = db::sessions::count_attempt(&tx, &account, FAILURE_WINDOW, now).await?;
    let of_address = db::sessions::count_attempt(&tx, &address, FAILURE_WINDOW, now).await?;
    tx.commit().await.map_err(db::Error::from)?;
    if of_account > FAILURES_PER_ACCOUNT || of_address > FAILURES_PER_ADDRESS {
        return Err(ErrorCode::SignInThrottled.into());
    }
    let credentials = db::members::find_credentials(app.db.read(), email).await?;
    let hash = credentials.as_ref().map(|credentials| credentials.password_hash.clone());
    let right = app.passwords.verify(password, hash).await?;
    let Some(credentials) = credentials.filter(|_| right) else { return Err(ErrorCode::SignInRefused.into()) };
    let tx = db::begin(&app.db).await?;
    db::sessions::clear_failures(&tx, &account).await?;
    db::sessions::forgive_attempt(&tx, &address).await?;
    let opened = open(app, &tx, &credentials, user_agent).await?;
    tx.commit().await.map_err(db::Error::from)?;
    Ok(opened)
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
