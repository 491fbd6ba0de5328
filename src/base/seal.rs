//! Hashes and seals: SHA-256 of what is kept, HMAC of what is handed out and must come back unchanged.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// SHA-256 as hexadecimal digits.
pub fn hash_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub fn hex(bytes: &[u8]) -> String {
    let digit = |number: u8| char::from_digit(u32::from(number), 16).unwrap_or_default();
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
    text
}

/// The key that seals forms and addresses. Comes from the settings, never from the code.
#[derive(Clone)]
pub struct Sealer {
    key: Vec<u8>,
}

impl Sealer {
    pub fn new(secret: &str) -> Self {
        Self { key: secret.as_bytes().to_vec() }
    }

    /// A seal of `text` for one `purpose`: a seal for one cannot be used for another.
    pub fn seal(&self, purpose: &str, text: &str) -> String {
        hex(&self.mac(purpose, text).finalize().into_bytes())
    }

    /// Compares in constant time.
    pub fn is_sealed(&self, purpose: &str, text: &str, seal: &str) -> bool {
        let bytes: Option<Vec<u8>> =
            (0..seal.len()).step_by(2).map(|at| u8::from_str_radix(seal.get(at..at + 2)?, 16).ok()).collect();
        bytes.is_some_and(|bytes| self.mac(purpose, text).verify_slice(&bytes).is_ok())
    }

    fn mac(&self, purpose: &str, text: &str) -> Hmac<Sha256> {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes any key");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(text.as_bytes());
        mac
    }
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer(secret)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_holds_for_one_text_one_purpose_and_one_key() {
        let sealer = Sealer::new("k");
        let seal = sealer.seal("csrf", "a");
        assert!(sealer.is_sealed("csrf", "a", &seal));
        assert!(!sealer.is_sealed("csrf", "b", &seal));
        assert!(!sealer.is_sealed("file", "a", &seal));
        assert!(!Sealer::new("l").is_sealed("csrf", "a", &seal));
        assert!(!sealer.is_sealed("csrf", "a", "é"));
    }
}
