//! The form that publishes.

use actix_web::{HttpResponse, http::StatusCode, web::Path};

use super::show::{Found, Target, Typed, find_contest, find_pool, page, read};
use crate::{
    base::sentence::{FieldErrors, Sentence},
    features::{
        accounts::Person,
        publication::{self, NewPublication, Publication, PublishError},
        refusal::{Refusal, Refused},
    },
    infra::db::Db,
    web::{
        app::App,
        error::WebError,
        form::{AppData, Form},
        visitor::SignedIn,
    },
};

pub async fn publish_pool(
    app: AppData,
    signed: SignedIn,
    path: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    publish(&app, &signed, path.into_inner(), form, find_pool).await
}

pub async fn publish_contest(
    app: AppData,
    signed: SignedIn,
    path: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    publish(&app, &signed, path.into_inner(), form, find_contest).await
}

async fn publish(
    app: &App,
    signed: &SignedIn,
    id: String,
    form: Form,
    find: fn(&mut Db, &Person, &str) -> Result<Found, WebError>,
) -> Result<HttpResponse, WebError> {
    let found = read(app, signed, id.clone(), find).await?;
    let outcome = if form.has("confirm") {
        write(app, signed, &found.target, &form).await
    } else {
        let sentence = Sentence::new("publish-invalid-confirm");
        Err(PublishError::Invalid(FieldErrors::one("confirm", sentence)))
    };
    let refusal = match outcome {
        Ok(publication) => {
            let shown = page(&signed.visitor.words, &found, &Typed::default());
            let said = Sentence::new("publish-done").with("version", publication.version);
            return Ok(signed.visitor.redirect(app, &shown.public_href, Some(("ok", said))));
        }
        Err(error) => error.refusal(),
    };
    let (status, errors, refused) = match refusal {
        Refusal::Invalid(errors) => (StatusCode::UNPROCESSABLE_ENTITY, errors, String::new()),
        Refusal::Said(sentence) => {
            (StatusCode::CONFLICT, FieldErrors::default(), sentence.said(signed.visitor.words.lang))
        }
        Refusal::NotFound => return Err(WebError::NotFound),
        Refusal::Database(error) => return Err(error.into()),
    };
    // Read again: what refused may be what somebody else has published meanwhile.
    let found = read(app, signed, id, find).await?;
    let shown = page(&signed.visitor.words, &found, &Typed { form, errors, refused });
    app.page_with(status, &signed.visitor, &shown)
}

async fn write(
    app: &App,
    signed: &SignedIn,
    target: &Target,
    form: &Form,
) -> Result<Publication, PublishError> {
    let new = NewPublication {
        reason: form.get("reason").to_owned(),
        replaces: form.get("replaces").parse().unwrap_or(0),
        show_chosen: form.has("show_chosen"),
    };
    let (person, now) = (signed.person.clone(), app.clock.now());
    match target {
        Target::Pool(opened) => {
            let pool = opened.pool.id.clone();
            let act = move |db: &mut Db| publication::publish_pool(db, &person, &pool, &new, now);
            app.db.write(act).await
        }
        Target::Contest(contest) => {
            let contest = contest.id.clone();
            let act = move |db: &mut Db| publication::publish_contest(db, &person, &contest, &new, now);
            app.db.write(act).await
        }
    }
}
