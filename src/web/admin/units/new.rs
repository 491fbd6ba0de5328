use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use serde::{Deserialize, Serialize};

use super::{
    super::Administrator,
    fields::{UnitFields, kind_choices, level_choices},
    list::Choice,
};
use crate::{
    base::{ids::UnitId, sentence::Sentence},
    features::{
        refusal::{Refusal, Refused},
        units::{NewUnit, TreeError, add_unit, store, views::list_levels},
    },
    infra::db::{Db, DbError},
    web::{
        app::App,
        error::WebError,
        form::{AppData, Form, ShownErrors, query},
        render::Page,
        visitor::Visitor,
    },
};

#[derive(Debug, Serialize)]
pub struct NewUnitPage {
    pub fields: UnitFields,
    pub levels: Vec<Choice>,
    pub kinds: Vec<Choice>,
    pub errors: ShownErrors,
    pub refused: String,
}

impl Page for NewUnitPage {
    const TEMPLATE: &'static str = "admin/units/new.html";
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    below: String,
}

pub async fn show(
    app: AppData,
    administrator: Administrator,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let asked: Asked = query(&request);
    let below: Option<UnitId> = asked.below.parse().ok();
    let parent = match below {
        Some(below) => app.db.read(move |db| store::find(db, &below)).await?,
        None => None,
    };
    let fields = UnitFields {
        parent_code: parent.map(|parent| parent.code).unwrap_or_default(),
        kind: "territorial".to_owned(),
        as_of: app.clock.now().date().to_string(),
        ..UnitFields::default()
    };
    let page = page(&app, &administrator.visitor, fields).await?;
    app.page(&administrator.visitor, &page)
}

async fn page(app: &App, visitor: &Visitor, fields: UnitFields) -> Result<NewUnitPage, WebError> {
    let levels = app.db.read(|db| -> Result<_, DbError> { list_levels(db) }).await?;
    Ok(NewUnitPage {
        levels: level_choices(&levels, &fields.level, &visitor.words),
        kinds: kind_choices(&fields.kind, &visitor.words),
        fields,
        errors: ShownErrors::default(),
        refused: String::new(),
    })
}

pub async fn add(app: AppData, administrator: Administrator, form: Form) -> Result<HttpResponse, WebError> {
    let Administrator { visitor, keeper, .. } = administrator;
    let fields = UnitFields::typed(&form);
    let (typed, now) = (fields.clone(), app.clock.now());
    let act = move |db: &mut Db| -> Result<_, TreeError> {
        let read = typed.read(db)?;
        let new = NewUnit {
            code: read.code,
            name: read.name,
            level: read.level,
            kind: read.kind,
            parent_id: read.parent_id,
            valid_from: read.as_of,
        };
        add_unit(db, &keeper, &new, now)
    };
    match app.db.write(act).await {
        Ok(unit) => {
            let to = format!("/admin/units/{}", unit.id);
            Ok(visitor.redirect(&app, &to, Some(("ok", Sentence::new("admin-units-added")))))
        }
        Err(error) => {
            let mut page = page(&app, &visitor, fields).await?;
            match error.refusal() {
                Refusal::Invalid(errors) => {
                    page.errors = ShownErrors::new(&errors, &visitor.words);
                    app.page_with(StatusCode::UNPROCESSABLE_ENTITY, &visitor, &page)
                }
                Refusal::Said(sentence) => {
                    page.refused = sentence.said(visitor.words.lang);
                    app.page_with(StatusCode::CONFLICT, &visitor, &page)
                }
                other => Err(other.into()),
            }
        }
    }
}
