//! One category, new or old.

use actix_web::{HttpResponse, web::Path};

use super::{
    form_page::{Control, Group},
    frame::{Crumb, FormSpec, Held, answer, hold, save as save_with, show_form},
    reading::put,
    rows::row_id,
};
use crate::{
    base::ids::CategoryId,
    features::contests::{
        change::{CategoryForm, save_category},
        checklist::Part,
        text_rules::MAX_NAME,
    },
    web::{
        error::WebError,
        form::{AppData, Form},
        visitor::SignedIn,
        words::Words,
    },
};

pub async fn edit(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (slug, id) = path.into_inner();
    let held = hold(&app, &signed, &slug).await?;
    let spec = spec(&held, row_id(&id)?.as_ref(), &signed.visitor.words)?;
    show_form(&app, &signed.visitor, &held, spec)
}

pub async fn save(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (slug, id) = path.into_inner();
    let id = row_id(&id)?;
    let category = CategoryForm {
        id: id.clone(),
        name: form.get("name").to_owned(),
        name_en: form.get("name_en").to_owned(),
        description: form.get("description").to_owned(),
    };
    let saved = save_with(&app, &signed, &slug, &form, Ok(category), save_category).await?;
    let held = hold(&app, &signed, &slug).await?;
    let spec = spec(&held, id.as_ref(), &signed.visitor.words)?;
    answer(&app, &signed.visitor, &held, spec, &form, saved, &held.href(Part::Categories))
}

fn spec(held: &Held, id: Option<&CategoryId>, words: &Words) -> Result<FormSpec, WebError> {
    let say = |key: &str| words.say(key);
    let list = held.href(Part::Categories);
    let mut stored = Vec::new();
    let found = id.and_then(|id| held.declared.categories.iter().find(|row| row.id == *id));
    if let Some(row) = found {
        put(&mut stored, "name", &row.name);
        put(&mut stored, "name_en", &row.name_en);
        put(&mut stored, "description", &row.description);
    } else if id.is_some() {
        return Err(WebError::NotFound);
    }
    Ok(FormSpec {
        part: Part::Categories,
        title: say(if id.is_some() { "setup-category-edit" } else { "setup-category-new" }),
        lead: String::new(),
        action: format!("{list}/{}", id.map_or("new", CategoryId::as_str)),
        back: Some(Crumb { href: list, label: say("setup-part-categories") }),
        groups: vec![Group::of(vec![
            Control::line("name", say("setup-name")).max(MAX_NAME),
            Control::area("description", say("setup-category-description"), 3).optional(words),
            Control::line("name_en", say("setup-name-en")).max(MAX_NAME).optional(words),
        ])],
        stored,
    })
}
