use std::collections::BTreeMap;

use diesel::prelude::*;

use super::EntryKind;
use crate::{
    base::{
        clock::Moment,
        ids::{ContestId, CriterionId, RoundId},
        json::Json,
        lang::Lang,
        seal::hash_hex,
    },
    features::units::{LevelCode, UnitKind},
    infra::db::MaybeMoment,
};

/// A stage of the contest; its pool level says how entries are grouped.
#[derive(
    Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable, serde::Serialize,
)]
#[diesel(table_name = crate::infra::db::schema::rounds, treat_none_as_null = true)]
pub struct Round {
    pub id: RoundId,
    pub contest_id: ContestId,
    pub position: i32,
    pub name: String,
    pub name_en: String,
    pub pool_level: LevelCode,
    pub method: RoundMethod,
    pub judges_per_entry: i32,
    pub is_blind: bool,
    pub aggregation: Aggregation,
    pub tie_chain: Json<Vec<TieStep>>,
    pub cut_policy: CutPolicy,
    pub lot_seed: String,
    pub vote_weight: i32,
    pub quota: Json<QuotaRules>,
    #[diesel(deserialize_as = MaybeMoment)]
    pub opens_at: Option<Moment>,
    #[diesel(deserialize_as = MaybeMoment)]
    pub closes_at: Option<Moment>,
    pub feedback: Feedback,
    /// Whether the parts of a combined score are brought to one mean and spread before they are weighed.
    pub is_standardised: bool,
    /// Per cent of the score that an entry brings along from the round before; 0 lets everybody start anew.
    pub carry_weight: i32,
    /// The hash of the chain that was shown on made-up scores; empty before.
    pub shown_chain: String,
}

crate::text_enum! {
    /// What entrants see of their sheets once the result of the pool is published.
    pub enum Feedback { None = "none", Comments = "comments", Marks = "marks" }
}

crate::text_enum! {
    pub enum RoundMethod { Score = "score", Vote = "vote", Combined = "combined", Decide = "decide" }
}

crate::text_enum! {
    pub enum Aggregation { Mean = "mean", Median = "median" }
}

crate::text_enum! {
    /// What happens when a tie stands on the border of the cut.
    pub enum CutPolicy {
        IncludeAll = "include_all",
        ExcludeAll = "exclude_all",
        Chain = "chain",
        Lot = "lot",
    }
}

/// One step by which equal scores are told apart; when no step does, the place is shared.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum TieStep {
    Criterion {
        criterion: CriterionId,
    },
    HeadToHead,
    Median,
    /// The head of the panel rules, with a reason.
    Chair,
    Lot,
}

/// How many entries a pool may forward.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct QuotaRules {
    pub total: Option<i32>,
    pub by_kind: BTreeMap<EntryKind, i32>,
    /// Replaces `total` in pools whose unit is of this kind.
    pub by_unit_kind: BTreeMap<UnitKind, i32>,
}

impl Round {
    pub fn name_in(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.name_en.is_empty() { &self.name_en } else { &self.name }
    }

    pub fn takes_sheets(&self) -> bool {
        matches!(self.method, RoundMethod::Score | RoundMethod::Combined)
    }

    /// Names the declared way of telling ties apart: another chain has another hash.
    pub fn chain_hash(&self) -> String {
        let declared = serde_json::json!({ "chain": self.tie_chain, "cut": self.cut_policy });
        hash_hex(declared.to_string().as_bytes())
    }

    /// Whether its way of telling ties apart needs no showing, or was shown on made-up scores as it stands.
    pub fn is_chain_shown(&self) -> bool {
        !self.takes_sheets() || self.tie_chain.is_empty() || self.shown_chain == self.chain_hash()
    }

    pub fn takes_votes(&self) -> bool {
        matches!(self.method, RoundMethod::Vote | RoundMethod::Combined)
    }
}
