//! One's own entry: where it is, what is to be done, what was sent in, what happened.

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Serialize;

use super::{
    new::deadline,
    overview::{OwnEntry, read_own},
};
use crate::{
    features::{
        attachments::{
            self, Attachment,
            uploads::{Upload, views::list_promised},
            views::MediaOf,
        },
        entries::{
            EntryStatus, PersonPart, Revision, rules,
            views::{HappenedTo, Station, list_history, list_revisions, path_of_entry},
        },
        judging::deliberation::feedback_of,
        links::{self, LinkCheck, LinkRepair},
    },
    infra::db::{Db, DbError},
    web::{
        entry_parts::{
            Chip, Labels, Looker, ShownAnswer, ShownArriving, ShownEvent, ShownFile, ShownLink, ShownStation,
            show_answers, show_files, show_history, show_links, show_path, show_promised,
        },
        error::WebError,
        form::AppData,
        render::Page,
        visitor::SignedIn,
        words::Words,
    },
};

#[expect(clippy::struct_excessive_bools, reason = "each stands for a part of the page")]
#[derive(Debug, Serialize)]
struct ShowPage {
    entry: ShownEntry,
    chip: Chip,
    code: String,
    path: Vec<ShownStation>,
    reason: String,
    deadline: String,
    is_open: bool,
    is_draft: bool,
    may_withdraw: bool,
    is_late: bool,
    arriving: Vec<ShownArriving>,
    /// Some of them can still be sent.
    may_go_on: bool,
    receipts: Vec<ReceiptLine>,
    history: Vec<ShownEvent>,
    public_href: String,
    has_feedback: bool,
    /// The page of the entry's QR code.
    qr_href: String,
    links: Vec<ShownLink>,
    mend: String,
    /// A new link that was refused, as it was typed.
    mending: Mending,
}

/// What was typed into the form of a request to mend a link.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Mending {
    pub repair: String,
    pub typed: String,
    pub error: String,
}

impl Page for ShowPage {
    const TEMPLATE: &'static str = "my/entries/show.html";
}

/// What was filled in, as it is read.
#[derive(Debug, Serialize)]
pub struct ShownEntry {
    pub id: String,
    pub title: String,
    pub contest_title: String,
    pub contest_href: String,
    pub unit: String,
    pub kind: String,
    pub category: String,
    pub authors: String,
    pub members: Vec<String>,
    pub answers: Vec<ShownAnswer>,
    pub files: Vec<ShownFile>,
}

#[derive(Debug, Serialize)]
struct ReceiptLine {
    href: String,
    code: String,
    at: String,
    number: i32,
}

struct Read {
    files: Vec<Attachment>,
    promised: Vec<Upload>,
    media: MediaOf,
    path: Vec<Station>,
    revisions: Vec<Revision>,
    history: Vec<HappenedTo>,
    has_feedback: bool,
    checks: Vec<LinkCheck>,
    repairs: Vec<LinkRepair>,
}

fn read_more(db: &mut Db, own: &OwnEntry) -> Result<Read, DbError> {
    let files = attachments::views::list_of_entry(db, &own.entry.id)?;
    Ok(Read {
        promised: list_promised(db, &own.entry.id)?,
        media: attachments::views::list_media(db, &files)?,
        files,
        path: path_of_entry(db, &own.entry, &own.contest, false)?,
        revisions: list_revisions(db, &own.entry.id)?,
        history: list_history(db, &own.entry.id)?,
        has_feedback: !feedback_of(db, &own.entry.id)?.is_empty(),
        checks: links::store::list_of_entry(db, &own.entry.id)?,
        repairs: links::store::list_repairs(db, &own.entry.id)?,
    })
}

pub async fn show(app: AppData, signed: SignedIn, id: Path<String>) -> Result<HttpResponse, WebError> {
    again(&app, &signed, &id, Mending::default()).await
}

/// The page, with a refused link as it was typed.
pub async fn again(
    app: &AppData,
    signed: &SignedIn,
    id: &str,
    mending: Mending,
) -> Result<HttpResponse, WebError> {
    let (own, read) = read_own(app, &signed.person, id, read_more).await?;
    let words = signed.visitor.words;
    let entry = &own.entry;
    let labels = Labels::new(&words, &[], &[]);
    let arriving = show_promised(&read.promised, &own.contest, &own.fields, &words);
    let page = ShowPage {
        may_go_on: arriving.iter().any(|file| file.is_open),
        arriving,
        chip: labels.state(entry.status),
        code: entry.code.clone().unwrap_or_default(),
        path: show_path(&read.path, entry.submitted_at.is_none(), &words),
        reason: entry.status_reason.clone().unwrap_or_default(),
        deadline: deadline_of(&own, &words),
        is_open: entry.status.is_open_to_changes(),
        is_draft: entry.status == EntryStatus::Draft,
        may_withdraw: entry.status.may_become(EntryStatus::Withdrawn),
        is_late: entry.is_late,
        receipts: read.revisions.iter().rev().map(|revision| receipt(revision, &words)).collect(),
        history: show_history(&read.history, &words),
        has_feedback: read.has_feedback,
        public_href: match (&entry.code, rules::is_public(entry.access())) {
            (Some(code), true) => format!("/contests/{}/entries/{code}", own.contest.slug.as_str()),
            _ => String::new(),
        },
        qr_href: match &entry.code {
            Some(code) => format!("/contests/{}/entries/{code}/qr", own.contest.slug.as_str()),
            None => String::new(),
        },
        links: show_links(&read.checks, &read.repairs, &own.fields, &read.files, &words),
        mend: format!("/my/entries/{}/links", entry.id),
        entry: show_entry(&own, (&read.files, &read.media), &words),
        mending,
    };
    let status =
        if page.mending.error.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    app.page_with(status, &signed.visitor, &page)
}

fn deadline_of(own: &OwnEntry, words: &Words) -> String {
    match (own.entry.status, own.entry.correction_due_at) {
        (EntryStatus::Draft, _) => deadline(&own.contest, words),
        (EntryStatus::Returned, Some(due)) => words.say_with(
            "entries-deadline-correction",
            &[("at", words.date_time(due).into()), ("left", words.distance(due).into())],
        ),
        _ => String::new(),
    }
}

fn receipt(revision: &Revision, words: &Words) -> ReceiptLine {
    ReceiptLine {
        href: format!("/my/entries/{}/receipts/{}", revision.entry_id, revision.number),
        code: revision.receipt_code.clone(),
        at: words.date_time(revision.submitted_at),
        number: revision.number,
    }
}

pub fn show_entry(own: &OwnEntry, (files, media): (&[Attachment], &MediaOf), words: &Words) -> ShownEntry {
    let entry = &own.entry;
    let labels = Labels::new(words, &[], &own.categories);
    let members = own.people.iter().filter(|person| person.part == PersonPart::Member);
    ShownEntry {
        id: entry.id.to_string(),
        title: entry.title.clone(),
        contest_title: own.contest.title_in(words.lang).to_owned(),
        contest_href: format!("/contests/{}", own.contest.slug.as_str()),
        unit: entry.unit_name.clone(),
        kind: labels.kind(entry.kind).to_owned(),
        category: labels.category(entry.category_id.as_ref()).to_owned(),
        authors: entry.authors.clone(),
        members: members.map(|person| person.full_name.clone()).collect(),
        answers: show_answers(&own.fields, &entry.answers, words, false),
        files: show_files(files, &own.fields, media, Looker::Concerned, words),
    }
}
