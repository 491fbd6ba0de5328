//! What a version says, in the form in which it is stored, hashed and answered by the API.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::Publication;
use crate::{
    base::ids::UnitId,
    features::{
        awards::views::ShownGrant, contests::EntryKind, entries::Entry, selection::Outcome,
        units::views::PathStep,
    },
};

/// The results of a contest or of a pool. Every text is as it was when the version was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Content {
    pub version: i32,
    pub published_at: String,
    pub awards: Vec<PublishedAward>,
    /// In the results of a pool alone: who was chosen and who goes up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<Vec<ChosenEntry>>,
    /// Sheets that were given and do not count, each with who took it out and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub voided: Vec<VoidedSheet>,
    /// Where a lot told apart entries of which this result names one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lots: Vec<DrawnLot>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DrawnLot {
    pub round: String,
    /// Its SHA-256 was public before the round.
    pub seed: String,
    /// Best first: by SHA-256 of the seed followed by the id, smallest first.
    pub order: Vec<LotEntry>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LotEntry {
    pub entry: String,
    pub id: String,
    pub hash: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VoidedSheet {
    pub entry: String,
    /// The number of the judge on the panel.
    pub judge: i32,
    pub pool: String,
    /// Empty where the judge declared a conflict of interest, whose reason is nobody else's business.
    pub by: String,
    pub reason: String,
    pub at: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PublishedAward {
    pub award: String,
    /// The position of the round, as in the statistics.
    pub round: i32,
    pub round_name: String,
    pub unit: String,
    pub to: AwardedTo,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AwardedTo {
    Entry(PublishedEntry),
    Unit(String),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PublishedEntry {
    pub code: String,
    pub title: String,
    pub kind: EntryKind,
    pub unit: String,
    /// The names of the units from the entry's own up to the top.
    pub path: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChosenEntry {
    pub entry: PublishedEntry,
    pub outcome: Outcome,
}

type Paths = HashMap<UnitId, Vec<PathStep>>;

impl Content {
    /// Stored content that this program cannot read is a fault of the data, not of the visitor.
    pub fn read(publication: &Publication) -> Result<Self, serde_json::Error> {
        serde_json::from_str(&publication.content)
    }

    /// Whether both say the same, apart from which version it is and when it was made.
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.awards == other.awards
            && self.chosen == other.chosen
            && self.voided == other.voided
            && self.lots == other.lots
    }

    /// The codes of all entries that this result names.
    pub fn named_codes(&self) -> Vec<&str> {
        let chosen = self.chosen.iter().flatten().map(|row| row.entry.code.as_str());
        self.awarded_codes().into_iter().chain(chosen).collect()
    }

    /// The codes of all entries that won something.
    pub fn awarded_codes(&self) -> Vec<&str> {
        let entries = self.awards.iter().filter_map(|award| match &award.to {
            AwardedTo::Entry(entry) => Some(entry.code.as_str()),
            AwardedTo::Unit(_) => None,
        });
        entries.collect()
    }
}

pub fn published_award(grant: &ShownGrant, paths: &Paths) -> Option<PublishedAward> {
    let to = match (&grant.entry, &grant.unit) {
        (Some(entry), _) => AwardedTo::Entry(published_entry(entry, paths)),
        (None, Some(unit)) => AwardedTo::Unit(unit.name.clone()),
        (None, None) => return None,
    };
    Some(PublishedAward {
        award: grant.award.name.clone(),
        round: grant.round.position,
        round_name: grant.round.name.clone(),
        unit: grant.pool_unit.name.clone(),
        to,
    })
}

pub fn published_entry(entry: &Entry, paths: &Paths) -> PublishedEntry {
    let path = paths.get(&entry.unit_id).map(Vec::as_slice).unwrap_or_default();
    PublishedEntry {
        code: entry.code.clone().unwrap_or_default(),
        title: entry.title.clone(),
        kind: entry.kind,
        unit: entry.unit_name.clone(),
        path: path.iter().map(|step| step.name.clone()).collect(),
    }
}
