//! Every query of this feature.

use diesel::prelude::*;

use super::{Award, Category, Consent, Contest, Criterion, Field, Organiser, Round, RoundDesk};
use crate::{
    base::ids::{AwardId, CategoryId, ConsentId, ContestId, CriterionId, FieldId, RoundId},
    infra::db::{
        Db, DbError,
        schema::{entries, organisers, round_desks, rounds},
    },
    rows_by_id,
};

rows_by_id!(contests, Contest, ContestId, find, insert, save);

pub fn insert_organiser(db: &mut Db, row: &Organiser) -> Result<(), DbError> {
    diesel::insert_into(organisers::table).values(row).execute(db)?;
    Ok(())
}

/// What lists show of the files of its entries is looked at anew.
pub fn forget_works(db: &mut Db, contest: &ContestId) -> Result<(), DbError> {
    diesel::update(entries::table.filter(entries::contest_id.eq(contest)))
        .set(entries::work.eq(""))
        .execute(db)?;
    Ok(())
}

rows_by_id!(categories, Category, CategoryId, find_category, insert_category, save_category);
rows_by_id!(fields, Field, FieldId, find_field, insert_field, save_field);
rows_by_id!(consents, Consent, ConsentId, find_consent, insert_consent, save_consent);
rows_by_id!(rounds, Round, RoundId, find_round, insert_round, save_round);
rows_by_id!(criteria, Criterion, CriterionId, find_criterion, insert_criterion, save_criterion);
rows_by_id!(awards, Award, AwardId, find_award, insert_award, save_award);

/// What the desks of a round do; a round that declares nothing is plain.
pub fn find_round_desk(db: &mut Db, round: &RoundId) -> Result<RoundDesk, DbError> {
    let found = round_desks::table.find(round).select(RoundDesk::as_select()).first(db).optional()?;
    Ok(found.unwrap_or_else(|| RoundDesk::plain(round)))
}

/// Those that declare anything.
pub fn list_round_desks(db: &mut Db, contest: &ContestId) -> Result<Vec<RoundDesk>, DbError> {
    let of_contest = round_desks::table
        .inner_join(rounds::table.on(rounds::id.eq(round_desks::round_id)))
        .filter(rounds::contest_id.eq(contest));
    Ok(of_contest.select(RoundDesk::as_select()).load(db)?)
}

pub fn put_round_desk(db: &mut Db, row: &RoundDesk) -> Result<(), DbError> {
    diesel::delete(round_desks::table.find(&row.round_id)).execute(db)?;
    diesel::insert_into(round_desks::table).values(row).execute(db)?;
    Ok(())
}
