//! How many entries go on from a pool: where the line is drawn.

use crate::{
    features::{
        contests::{AwardTarget, Round, views::list_awards},
        pools::Pool,
        units,
    },
    infra::db::{Db, DbError},
};

/// The quota of the round in this kind of unit; in a round without one, as many entries as its awards can go to. Quotas per
/// kind of entry are not looked at here: they move the line for some entries only.
pub fn seats_of(db: &mut Db, pool: &Pool, round: &Round) -> Result<Option<usize>, DbError> {
    let kind = units::store::find(db, &pool.unit_id)?.map(|unit| unit.kind);
    let quota = kind.and_then(|kind| round.quota.by_unit_kind.get(&kind).copied()).or(round.quota.total);
    let seats = match quota {
        Some(quota) => quota,
        None => list_awards(db, &pool.contest_id)?
            .iter()
            .filter(|award| award.round_id == round.id && award.goes_to == AwardTarget::Entry)
            .filter_map(|award| award.max_grants)
            .sum(),
    };
    Ok(usize::try_from(seats).ok().filter(|seats| *seats > 0))
}
