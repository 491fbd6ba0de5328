//! What already came of a contest, as far as it stands in the way of changes.

use std::collections::BTreeSet;

use diesel::{dsl::sql, prelude::*, sql_types::BigInt};

use crate::{
    base::ids::{AwardId, CategoryId, ConsentId, ContestId, FieldId, RoundId},
    features::{
        accounts::Account,
        contests::{EntryKind, MediaKind},
    },
    infra::db::{
        Db, DbError,
        schema::{
            accounts, attachments, decisions, entries, entry_consents, grants, organisers, pools, sheets,
        },
    },
};

/// The states of entries that were never sent in, or were taken back.
const NOT_SENT_IN: [&str; 2] = ["draft", "withdrawn"];

/// The state of a pool before its judges begin.
const NOT_JUDGED_YET: &str = "gathering";

pub fn count_sent_in(db: &mut Db, contest: &ContestId) -> Result<i64, DbError> {
    let sent_in = entries::table.filter(entries::contest_id.eq(contest));
    Ok(sent_in.filter(entries::status.ne_all(NOT_SENT_IN)).count().get_result(db)?)
}

pub fn list_kinds_sent_in(db: &mut Db, contest: &ContestId) -> Result<Vec<EntryKind>, DbError> {
    let sent_in = entries::table
        .filter(entries::contest_id.eq(contest))
        .filter(entries::status.ne_all(NOT_SENT_IN))
        .select(entries::kind)
        .distinct();
    Ok(sent_in.load(db)?)
}

/// How many entries the busiest person has sent in.
pub fn most_by_one_person(db: &mut Db, contest: &ContestId) -> Result<i64, DbError> {
    let by_owner = entries::table
        .filter(entries::contest_id.eq(contest))
        .filter(entries::status.ne_all(NOT_SENT_IN))
        .group_by(entries::owner_id)
        .select(sql::<BigInt>("COUNT(*)"))
        .order(sql::<BigInt>("COUNT(*) DESC"));
    Ok(by_owner.first(db).optional()?.unwrap_or(0))
}

pub fn most_from_one_unit(db: &mut Db, contest: &ContestId) -> Result<i64, DbError> {
    let by_unit = entries::table
        .filter(entries::contest_id.eq(contest))
        .filter(entries::status.ne_all(NOT_SENT_IN))
        .group_by(entries::unit_id)
        .select(sql::<BigInt>("COUNT(*)"))
        .order(sql::<BigInt>("COUNT(*) DESC"));
    Ok(by_unit.first(db).optional()?.unwrap_or(0))
}

pub fn has_pools(db: &mut Db, contest: &ContestId) -> Result<bool, DbError> {
    let rows = pools::table.filter(pools::contest_id.eq(contest));
    Ok(diesel::select(diesel::dsl::exists(rows)).get_result(db)?)
}

pub fn has_sheets(db: &mut Db, round: &RoundId) -> Result<bool, DbError> {
    let rows = sheets::table.inner_join(pools::table).filter(pools::round_id.eq(round));
    Ok(diesel::select(diesel::dsl::exists(rows)).get_result(db)?)
}

/// Whether the judging was opened in any pool of the round.
pub fn is_judged(db: &mut Db, round: &RoundId) -> Result<bool, DbError> {
    let opened = pools::table.filter(pools::round_id.eq(round)).filter(pools::status.ne(NOT_JUDGED_YET));
    Ok(diesel::select(diesel::dsl::exists(opened)).get_result(db)?)
}

pub fn has_decisions(db: &mut Db, round: &RoundId) -> Result<bool, DbError> {
    let rows = decisions::table.inner_join(pools::table).filter(pools::round_id.eq(round));
    Ok(diesel::select(diesel::dsl::exists(rows)).get_result(db)?)
}

pub fn has_entries(db: &mut Db, category: &CategoryId) -> Result<bool, DbError> {
    let rows = entries::table.filter(entries::category_id.eq(category));
    Ok(diesel::select(diesel::dsl::exists(rows)).get_result(db)?)
}

/// Whether any entry, also a draft, answered the field or put a file into its slot.
pub fn is_answered(db: &mut Db, contest: &ContestId, field: &FieldId) -> Result<bool, DbError> {
    let answered = entries::table
        .filter(entries::contest_id.eq(contest))
        .filter(entries::answers.like(format!("%\"{field}\"%")));
    let has_answers: bool = diesel::select(diesel::dsl::exists(answered)).get_result(db)?;
    if has_answers {
        return Ok(true);
    }
    let files = attachments::table.filter(attachments::field_id.eq(field));
    Ok(diesel::select(diesel::dsl::exists(files)).get_result(db)?)
}

/// Every text that an entry of the contest, draft or not, gave as its answer or among its answers to the field.
pub fn answers_in_use(
    db: &mut Db,
    contest: &ContestId,
    field: &FieldId,
) -> Result<BTreeSet<String>, DbError> {
    let answers: Vec<String> = entries::table
        .filter(entries::contest_id.eq(contest))
        .filter(entries::answers.like(format!("%\"{field}\"%")))
        .select(entries::answers)
        .load(db)?;
    let mut found = BTreeSet::new();
    for answers in answers {
        let answers: serde_json::Value = serde_json::from_str(&answers).unwrap_or_default();
        match &answers[field.as_str()]["value"] {
            serde_json::Value::String(text) => {
                found.insert(text.clone());
            }
            serde_json::Value::Array(texts) => {
                found.extend(texts.iter().filter_map(|text| Some(text.as_str()?.to_owned())));
            }
            _ => {}
        }
    }
    Ok(found)
}

/// Whether anything at all came in, a draft too.
pub fn has_any_entry(db: &mut Db, contest: &ContestId) -> Result<bool, DbError> {
    let of_contest = entries::table.filter(entries::contest_id.eq(contest));
    Ok(diesel::select(diesel::dsl::exists(of_contest)).get_result(db)?)
}

/// What stands in a slot: the largest file, the most files of one entry, and the sorts of media.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SlotUse {
    pub max_bytes: i64,
    pub max_count: i64,
    pub media: Vec<MediaKind>,
}

pub fn slot_use(db: &mut Db, field: &FieldId) -> Result<SlotUse, DbError> {
    let max_bytes: Option<i64> = attachments::table
        .filter(attachments::field_id.eq(field))
        .filter(attachments::removed_at.is_null())
        .select(diesel::dsl::max(attachments::byte_count))
        .first(db)?;
    let media_types: Vec<String> = attachments::table
        .filter(attachments::field_id.eq(field))
        .filter(attachments::removed_at.is_null())
        .select(attachments::media_type)
        .distinct()
        .load(db)?;
    let media = media_types.iter().map(|media_type| MediaKind::of_media_type(media_type)).collect();
    Ok(SlotUse { max_bytes: max_bytes.unwrap_or(0), max_count: most_in_slot(db, field)?, media })
}

fn most_in_slot(db: &mut Db, field: &FieldId) -> Result<i64, DbError> {
    let by_entry = attachments::table
        .filter(attachments::field_id.eq(field))
        .filter(attachments::removed_at.is_null())
        .group_by(attachments::entry_id)
        .select(sql::<BigInt>("COUNT(*)"))
        .order(sql::<BigInt>("COUNT(*) DESC"));
    Ok(by_entry.first(db).optional()?.unwrap_or(0))
}

pub fn is_given(db: &mut Db, consent: &ConsentId) -> Result<bool, DbError> {
    let rows = entry_consents::table.filter(entry_consents::consent_id.eq(consent));
    Ok(diesel::select(diesel::dsl::exists(rows)).get_result(db)?)
}

/// How often an award was granted in the pool that granted it most, revoked grants left aside.
pub fn most_granted_in_a_pool(db: &mut Db, award: &AwardId) -> Result<i64, DbError> {
    let by_pool = grants::table
        .filter(grants::award_id.eq(award))
        .filter(grants::revoked_at.is_null())
        .group_by(grants::pool_id)
        .select(sql::<BigInt>("COUNT(*)"))
        .order(sql::<BigInt>("COUNT(*) DESC"));
    Ok(by_pool.first(db).optional()?.unwrap_or(0))
}

/// Whether an award was ever granted, also when every grant was revoked.
pub fn was_granted(db: &mut Db, award: &AwardId) -> Result<bool, DbError> {
    let rows = grants::table.filter(grants::award_id.eq(award));
    Ok(diesel::select(diesel::dsl::exists(rows)).get_result(db)?)
}

/// Who was added beside the officers of the host, by name.
pub fn list_organisers(db: &mut Db, contest: &ContestId) -> Result<Vec<Account>, DbError> {
    let listed = organisers::table
        .inner_join(accounts::table)
        .filter(organisers::contest_id.eq(contest))
        .order(organisers::added_at);
    Ok(listed.select(Account::as_select()).load(db)?)
}
