//! Whose an entry is, in every word that a blind round must cover.

use std::collections::{HashMap, HashSet};

use diesel::{
    dsl::{exists, not},
    prelude::*,
    sql_types::Text,
};

use super::DeskEntry;
use crate::{
    base::ids::{AccountId, EntryId, PoolId, UnitId},
    features::units::{SUCCESSOR_DEPTH, views::paths_of},
    infra::db::{
        Db, DbError, among,
        schema::{accounts, entries, entry_people, pools, unit_ancestors, units},
    },
    read_all,
};

/// Names of people and collectives, and of the units from the entry's own up to below the pool's, entry by entry: four
/// queries, however many entries there are. What stands at the pool's unit and above is known to every judge.
pub fn makers_of(
    db: &mut Db,
    pool: &PoolId,
    of: &[EntryId],
) -> Result<HashMap<EntryId, Vec<String>>, DbError> {
    type Row = (EntryId, String, UnitId, String, AccountId, AccountId);
    let columns = (
        entries::id,
        entries::authors,
        entries::unit_id,
        entries::unit_name,
        entries::owner_id,
        entries::entered_by,
    );
    let rows: Vec<Row> = read_all!(db, entries::table.filter(among(entries::id, of)).select(columns))?;
    let units: Vec<UnitId> =
        rows.iter().map(|row| row.2.clone()).collect::<HashSet<_>>().into_iter().collect();
    let paths = paths_of(db, &units)?;
    let known: HashSet<UnitId> = unit_ancestors::table
        .inner_join(pools::table.on(pools::unit_id.eq(unit_ancestors::unit_id)))
        .filter(pools::id.eq(pool))
        .select(unit_ancestors::ancestor_id)
        .load::<UnitId>(db)?
        .into_iter()
        .collect();
    let people: HashSet<&AccountId> = rows.iter().flat_map(|row| [&row.4, &row.5]).collect();
    let names: HashMap<AccountId, String> = accounts::table
        .filter(among(accounts::id, people))
        .select((accounts::id, accounts::full_name))
        .load::<(AccountId, String)>(db)?
        .into_iter()
        .collect();
    let members = entry_people::table.filter(among(entry_people::entry_id, of));
    let mut makers: HashMap<EntryId, Vec<String>> = HashMap::new();
    for (entry, name) in
        members.select((entry_people::entry_id, entry_people::full_name)).load::<(EntryId, String)>(db)?
    {
        makers.entry(entry).or_default().push(name);
    }
    for (entry, authors, unit, unit_name, owner, entered_by) in rows {
        let of_entry = makers.entry(entry).or_default();
        of_entry.extend([authors, unit_name]);
        of_entry.extend([owner, entered_by].iter().filter_map(|account| names.get(account).cloned()));
        let path = paths.get(&unit).into_iter().flatten();
        of_entry.extend(path.filter(|step| !known.contains(&step.unit_id)).map(|step| step.name.clone()));
    }
    Ok(makers)
}

/// The same of one entry, with one query.
pub fn makers_of_entry(db: &mut Db, pool_unit: &UnitId, entry: &DeskEntry) -> Result<Vec<String>, DbError> {
    let of_pool = diesel::alias!(unit_ancestors as of_pool);
    let known = of_pool
        .filter(of_pool.field(unit_ancestors::unit_id).eq(pool_unit))
        .filter(of_pool.field(unit_ancestors::ancestor_id).eq(unit_ancestors::ancestor_id));
    let above = unit_ancestors::table
        .inner_join(units::table.on(units::id.eq(unit_ancestors::ancestor_id)))
        .filter(unit_ancestors::unit_id.eq(&entry.unit_id))
        .filter(unit_ancestors::depth.lt(SUCCESSOR_DEPTH))
        .filter(not(exists(known)));
    let members = entry_people::table.filter(entry_people::entry_id.eq(&entry.id));
    // One after the other: for lists of values SQLite makes a table each time that it is asked.
    let owner = accounts::table.filter(accounts::id.eq(&entry.owner_id)).select(accounts::full_name);
    let is_another = entry.entered_by.as_str().into_sql::<Text>().ne(entry.owner_id.as_str());
    let writer = accounts::table
        .filter(accounts::id.eq(&entry.entered_by))
        .filter(is_another)
        .select(accounts::full_name);
    let mut makers: Vec<String> = read_all!(
        db,
        members
            .select(entry_people::full_name)
            .union_all(owner)
            .union_all(writer)
            .union_all(above.select(units::name))
    )?;
    makers.extend([entry.authors.clone(), entry.unit_name.clone()]);
    Ok(makers)
}

/// The same as one text, apart by lines, as rows of lists carry it.
pub fn joined(makers: &HashMap<EntryId, Vec<String>>, entry: &EntryId) -> String {
    makers.get(entry).map(|names| names.join("\n")).unwrap_or_default()
}
