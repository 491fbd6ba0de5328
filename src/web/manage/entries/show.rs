//! One entry as officers see it: its media, where it is, what happened, what can be done now.

use std::sync::Arc;

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Serialize;

use super::due::in_a_week;
use crate::{
    base::ids::EntryId,
    features::{
        accounts::Person,
        attachments::{
            self, Attachment,
            uploads::{Upload, views::list_promised},
            views::MediaOf,
        },
        contests::{self, Category, Contest, Field},
        entries::{
            self, Entry, EntryPerson, EntryStatus, PersonPart, Revision, policy,
            views::{HappenedTo, Station, list_history, list_revisions, path_of_entry},
        },
        judging,
        links::{self, LinkCheck, LinkRepair},
        units::{self, Level},
    },
    infra::db::{Db, DbError},
    web::{
        entry_parts::{
            Chip, Labels, Looker, ShownAnswer, ShownArriving, ShownEvent, ShownFile, ShownLink, ShownStation,
            show_answers, show_files, show_history, show_links, show_path, show_promised,
        },
        error::WebError,
        form::{AppData, Form, ShownErrors},
        manage::radar::{LikenessLine, lines_of_entry},
        render::Page,
        visitor::SignedIn,
        words::Words,
    },
};

#[expect(clippy::struct_excessive_bools, reason = "each stands for a part of the page")]
#[derive(Debug, Serialize)]
struct EntryPage {
    entry: ShownEntry,
    chip: Chip,
    path: Vec<ShownStation>,
    reason: String,
    deadline: String,
    is_late: bool,
    is_on_behalf: bool,
    arriving: Vec<ShownArriving>,
    submissions: Vec<String>,
    history: Vec<ShownEvent>,
    may_check: bool,
    inbox_href: String,
    qr_href: String,
    links: Vec<ShownLink>,
    public_href: String,
    may_accept: bool,
    may_return: bool,
    may_reject: bool,
    may_disqualify: bool,
    /// Which of the forms was refused, so that it stands open with what was typed.
    opened: &'static str,
    typed_reason: String,
    /// What was typed where there is no box for it any more: somebody else dealt with the entry meanwhile.
    kept: String,
    typed_due: String,
    errors: ShownErrors,
    notice: String,
    likenesses: Vec<LikenessLine>,
}

impl Page for EntryPage {
    const TEMPLATE: &'static str = "manage/entries/show.html";
}

#[derive(Debug, Serialize)]
struct ShownEntry {
    id: String,
    code: String,
    title: String,
    contest_title: String,
    contest_href: String,
    unit: String,
    level: String,
    kind: String,
    category: String,
    authors: String,
    members: Vec<String>,
    answers: Vec<ShownAnswer>,
    files: Vec<ShownFile>,
}

struct Read {
    entry: Entry,
    contest: Contest,
    fields: Vec<Field>,
    categories: Vec<Category>,
    levels: Vec<Level>,
    people: Vec<EntryPerson>,
    files: Vec<Attachment>,
    promised: Vec<Upload>,
    media: MediaOf,
    path: Vec<Station>,
    revisions: Vec<Revision>,
    history: Vec<HappenedTo>,
    checks: Vec<LinkCheck>,
    repairs: Vec<LinkRepair>,
    may_check: bool,
    likenesses: Vec<LikenessLine>,
}

pub async fn show(app: AppData, signed: SignedIn, id: Path<String>) -> Result<HttpResponse, WebError> {
    again(&app, &signed, &id, "", &Form::default(), None).await
}

/// The page, with a refused form as it was typed.
pub async fn again(
    app: &AppData,
    signed: &SignedIn,
    id: &str,
    opened: &'static str,
    form: &Form,
    error: Option<WebError>,
) -> Result<HttpResponse, WebError> {
    let id: EntryId = id.parse().map_err(|_| WebError::NotFound)?;
    let person = Arc::clone(&signed.person);
    let words = signed.visitor.words;
    let read = app.db.read(move |db| read_entry(db, &person, &id, &words)).await?;
    let read = read.ok_or(WebError::NotFound)?;
    let mut page = page(&read, &words);
    page.opened = opened;
    form.get("reason").clone_into(&mut page.typed_reason);
    let has_box = match opened {
        "return" => page.may_return,
        "reject" => page.may_reject,
        "disqualify" => page.may_disqualify,
        _ => true,
    };
    if !has_box {
        page.kept.clone_from(&page.typed_reason);
    }
    if form.has("due") {
        form.get("due").clone_into(&mut page.typed_due);
    }
    match error {
        None => app.page(&signed.visitor, &page),
        Some(WebError::Invalid(errors)) => {
            page.errors = ShownErrors::new(&errors, &words);
            app.page_with(StatusCode::UNPROCESSABLE_ENTITY, &signed.visitor, &page)
        }
        Some(WebError::Refused(sentence)) => {
            page.notice = sentence.said(words.lang);
            app.page_with(StatusCode::CONFLICT, &signed.visitor, &page)
        }
        Some(error) => Err(error),
    }
}

fn read_entry(db: &mut Db, person: &Person, id: &EntryId, words: &Words) -> Result<Option<Read>, DbError> {
    let Some(entry) = entries::store::find(db, id)? else { return Ok(None) };
    if judging::policy::is_veiled_from(db, Some(person), id)? {
        return Ok(None);
    }
    let may_check = policy::may_check(db, person, &entry)?;
    if !(may_check || policy::may_look_after(db, person, entry.access())?) {
        return Ok(None);
    }
    let Some(contest) = contests::store::find(db, &entry.contest_id)? else { return Ok(None) };
    let files = attachments::views::list_of_entry(db, id)?;
    Ok(Some(Read {
        fields: contests::views::list_fields(db, &contest.id)?,
        categories: contests::views::list_categories(db, &contest.id)?,
        levels: units::views::list_levels(db)?,
        people: entries::store::list_people(db, id)?,
        promised: list_promised(db, id)?,
        media: attachments::views::list_media(db, &files)?,
        files,
        path: path_of_entry(db, &entry, &contest, may_check)?,
        revisions: list_revisions(db, id)?,
        history: list_history(db, id)?,
        likenesses: lines_of_entry(db, person, &entry, words)?,
        checks: links::store::list_of_entry(db, id)?,
        repairs: links::store::list_repairs(db, id)?,
        may_check,
        entry,
        contest,
    }))
}

fn page(read: &Read, words: &Words) -> EntryPage {
    let entry = &read.entry;
    let labels = Labels::new(words, &read.levels, &read.categories);
    let may = |status: EntryStatus| read.may_check && entry.status.may_become(status);
    EntryPage {
        may_check: read.may_check,
        chip: labels.state(entry.status),
        path: show_path(&read.path, false, words),
        reason: entry.status_reason.clone().unwrap_or_default(),
        deadline: entry
            .correction_due_at
            .map(|due| {
                let args = [("at", words.date_time(due).into()), ("left", words.distance(due).into())];
                words.say_with("entries-deadline-correction", &args)
            })
            .unwrap_or_default(),
        is_late: entry.is_late,
        is_on_behalf: entry.is_on_behalf,
        arriving: show_promised(&read.promised, &read.contest, &read.fields, words),
        submissions: read.revisions.iter().map(|revision| submission(revision, words)).collect(),
        history: show_history(&read.history, words),
        qr_href: match &entry.code {
            Some(code) => format!("/contests/{}/entries/{code}/qr", read.contest.slug.as_str()),
            None => String::new(),
        },
        links: show_links(&read.checks, &read.repairs, &read.fields, &read.files, words),
        inbox_href: format!("/manage/units/{}/entries", entry.unit_id),
        public_href: match (&entry.code, entries::rules::is_public(entry.access())) {
            (Some(code), true) => format!("/contests/{}/entries/{code}", read.contest.slug.as_str()),
            _ => String::new(),
        },
        may_accept: may(EntryStatus::Accepted),
        may_return: may(EntryStatus::Returned),
        may_reject: may(EntryStatus::Rejected),
        may_disqualify: may(EntryStatus::Disqualified),
        opened: "",
        typed_reason: String::new(),
        kept: String::new(),
        typed_due: in_a_week(words),
        errors: ShownErrors::default(),
        notice: String::new(),
        likenesses: read.likenesses.clone(),
        entry: show_entry(read, &labels, words),
    }
}

fn submission(revision: &Revision, words: &Words) -> String {
    let args = [
        ("n", revision.number.into()),
        ("at", words.date_time(revision.submitted_at).into()),
        ("code", revision.receipt_code.clone().into()),
    ];
    words.say_with("entries-submission-line", &args)
}

fn show_entry(read: &Read, labels: &Labels, words: &Words) -> ShownEntry {
    let entry = &read.entry;
    let looker = if read.may_check { Looker::Officer } else { Looker::Concerned };
    let members = read.people.iter().filter(|person| person.part == PersonPart::Member);
    let above: Vec<&str> = read.path.iter().skip(1).map(|station| station.name.as_str()).collect();
    ShownEntry {
        id: entry.id.to_string(),
        code: entry.code.clone().unwrap_or_default(),
        title: entry.title.clone(),
        contest_title: read.contest.title_in(words.lang).to_owned(),
        contest_href: format!("/contests/{}", read.contest.slug.as_str()),
        unit: [&[entry.unit_name.as_str()], above.as_slice()].concat().join(", "),
        level: labels.level(&entry.level).to_owned(),
        kind: labels.kind(entry.kind).to_owned(),
        category: labels.category(entry.category_id.as_ref()).to_owned(),
        authors: entry.authors.clone(),
        members: members.map(|person| person.full_name.clone()).collect(),
        answers: show_answers(&read.fields, &entry.answers, words, false),
        files: show_files(&read.files, &read.fields, &read.media, looker, words),
    }
}
