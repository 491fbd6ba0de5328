//! Changing one's password; also the gate after a password that somebody else has read.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use serde::{Deserialize, Serialize};

use crate::{
    base::sentence::{FieldErrors, Sentence},
    features::accounts::{self, Account, Person, password, people::change_password},
    web::{
        app::App,
        error::WebError,
        form::{AppData, Form, ShownErrors, query},
        render::Page,
        signing_in::{hash, is_right},
        site::own_address,
        visitor::{SignedIn, Visitor},
    },
};

#[derive(Debug, Default, Serialize)]
pub struct PasswordPage {
    pub next: String,
    pub must_change: bool,
    pub min: usize,
    pub errors: ShownErrors,
}

impl Page for PasswordPage {
    const TEMPLATE: &'static str = "my/account/password.html";
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    next: String,
}

pub async fn show(app: AppData, signed: SignedIn, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let asked: Asked = query(&request);
    app.page(&signed.visitor, &page(&signed.person, &asked.next))
}

fn page(person: &Person, next: &str) -> PasswordPage {
    PasswordPage {
        next: next.to_owned(),
        must_change: person.password_must_change,
        min: password::MIN_CHARS,
        ..PasswordPage::default()
    }
}

pub async fn change(app: AppData, signed: SignedIn, form: Form) -> Result<HttpResponse, WebError> {
    let SignedIn { visitor, person } = signed;
    let page = page(&person, form.get("next"));
    let errors = wrong_with(&form);
    if !errors.is_empty() {
        return again(&app, &visitor, page, &errors);
    }
    let id = person.id.clone();
    let account = app.db.read(move |db| accounts::store::find(db, &id)).await?;
    let known = account.and_then(|account: Account| account.password_hash);
    if !is_right(form.get("old_password"), known.clone()).await? {
        let errors = FieldErrors::one("old_password", Sentence::new("accounts-password-old-wrong"));
        return again(&app, &visitor, page, &errors);
    }
    let new_hash = hash(form.get("password")).await?;
    let now = app.clock.now();
    app.db.write(move |db| change_password(db, &person, known.as_deref(), &new_hash, now)).await?;
    let next = own_address(&page.next);
    let to = if next == "/" { "/my/account" } else { next };
    Ok(visitor.redirect(&app, to, Some(("ok", Sentence::new("accounts-password-changed")))))
}

fn wrong_with(form: &Form) -> FieldErrors {
    let new = form.get("password");
    let mut errors = FieldErrors::default();
    if form.get("old_password").is_empty() {
        errors.add("old_password", Sentence::new("accounts-password-old-missing"));
    }
    if let Err(sentence) = password::check(new) {
        errors.add("password", sentence);
    } else if new == form.get("old_password") {
        errors.add("password", Sentence::new("accounts-password-unchanged"));
    }
    if errors.is_empty() && new != form.get("password_again") {
        errors.add("password_again", Sentence::new("accounts-password-again-differs"));
    }
    errors
}

fn again(
    app: &App,
    visitor: &Visitor,
    page: PasswordPage,
    errors: &FieldErrors,
) -> Result<HttpResponse, WebError> {
    let errors = ShownErrors::new(errors, &visitor.words);
    app.page_with(StatusCode::UNPROCESSABLE_ENTITY, visitor, &PasswordPage { errors, ..page })
}
