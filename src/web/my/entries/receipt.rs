//! The receipt of one submission: what the platform accepted and when, with the hash of every file. Made to be printed.

use actix_web::{HttpResponse, web::Path};
use serde::{Deserialize, Serialize};

use super::overview::read_own;
use crate::{
    features::entries::views::list_revisions,
    web::{error::WebError, form::AppData, render::Page, visitor::SignedIn},
};

#[derive(Debug, Serialize)]
struct ReceiptPage {
    entry_href: String,
    code: String,
    receipt_code: String,
    title: String,
    contest_title: String,
    unit: String,
    /// The names from the entry's unit to the top.
    path: Vec<String>,
    kind: String,
    authors: String,
    number: i32,
    at: String,
    is_late: bool,
    content_hash: String,
    files: Vec<ReceiptFile>,
    /// Named before they were all there.
    arriving: Vec<ReceiptFile>,
}

impl Page for ReceiptPage {
    const TEMPLATE: &'static str = "my/entries/receipt.html";
}

#[derive(Debug, Serialize)]
struct ReceiptFile {
    name: String,
    size: String,
    hash: String,
}

/// The parts of a kept revision that its receipt names. They are read from the revision itself, so that the receipt says
/// what was sent in, whatever has changed since.
#[derive(Debug, Deserialize)]
struct Kept {
    title: String,
    kind: String,
    authors: String,
    is_late: bool,
    unit: KeptUnit,
    files: Vec<KeptFile>,
    #[serde(default)]
    arriving: Vec<KeptArriving>,
}

#[derive(Debug, Deserialize)]
struct KeptArriving {
    file_name: String,
    byte_count: i64,
    pieces_sha256: Option<String>,
}

#[derive(Debug, Deserialize)]
struct KeptUnit {
    name: String,
    #[serde(default)]
    above: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct KeptFile {
    file_name: String,
    byte_count: i64,
    blake3: String,
}

pub async fn show(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, i32)>,
) -> Result<HttpResponse, WebError> {
    let (id, number) = path.into_inner();
    let (own, revisions) =
        read_own(&app, &signed.person, &id, |db, own| list_revisions(db, &own.entry.id)).await?;
    let revision =
        revisions.into_iter().find(|revision| revision.number == number).ok_or(WebError::NotFound)?;
    let kept: Kept =
        serde_json::from_str(&revision.content).map_err(|error| WebError::Internal(error.into()))?;
    let words = signed.visitor.words;
    let page = ReceiptPage {
        entry_href: format!("/my/entries/{}", own.entry.id),
        code: own.entry.code.clone().unwrap_or_default(),
        receipt_code: revision.receipt_code,
        title: kept.title,
        contest_title: own.contest.title_in(words.lang).to_owned(),
        path: std::iter::once(kept.unit.name.clone()).chain(kept.unit.above).collect(),
        unit: kept.unit.name,
        kind: words.say(&format!("entries-kind-{}", kept.kind)),
        authors: kept.authors,
        number: revision.number,
        at: words.date_time(revision.submitted_at),
        is_late: kept.is_late,
        content_hash: revision.content_hash,
        arriving: kept
            .arriving
            .into_iter()
            .map(|file| ReceiptFile {
                name: file.file_name,
                size: words.bytes(file.byte_count),
                hash: file.pieces_sha256.unwrap_or_default(),
            })
            .collect(),
        files: kept
            .files
            .into_iter()
            .map(|file| ReceiptFile {
                name: file.file_name,
                size: words.bytes(file.byte_count),
                hash: file.blake3,
            })
            .collect(),
    };
    app.page(&signed.visitor, &page)
}
