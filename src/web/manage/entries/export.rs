//! The inbox as a file: every entry that its filters let through, not one page of them.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web::Path};

use super::inbox::{Read, read_inbox};
use crate::{
    base::{ids::UnitId, page::PageRequest},
    features::{accounts::Person, entries::views::EntryLine},
    infra::db::{Db, DbError},
    web::{
        entry_parts::{FilterQuery, Labels},
        error::WebError,
        form::{AppData, query},
        spreadsheet::{Form, Table, answer},
        visitor::SignedIn,
        words::Words,
    },
};

const COLUMNS: [(&str, f64); 11] = [
    ("entries-column-code", 12.0),
    ("entries-column-entry", 46.0),
    ("entries-form-authors", 32.0),
    ("entries-column-unit", 32.0),
    ("entries-column-above", 32.0),
    ("entries-filter-level", 12.0),
    ("entries-column-kind", 14.0),
    ("entries-form-category", 24.0),
    ("entries-filter-tool", 28.0),
    ("entries-column-sent", 18.0),
    ("entries-column-state", 18.0),
];
/// Two hundred thousand entries; a spreadsheet of more helps nobody.
const MAX_PAGES: i64 = 1_000;

pub async fn xlsx(
    app: AppData,
    signed: SignedIn,
    unit: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    export(&app, &signed, &unit, &request, Form::Xlsx).await
}

pub async fn csv(
    app: AppData,
    signed: SignedIn,
    unit: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    export(&app, &signed, &unit, &request, Form::Csv).await
}

async fn export(
    app: &AppData,
    signed: &SignedIn,
    unit: &str,
    request: &HttpRequest,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let unit: UnitId = unit.parse().map_err(|_| WebError::NotFound)?;
    let asked: FilterQuery = query(request);
    let person = Arc::clone(&signed.person);
    let read = app.db.read(move |db| read_all(db, &person, &unit, &asked)).await?;
    let read = read.ok_or(WebError::NotFound)?;
    let words = signed.visitor.words;
    let name = format!("{}-{}", crate::base::text::slug(&read.unit.name), words.now.date());
    answer(&name, form, table(&read, &words)).await
}

fn read_all(
    db: &mut Db,
    person: &Person,
    unit: &UnitId,
    asked: &FilterQuery,
) -> Result<Option<Read>, DbError> {
    let page = |number| PageRequest::new(Some(number), PageRequest::MAX_PER_PAGE);
    let Some(mut read) = read_inbox(db, person, unit, asked, page(1))? else { return Ok(None) };
    let pages = (read.found.total + PageRequest::MAX_PER_PAGE - 1) / PageRequest::MAX_PER_PAGE;
    for number in 2..=pages.min(MAX_PAGES) {
        let Some(more) = read_inbox(db, person, unit, asked, page(number))? else { break };
        read.found.rows.extend(more.found.rows);
    }
    Ok(Some(read))
}

fn table(read: &Read, words: &Words) -> Table {
    let labels = Labels::new(words, &read.levels, &read.categories);
    Table {
        name: words.say("entries-inbox-title"),
        header: COLUMNS.iter().map(|(key, _)| words.say(key)).collect(),
        widths: COLUMNS.iter().map(|(_, width)| *width).collect(),
        rows: read.found.rows.iter().map(|row| line(row, &labels, words)).collect(),
    }
}

fn line(row: &EntryLine, labels: &Labels, words: &Words) -> Vec<String> {
    let mut state = labels.state_word(row.status).to_owned();
    if row.is_late {
        state = format!("{state}, {}", words.say("entries-late"));
    }
    vec![
        row.code.clone().unwrap_or_default(),
        row.title.clone(),
        row.authors.clone(),
        row.unit_name.clone(),
        row.unit_above.clone(),
        labels.level(&row.level).to_owned(),
        labels.kind(row.kind).to_owned(),
        labels.category(row.category_id.as_ref()).to_owned(),
        row.work.0.as_ref().map(|work| work.tools.join(", ")).unwrap_or_default(),
        row.submitted_at.map(|at| words.date_time(at)).unwrap_or_default(),
        state,
    ]
}
