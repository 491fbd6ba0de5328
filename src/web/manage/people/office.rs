use actix_web::{HttpResponse, web::Path};

use crate::{
    base::{
        ids::{OfficeId, UnitId},
        sentence::Sentence,
    },
    features::accounts::{end_office, offices::EndOfficeError, store},
    infra::db::Db,
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
    let (now, of) = (app.clock.now(), unit.clone());
    let act = move |db: &mut Db| {
        // The unit of the address is the one whose people are looked after.
        let held = store::find_office(db, &office)?.filter(|office| office.unit_id == of);
        end_office(db, person.as_ref(), &held.ok_or(EndOfficeError::NotFound)?.id, now)
    };
    app.db.write(act).await?;
    let to = format!("/manage/units/{unit}/people");
    Ok(visitor.redirect(&app, &to, Some(("ok", Sentence::new("people-office-ended")))))
}
