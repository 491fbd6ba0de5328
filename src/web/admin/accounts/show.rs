use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, HeaderValue},
    },
    web::Path,
};
use serde::Serialize;

use super::super::Administrator;
use crate::{
    base::ids::AccountId,
    features::{
        accounts::{Account, AccountStatus, Office, store, views::list_offices},
        audit::views::{AuditRow, history_of},
        refusal::Refusal,
        units::views::paths_of,
    },
    infra::db::DbError,
    web::{
        app::App,
        error::WebError,
        form::{AppData, ShownErrors},
        my::{OfficeRow, office_row},
        render::Page,
        visitor::Visitor,
    },
};

#[derive(Debug, Default, Serialize)]
pub struct AccountPage {
    pub href: String,
    pub name: String,
    pub phone: String,
    pub email: String,
    pub since: String,
    pub is_administrator: bool,
    pub is_disabled: bool,
    pub is_self: bool,
    pub offices: Vec<HeldRow>,
    pub history: Vec<HistoryRow>,
    pub typed: TypedOffice,
    pub errors: ShownErrors,
    pub refused: String,
    pub once_title: String,
    pub once_text: String,
    pub once: String,
}

#[derive(Debug, Serialize)]
pub struct HeldRow {
    #[serde(flatten)]
    pub office: OfficeRow,
    pub id: String,
    /// Where it is asked once more, and where it is done.
    pub ask_href: String,
    pub end_href: String,
}

#[derive(Debug, Default, Serialize)]
pub struct TypedOffice {
    pub unit_code: String,
    pub role: String,
    pub title: String,
    pub starts_on: String,
    pub ends_on: String,
}

#[derive(Debug, Serialize)]
pub struct HistoryRow {
    pub at: String,
    pub action: String,
    pub by: String,
}

impl Page for AccountPage {
    const TEMPLATE: &'static str = "admin/accounts/show.html";
}

pub async fn show(
    app: AppData,
    administrator: Administrator,
    account: Path<String>,
) -> Result<HttpResponse, WebError> {
    let page = read(&app, &administrator.visitor, &account).await?;
    app.page(&administrator.visitor, &page)
}

pub async fn read(app: &App, visitor: &Visitor, account: &str) -> Result<AccountPage, WebError> {
    let id: AccountId = account.parse().map_err(|_| WebError::NotFound)?;
    let found = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let Some(account) = store::find(db, &id)? else { return Ok(None) };
            let offices = list_offices(db, &id)?;
            let units: Vec<_> = offices.iter().map(|office| office.unit_id.clone()).collect();
            let history = history_of(db, ("account", id.as_str()), 20)?;
            Ok(Some((account, offices, paths_of(db, &units)?, history)))
        })
        .await?;
    let (account, offices, paths, history) = found.ok_or(WebError::NotFound)?;
    let words = visitor.words;
    let held = |office: &Office| {
        let path = paths.get(&office.unit_id).map(Vec::as_slice).unwrap_or_default();
        let names: Vec<&str> = path.iter().map(|step| step.name.as_str()).collect();
        HeldRow {
            office: office_row(office, names.join(", "), words),
            id: office.id.to_string(),
            ask_href: format!("/admin/accounts/{}/confirm?act=end&office={}", account.id, office.id),
            end_href: format!("/admin/accounts/{}/offices/{}/end", account.id, office.id),
        }
    };
    let happened = |row: &AuditRow| HistoryRow {
        at: words.date_time(row.record.happened_at),
        action: row.record.action.clone(),
        by: row.by.clone().unwrap_or_else(|| words.say("admin-audit-operator")),
    };
    Ok(AccountPage {
        offices: offices.iter().map(held).collect(),
        history: history.iter().map(happened).collect(),
        since: words.date_time(account.created_at),
        typed: TypedOffice { starts_on: app.clock.now().date().to_string(), ..TypedOffice::default() },
        ..of_account(account, visitor)
    })
}

fn of_account(account: Account, visitor: &Visitor) -> AccountPage {
    AccountPage {
        href: format!("/admin/accounts/{}", account.id),
        phone: account.phone.as_ref().map(crate::base::contact::Phone::written).unwrap_or_default(),
        email: account.email.as_ref().map(ToString::to_string).unwrap_or_default(),
        is_administrator: account.is_administrator,
        is_disabled: account.status == AccountStatus::Disabled,
        is_self: visitor.person.as_ref().is_some_and(|person| person.id == account.id),
        name: account.full_name,
        ..AccountPage::default()
    }
}

impl AccountPage {
    /// With a password that is shown this once; no browser keeps the page.
    pub fn once(
        mut self,
        app: &App,
        visitor: &Visitor,
        title: &str,
        password: String,
    ) -> Result<HttpResponse, WebError> {
        let name = [("name", self.name.clone().into())];
        self.once_title = visitor.words.say(title);
        self.once_text = visitor.words.say_with("people-first-password-text", &name);
        self.once = password;
        let mut response = app.page(visitor, &self)?;
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Ok(response)
    }

    pub fn again(mut self, app: &App, visitor: &Visitor, refusal: Refusal) -> Result<HttpResponse, WebError> {
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
