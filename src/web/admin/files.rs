//! The file store: how much of it was read again, and what was found missing or rotten.

use actix_web::HttpResponse;
use serde::Serialize;

use super::Administrator;
use crate::{
    features::attachments::upkeep::views::{BadFile, count_checked, list_bad},
    infra::db::DbError,
    web::{error::WebError, form::AppData, render::Page, words::Words},
};

#[derive(Debug, Serialize)]
struct FilesPage {
    lead: String,
    bad: Vec<BadRow>,
}

impl Page for FilesPage {
    const TEMPLATE: &'static str = "admin/files.html";
}

#[derive(Debug, Serialize)]
struct BadRow {
    hash: String,
    chip: &'static str,
    state: String,
    facts: String,
    uses: Vec<Use>,
}

#[derive(Debug, Serialize)]
struct Use {
    href: String,
    words: String,
}

pub async fn show(app: AppData, administrator: Administrator) -> Result<HttpResponse, WebError> {
    let read = app.db.read(|db| -> Result<_, DbError> { Ok((count_checked(db)?, list_bad(db)?)) }).await?;
    let ((checked, all), bad) = read;
    let words = administrator.visitor.words;
    let page = FilesPage {
        lead: words.say_with("uploads-files-lead", &[("checked", checked.into()), ("all", all.into())]),
        bad: bad.iter().map(|file| row(file, &words)).collect(),
    };
    app.page(&administrator.visitor, &page)
}

fn row(file: &BadFile, words: &Words) -> BadRow {
    BadRow {
        hash: file.hash.as_str().to_owned(),
        chip: "no",
        state: words.say(&format!("uploads-finding-{}", file.finding)),
        facts: format!("{} · {}", words.bytes(file.byte_count), words.date_time(file.checked_at)),
        uses: file
            .used_in
            .iter()
            .map(|(entry, title, name)| Use {
                href: format!("/manage/entries/{entry}"),
                words: format!("{title}: {name}"),
            })
            .collect(),
    }
}
