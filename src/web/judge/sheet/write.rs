//! Saving and submitting: by the script at every pause, by the buttons with or without it.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Path};
use serde_json::json;

use super::page::{Refused, SheetFacts};
use crate::{
    base::{
        ids::{EntryId, PoolId},
        sentence::{FieldErrors, Sentence},
    },
    features::{
        judging::{TypedSheet, put_aside, save_sheet, sheets::SaveSheetError, submit_sheet},
        refusal::{Refusal, Refused as _},
    },
    web::{
        error::WebError,
        failure::is_fetch,
        form::{AppData, Form},
        judge::{list_href, place, sheet_href},
        visitor::SignedIn,
    },
};

pub async fn autosave(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (pool, entry) = place(&path)?;
    let typed = typed_sheet(&form);
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let words = &signed.visitor.words;
    match app.db.write(move |db| save_sheet(db, &person, &pool, &entry, &typed, now)).await {
        Ok(saved) => {
            let saved_at = words.clock_time(saved.saved_at);
            Ok(HttpResponse::Ok().json(json!({ "saved_at": saved_at, "edition": saved.edition })))
        }
        Err(error) => not_taken(error, &signed),
    }
}

/// The form's two buttons: `save` puts the sheet aside and goes on, `submit` is the last word and goes on.
pub async fn submit(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    request: HttpRequest,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (pool, entry) = place(&path)?;
    let typed = typed_sheet(&form);
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let is_last_word = form.get("act") != "save";
    let done = {
        let (pool, entry, typed) = (pool.clone(), entry.clone(), typed.clone());
        app.db
            .write(move |db| -> Result<(Option<EntryId>, Option<i32>), SaveSheetError> {
                if is_last_word {
                    let given = submit_sheet(db, &person, &pool, &entry, &typed, now)?;
                    return Ok((given.next, Some(given.edition)));
                }
                Ok((put_aside(db, &person, &pool, &entry, &typed, now)?, None))
            })
            .await
    };
    let is_script = is_fetch(&request);
    match done {
        Ok((next, edition)) => {
            let said = Sentence::new(if is_last_word { "judge-submitted" } else { "judge-put-aside" });
            let to = next.map_or_else(|| list_href(&pool), |next| sheet_href(&pool, &next));
            if !is_script {
                return Ok(signed.visitor.redirect(&app, &to, Some(("ok", said))));
            }
            let mut answer = HttpResponse::Ok();
            // What a device hands in later, it says on whatever page is open then.
            if form.get("act") != "later" {
                answer.cookie(signed.visitor.flash_cookie(&app, "ok", &said));
            }
            Ok(answer.json(json!({ "next": to, "edition": edition })))
        }
        Err(error) if is_script => not_taken(error, &signed),
        Err(error) => show_again(&app, &signed, (pool, entry), typed, error).await,
    }
}

/// For a script: `both` means that there are two versions, and the judge has to choose.
fn not_taken(error: SaveSheetError, signed: &SignedIn) -> Result<HttpResponse, WebError> {
    match error {
        SaveSheetError::SavedElsewhere => {
            let message = signed.visitor.words.say("judging-refused-saved-elsewhere");
            Ok(HttpResponse::Conflict().json(json!({ "message": message, "both": true })))
        }
        error => Err(error.into()),
    }
}

/// The page again with everything that was typed, and why it was not taken.
async fn show_again(
    app: &AppData,
    signed: &SignedIn,
    (pool, entry): (PoolId, EntryId),
    typed: TypedSheet,
    error: SaveSheetError,
) -> Result<HttpResponse, WebError> {
    let words = &signed.visitor.words;
    let was_saved_elsewhere = matches!(error, SaveSheetError::SavedElsewhere);
    let (errors, notice, status) = match error.refusal() {
        Refusal::Invalid(errors) => (errors, String::new(), StatusCode::UNPROCESSABLE_ENTITY),
        Refusal::Said(sentence) => (FieldErrors::default(), sentence.said(words.lang), StatusCode::CONFLICT),
        Refusal::NotFound => return Err(WebError::NotFound),
        Refusal::Database(error) => return Err(error.into()),
    };
    let judge = signed.person.id.clone();
    let kept = app.viewings.clone();
    let facts = app.db.read(move |db| SheetFacts::read(db, &kept, &pool, &entry, &judge)).await?;
    let facts = facts.ok_or(WebError::NotFound)?;
    let refused = Refused { typed, errors, notice, was_saved_elsewhere };
    app.page_with(status, &signed.visitor, &facts.page(Some(&refused), words))
}

fn typed_sheet(form: &Form) -> TypedSheet {
    let of = |prefix: &'static str| {
        form.pairs().iter().filter_map(move |(name, value)| {
            let criterion = name.strip_prefix(prefix)?.parse().ok()?;
            Some((criterion, value.clone()))
        })
    };
    TypedSheet {
        edition: form.get("edition").parse().unwrap_or(0),
        marks: of("mark-").collect(),
        notes: Some(of("note-").collect()),
        save_id: form.get("save").to_owned(),
        comment: form.get("comment").to_owned(),
        private_note: form.get("private_note").to_owned(),
    }
}
