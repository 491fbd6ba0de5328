use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};

use super::super::Administrator;
use crate::{
    base::{ids::AccountId, page::PageRequest},
    features::accounts::{
        AccountStatus,
        views::{AccountFilter, list_accounts, list_units_of},
    },
    infra::db::DbError,
    web::{
        error::WebError,
        form::{AppData, query},
        paging::PageLinks,
        render::Page,
    },
};

const PER_PAGE: i64 = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    sort: String,
    administrators: String,
    page: Option<i64>,
}

#[derive(Debug, Serialize)]
pub struct AccountsPage {
    pub q: String,
    pub by_full_name: bool,
    pub administrators: bool,
    pub found: String,
    pub accounts: Vec<AccountRow>,
    pub pages: PageLinks,
}

#[derive(Debug, Serialize)]
pub struct AccountRow {
    pub href: String,
    pub name: String,
    pub contact: String,
    pub offices: String,
    pub is_administrator: bool,
    pub is_disabled: bool,
}

impl Page for AccountsPage {
    const TEMPLATE: &'static str = "admin/accounts/list.html";
}

pub async fn show(
    app: AppData,
    administrator: Administrator,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let asked: Asked = query(&request);
    let q: String = asked.q.chars().take(200).collect();
    let filter = AccountFilter {
        words: q.clone(),
        by_full_name: asked.sort == "full",
        administrators_only: !asked.administrators.is_empty(),
    };
    let (by_full_name, administrators) = (filter.by_full_name, filter.administrators_only);
    let (page, now) = (PageRequest::new(asked.page, PER_PAGE), app.clock.now());
    let (found, held) = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let found = list_accounts(db, &filter, page)?;
            let ids: Vec<AccountId> = found.rows.iter().map(|account| account.id.clone()).collect();
            Ok((found, list_units_of(db, &ids, now)?))
        })
        .await?;
    let words = administrator.visitor.words;
    let pairs = [
        ("q", q.as_str()),
        ("sort", if by_full_name { "full" } else { "" }),
        ("administrators", if administrators { "1" } else { "" }),
    ];
    let labels = |role| words.say(crate::web::my::role_key(role));
    let rows = found.rows.iter().map(|account| {
        let offices = held.get(&account.id).map(Vec::as_slice).unwrap_or_default();
        let shown: Vec<String> =
            offices.iter().take(3).map(|held| format!("{}: {}", labels(held.role), held.unit_name)).collect();
        let phone = account.phone.as_ref().map(crate::base::contact::Phone::written);
        let email = account.email.as_ref().map(ToString::to_string);
        AccountRow {
            href: format!("/admin/accounts/{}", account.id),
            name: account.full_name.clone(),
            contact: [phone, email].into_iter().flatten().collect::<Vec<_>>().join(" · "),
            offices: shown.join("; "),
            is_administrator: account.is_administrator,
            is_disabled: account.status == AccountStatus::Disabled,
        }
    });
    let page = AccountsPage {
        accounts: rows.collect(),
        found: words.say_with("people-found", &[("count", found.total.into())]),
        pages: PageLinks::new(&found, "/admin/accounts", &pairs, &words),
        q,
        by_full_name,
        administrators,
    };
    app.page(&administrator.visitor, &page)
}
