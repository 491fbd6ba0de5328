//! Whole contests as data: a preset says where it comes from, or that it is proposed.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use super::{
    Aggregation, AwardTarget, CutPolicy, EntryKind, Feedback, FieldKind, FieldSettings, QuotaRules,
    RoundMethod,
};
use crate::base::lang::Lang;

#[derive(Debug, Clone, Deserialize)]
pub struct Preset {
    pub id: String,
    /// Ours, not anybody's published rules.
    pub is_proposed: bool,
    pub source: String,
    pub source_en: String,
    pub source_url: Option<String>,
    pub name: String,
    pub name_en: String,
    pub title: String,
    pub title_en: String,
    pub summary: String,
    pub summary_en: String,
    pub rules: String,
    pub rules_en: String,
    pub code_prefix: String,
    pub kinds: Vec<EntryKind>,
    pub grace_minutes: i32,
    pub max_per_person: Option<i32>,
    pub max_per_unit: Option<i32>,
    pub categories: Vec<PresetCategory>,
    pub fields: Vec<PresetField>,
    pub consents: Vec<PresetConsent>,
    pub rounds: Vec<PresetRound>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct PresetCategory {
    pub name: String,
    pub name_en: String,
    pub description: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct PresetField {
    pub kind: FieldKind,
    pub label: String,
    pub label_en: String,
    pub help: String,
    pub help_en: String,
    pub is_required: bool,
    pub is_public: bool,
    pub settings: FieldSettings,
}

#[derive(Debug, Clone, Deserialize)]
pub struct PresetConsent {
    pub purpose: String,
    pub text: String,
    pub text_en: String,
    pub is_required: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub struct PresetRound {
    pub name: String,
    pub name_en: String,
    pub pool_level: String,
    pub method: RoundMethod,
    pub judges_per_entry: i32,
    pub is_blind: bool,
    pub aggregation: Aggregation,
    pub tie_chain: Vec<PresetTieStep>,
    pub cut_policy: CutPolicy,
    pub vote_weight: i32,
    /// Nothing is shown to entrants unless the preset says so.
    #[serde(default)]
    pub feedback: Option<Feedback>,
    pub quota: QuotaRules,
    pub criteria: PresetCriteria,
    pub awards: Vec<PresetAward>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PresetTieStep {
    /// The number of the criterion, from 1: criteria have no ids before the contest is made.
    Criterion(usize),
    HeadToHead,
    Median,
    Chair,
    Lot,
}

/// A set from the list of criteria by its id, or criteria of the preset's own.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum PresetCriteria {
    Set(String),
    Own(Vec<PresetCriterion>),
}

#[derive(Debug, Clone, Deserialize)]
pub struct PresetCriterion {
    #[serde(default)]
    pub group: String,
    #[serde(alias = "vi")]
    pub name: String,
    #[serde(default, alias = "en")]
    pub name_en: String,
    pub max: i64,
}

#[derive(Debug, Clone, Deserialize)]
pub struct PresetAward {
    pub name: String,
    pub name_en: String,
    pub goes_to: AwardTarget,
    #[serde(default)]
    pub kind: Option<EntryKind>,
    pub max_grants: Option<i32>,
}

/// A list of criteria with its source.
#[derive(Debug, Clone)]
pub struct CriteriaSet {
    pub id: String,
    pub name: String,
    pub url: Option<String>,
    pub is_proposed: bool,
    /// The source names the criteria but gives no points: every one counts the same.
    pub has_equal_points: bool,
    pub criteria: Vec<PresetCriterion>,
}

static PRESETS: LazyLock<Vec<Preset>> = LazyLock::new(|| {
    [
        include_str!("presets/vwu_it_2024.json"),
        include_str!("presets/three_levels.json"),
        include_str!("presets/vwu_it_2024_as_held.json"),
        include_str!("presets/innovation_vote_20.json"),
        include_str!("presets/video_clip_vote_30.json"),
    ]
    .into_iter()
    .filter_map(|text| {
        serde_json::from_str(text).inspect_err(|error| tracing::error!(%error, "a preset is broken")).ok()
    })
    .collect()
});

pub fn list_presets() -> &'static [Preset] {
    &PRESETS
}

pub fn find_preset(id: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.id == id)
}

static CRITERIA: LazyLock<Vec<CriteriaSet>> =
    LazyLock::new(|| read_criteria(include_str!("../../../demo/data/criteria_presets.json")));

pub fn list_criteria_sets() -> &'static [CriteriaSet] {
    &CRITERIA
}

pub fn find_criteria_set(id: &str) -> Option<&'static CriteriaSet> {
    CRITERIA.iter().find(|set| set.id == id)
}

impl Preset {
    pub fn name_in(&self, lang: Lang) -> &str {
        if lang == Lang::En { &self.name_en } else { &self.name }
    }

    pub fn source_in(&self, lang: Lang) -> &str {
        if lang == Lang::En { &self.source_en } else { &self.source }
    }
}

impl PresetCriteria {
    pub fn list(&self) -> Vec<PresetCriterion> {
        match self {
            Self::Own(criteria) => criteria.clone(),
            Self::Set(id) => find_criteria_set(id).map(|set| set.criteria.clone()).unwrap_or_default(),
        }
    }
}

#[derive(Deserialize)]
struct CriteriaFile {
    sourced: Vec<CriteriaRow>,
    proposed: CriteriaRow,
}

#[derive(Deserialize)]
struct CriteriaRow {
    id: String,
    contest: Option<String>,
    url: Option<String>,
    total: Option<i64>,
    jury: Option<Jury>,
    criteria: Option<Vec<Named>>,
    #[serde(flatten)]
    _rest: BTreeMap<String, serde_json::Value>,
}

#[derive(Deserialize)]
struct Jury {
    criteria: Option<Vec<Named>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Named {
    WithPoints(PresetCriterion),
    NameAlone(String),
}

/// Sources that give no list of criteria are left out: there is nothing to take from them.
fn read_criteria(text: &str) -> Vec<CriteriaSet> {
    let Ok(file) = serde_json::from_str::<CriteriaFile>(text)
        .inspect_err(|error| tracing::error!(%error, "the list of criteria is broken"))
    else {
        return Vec::new();
    };
    let proposed = criteria_set(file.proposed, true);
    proposed.into_iter().chain(file.sourced.into_iter().filter_map(|row| criteria_set(row, false))).collect()
}

fn criteria_set(row: CriteriaRow, is_proposed: bool) -> Option<CriteriaSet> {
    let named = row.criteria.or(row.jury.and_then(|jury| jury.criteria))?;
    let count = i64::try_from(named.len()).ok().filter(|count| *count > 0)?;
    let equal_points = row.total.filter(|total| total % count == 0).map_or(10, |total| total / count);
    let has_equal_points = named.iter().any(|named| matches!(named, Named::NameAlone(_)));
    let criteria = named.into_iter().map(|named| match named {
        Named::WithPoints(criterion) => criterion,
        Named::NameAlone(name) => {
            PresetCriterion { group: String::new(), name, name_en: String::new(), max: equal_points }
        }
    });
    let criteria = criteria.collect();
    Some(CriteriaSet {
        name: row.contest.unwrap_or_else(|| row.id.clone()),
        id: row.id,
        url: row.url,
        is_proposed,
        has_equal_points,
        criteria,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_can_be_read_and_names_criteria_that_exist() {
        assert_eq!(list_presets().len(), 5);
        for preset in list_presets() {
            assert!(!preset.source.is_empty(), "{} has no source", preset.id);
            for round in &preset.rounds {
                let scores = matches!(round.method, RoundMethod::Score | RoundMethod::Combined);
                assert_eq!(scores, !round.criteria.list().is_empty(), "{}: {}", preset.id, round.name);
            }
        }
    }

    #[test]
    fn criteria_come_with_their_source_and_the_proposed_ones_add_up_to_100() {
        let ids: Vec<&str> = list_criteria_sets().iter().map(|set| set.id.as_str()).collect();
        assert_eq!(ids, ["vwu_it_2024_proposed", "thai_nguyen_2025", "quang_ngai_2023", "vwu_startup_2024"]);
        let proposed = find_criteria_set("vwu_it_2024_proposed").unwrap();
        assert!(proposed.is_proposed);
        assert_eq!(proposed.criteria.iter().map(|criterion| criterion.max).sum::<i64>(), 100);
        assert!(find_criteria_set("vwu_startup_2024").unwrap().has_equal_points);
    }
}
