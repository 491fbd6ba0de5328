//! What lists show of many entries: what kind of work it is, how long, a small picture, and the tools.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use crate::{
    base::{
        ids::{AttachmentId, EntryId, FieldId},
        json::Json,
    },
    features::{
        attachments::MediaFacts,
        contests::FieldSettings,
        entries::{Cover, KeptWork, Work, views::EntryLine},
    },
    infra::{
        db::{
            Db, DbError, among,
            schema::{attachments, entries, entry_tools, fields, renditions},
        },
        media::{COVER, Facts},
    },
    read_all,
};

pub type Works = HashMap<EntryId, Work>;

/// One query, and three more while there are entries that were not looked at since they changed.
pub fn list_works(db: &mut Db, of: &[EntryId]) -> Result<Works, DbError> {
    let kept = entries::table.filter(among(entries::id, of)).select((entries::id, entries::work));
    let mut works = Works::new();
    let mut unknown = Vec::new();
    for (entry, KeptWork(work)) in kept.load::<(EntryId, KeptWork)>(db)? {
        match work {
            Some(work) => drop(works.insert(entry, work)),
            None => unknown.push(entry),
        }
    }
    if !unknown.is_empty() {
        works.extend(look_at_works(db, &unknown)?);
    }
    Ok(works)
}

/// The same for lines that were read with what is kept.
pub fn complete_lines(db: &mut Db, lines: &mut [EntryLine]) -> Result<(), DbError> {
    let is_unknown = |line: &&EntryLine| line.work.0.is_none();
    let unknown: Vec<EntryId> = lines.iter().filter(is_unknown).map(|line| line.id.clone()).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    let mut works = look_at_works(db, &unknown)?;
    for line in lines.iter_mut().filter(|line| line.work.0.is_none()) {
        line.work = KeptWork(works.remove(&line.id));
    }
    Ok(())
}

/// A row as it is stored: most of the facts are never looked at, so they are read when they are.
type Row = (EntryId, AttachmentId, FieldId, String, String, Option<String>);

/// From the files and tools themselves. Three queries, however many entries and files there are.
pub fn look_at_works(db: &mut Db, of: &[EntryId]) -> Result<Works, DbError> {
    let rows: Vec<Row> = read_all!(
        db,
        attachments::table
            .left_join(
                renditions::table
                    .on(renditions::source_hash.eq(attachments::file_hash).and(renditions::name.eq(COVER))),
            )
            .filter(among(attachments::entry_id, of).and(attachments::removed_at.is_null()))
            .order((attachments::entry_id, attachments::position, attachments::id))
            .select((
                attachments::entry_id,
                attachments::id,
                attachments::field_id,
                attachments::media_type,
                attachments::media,
                renditions::facts.nullable(),
            ))
    )?;
    let for_covers = list_cover_fields(db, rows.iter().map(|row| &row.2).collect())?;
    let of_entries = rows.chunk_by(|one, other| one.0 == other.0);
    let found = of_entries.filter_map(|rows| Some((rows.first()?.0.clone(), work(rows, &for_covers))));
    let mut works: Works = found.collect();
    let used: Vec<(EntryId, String)> = read_all!(
        db,
        entry_tools::table.filter(among(entry_tools::entry_id, of)).order(entry_tools::entry_id)
    )?;
    for (entry, tool) in used {
        works.entry(entry).or_default().tools.push(tool);
    }
    // The engines order text each in its own way.
    for work in works.values_mut() {
        work.tools.sort();
    }
    Ok(works)
}

fn work(rows: &[Row], for_covers: &HashSet<FieldId>) -> Work {
    let is_for_cover = |row: &&Row| for_covers.contains(&row.2);
    let main = rows.iter().find(|row| !is_for_cover(row)).or(rows.first());
    let pictured = || rows.iter().filter(|row| row.5.is_some());
    let shown = pictured().find(is_for_cover).or_else(|| pictured().next());
    let media: MediaFacts = main.and_then(|row| serde_json::from_str(&row.4).ok()).unwrap_or_default();
    Work {
        media_type: main.map(|row| row.3.clone()).unwrap_or_default(),
        duration_ms: media.duration_ms,
        cover: shown.map(|row| {
            let facts = row.5.as_deref().and_then(|facts| serde_json::from_str::<Facts>(facts).ok());
            let facts = facts.unwrap_or_default();
            Cover {
                attachment_id: row.1.clone(),
                width: facts.width.unwrap_or(320),
                height: facts.height.unwrap_or(180),
            }
        }),
        tools: Vec::new(),
    }
}

/// Those of the slots that are declared for a cover.
fn list_cover_fields(db: &mut Db, used: HashSet<&FieldId>) -> Result<HashSet<FieldId>, DbError> {
    let rows: Vec<(FieldId, Json<FieldSettings>)> =
        read_all!(db, fields::table.filter(among(fields::id, used)).select((fields::id, fields::settings)))?;
    Ok(rows.into_iter().filter(|(_, settings)| settings.is_cover).map(|(id, _)| id).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_work_is_its_first_file_and_its_declared_cover() {
        let entry = EntryId::generate();
        let (film, picture) = (FieldId::generate(), FieldId::generate());
        let row = |field: &FieldId, media_type: &str, has_cover: bool| -> Row {
            let facts = has_cover.then(|| r#"{"width":320,"height":100}"#.to_owned());
            let media = r#"{"duration_ms":1500}"#.to_owned();
            (entry.clone(), AttachmentId::generate(), field.clone(), media_type.to_owned(), media, facts)
        };
        let for_covers = HashSet::from([picture.clone()]);
        let rows = [
            row(&picture, "image/png", false),
            row(&film, "video/mp4", true),
            row(&picture, "image/png", true),
        ];
        let found = work(&rows, &for_covers);
        assert_eq!((found.media_type.as_str(), found.duration_ms), ("video/mp4", Some(1500)));
        let cover = found.cover.unwrap();
        assert_eq!((cover.attachment_id, cover.width, cover.height), (rows[2].1.clone(), 320, 100));
        let found = work(&rows[..2], &for_covers);
        assert_eq!(found.cover.unwrap().attachment_id, rows[1].1);
        let found = work(&rows[..1], &for_covers);
        assert_eq!((found.media_type.as_str(), found.cover), ("image/png", None));
    }
}
