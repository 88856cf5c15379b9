//! The keys of an installation: one secret, from which each use has a key of its own, and older ones that still open.

use crate::Error;
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::fmt;

/// Bytes of a secret at least.
pub const SECRET_MIN_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;

/// The secrets of an installation, the current one first.
#[derive(Clone)]
pub struct Keys {
    secrets: Vec<Vec<u8>>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").field("count", &self.secrets.len()).finish_non_exhaustive()
    }
}

impl Keys {
    /// The current secret seals and signs; all of them open and verify, so that a secret can be replaced while running.
    pub fn new(secrets: Vec<Vec<u8>>) -> Result<Self, Error> {
        if secrets.is_empty() || secrets.iter().any(|secret| secret.len() < SECRET_MIN_BYTES) {
            return Err(Error::broken("a secret key needs at least 32 bytes"));
        }
        Ok(Self { secrets })
    }

    /// The keys that sign session tokens, the current one first.
    pub fn session_keys(&self) -> Vec<[u8; 32]> {
        self.secrets.iter().map(|secret| derive(secret, b"cercano session")).collect()
    }

    /// Seal a secret for the database; `context` ties it to its row.
    pub fn seal(&self, plain: &[u8], context: &[u8]) -> Result<Vec<u8>, Error> {
        let secret = self.secrets.first().ok_or_else(|| Error::broken("no secret key"))?;
        let mut nonce = [0_u8; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(|error| Error::broken(error.to_string()))?;
        let sealed = cipher(secret)
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: context })
            .map_err(|error| Error::broken(error.to_string()))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Open what was sealed with any of the secrets.
    pub fn open(&self, sealed: &[u8], context: &[u8]) -> Result<Vec<u8>, Error> {
        let (nonce, text) =
            sealed.split_first_chunk::<NONCE_BYTES>().ok_or_else(|| Error::broken("sealed value too short"))?;
        self.secrets
            .iter()
            .find_map(|secret| cipher(secret).decrypt(&XNonce::from(*nonce), Payload { msg: text, aad: context }).ok())
            .ok_or_else(|| Error::broken("sealed value does not open with this installation's secret key"))
    }
}

fn cipher(secret: &[u8]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&derive(secret, b"cercano seal").into())
}

fn derive(secret: &[u8], label: &[u8]) -> [u8; 32] {
    // HMAC takes a key of any length, so this cannot fail; an empty label would still be a key of its own.
    let mut mac = match Hmac::<Sha256>::new_from_slice(secret) {
        Ok(mac) => mac,
        Err(error) => unreachable!("{error}"),
    };
    mac.update(label);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_opens_with_an_older_secret_but_not_in_another_row() {
        let old = Keys::new(vec![vec![1; 32]]).unwrap();
        let both = Keys::new(vec![vec![2; 32], vec![1; 32]]).unwrap();
        let sealed = old.seal(b"token", b"row 1").unwrap();
        assert_eq!(both.open(&sealed, b"row 1").unwrap(), b"token");
        assert!(both.open(&sealed, b"row 2").is_err());
        assert!(Keys::new(vec![vec![3; 32]]).unwrap().open(&sealed, b"row 1").is_err());
        assert!(!sealed.windows(5).any(|window| window == b"token"));
    }

    #[test]
    fn a_short_secret_is_refused() {
        assert!(Keys::new(vec![vec![1; 31]]).is_err());
    }
}
