//! Taking one's own entry back, or dropping a draft. The form has a box to tick, so that it works without script too.

use std::sync::Arc;

use actix_web::{HttpResponse, web::Path};

use super::overview::read_own;
use crate::{
    base::sentence::Sentence,
    features::entries::withdraw_entry,
    web::{
        error::WebError,
        form::{AppData, Form},
        visitor::SignedIn,
    },
};

pub async fn withdraw(
    app: AppData,
    signed: SignedIn,
    id: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let entry = read_own(&app, &signed.person, &id, |_, _| Ok(())).await?.0.entry.id;
    let visitor = &signed.visitor;
    let back = format!("/my/entries/{entry}");
    if !form.has("sure") {
        return Ok(visitor.redirect(
            &app,
            &back,
            Some(("wait", Sentence::new("entries-said-withdraw-unsure"))),
        ));
    }
    let (person, now) = (Arc::clone(&signed.person), visitor.words.now);
    let withdrawn = app.db.write(move |db| withdraw_entry(db, &person, &entry, now)).await;
    match withdrawn.map_err(WebError::from) {
        Ok(entry) if entry.submitted_at.is_none() => {
            Ok(visitor.redirect(&app, "/my/entries", Some(("ok", Sentence::new("entries-said-dropped")))))
        }
        Ok(_) => Ok(visitor.redirect(&app, &back, Some(("ok", Sentence::new("entries-said-withdrawn"))))),
        Err(WebError::Refused(sentence)) => Ok(visitor.redirect(&app, &back, Some(("no", sentence)))),
        Err(error) => Err(error),
    }
}
