use serde_json::json;

use super::TreeError;
use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, UnitId},
        sentence::{FieldErrors, Sentence},
    },
    features::{
        audit::{Happening, append},
        units::{Unit, store},
    },
    infra::db::Db,
};

const MAX_CHARS: usize = 300;

/// The unit's own page elsewhere, its fanpage perhaps. Whoever calls this has found that `by` answers for the unit.
pub fn set_page_url(
    db: &mut Db,
    by: Option<&AccountId>,
    unit: &UnitId,
    typed: &str,
    now: Moment,
) -> Result<Unit, TreeError> {
    let unit = store::find(db, unit)?.ok_or(TreeError::NotFound)?;
    let typed = typed.trim();
    let is_web = typed.starts_with("https://") || typed.starts_with("http://");
    let is_plain = !typed.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"'`\\".contains(c));
    if !typed.is_empty() && (!is_web || !is_plain || typed.chars().count() > MAX_CHARS) {
        return Err(FieldErrors::one("page_url", Sentence::new("units-page-url-invalid")).into());
    }
    let unit = Unit { page_url: (!typed.is_empty()).then(|| typed.to_owned()), ..unit };
    store::save(db, &unit)?;
    append(
        db,
        &Happening {
            contest: None,
            by,
            action: "unit.set_page_url",
            subject: ("unit", unit.id.as_str()),
            before: None,
            after: None,
            details: json!({ "page_url": unit.page_url }),
        },
        now,
    )?;
    Ok(unit)
}
