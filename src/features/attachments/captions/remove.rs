//! Taking captions away again.

use serde_json::json;

use super::{add::may_caption, store};
use crate::{
    act_error,
    base::{clock::Moment, ids::AttachmentId, lang::Lang},
    features::{
        accounts::Person,
        attachments::{self, Attachment},
        audit::{self, Happening},
    },
    infra::db::Db,
};

act_error! {
    /// Why captions could not be removed.
    pub enum RemoveCaptionsError {
        NoLongerOpen => "entries-refused-no-longer-open",
    }
}

/// Removing what is gone already changes nothing.
pub fn remove_captions(
    db: &mut Db,
    person: &Person,
    attachment: &AttachmentId,
    lang: Lang,
    now: Moment,
) -> Result<Attachment, RemoveCaptionsError> {
    let (attachment, entry) =
        attachments::views::find_with_entry(db, attachment)?.ok_or(RemoveCaptionsError::NotFound)?;
    match may_caption(db, person, &attachment, &entry)? {
        Some(true) => {}
        Some(false) => return Err(RemoveCaptionsError::NoLongerOpen),
        None => return Err(RemoveCaptionsError::NotFound),
    }
    if store::delete(db, &attachment.id, lang)? {
        let happening = Happening {
            contest: Some(&entry.contest_id),
            by: Some(&person.id),
            action: "captions.remove",
            subject: ("entry", entry.id.as_str()),
            before: None,
            after: None,
            details: json!({ "attachment": attachment.id, "lang": lang }),
        };
        audit::append(db, &happening, now)?;
    }
    Ok(attachment)
}
