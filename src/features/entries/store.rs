//! Rows in and out.

use diesel::prelude::*;

use super::{
    ArrivingFile, Entry, EntryConsent, EntryPerson, EntryStatus, EntryTool, KeptWork, Revision,
    SubmittedFile, Work,
};
use crate::{
    base::{
        clock::Moment,
        contact::Phone,
        ids::{AccountId, ContestId, EntryId, EntryPersonId, FieldId, RevisionId, UnitId},
        json::Json,
        text::fold,
    },
    features::pools::{Pool, PoolStatus, store::save_is_judged},
    infra::db::{
        Db, DbError, among,
        schema::{
            accounts, attachments, consents, contests, entries, entry_consents, entry_people, entry_tools,
            offices, pool_entries, pools, rounds, uploads,
        },
    },
    read_all, read_one, rows_by_id,
};

rows_by_id!(entries, Entry, EntryId, find, insert, save_row);
rows_by_id!(
    entry_people,
    EntryPerson,
    EntryPersonId,
    find_entry_person,
    insert_entry_person,
    save_entry_person
);
rows_by_id!(revisions, Revision, RevisionId, find_revision, insert_revision, save_revision);

/// Where the entry stands says with it whether it is to be scored there.
pub fn save(db: &mut Db, entry: &Entry) -> Result<(), DbError> {
    save_row(db, entry)?;
    save_is_judged(db, &entry.id, entry.status.is_judged())
}

/// What lists show of it; `attachments` knows.
pub fn save_work(db: &mut Db, entry: &EntryId, work: &Work) -> Result<(), DbError> {
    diesel::update(entries::table.find(entry)).set(entries::work.eq(Json(work.clone()))).execute(db)?;
    Ok(())
}

pub fn insert_entry_consent(db: &mut Db, row: &EntryConsent) -> Result<(), DbError> {
    diesel::insert_into(entry_consents::table).values(row).execute(db)?;
    Ok(())
}

/// In order: the author first, then the members.
pub fn list_people(db: &mut Db, entry: &EntryId) -> Result<Vec<EntryPerson>, DbError> {
    let people = entry_people::table.filter(entry_people::entry_id.eq(entry)).order(entry_people::position);
    Ok(read_all!(db, people.select(EntryPerson::as_select()))?)
}

pub fn delete_people(db: &mut Db, entry: &EntryId) -> Result<(), DbError> {
    diesel::delete(entry_people::table.filter(entry_people::entry_id.eq(entry))).execute(db)?;
    Ok(())
}

/// By name.
pub fn list_tools(db: &mut Db, entry: &EntryId) -> Result<Vec<String>, DbError> {
    let tools = entry_tools::table.filter(entry_tools::entry_id.eq(entry));
    let mut tools: Vec<String> = read_all!(db, tools.select(entry_tools::tool))?;
    // The engines order text each in its own way.
    tools.sort();
    Ok(tools)
}

/// In place of those it had, each once and by name; in what lists show too, unless that is to be looked at anew anyway.
pub fn save_tools(db: &mut Db, entry: &EntryId, mut tools: Vec<String>) -> Result<(), DbError> {
    tools.sort();
    tools.dedup();
    diesel::delete(entry_tools::table.filter(entry_tools::entry_id.eq(entry))).execute(db)?;
    for tool in &tools {
        let row = EntryTool { entry_id: entry.clone(), tool: tool.clone() };
        diesel::insert_into(entry_tools::table).values(row).execute(db)?;
    }
    let kept = entries::table.find(entry).select(entries::work);
    if let Some(KeptWork(Some(work))) = read_one!(db, kept)? {
        save_work(db, entry, &Work { tools, ..work })?;
    }
    Ok(())
}

pub fn delete_consents(db: &mut Db, entry: &EntryId) -> Result<(), DbError> {
    diesel::delete(entry_consents::table.filter(entry_consents::entry_id.eq(entry))).execute(db)?;
    Ok(())
}

/// Purpose and version of every text that was agreed to.
pub fn list_given_consents(db: &mut Db, entry: &EntryId) -> Result<Vec<(String, i32)>, DbError> {
    let given = entry_consents::table
        .inner_join(consents::table)
        .filter(entry_consents::entry_id.eq(entry))
        .order((consents::position, consents::id));
    Ok(read_all!(db, given.select((consents::purpose, consents::version)))?)
}

type FileColumns = (FieldId, String, i64, String, String);

/// The files that an entry has now, in the order of the form.
pub fn list_files(db: &mut Db, entry: &EntryId) -> Result<Vec<SubmittedFile>, DbError> {
    let files = attachments::table
        .filter(attachments::entry_id.eq(entry))
        .filter(attachments::removed_at.is_null())
        .order((attachments::field_id, attachments::position, attachments::id));
    let rows: Vec<FileColumns> = read_all!(
        db,
        files.select((
            attachments::field_id,
            attachments::file_name,
            attachments::byte_count,
            attachments::media_type,
            attachments::file_hash,
        ))
    )?;
    let files = rows.into_iter().map(|(field_id, file_name, byte_count, media_type, hash)| SubmittedFile {
        field_id,
        file_name,
        byte_count,
        media_type,
        hash,
    });
    Ok(files.collect())
}

/// An upload that can still be finished, as its feature stores it.
const OPEN: &str = "open";

/// The files of an entry that are still coming in, in the order in which they were begun.
pub fn list_arriving(db: &mut Db, entry: &EntryId) -> Result<Vec<ArrivingFile>, DbError> {
    let open = uploads::table
        .filter(uploads::entry_id.eq(entry))
        .filter(uploads::status.eq(OPEN))
        .order((uploads::begun_at, uploads::id));
    let columns = (uploads::field_id, uploads::file_name, uploads::byte_count, uploads::declared_hash);
    let rows: Vec<(FieldId, String, i64, Option<String>)> = read_all!(db, open.select(columns))?;
    let file = |(field_id, file_name, byte_count, declared_hash)| ArrivingFile {
        field_id,
        file_name,
        byte_count,
        declared_hash,
    };
    Ok(rows.into_iter().map(file).collect())
}

/// What is still coming in belongs to this submission, unless it belonged to an earlier one.
pub fn promise_arriving(db: &mut Db, entry: &EntryId, revision: i32, now: Moment) -> Result<(), DbError> {
    let open = uploads::table
        .filter(uploads::entry_id.eq(entry))
        .filter(uploads::status.eq(OPEN))
        .filter(uploads::promised_at.is_null());
    diesel::update(open)
        .set((uploads::promised_at.eq(Some(now)), uploads::promised_in.eq(Some(revision))))
        .execute(db)?;
    Ok(())
}

/// The number of the next entry of a contest; each is given once.
pub fn take_next_number(db: &mut Db, contest: &ContestId) -> Result<i32, DbError> {
    let next: i32 = diesel::update(contests::table.find(contest))
        .set(contests::next_number.eq(contests::next_number + 1))
        .returning(contests::next_number)
        .get_result(db)?;
    Ok(next - 1)
}

/// A code that history brought along is not given again.
pub fn skip_number(db: &mut Db, contest: &ContestId, number: i32) -> Result<(), DbError> {
    let behind = contests::table.find(contest).filter(contests::next_number.le(number));
    diesel::update(behind).set(contests::next_number.eq(number.saturating_add(1))).execute(db)?;
    Ok(())
}

/// The pool of the latest round that an entry reached, whether it still stands there or has left it.
pub fn find_current_pool(db: &mut Db, entry: &EntryId) -> Result<Option<Pool>, DbError> {
    let pool = pool_entries::table
        .inner_join(pools::table.inner_join(rounds::table))
        .filter(pool_entries::entry_id.eq(entry))
        .order((pool_entries::left_at.is_null().desc(), rounds::position.desc()));
    Ok(read_one!(db, pool.select(Pool::as_select()))?)
}

/// The states of the pools in which an entry stands.
pub fn list_pool_states(db: &mut Db, entry: &EntryId) -> Result<Vec<PoolStatus>, DbError> {
    let pools = pool_entries::table
        .inner_join(pools::table)
        .filter(pool_entries::entry_id.eq(entry))
        .filter(pool_entries::left_at.is_null());
    Ok(read_all!(db, pools.select(pools::status))?)
}

fn counted() -> Vec<EntryStatus> {
    EntryStatus::ALL.iter().copied().filter(|status| status.counts_against_limits()).collect()
}

/// How many others of the same owner count against the limit. Those that the owner only entered for members without an
/// account are theirs.
pub fn count_of_owner(db: &mut Db, entry: &Entry) -> Result<i64, DbError> {
    let others = entries::table
        .filter(entries::contest_id.eq(&entry.contest_id))
        .filter(entries::owner_id.eq(&entry.owner_id))
        .filter(entries::is_on_behalf.eq(false).or(entries::entered_by.ne(entries::owner_id)))
        .filter(entries::id.ne(&entry.id))
        .filter(among(entries::status, counted()));
    Ok(others.count().get_result(db)?)
}

/// The same for a member without an account: by name, within the unit.
pub fn count_of_author(db: &mut Db, entry: &Entry) -> Result<i64, DbError> {
    let others = entries::table
        .filter(entries::contest_id.eq(&entry.contest_id))
        .filter(entries::unit_id.eq(&entry.unit_id))
        .filter(entries::is_on_behalf.eq(true))
        .filter(entries::id.ne(&entry.id))
        .filter(among(entries::status, counted()));
    let authors: Vec<String> = read_all!(db, others.select(entries::authors))?;
    let own = fold(&entry.authors);
    Ok(i64::try_from(authors.iter().filter(|author| fold(author) == own).count()).unwrap_or(i64::MAX))
}

pub fn count_of_unit(db: &mut Db, entry: &Entry) -> Result<i64, DbError> {
    let others = entries::table
        .filter(entries::contest_id.eq(&entry.contest_id))
        .filter(entries::unit_id.eq(&entry.unit_id))
        .filter(entries::id.ne(&entry.id))
        .filter(among(entries::status, counted()));
    Ok(others.count().get_result(db)?)
}

/// The account with this number, when it holds an office in the unit.
pub fn find_account_of_unit(db: &mut Db, phone: &Phone, unit: &UnitId) -> Result<Option<AccountId>, DbError> {
    let account = offices::table
        .inner_join(accounts::table)
        .filter(accounts::phone.eq(phone))
        .filter(offices::unit_id.eq(unit));
    Ok(read_one!(db, account.select(accounts::id))?)
}

pub fn find_by_code(db: &mut Db, contest: &ContestId, code: &str) -> Result<Option<Entry>, DbError> {
    let entry = entries::table.filter(entries::contest_id.eq(contest)).filter(entries::code.eq(code));
    Ok(read_one!(db, entry.select(Entry::as_select()))?)
}
