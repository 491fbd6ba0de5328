//! Signing in and out.

use actix_web::{HttpRequest, HttpResponse, cookie::time::Duration, http::StatusCode};
use serde::{Deserialize, Serialize};

use super::own_address;
use crate::{
    base::{
        lang::Arg,
        sentence::{FieldErrors, Sentence},
    },
    features::accounts::{
        Person, SessionKind,
        signing_in::{DOOR, sign_out as end},
        views::find_person,
    },
    web::{
        app::App,
        error::WebError,
        form::{AppData, Form, ShownErrors, query},
        render::Page,
        signing_in::{self, Attempt, Outcome, SESSION_DAYS, address_of, device_of},
        visitor::{SESSION_COOKIE, SignedIn, Visitor},
    },
};

#[derive(Debug, Default, Serialize)]
pub struct SignInPage {
    pub next: String,
    pub name: String,
    pub errors: ShownErrors,
    /// Why the door stays closed; empty while it is open.
    pub closed: String,
}

impl Page for SignInPage {
    const TEMPLATE: &'static str = "site/sign_in.html";
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    next: String,
}

pub async fn show(app: AppData, visitor: Visitor, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let asked: Asked = query(&request);
    if let Some(person) = &visitor.person {
        return Ok(visitor.redirect(&app, &after_sign_in(person, &asked.next), None));
    }
    app.page(&visitor, &SignInPage { next: asked.next, ..SignInPage::default() })
}

pub async fn sign_in(
    app: AppData,
    visitor: Visitor,
    request: HttpRequest,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (name, password) = (form.get("name"), form.get("password"));
    let page =
        SignInPage { next: form.get("next").to_owned(), name: name.to_owned(), ..SignInPage::default() };
    if let Some(missing) = missing(name, password) {
        return again(&app, &visitor, page, &missing);
    }
    let attempt = Attempt {
        name,
        password,
        address: address_of(&request, &app),
        kind: SessionKind::Browser,
        label: device_of(&request),
    };
    let wrong = |key| FieldErrors::one("name", Sentence::new(key));
    match signing_in::sign_in(&app, attempt).await? {
        Outcome::Started { token, session, .. } => {
            let now = app.clock.now();
            let hash = session.token_hash.clone();
            let person = app.db.read(move |db| find_person(db, &hash, now)).await?;
            let person = person.ok_or(WebError::SignedOut)?;
            let mut response = visitor.redirect(&app, &after_sign_in(&person, &page.next), None);
            set_session(&mut response, &app, &token)?;
            Ok(response)
        }
        Outcome::Wrong => again(&app, &visitor, page, &wrong("accounts-sign-in-wrong")),
        Outcome::Disabled => again(&app, &visitor, page, &wrong("accounts-sign-in-disabled")),
        Outcome::Closed => {
            let minutes = [("minutes", Arg::from(DOOR.minutes))];
            let closed = visitor.words.say_with("accounts-sign-in-closed", &minutes);
            app.page_with(StatusCode::TOO_MANY_REQUESTS, &visitor, &SignInPage { closed, ..page })
        }
    }
}

fn missing(name: &str, password: &str) -> Option<FieldErrors> {
    let mut errors = FieldErrors::default();
    if name.trim().is_empty() {
        errors.add("name", Sentence::new("accounts-sign-in-name-missing"));
    }
    if password.is_empty() {
        errors.add("password", Sentence::new("accounts-sign-in-password-missing"));
    }
    (!errors.is_empty()).then_some(errors)
}

fn again(
    app: &App,
    visitor: &Visitor,
    page: SignInPage,
    errors: &FieldErrors,
) -> Result<HttpResponse, WebError> {
    let errors = ShownErrors::new(errors, &visitor.words);
    app.page_with(StatusCode::UNPROCESSABLE_ENTITY, visitor, &SignInPage { errors, ..page })
}

/// Puts the session into the browser.
pub fn set_session(response: &mut HttpResponse, app: &App, token: &str) -> Result<(), WebError> {
    response
        .add_cookie(&app.cookie(SESSION_COOKIE, token, Duration::days(SESSION_DAYS)))
        .map_err(|error| WebError::Internal(error.into()))
}

/// Where somebody goes who signed in: on to what they wanted, else to where their work is.
fn after_sign_in(person: &Person, next: &str) -> String {
    let next = own_address(next);
    let to = if next != "/" && !next.starts_with("/sign-") {
        next
    } else if person.is_officer() {
        "/manage"
    } else if person.is_administrator {
        "/admin"
    } else {
        "/my"
    };
    if person.password_must_change {
        let query = serde_html_form::to_string([("next", to)]).unwrap_or_default();
        return format!("/my/account/password?{query}");
    }
    to.to_owned()
}

pub async fn sign_out(app: AppData, signed: SignedIn, _: Form) -> Result<HttpResponse, WebError> {
    let SignedIn { visitor, person } = signed;
    let now = app.clock.now();
    app.db.write(move |db| end(db, &person, now)).await?;
    let said = Sentence::new("accounts-signed-out");
    let mut response = visitor.redirect(&app, "/", Some(("ok", said)));
    let _ = response.add_cookie(&app.cookie(SESSION_COOKIE, "", Duration::ZERO));
    Ok(response)
}
