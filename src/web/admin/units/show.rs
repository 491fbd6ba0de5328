use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Serialize;

use super::{
    super::Administrator,
    fields::{UnitFields, kind_choices, level_choices},
    list::{Choice, Crumb},
};
use crate::{
    base::ids::UnitId,
    features::{
        refusal::Refusal,
        units::{
            Level, Unit, UnitVersion, store,
            views::{count_children, list_levels, list_versions, path_of},
        },
    },
    infra::db::DbError,
    web::{
        app::App,
        error::WebError,
        form::{AppData, ShownErrors},
        render::Page,
        site::units::level_name,
        visitor::Visitor,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct UnitPage {
    pub href: String,
    pub public_href: String,
    pub people_href: String,
    pub new_below_href: String,
    pub below_href: String,
    pub name: String,
    pub path: Vec<Crumb>,
    pub is_closed: bool,
    pub children: i64,
    pub fields: UnitFields,
    pub levels: Vec<Choice>,
    pub kinds: Vec<Choice>,
    pub versions: Vec<VersionRow>,
    /// Which form was refused: `change`, `merge` or `close`.
    pub form: String,
    pub into_code: String,
    pub errors: ShownErrors,
    pub refused: String,
}

#[derive(Debug, Serialize)]
pub struct VersionRow {
    pub name: String,
    pub code: String,
    pub level: String,
    pub from: String,
    pub to: String,
    pub note: String,
}

impl Page for UnitPage {
    const TEMPLATE: &'static str = "admin/units/show.html";
}

pub async fn show(
    app: AppData,
    administrator: Administrator,
    unit: Path<String>,
) -> Result<HttpResponse, WebError> {
    let page = read(&app, &administrator.visitor, &unit).await?;
    app.page(&administrator.visitor, &page)
}

pub async fn read(app: &App, visitor: &Visitor, unit: &str) -> Result<UnitPage, WebError> {
    let id: UnitId = unit.parse().map_err(|_| WebError::NotFound)?;
    let found = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let Some(unit) = store::find(db, &id)? else { return Ok(None) };
            let versions = list_versions(db, &id)?;
            Ok(Some((unit, path_of(db, &id)?, versions, list_levels(db)?, count_children(db, &id)?)))
        })
        .await?;
    let (unit, path, versions, levels, children) = found.ok_or(WebError::NotFound)?;
    let today = app.clock.now().date().to_string();
    Ok(page_of(&unit, &path, &versions, &levels, children, today, visitor.words))
}

fn page_of(
    unit: &Unit,
    path: &[Unit],
    versions: &[UnitVersion],
    levels: &[Level],
    children: i64,
    today: String,
    words: Words,
) -> UnitPage {
    let fields = UnitFields {
        code: unit.code.clone(),
        name: unit.name.clone(),
        level: unit.level.as_str().to_owned(),
        kind: unit.kind.to_string(),
        parent_code: path.get(1).map(|parent| parent.code.clone()).unwrap_or_default(),
        as_of: today,
        note: String::new(),
    };
    let crumb =
        |unit: &Unit| Crumb { href: format!("/admin/units?below={}", unit.id), name: unit.name.clone() };
    let version = |version: &UnitVersion| VersionRow {
        name: version.name.clone(),
        code: version.code.clone(),
        level: level_name(levels, &version.level, &words),
        from: words.date(version.valid_from),
        to: version.valid_to.map(|day| words.date(day)).unwrap_or_default(),
        note: version.note.clone(),
    };
    UnitPage {
        href: format!("/admin/units/{}", unit.id),
        public_href: format!("/units/{}", unit.id),
        people_href: format!("/manage/units/{}/people", unit.id),
        new_below_href: format!("/admin/units/new?below={}", unit.id),
        below_href: format!("/admin/units?below={}", unit.id),
        name: unit.name.clone(),
        path: path.iter().skip(1).rev().map(crumb).collect(),
        is_closed: unit.valid_to.is_some(),
        children,
        levels: level_choices(levels, &fields.level, &words),
        kinds: kind_choices(&fields.kind, &words),
        fields,
        versions: versions.iter().map(version).collect(),
        form: String::new(),
        into_code: String::new(),
        errors: ShownErrors::default(),
        refused: String::new(),
    }
}

impl UnitPage {
    /// The page again after a refusal, with what was typed.
    pub fn again(
        mut self,
        app: &App,
        visitor: &Visitor,
        fields: UnitFields,
        refusal: Refusal,
    ) -> Result<HttpResponse, WebError> {
        for level in &mut self.levels {
            level.chosen = level.value == fields.level;
        }
        for kind in &mut self.kinds {
            kind.chosen = kind.value == fields.kind;
        }
        self.fields = fields;
        match refusal {
            Refusal::Invalid(errors) => {
                self.errors = ShownErrors::new(&errors, &visitor.words);
                app.page_with(StatusCode::UNPROCESSABLE_ENTITY, visitor, &self)
            }
            Refusal::Said(sentence) => {
                self.refused = sentence.said(visitor.words.lang);
                app.page_with(StatusCode::CONFLICT, visitor, &self)
            }
            other => Err(other.into()),
        }
    }
}
