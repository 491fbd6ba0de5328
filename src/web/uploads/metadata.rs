//! The headers of the protocol that hold values in base64: the metadata and the checksum.

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{
    features::attachments::uploads::Metadata,
    infra::files::{Algorithm, Checksum},
};

const MAX_BYTES: usize = 8 << 10;
const MAX_KEYS: usize = 20;

/// Nothing when it is not as the protocol writes it: pairs of a key and a value in base64, parted by commas.
pub fn read_metadata(header: &str) -> Option<Metadata> {
    if header.len() > MAX_BYTES {
        return None;
    }
    let mut metadata = Metadata::new();
    for pair in header.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
        let value = String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()?;
        if metadata.insert(key.to_owned(), value).is_some() || metadata.len() > MAX_KEYS {
            return None;
        }
    }
    Some(metadata)
}

pub fn write_metadata(metadata: &Metadata) -> String {
    let pair = |(key, value): (&String, &String)| format!("{key} {}", STANDARD.encode(value));
    metadata.iter().map(pair).collect::<Vec<_>>().join(",")
}

/// `sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=`; nothing when the algorithm is not known or the digest is none of it.
pub fn read_checksum(header: &str) -> Option<Checksum> {
    let (name, digest) = header.trim().split_once(' ')?;
    let (_, algorithm) = Algorithm::ALL.into_iter().find(|(known, _)| *known == name)?;
    Checksum::new(algorithm, STANDARD.decode(digest.trim()).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_is_read_as_it_is_written() {
        let header = "entry YWJj,filename w6FuaCBz4bqvYy5wbmc=,note";
        let metadata = read_metadata(header).unwrap();
        assert_eq!(metadata["entry"], "abc");
        assert_eq!(metadata["filename"], "ánh sắc.png");
        assert_eq!(metadata["note"], "");
        assert_eq!(read_metadata(&write_metadata(&metadata)), Some(metadata));
        let long = format!("a {}", "YWJj".repeat(3000));
        let many = (0..30).map(|n| format!("k{n} YQ==")).collect::<Vec<_>>().join(",");
        for wrong in ["a !!", "a YQ==,a YQ==", "a /w==", &long, &many] {
            assert_eq!(read_metadata(wrong), None, "{wrong}");
        }
        assert_eq!(read_metadata(""), Some(Metadata::new()));
    }

    #[test]
    fn a_checksum_names_an_algorithm_that_is_known() {
        assert!(read_checksum("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=").is_some());
        for wrong in
            ["", "sha1", "md5 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", "sha256 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", "sha1 ?"]
        {
            assert!(read_checksum(wrong).is_none(), "{wrong}");
        }
    }
}
