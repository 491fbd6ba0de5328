//! A lot that anybody can draw again: SHA-256 of the published seed followed by the entry's id, smallest first. The seed is
//! committed to before the round by publishing its own hash.

use sha2::{Digest, Sha256};

pub fn lot(seed: &str, entry: &str) -> [u8; 32] {
    Sha256::new().chain_update(seed).chain_update(entry).finalize().into()
}

/// What is published before the round: SHA-256 of the seed, in hexadecimal.
pub fn commitment(seed: &str) -> String {
    hexadecimal(&Sha256::digest(seed))
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(half.into(), 16);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_draws_the_same_lot() {
        // `printf abc | sha256sum`, the example of FIPS 180-4.
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(commitment("abc"), known);
        assert_eq!(hexadecimal(&lot("a", "bc")), known);
    }
}
