//! Passwords: argon2id, with the numbers that its authors recommend. Slow by design, so never inside a transaction
//! and never on the threads that answer requests.

use std::sync::LazyLock;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier},
};
use unicode_normalization::UnicodeNormalization;

use crate::base::sentence::Sentence;

pub const MIN_CHARS: usize = 8;
pub const MAX_CHARS: usize = 200;

/// The same letters may be typed composed or decomposed, depending on the keyboard.
fn bytes(password: &str) -> Vec<u8> {
    password.nfc().collect::<String>().into_bytes()
}

pub fn hash(password: &str) -> anyhow::Result<String> {
    let hash = Argon2::default().hash_password(&bytes(password));
    Ok(hash.map_err(|error| anyhow::anyhow!("password not hashed: {error}"))?.to_string())
}

/// Takes as long for an account that does not exist (or has no password) as for one that does.
pub fn is_right(password: &str, stored: Option<&str>) -> bool {
    static NOBODY: LazyLock<String> = LazyLock::new(|| hash("nobody's password").unwrap_or_default());
    let hash = stored.unwrap_or(&NOBODY);
    let matches = Argon2::default().verify_password(&bytes(password), hash).is_ok();
    matches && stored.is_some()
}

/// Long enough, and not one that everybody guesses first.
pub fn check(password: &str) -> Result<(), Sentence> {
    const GUESSED_FIRST: [&str; 8] =
        ["12345678", "123456789", "1234567890", "password", "matkhau1", "11111111", "88888888", "hoithi123"];
    let length = password.chars().count();
    if length < MIN_CHARS {
        return Err(Sentence::new("accounts-password-too-short").with("min", MIN_CHARS));
    }
    if length > MAX_CHARS {
        return Err(Sentence::new("accounts-password-too-long").with("max", MAX_CHARS));
    }
    if GUESSED_FIRST.contains(&password.to_lowercase().as_str()) {
        return Err(Sentence::new("accounts-password-guessed-first"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_right_however_its_letters_were_composed() {
        let stored = hash("mật khẩu dài").unwrap();
        assert!(stored.starts_with("$argon2id$"));
        let decomposed: String = "mật khẩu dài".nfd().collect();
        assert!(is_right(&decomposed, Some(&stored)));
        assert!(!is_right("mat khau dai", Some(&stored)));
        assert!(!is_right("nobody's password", None));
    }

    #[test]
    fn a_password_is_neither_short_nor_endless_nor_the_first_guess() {
        for (password, is_fine) in [
            ("1234567", false),
            ("12345678", false),
            ("Password", false),
            ("hoa sen trắng", true),
            (&"a".repeat(200), true),
            (&"a".repeat(201), false),
        ] {
            assert_eq!(check(password).is_ok(), is_fine, "{password}");
        }
    }
}
