//! The checksum that a sender gives along with bytes.

use sha1::Sha1;
use sha2::{Digest, Sha256};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    Sha1,
    Sha256,
    Blake3,
}

impl Algorithm {
    pub const ALL: [(&str, Self); 3] =
        [("sha1", Self::Sha1), ("sha256", Self::Sha256), ("blake3", Self::Blake3)];

    fn digest_bytes(self) -> usize {
        if self == Self::Sha1 { 20 } else { 32 }
    }
}

/// What the digest must be in the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checksum {
    algorithm: Algorithm,
    expected: Vec<u8>,
}

impl Checksum {
    /// Nothing when the digest has not the algorithm's length.
    pub fn new(algorithm: Algorithm, expected: Vec<u8>) -> Option<Self> {
        (expected.len() == algorithm.digest_bytes()).then_some(Self { algorithm, expected })
    }
}

/// A checksum while the bytes come in.
pub(super) struct Running {
    digest: Digester,
    expected: Vec<u8>,
}

enum Digester {
    Sha1(Box<Sha1>),
    Sha256(Box<Sha256>),
    Blake3(Box<blake3::Hasher>),
}

impl Running {
    pub fn new(checksum: Checksum) -> Self {
        let digest = match checksum.algorithm {
            Algorithm::Sha1 => Digester::Sha1(Box::default()),
            Algorithm::Sha256 => Digester::Sha256(Box::default()),
            Algorithm::Blake3 => Digester::Blake3(Box::default()),
        };
        Self { digest, expected: checksum.expected }
    }

    pub fn update(&mut self, bytes: &[u8]) {
        match &mut self.digest {
            Digester::Sha1(digest) => digest.update(bytes),
            Digester::Sha256(digest) => digest.update(bytes),
            Digester::Blake3(digest) => {
                digest.update(bytes);
            }
        }
    }

    pub fn holds(self) -> bool {
        let found = match self.digest {
            Digester::Sha1(digest) => digest.finalize().to_vec(),
            Digester::Sha256(digest) => digest.finalize().to_vec(),
            Digester::Blake3(digest) => digest.finalize().as_bytes().to_vec(),
        };
        found == self.expected
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checksum_holds_for_the_bytes_it_was_made_of_and_for_no_others() {
        let sha1 = vec![
            0xa9, 0x99, 0x3e, 0x36, 0x47, 0x06, 0x81, 0x6a, 0xba, 0x3e, 0x25, 0x71, 0x78, 0x50, 0xc2, 0x6c,
            0x9c, 0xd0, 0xd8, 0x9d,
        ];
        let cases = [
            (Algorithm::Sha1, sha1),
            (Algorithm::Sha256, Sha256::digest(b"abc").to_vec()),
            (Algorithm::Blake3, blake3::hash(b"abc").as_bytes().to_vec()),
        ];
        for (algorithm, expected) in cases {
            for (parts, holds) in [([&b"a"[..], b"bc"], true), ([b"a", b"bd"], false)] {
                let mut running = Running::new(Checksum::new(algorithm, expected.clone()).unwrap());
                for part in parts {
                    running.update(part);
                }
                assert_eq!(running.holds(), holds, "{algorithm:?}");
            }
            assert_eq!(Checksum::new(algorithm, expected[1..].to_vec()), None);
        }
    }
}
