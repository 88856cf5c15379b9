//! Passwords: hashed with argon2id off the request threads, a few at a time, so that signing in cannot starve the rest.

use crate::{Error, Result};
use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use std::sync::Arc;
use tokio::{sync::Semaphore, task::spawn_blocking};
use types::ErrorCode;

/// Hashes at one time: each takes 19 MiB and a few dozen milliseconds of a core.
const AT_ONCE: usize = 2;

/// Who comes while this many wait is told to come back, rather than wait for seconds.
const WAITING_MAX: usize = 64;

/// A hash of no password, so that an unknown address takes as long as a known one.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$OaZ8pgFFzMnxgYVvz3Kz5U8pGM5GJj1fKXwJxJq3v2M";

/// Hashes and checks passwords.
#[derive(Clone, Debug)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { turns: Arc::new(Semaphore::new(AT_ONCE)), places: Arc::new(Semaphore::new(WAITING_MAX)) }
    }
}

impl Passwords {
    /// Argon2id with the parameters OWASP recommends (19 MiB, 2 passes, 1 lane).
    pub async fn hash(&self, password: &str) -> Result<String> {
        let password = password.to_owned();
        self.run(move || {
            Argon2::default()
                .hash_password(password.as_bytes())
                .map(|hash| hash.to_string())
                .map_err(|error| Error::broken(error.to_string()))
        })
        .await?
    }

    /// Whether the password is the one of the hash; without a hash, never, but just as slowly.
    pub async fn verify(&self, password: &str, hash: Option<String>) -> Result<bool> {
        let password = password.to_owned();
        self.run(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
            let parsed = PasswordHash::new(&hash).map_err(|error| Error::broken(error.to_string()))?;
            Ok(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok() && known)
        })
        .await?
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let _place = self.places.try_acquire().map_err(|_full| ErrorCode::Overloaded)?;
        let turn = self.turns.clone().acquire_owned().await.map_err(|error| Error::broken(error.to_string()))?;
        spawn_blocking(move || {
            let _turn = turn;
            work()
        })
        .await
        .map_err(|error| Error::broken(error.to_string()))
    }
}
