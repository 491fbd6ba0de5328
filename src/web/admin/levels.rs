//! The tiers of the tree: their names, the words that files use for them, their order.

use actix_web::{HttpResponse, http::StatusCode};
use serde::Serialize;

use super::Administrator;
use crate::{
    base::sentence::{FieldErrors, Sentence},
    features::{
        refusal::{Refusal, Refused},
        units::{
            Level, LevelCode,
            changes::abolish_level,
            levels::{LevelForm, add_level, save_levels},
            views::list_levels,
        },
    },
    web::{
        app::App,
        error::WebError,
        form::{AppData, Form, ShownErrors},
        render::Page,
        visitor::Visitor,
    },
};

#[derive(Debug, Default, Serialize)]
pub struct LevelsPage {
    pub levels: Vec<LevelRow>,
    pub new_code: String,
    pub new_name: String,
    pub new_name_en: String,
    pub new_aliases: String,
    pub abolish_on: String,
    pub errors: ShownErrors,
    pub refused: String,
}

#[derive(Debug, Serialize)]
pub struct LevelRow {
    pub code: String,
    pub order: String,
    pub name: String,
    pub name_en: String,
    pub aliases: String,
    pub name_error: String,
    pub aliases_error: String,
}

impl Page for LevelsPage {
    const TEMPLATE: &'static str = "admin/levels.html";
}

pub async fn show(app: AppData, administrator: Administrator) -> Result<HttpResponse, WebError> {
    let page = read(&app).await?;
    app.page(&administrator.visitor, &page)
}

async fn read(app: &App) -> Result<LevelsPage, WebError> {
    let levels = app.db.read(list_levels).await?;
    let levels = (1..).zip(levels).map(|(order, level): (i32, Level)| LevelRow {
        order: order.to_string(),
        name: level.name,
        name_en: level.name_en,
        aliases: level.aliases.join(", "),
        code: level.code.as_str().to_owned(),
        name_error: String::new(),
        aliases_error: String::new(),
    });
    let today = app.clock.now().date().to_string();
    Ok(LevelsPage { levels: levels.collect(), abolish_on: today, ..LevelsPage::default() })
}

/// The rows as they were typed, with the number that puts each in its place.
fn typed(form: &Form) -> Vec<(i64, LevelForm)> {
    let (names, in_english, aliases) = (form.all("name"), form.all("name_en"), form.all("aliases"));
    let orders = form.all("order");
    let text = |list: &[&str], at: usize| list.get(at).copied().unwrap_or_default().to_owned();
    let rows = form.all("code").into_iter().enumerate().map(|(at, code)| {
        let level = LevelForm {
            code: code.to_owned(),
            name: text(&names, at),
            name_en: text(&in_english, at),
            aliases: text(&aliases, at),
        };
        (text(&orders, at).trim().parse().unwrap_or(i64::MAX), level)
    });
    rows.collect()
}

pub async fn save(app: AppData, administrator: Administrator, form: Form) -> Result<HttpResponse, WebError> {
    let Administrator { visitor, keeper, .. } = administrator;
    let mut rows = typed(&form);
    rows.sort_by_key(|(order, _)| *order);
    let levels: Vec<LevelForm> = rows.into_iter().map(|(_, level)| level).collect();
    let (saved, now) = (levels.clone(), app.clock.now());
    match app.db.write(move |db| save_levels(db, &keeper, &saved, now)).await {
        Ok(_) => {
            Ok(visitor.redirect(&app, "/admin/levels", Some(("ok", Sentence::new("admin-levels-saved")))))
        }
        Err(error) => {
            let page = with_typed(read(&app).await?, &levels);
            again(&app, &visitor, page, error.refusal())
        }
    }
}

fn with_typed(page: LevelsPage, levels: &[LevelForm]) -> LevelsPage {
    let levels = (1..).zip(levels).map(|(order, level): (i32, &LevelForm)| LevelRow {
        code: level.code.clone(),
        order: order.to_string(),
        name: level.name.clone(),
        name_en: level.name_en.clone(),
        aliases: level.aliases.clone(),
        name_error: String::new(),
        aliases_error: String::new(),
    });
    LevelsPage { levels: levels.collect(), ..page }
}

pub async fn add(app: AppData, administrator: Administrator, form: Form) -> Result<HttpResponse, WebError> {
    let Administrator { visitor, keeper, .. } = administrator;
    let level = LevelForm {
        code: form.get("code").to_owned(),
        name: form.get("name").to_owned(),
        name_en: form.get("name_en").to_owned(),
        aliases: form.get("aliases").to_owned(),
    };
    let (added, now) = (level.clone(), app.clock.now());
    match app.db.write(move |db| add_level(db, &keeper, &added, now)).await {
        Ok(_) => {
            Ok(visitor.redirect(&app, "/admin/levels", Some(("ok", Sentence::new("admin-levels-added")))))
        }
        Err(error) => {
            let page = LevelsPage {
                new_code: level.code,
                new_name: level.name,
                new_name_en: level.name_en,
                new_aliases: level.aliases,
                ..read(&app).await?
            };
            again(&app, &visitor, page, error.refusal())
        }
    }
}

/// Closes every unit of a level, from a day on. The box has to be ticked, because it concerns hundreds of units.
pub async fn abolish(
    app: AppData,
    administrator: Administrator,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let Administrator { visitor, keeper, .. } = administrator;
    let page = LevelsPage { abolish_on: form.get("as_of").to_owned(), ..read(&app).await? };
    let Ok(as_of) = form.get("as_of").trim().parse() else {
        let errors = FieldErrors::one("as_of", Sentence::new("admin-date-invalid"));
        return again(&app, &visitor, page, Refusal::Invalid(errors));
    };
    if form.get("sure").is_empty() {
        let errors = FieldErrors::one("sure", Sentence::new("admin-levels-abolish-unsure"));
        return again(&app, &visitor, page, Refusal::Invalid(errors));
    }
    let (level, now) = (LevelCode::new(form.get("level")), app.clock.now());
    match app.db.write(move |db| abolish_level(db, &keeper, &level, None, as_of, now)).await {
        Ok(count) => {
            let said = Sentence::new("admin-levels-abolished").with("count", count);
            Ok(visitor.redirect(&app, "/admin/levels", Some(("ok", said))))
        }
        Err(error) => again(&app, &visitor, page, error.refusal()),
    }
}

fn again(
    app: &App,
    visitor: &Visitor,
    mut page: LevelsPage,
    refusal: Refusal,
) -> Result<HttpResponse, WebError> {
    match refusal {
        Refusal::Invalid(errors) => {
            page.errors = ShownErrors::new(&errors, &visitor.words);
            for row in &mut page.levels {
                let error = |field: &str| page.errors.by_field.get(&format!("{field}-{}", row.code)).cloned();
                row.name_error = error("name").or_else(|| error("name_en")).unwrap_or_default();
                row.aliases_error = error("aliases").unwrap_or_default();
            }
            app.page_with(StatusCode::UNPROCESSABLE_ENTITY, visitor, &page)
        }
        Refusal::Said(sentence) => {
            page.refused = sentence.said(visitor.words.lang);
            app.page_with(StatusCode::CONFLICT, visitor, &page)
        }
        other => Err(other.into()),
    }
}
