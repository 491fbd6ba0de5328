//! The cut: who is in, and what happens when a tie lies across the border.

use serde::{Deserialize, Serialize};

use super::pool::{BadPool, Pool};
use super::quota::{ImpossibleQuota, Limits, Quota, select};
use super::{Place, Rules, Standing, TieRecord, TieStep};

/// What to do with a tie across the border. There is no default: the organiser says it before the round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BorderPolicy {
    /// All who are tied are in, beyond the number.
    IncludeAll,
    /// None of them is in, so fewer than the number may be.
    ExcludeAll,
    Chain(Vec<TieStep>),
    Lot,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    pub entry: String,
    pub place: Place,
    /// In although a better placed entry is not: a quota's minimum or maximum put it here.
    pub by_quota: bool,
    /// In only because the policy lets in all who are tied.
    pub beyond_number: bool,
}

/// Tied entries between which nothing declared decides, and the seats that are left for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Border {
    pub entries: Vec<String>,
    pub seats: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Selection {
    /// Best first.
    pub chosen: Vec<Choice>,
    pub undecided: Vec<Border>,
    /// How ties at the border were split.
    pub ties: Vec<TieRecord>,
    /// Minimums that could not be filled: the group, the minimum, and how many are in.
    pub shortfalls: Vec<(String, usize, usize)>,
}

/// The best `seats` of a standing.
pub fn cut(
    standing: &Standing,
    seats: usize,
    policy: &BorderPolicy,
    pool: &Pool,
    rules: &Rules,
) -> Result<Selection, BadPool> {
    let quota = Quota { total: Limits { min: 0, max: Some(seats) }, ..Quota::default() };
    match select(standing, &std::collections::BTreeMap::new(), &quota, policy, pool, rules) {
        Ok(selection) => Ok(selection),
        Err(ImpossibleQuota::Pool(refusal)) => Err(refusal),
        // One maximum alone contradicts nothing.
        Err(ImpossibleQuota::Contradiction) => Ok(Selection::default()),
    }
}
