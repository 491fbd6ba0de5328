//! One text that entrants agree to. What somebody may have agreed to is never changed in place: it becomes the next
//! version.

use super::{
    category::next_position,
    frame::{ChangeContestError, Changed, Edit, as_value, begin},
    store as change_store, views,
};
use crate::{
    base::{
        clock::Moment,
        ids::ConsentId,
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::Person,
        contests::{
            Consent, Contest, store,
            text_rules::{self, MAX_CONSENT},
            views::{list_consent_versions, list_consents},
        },
    },
    infra::db::Db,
};

/// What consents are for. A contest has at most one of each, but any number of others.
pub const PURPOSES: [&str; 6] =
    ["own_work", "personal_data", "publication", "ai_label", "child_images", "other"];

#[derive(Debug, Clone, Default)]
pub struct ConsentForm {
    /// None for a new one.
    pub id: Option<ConsentId>,
    pub purpose: String,
    pub text: String,
    pub text_en: String,
    pub is_required: bool,
}

pub fn save_consent(
    db: &mut Db,
    person: &Person,
    edit: &Edit,
    form: &ConsentForm,
    now: Moment,
) -> Result<Contest, ChangeContestError> {
    let changing = begin(db, person, edit)?;
    let rows = list_consents(db, &edit.contest_id)?;
    let before = match &form.id {
        Some(id) => Some(rows.iter().find(|row| row.id == *id).ok_or(ChangeContestError::NotFound)?),
        None => None,
    };
    let mut errors = FieldErrors::default();
    let text = errors.take("text", text_rules::text(&form.text, MAX_CONSENT));
    let text_en = errors.take("text_en", text_rules::text_or_nothing(&form.text_en, MAX_CONSENT));
    let purpose = match before {
        Some(row) => Some(row.purpose.clone()),
        None => errors.take("purpose", free_purpose(&form.purpose, &rows)),
    };
    let (purpose, text, text_en) = errors.or(|| Some((purpose?, text?, text_en?)))?;
    let position =
        before.map_or_else(|| next_position(rows.iter().map(|row| row.position)), |row| row.position);
    let mut row = Consent {
        id: form.id.clone().unwrap_or_else(ConsentId::generate),
        contest_id: edit.contest_id.clone(),
        position,
        version: 1,
        purpose,
        text,
        text_en,
        is_required: form.is_required,
        created_at: now,
        superseded_at: None,
    };
    match before {
        Some(before) if changing.was_open || views::is_given(db, &before.id)? => {
            change_store::supersede_consent(db, &before.id, now)?;
            row.id = ConsentId::generate();
            row.version = before.version + 1;
            store::insert_consent(db, &row)?;
        }
        Some(before) => {
            row.version = before.version;
            store::save_consent(db, &row)?;
        }
        None => {
            // A purpose that was removed once begins again behind its last version.
            let versions = list_consent_versions(db, &edit.contest_id)?;
            let of_purpose = versions.iter().filter(|old| old.purpose == row.purpose);
            row.version = of_purpose.map(|old| old.version).max().unwrap_or(0) + 1;
            store::insert_consent(db, &row)?;
        }
    }
    let changed = Changed {
        action: "contest.consent",
        subject: ("consent", row.id.as_str()),
        before: as_value(&before),
        after: as_value(&row),
    };
    changing.finish(db, &changed, now)
}

fn free_purpose(purpose: &str, rows: &[Consent]) -> Result<String, Sentence> {
    if !PURPOSES.contains(&purpose) {
        return Err(Sentence::new("contests-error-purpose"));
    }
    let is_taken = |name: &str| rows.iter().any(|row| row.purpose == name);
    if purpose == "other" {
        let numbered = (2..).map(|number| format!("other_{number}"));
        let free = std::iter::once(purpose.to_owned()).chain(numbered).find(|name| !is_taken(name));
        return free.ok_or_else(|| Sentence::new("contests-error-purpose"));
    }
    if is_taken(purpose) {
        Err(Sentence::new("contests-error-purpose-taken"))
    } else {
        Ok(purpose.to_owned())
    }
}
