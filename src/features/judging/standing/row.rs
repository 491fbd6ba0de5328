//! What a standing says.

use crate::{
    base::{
        ids::{AccountId, EntryId, SheetId, UnitId},
        lang::Lang,
        sentence::Sentence,
    },
    features::contests::{EntryKind, RoundMethod},
    ranking::standing::{Ratio, TieRecord},
};

/// Best first; entries that share a place stand by code, which means nothing; entries without a score come last.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    pub method: RoundMethod,
    pub rows: Vec<StandingRow>,
    /// SHA-256 of the places and exact scores: what a decision rests on.
    pub hash: String,
    /// Where a score has several parts: what each weighs by declaration and in effect.
    pub weights: Vec<super::PartWeight>,
    /// Every step that split a tie, with the entries' ids.
    pub ties: Vec<TieRecord>,
    /// The seed of the lot, once it is revealed.
    pub lot_seed: Option<String>,
    /// Optional criteria that somebody left empty, and that so count for nobody.
    pub dropped_criteria: Vec<String>,
    /// Why there are no places although there are sheets.
    pub problem: Option<Sentence>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct StandingRow {
    pub entry_id: EntryId,
    pub code: String,
    pub title: String,
    pub kind: EntryKind,
    pub unit_id: UnitId,
    pub unit_name: String,
    pub authors: String,
    /// 1224: the place after a tie is skipped. None without a score.
    pub place: Option<i32>,
    /// Exact. Of sheets 0 to 100, of votes their count, combined 0 to 100.
    pub score: Option<Ratio>,
    /// The judges' part before it was combined.
    pub jury_score: Option<Ratio>,
    /// The score of the round before, where the rules carry it on.
    pub carried: Option<Ratio>,
    pub votes: Option<i64>,
    pub sheets_in: i32,
    pub sheets_due: i32,
    pub is_tied: bool,
    /// The declared step that told this entry from another one with the same score.
    pub split_by: Option<&'static str>,
    /// By the number of the judge is the screen's business: here by account, in no order of meaning.
    pub by_judge: Vec<JudgeScore>,
}

/// One sheet that counts.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgeScore {
    pub sheet_id: SheetId,
    pub judge_id: AccountId,
    pub score: Ratio,
}

impl Standing {
    pub fn row(&self, entry: &EntryId) -> Option<&StandingRow> {
        self.rows.iter().find(|row| row.entry_id == *entry)
    }

    pub fn sheets_missing(&self) -> i32 {
        self.rows.iter().map(|row| row.sheets_due - row.sheets_in).sum()
    }
}

impl StandingRow {
    /// Rounded half-up to two decimals for people; a count of votes as a whole number. Empty without a score.
    pub fn score_text(&self, lang: Lang) -> String {
        let is_votes = self.votes.is_some() && self.jury_score.is_none();
        self.score.map(|score| ratio_text(score, if is_votes { 0 } else { 2 }, lang)).unwrap_or_default()
    }
}

/// A fraction as people of this language write it.
pub fn ratio_text(ratio: Ratio, decimals: u32, lang: Lang) -> String {
    let shown = ratio.shown(decimals);
    if lang == Lang::Vi { shown.replace('.', ",") } else { shown }
}
