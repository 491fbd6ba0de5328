//! Removing rows of a contest's parts, and putting them into another order.

use diesel::prelude::*;

use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, AwardId, CategoryId, ConsentId, ContestId, CriterionId, FieldId, RoundId},
    },
    infra::db::{
        Db, DbError,
        schema::{awards, categories, consents, criteria, fields, organisers, rounds},
    },
};

macro_rules! rows_in_order {
    ($table:ident, $id:ty, $place:ident, $delete:ident) => {
        pub fn $place(db: &mut Db, id: &$id, position: i32) -> Result<(), DbError> {
            diesel::update($table::table.find(id)).set($table::position.eq(position)).execute(db)?;
            Ok(())
        }

        pub fn $delete(db: &mut Db, id: &$id) -> Result<(), DbError> {
            diesel::delete($table::table.find(id)).execute(db)?;
            Ok(())
        }
    };
}

rows_in_order!(categories, CategoryId, place_category, delete_category);
rows_in_order!(fields, FieldId, place_field, delete_field);
rows_in_order!(consents, ConsentId, place_consent, delete_consent);
rows_in_order!(rounds, RoundId, place_round, delete_round);
rows_in_order!(criteria, CriterionId, place_criterion, delete_criterion);
rows_in_order!(awards, AwardId, place_award, delete_award);

/// With its form and its awards; only while the round has no pools.
pub fn delete_round_whole(db: &mut Db, round: &RoundId) -> Result<(), DbError> {
    diesel::delete(criteria::table.filter(criteria::round_id.eq(round))).execute(db)?;
    diesel::delete(awards::table.filter(awards::round_id.eq(round))).execute(db)?;
    delete_round(db, round)
}

pub fn supersede_consent(db: &mut Db, id: &ConsentId, now: Moment) -> Result<(), DbError> {
    diesel::update(consents::table.find(id)).set(consents::superseded_at.eq(Some(now))).execute(db)?;
    Ok(())
}

pub fn delete_organiser(db: &mut Db, contest: &ContestId, account: &AccountId) -> Result<usize, DbError> {
    Ok(diesel::delete(organisers::table.find((contest, account))).execute(db)?)
}
