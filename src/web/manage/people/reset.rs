//! A lost password: asked once more, then a one-time password is shown this once.

use actix_web::{HttpResponse, web::Path};
use serde::Serialize;

use super::list::{Asked, Once, Typed, read};
use crate::{
    base::ids::{AccountId, UnitId, spoken_code},
    features::{
        accounts::{self, Account, people::reset_password},
        refusal::Refused,
    },
    web::{
        app::App,
        error::WebError,
        form::{AppData, Form},
        render::Page,
        signing_in::hash,
        visitor::SignedIn,
    },
};

#[derive(Debug, Serialize)]
pub struct ResetPage {
    pub unit: String,
    pub name: String,
    pub href: String,
    pub back: String,
}

impl Page for ResetPage {
    const TEMPLATE: &'static str = "manage/people/reset.html";
}

pub async fn ask(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let SignedIn { visitor, person } = signed;
    let (unit, account) = path.into_inner();
    let list = read(&app, &visitor, &person, &unit, Asked::default()).await?;
    let (unit, account): (UnitId, AccountId) =
        (unit.parse().map_err(|_| WebError::NotFound)?, account.parse().map_err(|_| WebError::NotFound)?);
    let found = find_of_unit(&app, &account, &unit).await?;
    let page = ResetPage {
        unit: list.unit,
        name: found.full_name,
        href: format!("/manage/units/{unit}/people/{account}/reset"),
        back: list.href,
    };
    app.page(&visitor, &page)
}

/// Somebody who holds or held an office of the unit; others are not of this page.
async fn find_of_unit(app: &App, account: &AccountId, unit: &UnitId) -> Result<Account, WebError> {
    let (asked, of) = (account.clone(), unit.clone());
    let found = app
        .db
        .read(move |db| -> Result<_, crate::infra::db::DbError> {
            let holds = accounts::views::list_offices(db, &asked)?.iter().any(|office| office.unit_id == of);
            Ok(accounts::store::find(db, &asked)?.filter(|_| holds))
        })
        .await?;
    found.ok_or(WebError::NotFound)
}

pub async fn reset(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    _: Form,
) -> Result<HttpResponse, WebError> {
    let SignedIn { visitor, person } = signed;
    let (unit, account) = path.into_inner();
    let page = read(&app, &visitor, &person, &unit, Asked::default()).await?;
    let account: AccountId = account.parse().map_err(|_| WebError::NotFound)?;
    find_of_unit(&app, &account, &unit.parse().map_err(|_| WebError::NotFound)?).await?;
    let password = spoken_code();
    let (hashed, now) = (hash(&password).await?, app.clock.now());
    match app.db.write(move |db| reset_password(db, person.as_ref(), &account, &hashed, now)).await {
        Ok(account) => {
            let name = [("name", account.full_name.into())];
            let once = Once {
                title: visitor.words.say("people-reset-done-title"),
                text: visitor.words.say_with("people-first-password-text", &name),
                value: password,
            };
            page.once(&app, &visitor, once)
        }
        Err(error) => page.again(&app, &visitor, Typed::default(), error.refusal()),
    }
}
