//! What makes a recorded count believable; pure.

use crate::base::{sentence::FieldErrors, sentence::Sentence, text::clean_line};

/// More than all people there are, and far from what 64 bits hold.
pub const MAX_VOTES: i64 = 10_000_000_000;
pub const MAX_SOURCE: usize = 300;
pub const MAX_REASON: usize = 1000;
pub const MAX_ADDRESS: usize = 1000;

/// A count as it was typed, cleaned and found right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedCount {
    pub source: String,
    pub proof_url: String,
    pub reason: String,
}

/// A count needs a source and something that shows it; one that replaces another needs a reason as well.
pub fn check_count(
    votes: i64,
    source: &str,
    proof_url: &str,
    has_file: bool,
    reason: &str,
    replaces: bool,
) -> Result<CheckedCount, FieldErrors> {
    let mut errors = FieldErrors::default();
    let (source, proof_url, reason) = (clean_line(source), clean_line(proof_url), clean_line(reason));
    if !(0..=MAX_VOTES).contains(&votes) {
        errors.add("votes", Sentence::new("voting-invalid-votes"));
    }
    if source.is_empty() {
        errors.add("source", Sentence::new("voting-invalid-source"));
    } else if source.chars().count() > MAX_SOURCE {
        errors.add("source", Sentence::new("voting-invalid-too-long").with("max", MAX_SOURCE));
    }
    if !proof_url.is_empty() && !is_web_address(&proof_url) {
        errors.add("proof_url", Sentence::new("voting-invalid-proof-url"));
    } else if proof_url.is_empty() && !has_file {
        errors.add("proof_url", Sentence::new("voting-invalid-no-proof"));
    }
    if replaces && reason.is_empty() {
        errors.add("reason", Sentence::new("voting-invalid-reason"));
    } else if reason.chars().count() > MAX_REASON {
        errors.add("reason", Sentence::new("voting-invalid-too-long").with("max", MAX_REASON));
    }
    errors.or(|| Some(CheckedCount { source, proof_url, reason }))
}

/// Only what a browser opens as a page: a link that runs something is refused.
fn is_web_address(address: &str) -> bool {
    let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    host.is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_alphanumeric()) && !rest.contains([' ', '"', '<', '>', '\\'])
    }) && address.chars().count() <= MAX_ADDRESS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_needs_a_source_and_a_proof_and_a_correction_a_reason() {
        let link = "https://example.org/post/1";
        for (votes, source, url, file, reason, replaces, wrong) in [
            (0, "Fanpage", link, false, "", false, vec![]),
            (12, "Fanpage", "", true, "", false, vec![]),
            (-1, "Fanpage", link, false, "", false, vec!["votes"]),
            (MAX_VOTES + 1, "Fanpage", link, false, "", false, vec!["votes"]),
            (12, " \u{202e} ", link, false, "", false, vec!["source"]),
            (12, "Fanpage", "", false, "", false, vec!["proof_url"]),
            (12, "Fanpage", "javascript:alert(1)", false, "", false, vec!["proof_url"]),
            (12, "Fanpage", "https://", true, "", false, vec!["proof_url"]),
            (12, "Fanpage", link, false, "", true, vec!["reason"]),
            (12, "Fanpage", link, false, "Đếm lại", true, vec![]),
        ] {
            let fields = match check_count(votes, source, url, file, reason, replaces) {
                Ok(_) => Vec::new(),
                Err(errors) => errors.0.into_iter().map(|(field, _)| field).collect(),
            };
            assert_eq!(fields, wrong, "{votes} {source:?} {url:?} {file} {reason:?} {replaces}");
        }
    }
}
