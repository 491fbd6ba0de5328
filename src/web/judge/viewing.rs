//! What a judge's page tells about what was looked at.

use std::{collections::HashMap, sync::Arc};

use actix_web::{HttpResponse, web::Path};

use super::place;
use crate::{
    base::ids::AttachmentId,
    features::judging::viewing::{Ranges, RecordViewingError, record_viewing},
    web::{
        error::WebError,
        form::{AppData, Form},
        visitor::SignedIn,
    },
};

pub async fn record(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (pool, entry) = place(&path)?;
    let batch: HashMap<AttachmentId, Ranges> = form
        .pairs()
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix("seen-")?.parse().ok()?, Ranges::read(value))))
        .collect();
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let done = app.db.write(move |db| record_viewing(db, &person, &pool, &entry, &batch, now)).await;
    match done {
        // The round may have stopped asking while the page was open.
        Ok(()) | Err(RecordViewingError::NotKept) => Ok(HttpResponse::NoContent().finish()),
        Err(error) => Err(error.into()),
    }
}
