use serde_json::json;

use crate::{
    base::{clock::Moment, ids::OfficeId},
    features::{
        accounts::{Actor, Office, store},
        audit::{Happening, append},
    },
    infra::db::Db,
};

crate::act_error! {
    pub enum EndOfficeError {}
}

/// Ends an office now; what was done while it was held stays done.
pub fn end_office<'a>(
    db: &mut Db,
    by: impl Into<Actor<'a>>,
    office: &OfficeId,
    now: Moment,
) -> Result<Office, EndOfficeError> {
    let by = by.into();
    let office = store::find_office(db, office)?.ok_or(EndOfficeError::NotFound)?;
    if !by.answers_for(db, &office.unit_id)? {
        return Err(EndOfficeError::NotFound);
    }
    if office.ends_at.is_some_and(|end| end <= now) {
        return Ok(office);
    }
    let office = Office { ends_at: Some(now), ..office };
    store::save_office(db, &office)?;
    append(
        db,
        &Happening {
            contest: None,
            by: by.id(),
            action: "office.end",
            subject: ("account", office.account_id.as_str()),
            before: None,
            after: None,
            details: json!({ "unit": office.unit_id, "role": office.role }),
        },
        now,
    )?;
    Ok(office)
}
