//! "Give me the next entry", in rounds whose judges ask for entries one by one.

use std::sync::Arc;

use actix_web::{HttpResponse, web::Path};

use super::{list_href, pool_id, sheet_href};
use crate::{
    features::{
        judging::pull_next,
        refusal::{Refusal, Refused as _},
    },
    web::{
        error::WebError,
        form::{AppData, Form},
        visitor::SignedIn,
    },
};

pub async fn next(
    app: AppData,
    signed: SignedIn,
    pool: Path<String>,
    _form: Form,
) -> Result<HttpResponse, WebError> {
    let (id, person, now) = (pool_id(&pool)?, Arc::clone(&signed.person), signed.visitor.words.now);
    let of = id.clone();
    match app.db.write(move |db| pull_next(db, &person, &of, now)).await {
        Ok(entry) => Ok(signed.visitor.redirect(&app, &sheet_href(&id, &entry), None)),
        Err(error) => match error.refusal() {
            Refusal::Said(sentence) => {
                Ok(signed.visitor.redirect(&app, &list_href(&id), Some(("wait", sentence))))
            }
            refusal => Err(refusal.into()),
        },
    }
}
