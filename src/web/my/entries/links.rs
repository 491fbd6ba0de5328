//! Putting another link in the place of a dead one.

use std::sync::Arc;

use actix_web::{HttpResponse, web::Path};

use super::{
    overview::entry_id,
    show::{Mending, again},
};
use crate::{
    base::{ids::LinkRepairId, sentence::Sentence},
    features::links::mend_link,
    web::{
        error::WebError,
        form::{AppData, Form},
        visitor::SignedIn,
    },
};

pub async fn mend(
    app: AppData,
    signed: SignedIn,
    ids: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (entry, repair) = ids.into_inner();
    let entry = entry_id(&entry)?;
    let id: LinkRepairId = repair.parse().map_err(|_| WebError::NotFound)?;
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let typed = form.get("address").to_owned();
    let sent = typed.clone();
    let done = app.db.write(move |db| mend_link(db, &person, &id, &sent, now)).await;
    match done.map_err(WebError::from) {
        Ok(revision) => {
            let said = Sentence::new("links-said-mended").with("code", revision.receipt_code);
            Ok(signed.visitor.redirect(&app, &format!("/my/entries/{entry}"), Some(("ok", said))))
        }
        Err(error @ WebError::Invalid(_)) => {
            let error = error.sentence().said(signed.visitor.words.lang);
            again(&app, &signed, entry.as_str(), Mending { repair, typed, error }).await
        }
        Err(error) => Err(error),
    }
}
