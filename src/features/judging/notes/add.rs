//! Writing a note down, while sheets of the pool are written.

use super::{SheetNote, store};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{AttachmentId, EntryId, PoolId, SheetNoteId},
        sentence::{FieldErrors, Sentence},
        text::clean_line,
    },
    features::{
        accounts::Person,
        attachments::{self, renditions::Recipe},
        judging,
    },
    infra::db::Db,
};

const MAX_CHARS: usize = 500;
const MAX_NOTES: usize = 200;
const MAX_MINUTES: i64 = 24 * 60;

act_error! {
    /// Why a note was not written down.
    pub enum AddNoteError {
        JudgingNotOpen => "judging-refused-not-open",
        TooMany { max: usize } => "judging-refused-notes-many",
    }
}

/// As it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedNote {
    pub moment: String,
    pub content: String,
}

/// The same words at the same moment once: a form sent twice writes one note.
pub fn add_note(
    db: &mut Db,
    judge: &Person,
    (pool, entry): (&PoolId, &EntryId),
    attachment: &AttachmentId,
    typed: &TypedNote,
    now: Moment,
) -> Result<SheetNote, AddNoteError> {
    let seated = judging::store::find_seated(db, pool, entry, &judge.id)?.ok_or(AddNoteError::NotFound)?;
    let attachment = attachments::store::find(db, attachment)?
        .filter(|attachment| attachment.entry_id == *entry && attachment.removed_at.is_none())
        .filter(|file| Recipe::plays(&file.media_type))
        .ok_or(AddNoteError::NotFound)?;
    if !seated.is_open() {
        return Err(AddNoteError::JudgingNotOpen);
    }
    let (at_ms, content) = read(typed)?;
    let known = store::list_of_sheet(db, pool, entry, &judge.id)?;
    let is_same = |note: &&SheetNote| {
        note.attachment_id == attachment.id && note.at_ms == at_ms && note.content == content
    };
    if let Some(same) = known.iter().find(is_same) {
        return Ok(same.clone());
    }
    if known.len() >= MAX_NOTES {
        return Err(AddNoteError::TooMany { max: MAX_NOTES });
    }
    let note = SheetNote {
        id: SheetNoteId::generate(),
        pool_id: pool.clone(),
        entry_id: entry.clone(),
        judge_id: judge.id.clone(),
        attachment_id: attachment.id,
        at_ms,
        content,
        noted_at: now,
    };
    store::insert(db, &note)?;
    Ok(note)
}

fn read(typed: &TypedNote) -> Result<(i64, String), FieldErrors> {
    let mut errors = FieldErrors::default();
    let moment = read_moment(&typed.moment).ok_or_else(|| Sentence::new("judging-wrong-note-moment"));
    let at_ms = errors.take("moment", moment);
    let content = clean_line(&typed.content);
    let content = match content.chars().count() {
        0 => Err(Sentence::new("judging-wrong-note-missing")),
        n if n > MAX_CHARS => {
            Err(Sentence::new("judging-wrong-note-long").with("n", n).with("max", MAX_CHARS))
        }
        _ => Ok(content),
    };
    let content = errors.take("note", content);
    errors.or(|| at_ms.zip(content))
}

/// "1:02:03", "2:03" or "43", in milliseconds.
pub fn read_moment(text: &str) -> Option<i64> {
    let parts: Vec<i64> = text
        .trim()
        .split(':')
        .map(|part| part.trim().parse().ok().filter(|number: &i64| *number >= 0))
        .collect::<Option<_>>()?;
    let seconds = match parts.as_slice() {
        [seconds] => *seconds,
        [minutes, seconds] if *seconds < 60 => minutes.checked_mul(60)?.checked_add(*seconds)?,
        [hours, minutes, seconds] if *minutes < 60 && *seconds < 60 => {
            hours.checked_mul(3600)?.checked_add(minutes * 60 + seconds)?
        }
        _ => return None,
    };
    (seconds <= MAX_MINUTES * 60).then_some(seconds * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_as_people_write_it() {
        for (text, expected) in [
            ("43", Some(43_000)),
            (" 2:03 ", Some(123_000)),
            ("1:02:03", Some(3_723_000)),
            ("90:00", Some(5_400_000)),
            ("0:60", None),
            ("-1", None),
            ("", None),
            ("1:2:3:4", None),
            ("99999999999999999999", None),
            ("9223372036854775807:00", None),
        ] {
            assert_eq!(read_moment(text), expected, "{text:?}");
        }
    }
}
