//! Choosing the language: kept in the browser, and with the account of who is signed in.

use actix_web::{HttpResponse, cookie::time::Duration};

use crate::{
    base::lang::Lang,
    features::accounts,
    web::{
        error::WebError,
        form::{AppData, Form},
        visitor::{LANGUAGE_COOKIE, Visitor},
    },
};

pub async fn choose(app: AppData, visitor: Visitor, form: Form) -> Result<HttpResponse, WebError> {
    let lang: Lang = form.get("lang").parse().unwrap_or(visitor.words.lang);
    if let Some(person) = &visitor.person {
        let id = person.id.clone();
        app.db.write(move |db| accounts::store::save_language(db, &id, lang)).await?;
    }
    let mut response = visitor.redirect(&app, own_address(form.get("back")), None);
    let _ = response.add_cookie(&app.cookie(LANGUAGE_COOKIE, lang.as_str(), Duration::days(365)));
    Ok(response)
}

/// Only addresses of ours: `//elsewhere` and `https://…` lead home.
pub fn own_address(back: &str) -> &str {
    let ours = back.starts_with('/') && !back.starts_with("//") && !back.contains(['\\', '\r', '\n']);
    if ours { back } else { "/" }
}
