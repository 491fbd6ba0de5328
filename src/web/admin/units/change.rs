//! A unit is renamed, moved, merged into another or closed, from a day on.

use actix_web::{HttpResponse, web::Path};

use super::{
    super::{Administrator, day::date},
    fields::UnitFields,
    show::{UnitPage, read},
};
use crate::{
    base::{
        ids::UnitId,
        sentence::{FieldErrors, Sentence},
    },
    features::{
        refusal::Refused,
        units::{
            TreeError,
            changes::{change_unit, close_unit, merge_units},
            views::find_by_code,
        },
    },
    infra::db::Db,
    web::{
        error::WebError,
        form::{AppData, Form},
    },
};

pub async fn change(
    app: AppData,
    administrator: Administrator,
    unit: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let Administrator { visitor, keeper, .. } = administrator;
    let id: UnitId = unit.parse().map_err(|_| WebError::NotFound)?;
    let fields = UnitFields::typed(&form);
    let (typed, now) = (fields.clone(), app.clock.now());
    let act = move |db: &mut Db| -> Result<_, TreeError> {
        let read = typed.read(db)?;
        change_unit(db, &keeper, &id, &read, now)
    };
    match app.db.write(act).await {
        Ok(unit) => {
            let to = format!("/admin/units/{}", unit.id);
            Ok(visitor.redirect(&app, &to, Some(("ok", Sentence::new("admin-units-changed")))))
        }
        Err(error) => {
            let page = UnitPage { form: "change".to_owned(), ..read(&app, &visitor, &unit).await? };
            page.again(&app, &visitor, fields, error.refusal())
        }
    }
}

pub async fn merge(
    app: AppData,
    administrator: Administrator,
    unit: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let Administrator { visitor, keeper, .. } = administrator;
    let id: UnitId = unit.parse().map_err(|_| WebError::NotFound)?;
    let (code, typed_day) = (form.get("into_code").trim().to_owned(), form.get("merge_on").to_owned());
    let (note, now) = (form.get("note").chars().take(300).collect::<String>(), app.clock.now());
    let is_sure = !form.get("sure").is_empty();
    let (into_code, day) = (code.clone(), typed_day.clone());
    let act = move |db: &mut Db| -> Result<_, TreeError> {
        let mut errors = FieldErrors::default();
        let as_of = errors.take("merge_on", date(&day));
        let into = find_by_code(db, &into_code)?;
        if into.is_none() {
            errors.add("into_code", Sentence::new("admin-units-no-such-code"));
        }
        if !is_sure {
            errors.add("sure", Sentence::new("admin-units-unsure"));
        }
        let (as_of, into) = errors.or(|| Some((as_of?, into?)))?;
        merge_units(db, &keeper, std::slice::from_ref(&id), &into.id, as_of, &note, now)
    };
    match app.db.write(act).await {
        Ok(into) => {
            let to = format!("/admin/units/{}", into.id);
            Ok(visitor.redirect(&app, &to, Some(("ok", Sentence::new("admin-units-merged")))))
        }
        Err(error) => {
            let page = read(&app, &visitor, &unit).await?;
            let fields = UnitFields { as_of: typed_day, ..page.fields.clone() };
            let page = UnitPage { form: "merge".to_owned(), into_code: code, ..page };
            page.again(&app, &visitor, fields, error.refusal())
        }
    }
}

pub async fn close(
    app: AppData,
    administrator: Administrator,
    unit: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let Administrator { visitor, keeper, .. } = administrator;
    let id: UnitId = unit.parse().map_err(|_| WebError::NotFound)?;
    let typed_day = form.get("close_on").to_owned();
    let (day, is_sure) = (typed_day.clone(), !form.get("sure").is_empty());
    let (note, now) = (form.get("note").chars().take(300).collect::<String>(), app.clock.now());
    let act = move |db: &mut Db| -> Result<_, TreeError> {
        let mut errors = FieldErrors::default();
        let as_of = errors.take("close_on", date(&day));
        if !is_sure {
            errors.add("sure", Sentence::new("admin-units-unsure"));
        }
        let as_of = errors.or(|| as_of)?;
        close_unit(db, &keeper, &id, as_of, &note, now)
    };
    match app.db.write(act).await {
        Ok(unit) => {
            let to = format!("/admin/units/{}", unit.id);
            Ok(visitor.redirect(&app, &to, Some(("ok", Sentence::new("admin-units-closed")))))
        }
        Err(error) => {
            let page = read(&app, &visitor, &unit).await?;
            let fields = UnitFields { as_of: typed_day, ..page.fields.clone() };
            let page = UnitPage { form: "close".to_owned(), ..page };
            page.again(&app, &visitor, fields, error.refusal())
        }
    }
}
