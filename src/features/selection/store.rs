//! Every query of this feature.

use diesel::prelude::*;

use super::{Decision, DecisionEntry, Nomination};
use crate::{
    base::ids::{DecisionId, NominationId},
    infra::db::{Db, DbError, schema::decision_entries},
    rows_by_id,
};

rows_by_id!(decisions, Decision, DecisionId, find, insert, save);

pub fn insert_decision_entry(db: &mut Db, row: &DecisionEntry) -> Result<(), DbError> {
    diesel::insert_into(decision_entries::table).values(row).execute(db)?;
    Ok(())
}
rows_by_id!(nominations, Nomination, NominationId, find_nomination, insert_nomination, save_nomination);
