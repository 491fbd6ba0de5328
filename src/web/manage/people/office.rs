use actix_web::{HttpResponse, web::Path};

use crate::{
    base::{
        ids::{OfficeId, UnitId},
        sentence::Sentence,
    },
    features::accounts::end_office,
    web::{
        error::WebError,
        form::{AppData, Form},
        visitor::SignedIn,
    },
};

pub async fn end(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    _: Form,
) -> Result<HttpResponse, WebError> {
    let SignedIn { visitor, person } = signed;
    let (unit, office) = path.into_inner();
    let unit: UnitId = unit.parse().map_err(|_| WebError::NotFound)?;
    let office: OfficeId = office.parse().map_err(|_| WebError::NotFound)?;
    let now = app.clock.now();
    app.db.write(move |db| end_office(db, person.as_ref(), &office, now)).await?;
    let to = format!("/manage/units/{unit}/people");
    Ok(visitor.redirect(&app, &to, Some(("ok", Sentence::new("people-office-ended")))))
}
