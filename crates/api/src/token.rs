//! Session tokens: JWTs signed by HS256 that name a session. The session itself is asked for on every request, so that a
//! revocation holds at once.

use crate::Error;
use app::{App, keys::Keys};
use chrono::{DateTime, Duration, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use types::SessionId;

/// A token lives this long; a browser's is renewed while it is used.
pub(crate) const LIFETIME: Duration = Duration::hours(12);
/// A browser's token is renewed once it is this old.
pub(crate) const RENEW_AFTER: Duration = Duration::hours(1);

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Claims {
    pub(crate) sid: SessionId,
    /// Issued at and expires at, in seconds since 1970.
    pub(crate) iat: i64,
    pub(crate) exp: i64,
}

pub(crate) fn sign(app: &App, session: SessionId) -> Result<String, Error> {
    let now = app.clock.now();
    let claims = Claims { sid: session, iat: now.timestamp(), exp: (now + LIFETIME).timestamp() };
    let key = app.keys.session_keys().first().copied().unwrap_or_default();
    encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(&key))
        .map_err(|error| app::Error::broken(error.to_string()).into())
}

/// The claims of a token that is ours and has not expired.
pub(crate) fn verify(keys: &Keys, token: &str, now: DateTime<Utc>) -> Option<Claims> {
    let mut validation = Validation::new(Algorithm::HS256);
    // The clock is injected, so the library's own look at the time is switched off and done below.
    validation.validate_exp = false;
    validation.set_required_spec_claims(&["exp"]);
    keys.session_keys()
        .iter()
        .find_map(|key| decode::<Claims>(token, &DecodingKey::from_secret(key), &validation).ok())
        .map(|data| data.claims)
        .filter(|claims| claims.exp > now.timestamp())
}
