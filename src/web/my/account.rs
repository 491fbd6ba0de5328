//! One's own account: who one is here, and what one holds.

use actix_web::{HttpResponse, http::StatusCode};
use serde::Serialize;

use crate::{
    base::sentence::{FieldErrors, Sentence},
    features::{
        accounts::{
            self, Account, Details, Office, OfficeRole, Person, people::change_details, views::list_offices,
        },
        refusal::{Refusal, Refused},
        units,
    },
    infra::db::DbError,
    web::{
        app::App,
        error::WebError,
        form::{AppData, Form, ShownErrors},
        render::Page,
        signing_in::is_right,
        visitor::{SignedIn, Visitor},
        words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct AccountPage {
    pub full_name: String,
    pub phone: String,
    pub email: String,
    pub offices: Vec<OfficeRow>,
    pub is_administrator: bool,
    pub errors: ShownErrors,
}

#[derive(Debug, Serialize)]
pub struct OfficeRow {
    pub role: String,
    pub title: String,
    pub unit: String,
    pub unit_href: String,
    pub since: String,
    pub until: String,
    pub is_held: bool,
}

impl Page for AccountPage {
    const TEMPLATE: &'static str = "my/account/show.html";
}

pub async fn show(app: AppData, signed: SignedIn) -> Result<HttpResponse, WebError> {
    let (_, page) = read(&app, &signed.visitor, &signed.person).await?;
    app.page(&signed.visitor, &page)
}

async fn read(app: &App, visitor: &Visitor, person: &Person) -> Result<(Account, AccountPage), WebError> {
    let id = person.id.clone();
    let (account, offices, paths) = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let account = accounts::store::find(db, &id)?;
            let offices = list_offices(db, &id)?;
            let units: Vec<_> = offices.iter().map(|office| office.unit_id.clone()).collect();
            Ok((account, offices, units::views::paths_of(db, &units)?))
        })
        .await?;
    let account = account.ok_or(WebError::SignedOut)?;
    let words = visitor.words;
    let rows = offices.iter().map(|office| {
        let path = paths.get(&office.unit_id).map(Vec::as_slice).unwrap_or_default();
        let names: Vec<&str> = path.iter().take(3).map(|step| step.name.as_str()).collect();
        office_row(office, names.join(", "), words)
    });
    let page = AccountPage {
        full_name: account.full_name.clone(),
        phone: account.phone.as_ref().map(crate::base::contact::Phone::written).unwrap_or_default(),
        email: account.email.as_ref().map(ToString::to_string).unwrap_or_default(),
        offices: rows.collect(),
        is_administrator: account.is_administrator,
        errors: ShownErrors::default(),
    };
    Ok((account, page))
}

pub fn office_row(office: &Office, unit: String, words: Words) -> OfficeRow {
    OfficeRow {
        role: words.say(role_key(office.role)),
        title: office.title.clone(),
        unit,
        unit_href: format!("/units/{}", office.unit_id),
        since: words.date_time(office.starts_at),
        until: office.ends_at.map(|end| words.date_time(end)).unwrap_or_default(),
        is_held: office.is_held(words.now),
    }
}

pub fn role_key(role: OfficeRole) -> &'static str {
    match role {
        OfficeRole::Member => "accounts-role-member",
        OfficeRole::Officer => "accounts-role-officer",
    }
}

pub async fn save(app: AppData, signed: SignedIn, form: Form) -> Result<HttpResponse, WebError> {
    let SignedIn { visitor, person } = signed;
    let (account, page) = read(&app, &visitor, &person).await?;
    let page = AccountPage {
        full_name: form.get("full_name").to_owned(),
        phone: form.get("phone").to_owned(),
        email: form.get("email").to_owned(),
        ..page
    };
    let details = match Details::parse(form.get("full_name"), form.get("phone"), form.get("email")) {
        Ok(details) => details,
        Err(errors) => return again(&app, &visitor, page, &errors),
    };
    if !is_right(form.get("password"), account.password_hash).await? {
        let errors = FieldErrors::one("password", Sentence::new("accounts-password-old-wrong"));
        return again(&app, &visitor, page, &errors);
    }
    let now = app.clock.now();
    match app.db.write(move |db| change_details(db, &person, &details, now)).await {
        Ok(_) => {
            Ok(visitor.redirect(&app, "/my/account", Some(("ok", Sentence::new("accounts-details-saved")))))
        }
        Err(error) => match error.refusal() {
            Refusal::Invalid(errors) => again(&app, &visitor, page, &errors),
            other => Err(other.into()),
        },
    }
}

fn again(
    app: &App,
    visitor: &Visitor,
    page: AccountPage,
    errors: &FieldErrors,
) -> Result<HttpResponse, WebError> {
    let errors = ShownErrors::new(errors, &visitor.words);
    app.page_with(StatusCode::UNPROCESSABLE_ENTITY, visitor, &AccountPage { errors, ..page })
}
