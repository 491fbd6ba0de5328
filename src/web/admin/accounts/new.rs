use actix_web::{HttpResponse, http::StatusCode};
use serde::Serialize;

use super::{super::Administrator, show};
use crate::{
    base::ids::spoken_code,
    features::{
        accounts::{Details, NewAccount, create_account},
        refusal::{Refusal, Refused},
    },
    web::{
        app::App,
        error::WebError,
        form::{AppData, Form, ShownErrors},
        render::Page,
        signing_in::hash,
        visitor::Visitor,
    },
};

#[derive(Debug, Default, Serialize)]
pub struct NewAccountPage {
    pub full_name: String,
    pub phone: String,
    pub email: String,
    pub is_administrator: bool,
    pub errors: ShownErrors,
}

impl Page for NewAccountPage {
    const TEMPLATE: &'static str = "admin/accounts/new.html";
}

pub async fn show(app: AppData, administrator: Administrator) -> Result<HttpResponse, WebError> {
    app.page(&administrator.visitor, &NewAccountPage::default())
}

pub async fn create(
    app: AppData,
    administrator: Administrator,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let Administrator { visitor, person, .. } = administrator;
    let page = NewAccountPage {
        full_name: form.get("full_name").to_owned(),
        phone: form.get("phone").to_owned(),
        email: form.get("email").to_owned(),
        is_administrator: !form.get("is_administrator").is_empty(),
        ..NewAccountPage::default()
    };
    let details = match Details::parse(&page.full_name, &page.phone, &page.email) {
        Ok(details) => details,
        Err(errors) => return again(&app, &visitor, page, Refusal::Invalid(errors)),
    };
    let password = spoken_code();
    let new = NewAccount {
        password_must_change: true,
        is_administrator: page.is_administrator,
        language: visitor.words.lang,
        created_by: Some(person.id.clone()),
        ..NewAccount::of(details, hash(&password).await?)
    };
    let now = app.clock.now();
    match app.db.write(move |db| create_account(db, &new, now)).await {
        Ok(account) => {
            let page = show::read(&app, &visitor, account.id.as_str()).await?;
            page.once(&app, &visitor, "people-first-password-title", password)
        }
        Err(error) => again(&app, &visitor, page, error.refusal()),
    }
}

fn again(
    app: &App,
    visitor: &Visitor,
    page: NewAccountPage,
    refusal: Refusal,
) -> Result<HttpResponse, WebError> {
    match refusal {
        Refusal::Invalid(errors) => {
            let errors = ShownErrors::new(&errors, &visitor.words);
            app.page_with(StatusCode::UNPROCESSABLE_ENTITY, visitor, &NewAccountPage { errors, ..page })
        }
        other => Err(other.into()),
    }
}
