use std::collections::HashSet;

use crate::{
    base::ids::UnitId,
    features::units::{Forest, UnitAncestor, store},
    infra::db::{Db, DbError},
};

/// Writes anew who stands above whom, for every unit whose way up leads through one that changed.
pub fn rewrite_ancestors(db: &mut Db, changed: &HashSet<UnitId>) -> Result<(), DbError> {
    if changed.is_empty() {
        return Ok(());
    }
    let forest = Forest::new(store::list_nodes(db)?);
    let affected = forest.affected_by(changed);
    let rows: Vec<UnitAncestor> = affected.iter().flat_map(|unit| forest.ancestors(unit)).collect();
    store::delete_ancestors_of(db, &affected)?;
    store::insert_ancestors(db, &rows)
}
