//! How a trial went: pure.

use std::fmt;

use super::{Game, Trial};
use crate::{base::sentence::Sentence, infra::browser::Seen};

crate::text_enum! {
    /// What a browser of ours saw when it started the game by itself.
    pub enum TrialWord {
        /// It was not loaded whole in time.
        Slow = "slow",
        /// Nothing is to be seen.
        Empty = "empty",
        /// A script broke off.
        Broke = "broke",
        /// A file that it asks for is not in it.
        Lacks = "lacks",
    }
}

/// Why a game may not start, with what the browser said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrialTrouble {
    pub word: TrialWord,
    pub detail: String,
}

impl fmt::Display for TrialTrouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.word, self.detail)
    }
}

impl TrialTrouble {
    fn parse(text: &str) -> Option<Self> {
        let (word, detail) = text.split_once(' ')?;
        Some(Self { word: word.parse().ok()?, detail: detail.to_owned() })
    }

    /// What a script broke off with says more than an empty page; many games do without what is missing.
    pub fn of(seen: &Seen, is_empty: bool) -> Option<Self> {
        let (word, said) = if !seen.was_loaded {
            (TrialWord::Slow, None)
        } else if let Some(error) = seen.errors.first() {
            (TrialWord::Broke, Some(error))
        } else if is_empty {
            (TrialWord::Empty, None)
        } else {
            (TrialWord::Lacks, Some(seen.missing.first()?))
        };
        Some(Self { word, detail: said.cloned().unwrap_or_default() })
    }
}

impl Game {
    /// What people should know before they play it. `with_detail`: what the browser said, which may be the name of a folder, and
    /// folders are called after people and places; only for those who may know whose the game is.
    pub fn trial_sentence(&self, with_detail: bool) -> Option<Sentence> {
        if self.trial != Trial::Failed {
            return None;
        }
        let Some(trouble) = TrialTrouble::parse(&self.trial_reason).filter(|_| with_detail) else {
            return Some(Sentence::new("games-trial-failed"));
        };
        let key = match trouble.word {
            TrialWord::Slow => "games-trial-slow",
            TrialWord::Empty => "games-trial-empty",
            TrialWord::Broke => "games-trial-broke",
            TrialWord::Lacks => "games-trial-lacks",
        };
        Some(Sentence::new(key).with("detail", trouble.detail))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_says_whether_a_game_starts() {
        let some = |text: &str| vec![text.to_owned()];
        let seen = Seen { was_loaded: true, ..Seen::default() };
        let broke = Seen { errors: some("TypeError: x"), missing: some("a.png"), ..seen.clone() };
        let lacks = Seen { missing: some("a.png"), ..seen.clone() };
        for (seen, is_empty, trouble) in [
            (&seen, false, None),
            (&seen, true, Some("empty ")),
            (&Seen { was_loaded: false, ..seen.clone() }, false, Some("slow ")),
            (&broke, false, Some("broke TypeError: x")),
            (&broke, true, Some("broke TypeError: x")),
            (&lacks, false, Some("lacks a.png")),
        ] {
            let found = TrialTrouble::of(seen, is_empty);
            assert_eq!(found.as_ref().map(ToString::to_string).as_deref(), trouble);
            let found = found.map(|trouble| trouble.to_string());
            assert_eq!(
                found.as_deref().and_then(TrialTrouble::parse).map(|trouble| trouble.to_string()),
                found
            );
        }
    }
}
