//! What there is to be seen of a file, what of it was, and what must have been before a sheet is given.

use std::collections::HashMap;

use super::Ranges;
use crate::{
    base::ids::AttachmentId,
    features::{
        attachments::{
            Attachment,
            renditions::{Recipe, views::PageCounts},
        },
        contests::RoundDesk,
    },
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    Seconds,
    Pages,
    /// A picture, a game, a document of which no page images were made: opened or not.
    Opened,
}

/// How much of a file a judge saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Its place among the entry's files, from 1.
    pub number: usize,
    pub measure: Measure,
    pub seen: u32,
    /// Seconds or pages; `None` when that is not known.
    pub whole: Option<u32>,
    is_document: bool,
}

impl Look {
    /// All that there is, as far as its length is known.
    pub fn is_whole(&self) -> bool {
        self.seen >= self.whole.unwrap_or(1).max(1)
    }
}

/// A file of which too little was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lacking {
    pub look: Look,
    pub needed: u32,
}

/// Of every file of an entry, in order. What was told of pages that there are not counts for nothing.
pub fn looks(files: &[Attachment], pages: &PageCounts, seen: &HashMap<AttachmentId, Ranges>) -> Vec<Look> {
    let look = |(number, file): (usize, &Attachment)| {
        let recipe = Recipe::of(&file.media_type);
        let kind = file.media_type.split('/').next().unwrap_or("");
        let is_document = recipe == Some(Recipe::Document);
        let (measure, whole) = if matches!(kind, "video" | "audio") {
            let seconds = file.media.duration_ms.map(|ms| u32::try_from(ms / 1_000).unwrap_or(u32::MAX));
            (Measure::Seconds, seconds)
        } else {
            match pages.get(&file.file_hash).copied().filter(|count| is_document && *count > 0) {
                Some(count) => (Measure::Pages, Some(count)),
                None => (Measure::Opened, Some(1)),
            }
        };
        let end = if measure == Measure::Pages { whole } else { None };
        let amount = seen.get(&file.id).map_or(0, |ranges| ranges.until(end).amount());
        let seen = if measure == Measure::Opened { amount.min(1) } else { amount };
        Look { number, measure, seen, whole, is_document }
    };
    (1..).zip(files).map(look).collect()
}

/// Films by their share; documents page by page, or opened where their pages are not shown.
fn needed(desk: &RoundDesk, look: &Look) -> u32 {
    match look.measure {
        Measure::Seconds => {
            let percent = u64::try_from(desk.min_watched_percent).unwrap_or(0);
            let seconds = u64::from(look.whole.unwrap_or(0)) * percent / 100;
            u32::try_from(seconds).unwrap_or(u32::MAX)
        }
        Measure::Pages | Measure::Opened if desk.needs_all_pages && look.is_document => {
            look.whole.unwrap_or(1)
        }
        Measure::Pages | Measure::Opened => 0,
    }
}

pub fn lacking(desk: &RoundDesk, looks: &[Look]) -> Vec<Lacking> {
    if !desk.has_gate() {
        return Vec::new();
    }
    let asked = looks.iter().map(|look| Lacking { look: *look, needed: needed(desk, look) });
    asked.filter(|asked| asked.look.seen < asked.needed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::{
            clock::Moment,
            ids::{AccountId, EntryId, FieldId, RoundId},
            json::Json,
        },
        features::attachments::{FileHash, MediaFacts},
    };

    fn file(media_type: &str, seconds: Option<u64>) -> Attachment {
        Attachment {
            id: AttachmentId::generate(),
            entry_id: EntryId::generate(),
            field_id: FieldId::generate(),
            position: 1,
            file_hash: FileHash::from_store("one"),
            file_name: "1".to_owned(),
            byte_count: 1,
            media_type: media_type.to_owned(),
            media: Json(MediaFacts { duration_ms: seconds.map(|s| s * 1_000), ..MediaFacts::default() }),
            added_by: AccountId::generate(),
            added_at: Moment::default(),
            removed_at: None,
        }
    }

    #[test]
    fn each_kind_of_file_has_its_measure_and_its_end() {
        const ODT: &str = "application/vnd.oasis.opendocument.text";
        let desk = RoundDesk {
            keeps_viewing: true,
            min_watched_percent: 50,
            needs_all_pages: true,
            ..RoundDesk::plain(&RoundId::generate())
        };
        for (media_type, seconds, pages, seen, measure, amount, lacks) in [
            ("video/mp4", Some(100), 0, "0-49", Measure::Seconds, 49, Some(50)),
            ("video/mp4", Some(100), 0, "50-100", Measure::Seconds, 50, None),
            // Nobody knows how long it is, so nobody can ask for half of it.
            ("audio/mpeg", None, 0, "", Measure::Seconds, 0, None),
            ("application/pdf", None, 4, "0-3", Measure::Pages, 3, Some(4)),
            ("application/pdf", None, 4, "0-4", Measure::Pages, 4, None),
            // Pages that there are not stand for none that there are.
            ("application/pdf", None, 4, "0-1,7-99", Measure::Pages, 1, Some(4)),
            ("application/pdf", None, 0, "", Measure::Opened, 0, Some(1)),
            (ODT, None, 0, "0-1", Measure::Opened, 1, None),
            (ODT, None, 2, "0-1", Measure::Pages, 1, Some(2)),
            ("image/png", None, 0, "", Measure::Opened, 0, None),
            ("application/zip", None, 0, "0-1", Measure::Opened, 1, None),
        ] {
            let file = file(media_type, seconds);
            let counts: PageCounts = [(file.file_hash.clone(), pages)].into();
            let told = [(file.id.clone(), Ranges::read(seen))].into();
            let looks = looks(&[file], &counts, &told);
            let Some(look) = looks.first() else { panic!("{media_type}") };
            assert_eq!((look.number, look.measure, look.seen), (1, measure, amount), "{media_type} {seen}");
            let lacking = lacking(&desk, &looks).first().map(|lacking| lacking.needed);
            assert_eq!(lacking, lacks, "{media_type} {seen}");
        }
        let free = RoundDesk { needs_all_pages: false, min_watched_percent: 0, ..desk };
        let document = file("application/pdf", None);
        let counts: PageCounts = [(FileHash::from_store("other"), 9)].into();
        assert!(lacking(&free, &looks(&[document], &counts, &HashMap::new())).is_empty());
    }
}
