//! What an administrator does with an account.

use actix_web::{HttpResponse, web::Path};

use super::{
    super::{
        Administrator,
        day::{begins, date},
    },
    show::{TypedOffice, read},
};
use crate::{
    base::{
        ids::{AccountId, OfficeId, spoken_code},
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::{
            NewOffice, OfficeRole, end_office, give_office,
            offices::{EndOfficeError, GiveOfficeError},
            people::{disable_account, enable_account, make_administrator, reset_password},
            store::find_office,
        },
        refusal::Refused,
        units::views::find_by_code,
    },
    infra::db::Db,
    web::{
        app::App,
        error::WebError,
        form::{AppData, Form},
        signing_in::hash,
    },
};

fn account_id(text: &str) -> Result<AccountId, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

pub async fn give(
    app: AppData,
    administrator: Administrator,
    account: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let Administrator { visitor, person, .. } = administrator;
    let id = account_id(&account)?;
    let typed = TypedOffice {
        unit_code: form.get("unit_code").to_owned(),
        role: form.get("role").to_owned(),
        title: form.get("title").to_owned(),
        starts_on: form.get("starts_on").to_owned(),
        ends_on: form.get("ends_on").to_owned(),
    };
    let mut errors = FieldErrors::default();
    let starts = errors.take("starts_on", date(&typed.starts_on)).map(|day| begins(day, &app));
    let ends = match typed.ends_on.trim() {
        "" => None,
        text => errors.take("ends_on", date(text)).map(|day| begins(day, &app)),
    };
    let (code, title) = (typed.unit_code.trim().to_owned(), typed.title.clone());
    let role: OfficeRole = typed.role.parse().unwrap_or(OfficeRole::Member);
    let now = app.clock.now();
    let act = move |db: &mut Db| -> Result<_, GiveOfficeError> {
        let mut errors = errors.clone();
        let unit = find_by_code(db, &code)?;
        if unit.is_none() {
            errors.add("unit_code", Sentence::new("admin-units-no-such-code"));
        }
        let (unit, starts_at) = errors.or(|| Some((unit?, starts?)))?;
        let new = NewOffice {
            account_id: id.clone(),
            unit_id: unit.id,
            role,
            title: title.clone(),
            starts_at,
            ends_at: ends,
        };
        give_office(db, person.as_ref(), &new, now)
    };
    match app.db.write(act).await {
        Ok(_) => done(&app, &visitor, &account, "admin-office-given"),
        Err(error) => {
            let mut page = read(&app, &visitor, &account).await?;
            page.typed = typed;
            page.again(&app, &visitor, error.refusal())
        }
    }
}

fn done(
    app: &App,
    visitor: &crate::web::visitor::Visitor,
    account: &str,
    key: &'static str,
) -> Result<HttpResponse, WebError> {
    let to = format!("/admin/accounts/{account}");
    Ok(visitor.redirect(app, &to, Some(("ok", Sentence::new(key)))))
}

pub async fn end(
    app: AppData,
    administrator: Administrator,
    path: Path<(String, String)>,
    _: Form,
) -> Result<HttpResponse, WebError> {
    let Administrator { visitor, person, .. } = administrator;
    let (account, office) = path.into_inner();
    let office: OfficeId = office.parse().map_err(|_| WebError::NotFound)?;
    let account = account_id(&account)?;
    let (now, of) = (app.clock.now(), account.clone());
    let act = move |db: &mut Db| {
        let held = find_office(db, &office)?.filter(|office| office.account_id == of);
        end_office(db, person.as_ref(), &held.ok_or(EndOfficeError::NotFound)?.id, now)
    };
    app.db.write(act).await?;
    done(&app, &visitor, account.as_str(), "people-office-ended")
}

pub async fn status(
    app: AppData,
    administrator: Administrator,
    account: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let Administrator { visitor, person, .. } = administrator;
    let (id, now) = (account_id(&account)?, app.clock.now());
    let disable = form.get("status") == "disabled";
    let act = move |db: &mut Db| {
        if disable {
            disable_account(db, person.as_ref(), &id, now)
        } else {
            enable_account(db, person.as_ref(), &id, now)
        }
    };
    match app.db.write(act).await {
        Ok(()) => {
            let key = if disable { "admin-account-disabled" } else { "admin-account-enabled" };
            done(&app, &visitor, &account, key)
        }
        Err(error) => read(&app, &visitor, &account).await?.again(&app, &visitor, error.refusal()),
    }
}

pub async fn administrator(
    app: AppData,
    administrator: Administrator,
    account: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let Administrator { visitor, person, .. } = administrator;
    let (id, now) = (account_id(&account)?, app.clock.now());
    let is_administrator = form.get("is_administrator") == "1";
    let act = move |db: &mut Db| make_administrator(db, person.as_ref(), &id, is_administrator, now);
    match app.db.write(act).await {
        Ok(_) => done(&app, &visitor, &account, "admin-account-saved"),
        Err(error) => read(&app, &visitor, &account).await?.again(&app, &visitor, error.refusal()),
    }
}

pub async fn reset(
    app: AppData,
    administrator: Administrator,
    account: Path<String>,
    _: Form,
) -> Result<HttpResponse, WebError> {
    let Administrator { visitor, person, .. } = administrator;
    let id = account_id(&account)?;
    let password = spoken_code();
    let (hashed, now) = (hash(&password).await?, app.clock.now());
    let reset = app.db.write(move |db| reset_password(db, person.as_ref(), &id, &hashed, now)).await;
    let page = read(&app, &visitor, &account).await?;
    match reset {
        Ok(_) => page.once(&app, &visitor, "people-reset-done-title", password),
        Err(error) => page.again(&app, &visitor, error.refusal()),
    }
}
