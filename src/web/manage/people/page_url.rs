use actix_web::{HttpResponse, web::Path};

use super::list::{Asked, Typed, read};
use crate::{
    base::{ids::UnitId, sentence::Sentence},
    features::{refusal::Refused, units::changes::set_page_url},
    web::{
        error::WebError,
        form::{AppData, Form},
        visitor::SignedIn,
    },
};

/// The unit's own page: reading the page of its people is the proof that somebody answers for the unit.
pub async fn save(
    app: AppData,
    signed: SignedIn,
    unit: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let SignedIn { visitor, person } = signed;
    let page = read(&app, &visitor, &person, &unit, Asked::default()).await?;
    let unit: UnitId = unit.parse().map_err(|_| WebError::NotFound)?;
    let typed =
        Typed { form: "page".to_owned(), page_url: form.get("page_url").to_owned(), ..Typed::default() };
    let (by, address, now) = (person.id.clone(), typed.page_url.clone(), app.clock.now());
    match app.db.write(move |db| set_page_url(db, Some(&by), &unit, &address, now)).await {
        Ok(_) => Ok(visitor.redirect(&app, &page.href, Some(("ok", Sentence::new("people-page-url-saved"))))),
        Err(error) => page.again(&app, &visitor, typed, error.refusal()),
    }
}
