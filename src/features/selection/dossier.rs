//! The frozen copy that travels with a nominated entry: what was sent in, how it was judged, what was decided.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{Candidate, Decision, store};
use crate::{
    base::ids::{EntryId, SheetId},
    features::{
        contests::Round,
        entries::Revision,
        pools::Pool,
        units::{Unit, views::paths_of},
    },
    infra::db::{Db, DbError},
};

/// Where the entries come from.
pub struct From<'f> {
    pub pool: &'f Pool,
    pub unit: &'f Unit,
    pub round: &'f Round,
    pub decision: &'f Decision,
}

/// One dossier for each of the candidates, with a handful of queries in all.
pub fn dossiers(
    db: &mut Db,
    from: &From<'_>,
    candidates: &[&Candidate],
) -> Result<HashMap<EntryId, Value>, DbError> {
    let ids: Vec<EntryId> = candidates.iter().map(|candidate| candidate.entry_id.clone()).collect();
    let units: Vec<_> = candidates.iter().map(|candidate| candidate.unit_id.clone()).collect();
    let revisions: HashMap<EntryId, Revision> = store::list_last_revisions(db, &ids)?
        .into_iter()
        .map(|revision| (revision.entry_id.clone(), revision))
        .collect();
    let paths = paths_of(db, &units)?;
    let mut sheets = sheets(db, from.pool, &ids)?;
    let dossier = |candidate: &&Candidate| {
        let path: Vec<&str> = paths
            .get(&candidate.unit_id)
            .map(|path| path.iter().map(|step| step.name.as_str()).collect())
            .unwrap_or_default();
        let value = json!({
            "entry": {
                "id": candidate.entry_id,
                "code": candidate.code,
                "title": candidate.title,
                "kind": candidate.kind,
                "unit": candidate.unit_name,
                "path": path,
                "revision": revisions.get(&candidate.entry_id).map(revision),
            },
            "from": { "pool": from.pool.id, "unit": from.unit.name, "round": from.round.name },
            "place": candidate.place,
            "score": candidate.score_text,
            "sheets": sheets.remove(&candidate.entry_id).unwrap_or_default(),
            "decision": decision(from.decision),
        });
        (candidate.entry_id.clone(), value)
    };
    Ok(candidates.iter().map(dossier).collect())
}

fn revision(revision: &Revision) -> Value {
    // The content is JSON that was hashed as text: it stays as it was, readable where it can be read.
    let content =
        serde_json::from_str(&revision.content).unwrap_or_else(|_| Value::String(revision.content.clone()));
    json!({
        "number": revision.number,
        "content": content,
        "hash": revision.content_hash,
        "receipt": revision.receipt_code,
        "submitted_at": revision.submitted_at,
    })
}

fn decision(decision: &Decision) -> Value {
    json!({
        "number": decision.number,
        "body": decision.body_name,
        "members_present": *decision.members_present,
        "minutes": decision.minutes,
        "document_number": decision.document_number,
        "document_date": decision.document_date,
        "standing_hash": decision.standing_hash,
        "decided_at": decision.decided_at,
    })
}

/// Judges stand in it by their number in the panel, as they do for everybody but the organiser.
fn sheets(db: &mut Db, pool: &Pool, ids: &[EntryId]) -> Result<HashMap<EntryId, Vec<Value>>, DbError> {
    let mut marks: HashMap<SheetId, Vec<Value>> = HashMap::new();
    for (mark, criterion) in store::list_marks(db, &pool.id, ids)? {
        let value = json!({ "criterion": criterion, "mark": mark.value.to_string(), "note": mark.note });
        marks.entry(mark.sheet_id).or_default().push(value);
    }
    let mut sheets: HashMap<EntryId, Vec<Value>> = HashMap::new();
    for (sheet, judge) in store::list_submitted_sheets(db, &pool.id, ids)? {
        let value = json!({
            "judge": judge,
            "marks": marks.remove(&sheet.id).unwrap_or_default(),
            "comment": sheet.comment,
            "submitted_at": sheet.submitted_at,
        });
        sheets.entry(sheet.entry_id).or_default().push(value);
    }
    Ok(sheets)
}
