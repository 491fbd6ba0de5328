//! What happened, and who did it.

use actix_web::{HttpRequest, HttpResponse};
use chrono::Days;
use serde::{Deserialize, Serialize};

use super::{
    Administrator,
    day::{begins, date},
};
use crate::{
    base::page::PageRequest,
    features::audit::views::{AuditFilter, AuditRow, list},
    web::{
        error::WebError,
        form::{AppData, query},
        paging::PageLinks,
        render::Page,
        words::Words,
    },
};

const PER_PAGE: i64 = 100;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    action: String,
    subject: String,
    account: String,
    contest: String,
    from: String,
    until: String,
    page: Option<i64>,
}

#[derive(Debug, Serialize)]
pub struct AuditPage {
    pub action: String,
    pub subject: String,
    pub account: String,
    pub contest: String,
    pub from: String,
    pub until: String,
    pub found: String,
    pub records: Vec<RecordRow>,
    pub pages: PageLinks,
}

#[derive(Debug, Serialize)]
pub struct RecordRow {
    pub at: String,
    pub by: String,
    pub by_href: String,
    pub action: String,
    pub subject: String,
    pub subject_href: String,
    pub details: String,
    pub is_sealed: bool,
}

impl Page for AuditPage {
    const TEMPLATE: &'static str = "admin/audit.html";
}

pub async fn show(
    app: AppData,
    administrator: Administrator,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let asked: Asked = query(&request);
    let day = |text: &str| date(text).ok();
    let filter = AuditFilter {
        contest: asked.contest.parse().ok(),
        account: asked.account.parse().ok(),
        action: asked.action.chars().take(60).collect(),
        subject_id: asked.subject.chars().take(100).collect(),
        from: day(&asked.from).map(|day| begins(day, &app)),
        until: day(&asked.until)
            .and_then(|day| day.checked_add_days(Days::new(1)))
            .map(|day| begins(day, &app)),
    };
    let page = PageRequest::new(asked.page, PER_PAGE);
    let found = app.db.read(move |db| list(db, &filter, page)).await?;
    let words = administrator.visitor.words;
    let pairs = [
        ("action", asked.action.as_str()),
        ("subject", &asked.subject),
        ("account", &asked.account),
        ("contest", &asked.contest),
        ("from", &asked.from),
        ("until", &asked.until),
    ];
    let operator = words.say("admin-audit-operator");
    let page = AuditPage {
        found: words.say_with("admin-audit-found", &[("count", found.total.into())]),
        records: found.rows.iter().map(|record| row(record, &operator, &words)).collect(),
        pages: PageLinks::new(&found, "/admin/audit", &pairs, &words),
        action: asked.action,
        subject: asked.subject,
        account: asked.account,
        contest: asked.contest,
        from: asked.from,
        until: asked.until,
    };
    app.page(&administrator.visitor, &page)
}

fn row(row: &AuditRow, operator: &str, words: &Words) -> RecordRow {
    let record = &row.record;
    let details = record.details.0.to_string();
    let account = record.account_id.as_ref();
    RecordRow {
        at: words.date_time(record.happened_at),
        by: row.by.clone().unwrap_or_else(|| operator.to_owned()),
        by_href: account.map(|account| format!("/admin/accounts/{account}")).unwrap_or_default(),
        action: record.action.clone(),
        subject: format!("{} {}", record.subject_kind, record.subject_id),
        subject_href: format!("/admin/audit?subject={}", record.subject_id),
        details: if details == "{}" { String::new() } else { details.chars().take(400).collect() },
        is_sealed: row.is_sealed,
    }
}
