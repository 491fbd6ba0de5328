//! The lots behind a result: with the seed that was committed to before the round anybody can draw them again.

use std::collections::HashMap;

use super::content::{DrawnLot, LotEntry};
use crate::{
    base::seal::hex,
    features::{
        contests::{self, TieStep},
        judging::standing::standing_of,
        pools::Pool,
        voting,
    },
    infra::db::{Db, DbError},
    ranking::standing::{self as exact, lot},
};

/// Of one pool, those that put an entry before or behind one of the `named`.
pub fn lots_of(db: &mut Db, pool: &Pool, named: &[&str]) -> Result<Vec<DrawnLot>, DbError> {
    let Some(round) = contests::store::find_round(db, &pool.round_id)? else { return Ok(Vec::new()) };
    if !round.tie_chain.contains(&TieStep::Lot) {
        return Ok(Vec::new());
    }
    let votes = if round.takes_votes() { voting::views::counts_of(db, &pool.id)? } else { HashMap::new() };
    let standing = standing_of(db, pool, &votes)?;
    let Some(seed) = &standing.lot_seed else { return Ok(Vec::new()) };
    let codes: HashMap<&str, &str> =
        standing.rows.iter().map(|row| (row.entry_id.as_str(), row.code.as_str())).collect();
    let lots = standing.ties.iter().filter(|record| record.step == exact::TieStep::Lot).map(|record| {
        let order = record.groups.iter().flatten().map(|id| LotEntry {
            entry: codes.get(id.as_str()).copied().unwrap_or_default().to_owned(),
            id: id.clone(),
            hash: hex(&lot(seed, id)),
        });
        DrawnLot { round: round.name.clone(), seed: seed.clone(), order: order.collect() }
    });
    Ok(lots.filter(|lot| lot.order.iter().any(|entry| named.contains(&entry.entry.as_str()))).collect())
}
