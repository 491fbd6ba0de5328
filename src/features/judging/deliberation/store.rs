use diesel::prelude::*;

use super::{ExtraDraw, ReleasedComment, Remark, Ruling};
use crate::{
    base::{
        clock::Moment,
        ids::{EntryId, ExtraDrawId, PoolId, RemarkId, RulingId},
    },
    features::judging::{Sheet, SheetEvent},
    infra::db::{
        Db, DbError, among,
        schema::{
            accounts, audit, extra_draws, panel_members, publications, released_comments, remarks, rulings,
            sheet_events, sheets,
        },
    },
    rows_by_id,
};

rows_by_id!(extra_draws, ExtraDraw, ExtraDrawId, find_extra_draw, insert_extra_draw, save_extra_draw);
rows_by_id!(rulings, Ruling, RulingId, find_ruling, insert_ruling, save_ruling);
rows_by_id!(remarks, Remark, RemarkId, find_remark, insert_remark, save_remark);

pub fn list_extra_draws(db: &mut Db, pool: &PoolId) -> Result<Vec<ExtraDraw>, DbError> {
    let rows = extra_draws::table.filter(extra_draws::pool_id.eq(pool)).order(extra_draws::number);
    Ok(rows.select(ExtraDraw::as_select()).load(db)?)
}

/// The newest first: it is the one that holds.
pub fn list_rulings(db: &mut Db, pool: &PoolId) -> Result<Vec<Ruling>, DbError> {
    let rows = rulings::table
        .filter(rulings::pool_id.eq(pool))
        .order((rulings::ruled_at.desc(), rulings::id.desc()));
    Ok(rows.select(Ruling::as_select()).load(db)?)
}

pub fn list_rulings_with_names(db: &mut Db, pool: &PoolId) -> Result<Vec<(Ruling, String)>, DbError> {
    let rows = rulings::table
        .inner_join(accounts::table)
        .filter(rulings::pool_id.eq(pool))
        .order((rulings::ruled_at, rulings::id));
    Ok(rows.select((Ruling::as_select(), accounts::full_name)).load(db)?)
}

/// In the order in which they were said, with the speaker's name.
pub fn list_remarks(db: &mut Db, pool: &PoolId) -> Result<Vec<(Remark, String)>, DbError> {
    let rows = remarks::table
        .inner_join(accounts::table)
        .filter(remarks::pool_id.eq(pool))
        .order((remarks::said_at, remarks::id));
    Ok(rows.select((Remark::as_select(), accounts::full_name)).load(db)?)
}

/// What happened to the sheets of a pool after they were given: reopened, given again, voided.
pub fn list_sheet_events(db: &mut Db, pool: &PoolId) -> Result<Vec<(SheetEvent, Sheet, String)>, DbError> {
    let rows = sheet_events::table
        .inner_join(sheets::table)
        .inner_join(accounts::table.on(accounts::id.eq(sheet_events::account_id)))
        .filter(sheets::pool_id.eq(pool))
        .order((sheet_events::happened_at, sheet_events::id));
    Ok(rows.select((SheetEvent::as_select(), Sheet::as_select(), accounts::full_name)).load(db)?)
}

/// Whether this edition was not released before.
pub fn put_released_comment(db: &mut Db, row: &ReleasedComment) -> Result<bool, DbError> {
    let before: Option<i32> = released_comments::table
        .find(&row.sheet_id)
        .select(released_comments::edition)
        .first(db)
        .optional()?;
    match before {
        Some(edition) if edition == row.edition => return Ok(false),
        Some(_) => {
            let again = (
                released_comments::edition.eq(row.edition),
                released_comments::released_by.eq(&row.released_by),
                released_comments::released_at.eq(row.released_at),
            );
            diesel::update(released_comments::table.find(&row.sheet_id)).set(again).execute(db)?;
        }
        None => {
            diesel::insert_into(released_comments::table).values(row).execute(db)?;
        }
    }
    Ok(true)
}

/// The sheets of a pool with a comment, with the judge's number, and the edition that was released.
pub fn list_comments(db: &mut Db, pool: &PoolId) -> Result<Vec<(Sheet, i32, Option<i32>)>, DbError> {
    let rows = sheets::table
        .inner_join(panel_members::table.on(
            panel_members::pool_id.eq(sheets::pool_id).and(panel_members::account_id.eq(sheets::judge_id)),
        ))
        .left_join(released_comments::table)
        .filter(sheets::pool_id.eq(pool))
        .filter(sheets::comment.ne(""))
        .filter(sheets::status.eq(crate::features::judging::SheetStatus::Submitted))
        .order((sheets::entry_id, panel_members::number))
        .select((Sheet::as_select(), panel_members::number, released_comments::edition.nullable()));
    Ok(rows.load(db)?)
}

/// The submitted sheets of one entry in all pools, for its makers: with the judge's number and the edition that was released.
pub fn list_sheets_of_entry(db: &mut Db, entry: &EntryId) -> Result<Vec<(Sheet, i32, Option<i32>)>, DbError> {
    let rows = sheets::table
        .inner_join(panel_members::table.on(
            panel_members::pool_id.eq(sheets::pool_id).and(panel_members::account_id.eq(sheets::judge_id)),
        ))
        .left_join(released_comments::table)
        .filter(sheets::entry_id.eq(entry))
        .filter(sheets::status.eq(crate::features::judging::SheetStatus::Submitted))
        .order((sheets::pool_id, panel_members::number))
        .select((Sheet::as_select(), panel_members::number, released_comments::edition.nullable()));
    Ok(rows.load(db)?)
}

/// When the result of a pool was first published.
pub fn first_published_at(db: &mut Db, pool: &PoolId) -> Result<Option<Moment>, DbError> {
    let first = publications::table.filter(publications::pool_id.eq(pool)).order(publications::version);
    Ok(first.select(publications::published_at).first(db).optional()?)
}

/// Opening, closing and reopening of the judging: what, by whom, when, and the reason.
pub fn list_turns(db: &mut Db, pool: &PoolId) -> Result<Vec<(String, String, Moment, String)>, DbError> {
    let rows: Vec<(String, String, Moment, String)> = audit::table
        .inner_join(accounts::table.on(accounts::id.nullable().eq(audit::account_id)))
        .filter(audit::subject_id.eq(pool.as_str()))
        .filter(among(audit::action, ["pool.open_judging", "pool.close_judging", "pool.reopen_judging"]))
        .order((audit::happened_at, audit::id))
        .select((audit::action, accounts::full_name, audit::happened_at, audit::details))
        .load(db)?;
    let reason = |details: &str| {
        let details: serde_json::Value = serde_json::from_str(details).unwrap_or_default();
        details["reason"].as_str().unwrap_or_default().to_owned()
    };
    Ok(rows.into_iter().map(|(action, by, at, details)| (action, by, at, reason(&details))).collect())
}
