//! What happened to an entry, for those who may know.

use diesel::prelude::*;

use crate::{
    base::{clock::Moment, ids::EntryId, json::Json},
    infra::db::{
        Db, DbError,
        schema::{accounts, audit},
    },
};

#[derive(Debug, Clone, PartialEq)]
pub struct HappenedTo {
    pub action: String,
    pub by: Option<String>,
    pub at: Moment,
    /// The reason that was given, where there was one.
    pub reason: Option<String>,
    pub file_name: Option<String>,
}

type Columns = (String, Option<String>, Moment, Json<serde_json::Value>);

/// The newest first.
pub fn list_history(db: &mut Db, entry: &EntryId) -> Result<Vec<HappenedTo>, DbError> {
    let rows: Vec<Columns> = audit::table
        .left_join(accounts::table)
        .filter(audit::subject_kind.eq("entry"))
        .filter(audit::subject_id.eq(entry.as_str()))
        .order((audit::happened_at.desc(), audit::id.desc()))
        .limit(200)
        .select((audit::action, accounts::full_name.nullable(), audit::happened_at, audit::details))
        .load(db)?;
    let text = |details: &serde_json::Value, key: &str| details.get(key)?.as_str().map(str::to_owned);
    let history = rows.into_iter().map(|(action, by, at, details)| HappenedTo {
        reason: text(&details.0, "reason"),
        file_name: text(&details.0, "name"),
        action,
        by,
        at,
    });
    Ok(history.collect())
}
