//! The doors of the administration.

use actix_web::HttpResponse;
use serde::Serialize;

use super::Administrator;
use crate::{
    base::page::PageRequest,
    features::{
        accounts::views::{AccountFilter, list_accounts},
        attachments::upkeep::views::count_bad,
        audit::views::count_unsealed,
        units::views::{count_valid, list_levels},
    },
    infra::db::DbError,
    web::{error::WebError, form::AppData, render::Page},
};

#[derive(Debug, Serialize)]
pub struct HomePage {
    pub units: String,
    pub levels: String,
    pub accounts: String,
    pub waiting: String,
    pub files: String,
    pub is_empty: bool,
}

impl Page for HomePage {
    const TEMPLATE: &'static str = "admin/home.html";
}

pub async fn show(app: AppData, administrator: Administrator) -> Result<HttpResponse, WebError> {
    let (units, levels, accounts, waiting, bad) = app
        .db
        .read(|db| -> Result<_, DbError> {
            let page = PageRequest::new(None, 1);
            Ok((
                count_valid(db)?,
                list_levels(db)?.len(),
                list_accounts(db, &AccountFilter::default(), page)?.total,
                count_unsealed(db)?,
                count_bad(db)?,
            ))
        })
        .await?;
    let words = administrator.visitor.words;
    let page = HomePage {
        units: words.say_with("units-found", &[("count", units.into())]),
        levels: words.say_with("admin-levels-count", &[("count", levels.into())]),
        accounts: words.say_with("people-found", &[("count", accounts.into())]),
        waiting: words.say_with("admin-audit-waiting", &[("count", waiting.into())]),
        files: words.say_with("uploads-files-short", &[("bad", bad.into())]),
        is_empty: units == 0,
    };
    app.page(&administrator.visitor, &page)
}
