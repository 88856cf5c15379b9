//! `X-Hub-Signature-256`: proof that a webhook comes from who knows the app's secret.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Why a signature was not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// There is no header: answer 401.
    #[error("the signature is missing")]
    Missing,
    /// Not `sha256=` and 64 hexadecimal digits: answer 403.
    #[error("the signature is malformed")]
    Malformed,
    /// Another secret or other bytes: answer 403.
    #[error("the signature is wrong")]
    Wrong,
}

/// Checks the header against the raw bytes, before anything parses them, in constant time. The bytes must be those
/// of the wire: Meta escapes non-ASCII characters, so JSON written anew does not match.
pub fn verify_signature(app_secret: &[u8], header: Option<&str>, raw: &[u8]) -> Result<(), SignatureError> {
    let digits = header.ok_or(SignatureError::Missing)?.trim().strip_prefix("sha256=");
    let mut given = [0; 32];
    let readable = digits.is_some_and(|digits| hex::decode_to_slice(digits, &mut given).is_ok());
    if !readable {
        return Err(SignatureError::Malformed);
    }
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(app_secret) else {
        return Err(SignatureError::Wrong);
    };
    mac.update(raw);
    mac.verify_slice(&given).or(Err(SignatureError::Wrong))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sign(secret: &[u8], raw: &[u8]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
        mac.update(raw);
        format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
    }

    #[test]
    fn a_signature_known_from_elsewhere_is_believed() {
        // `printf hello | openssl dgst -sha256 -hmac secret`
        let header = "sha256=88aab3ede8d3adf94d26ab90d3bafd4a2083070c3bcce9c014ee04a443847c0b";
        assert_eq!(verify_signature(b"secret", Some(header), b"hello"), Ok(()));
        assert_eq!(verify_signature(b"secret", Some(&header.to_uppercase().replace("SHA", "sha")), b"hello"), Ok(()));
    }

    #[test]
    fn a_forged_signature_is_refused() {
        let header = sign(b"other", b"hello");
        assert_eq!(verify_signature(b"secret", Some(&header), b"hello"), Err(SignatureError::Wrong));
        let header = sign(b"secret", b"hello");
        assert_eq!(verify_signature(b"secret", Some(&header), b"hello "), Err(SignatureError::Wrong));
        assert_eq!(verify_signature(b"", Some(&header), b"hello"), Err(SignatureError::Wrong));
    }

    #[test]
    fn a_missing_signature_is_told_apart_from_a_malformed_one() {
        assert_eq!(verify_signature(b"secret", None, b"hello"), Err(SignatureError::Missing));
        let good = sign(b"secret", b"hello");
        let truncated = good.get(..good.len() - 2).unwrap();
        for header in ["", "sha256=", "sha1=00", truncated, "sha256=zz", good.trim_start_matches("sha256=")] {
            assert_eq!(verify_signature(b"secret", Some(header), b"hello"), Err(SignatureError::Malformed), "{header}");
        }
    }
}
