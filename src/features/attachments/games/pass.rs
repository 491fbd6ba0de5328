use chrono::{DateTime, Duration};

use crate::{
    base::{clock::Moment, seal::Sealer},
    features::attachments::FileHash,
};

const PURPOSE: &str = "play";
/// Long enough for an evening of play, short enough that a copied address is soon worth nothing.
const VALID_FOR: Duration = Duration::hours(6);

/// What the arena takes for leave to hand out one game: sealed by the pages that know who may see the entry, so that
/// the arena itself knows nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlayPass(String);

impl PlayPass {
    pub fn issue(sealer: &Sealer, game: &FileHash, now: Moment) -> Self {
        let text = format!("{}.{}", game.as_str(), (now + VALID_FOR).and_utc().timestamp());
        let seal = sealer.seal(PURPOSE, &text);
        Self(format!("{text}.{seal}"))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The game that a pass opens; nothing when it is forged or its time is over.
    pub fn read(sealer: &Sealer, pass: &str, now: Moment) -> Option<FileHash> {
        let (text, seal) = pass.rsplit_once('.')?;
        let (game, until) = text.split_once('.')?;
        let until = DateTime::from_timestamp(until.parse().ok()?, 0)?.naive_utc();
        (now < until && sealer.is_sealed(PURPOSE, text, seal)).then(|| FileHash::from_store(game))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pass_opens_one_game_for_a_while() {
        let sealer = Sealer::new("k");
        let now: Moment = "2024-03-15T12:00:00".parse().unwrap();
        let (game, other) = (FileHash::from_store("ab12"), FileHash::from_store("ab13"));
        let pass = PlayPass::issue(&sealer, &game, now);
        let read = |text: &str, at| PlayPass::read(&sealer, text, at);
        assert_eq!(read(pass.as_str(), now), Some(game.clone()));
        assert_eq!(read(pass.as_str(), now + VALID_FOR - Duration::seconds(1)), Some(game.clone()));
        assert_eq!(read(pass.as_str(), now + VALID_FOR), None);
        let seal = pass.as_str().rsplit('.').next().unwrap();
        for forged in [
            pass.as_str().replace("ab12", "ab13"),
            format!("{}.{}.{seal}", game.as_str(), (now + Duration::days(9)).and_utc().timestamp()),
            PlayPass::issue(&Sealer::new("l"), &other, now).0,
            format!("{}.x", pass.as_str()),
            "..".into(),
            String::new(),
        ] {
            assert_eq!(read(&forged, now), None, "{forged}");
        }
    }
}
