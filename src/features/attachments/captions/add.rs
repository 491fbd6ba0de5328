//! Putting captions beside a film: by whoever made the entry while it may be changed, and by those who check it.

use serde_json::json;

use super::{CaptionLines, Captions, store};
use crate::{
    act_error,
    base::{clock::Moment, ids::AttachmentId, lang::Lang, sentence::FieldErrors},
    features::{
        accounts::Person,
        attachments::{self, Attachment, renditions::Recipe},
        audit::{self, Happening},
        entries::{Entry, policy, rules},
    },
    infra::db::{Db, DbError},
};

pub const MAX_BYTES: usize = 500_000;

act_error! {
    /// Why captions could not be added.
    pub enum AddCaptionsError {
        NoLongerOpen => "entries-refused-no-longer-open",
        NothingSaid => "captions-refused-no-film",
    }
}

/// In place of those in the same language.
pub fn add_captions(
    db: &mut Db,
    person: &Person,
    attachment: &AttachmentId,
    lang: Lang,
    bytes: &[u8],
    now: Moment,
) -> Result<Attachment, AddCaptionsError> {
    let (attachment, entry) =
        attachments::views::find_with_entry(db, attachment)?.ok_or(AddCaptionsError::NotFound)?;
    match may_caption(db, person, &attachment, &entry)? {
        Some(true) => {}
        Some(false) => return Err(AddCaptionsError::NoLongerOpen),
        None => return Err(AddCaptionsError::NotFound),
    }
    if !Recipe::plays(&attachment.media_type) {
        return Err(AddCaptionsError::NothingSaid);
    }
    let lines = CaptionLines::read(bytes).map_err(|sentence| FieldErrors::one("captions", sentence))?;
    let captions = Captions {
        attachment_id: attachment.id.clone(),
        lang,
        content: lines.to_vtt(),
        n_cues: i32::try_from(lines.cues().len()).unwrap_or(i32::MAX),
        added_by: person.id.clone(),
        added_at: now,
    };
    store::delete(db, &attachment.id, lang)?;
    store::insert(db, &captions)?;
    let happening = Happening {
        contest: Some(&entry.contest_id),
        by: Some(&person.id),
        action: "captions.add",
        subject: ("entry", entry.id.as_str()),
        before: None,
        after: None,
        details: json!({ "attachment": attachment.id, "lang": lang, "cues": captions.n_cues }),
    };
    audit::append(db, &happening, now)?;
    Ok(attachment)
}

/// Nothing when it is not theirs, false when it is too late for whoever made it.
pub(super) fn may_caption(
    db: &mut Db,
    person: &Person,
    attachment: &Attachment,
    entry: &Entry,
) -> Result<Option<bool>, DbError> {
    if attachment.removed_at.is_some() {
        return Ok(None);
    }
    if policy::may_check(db, person, entry)? {
        return Ok(Some(true));
    }
    Ok(rules::belongs_to(entry.access(), &person.id).then(|| entry.status.is_open_to_changes()))
}
