//! Two works side by side: what is the same, how sure, and what a person says of it.

use std::sync::Arc;

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Serialize;

use super::lines::{name_of_other, tone};
use crate::{
    base::{
        ids::{AttachmentId, LikenessId},
        sentence::Sentence,
    },
    features::{
        accounts::{self, Person},
        attachments::{self, Attachment, views::MediaOf},
        contests,
        entries::Entry,
        radar::{
            self, DecideLikenessError, Evidence, Likeness, LikenessStatus,
            policy::{PairSight, sight_of_pair},
        },
    },
    infra::db::{Db, DbError},
    web::{
        entry_parts::{Looker, ShownFile, show_files},
        error::WebError,
        form::{AppData, Form, ShownErrors},
        render::Page,
        visitor::SignedIn,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
struct PairPage {
    id: String,
    kind: String,
    sure: String,
    score: i32,
    explained: String,
    state: &'static str,
    state_word: String,
    /// Who said so, when, and why.
    said: String,
    reason: String,
    /// "Cùng tác giả", "Cùng đơn vị", or neither.
    relations: Vec<String>,
    works: Vec<ShownWork>,
    files: Vec<FilePair>,
    passages: Vec<PassagePair>,
    sees_both: bool,
    is_open: bool,
    is_dismissed: bool,
    typed_reason: String,
    errors: ShownErrors,
    notice: String,
}

impl Page for PairPage {
    const TEMPLATE: &'static str = "manage/radar/pair.html";
}

#[derive(Debug, Serialize)]
struct ShownWork {
    is_known: bool,
    title: String,
    href: String,
    code: String,
    unit: String,
    authors: String,
    contest: String,
    sent: String,
}

#[derive(Debug, Serialize)]
struct FilePair {
    first: Vec<ShownFile>,
    second: Vec<ShownFile>,
    place: String,
}

#[derive(Debug, Serialize)]
struct PassagePair {
    first: String,
    second: String,
    first_where: String,
    second_where: String,
}

pub async fn show(app: AppData, signed: SignedIn, id: Path<String>) -> Result<HttpResponse, WebError> {
    again(&app, &signed, &id, &Form::default(), None).await
}

async fn again(
    app: &AppData,
    signed: &SignedIn,
    id: &str,
    form: &Form,
    error: Option<WebError>,
) -> Result<HttpResponse, WebError> {
    let id: LikenessId = id.parse().map_err(|_| WebError::NotFound)?;
    let (person, words) = (Arc::clone(&signed.person), signed.visitor.words);
    let read = app.db.read(move |db| read_pair(db, &person, &id, &words)).await?;
    let mut page = read.ok_or(WebError::NotFound)?;
    form.get("reason").clone_into(&mut page.typed_reason);
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

pub async fn see(
    app: AppData,
    signed: SignedIn,
    id: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let likeness: LikenessId = id.parse().map_err(|_| WebError::NotFound)?;
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let done = app.db.write(move |db| radar::mark_seen(db, &person, &likeness, now)).await;
    answer(&app, &signed, &id, &form, "radar-said-seen", done).await
}

pub async fn dismiss(
    app: AppData,
    signed: SignedIn,
    id: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let likeness: LikenessId = id.parse().map_err(|_| WebError::NotFound)?;
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let reason = form.get("reason").to_owned();
    let done = app.db.write(move |db| radar::dismiss_likeness(db, &person, &likeness, &reason, now)).await;
    answer(&app, &signed, &id, &form, "radar-said-dismissed", done).await
}

async fn answer(
    app: &AppData,
    signed: &SignedIn,
    id: &str,
    form: &Form,
    said: &'static str,
    done: Result<Likeness, DecideLikenessError>,
) -> Result<HttpResponse, WebError> {
    match done {
        Ok(likeness) => {
            let to = format!("/manage/likenesses/{}", likeness.id);
            Ok(signed.visitor.redirect(app, &to, Some(("ok", Sentence::new(said)))))
        }
        Err(error) => again(app, signed, id, form, Some(error.into())).await,
    }
}

fn read_pair(
    db: &mut Db,
    person: &Person,
    id: &LikenessId,
    words: &Words,
) -> Result<Option<PairPage>, DbError> {
    let Some(likeness) = radar::store::find(db, id)? else { return Ok(None) };
    let Some(sight) = sight_of_pair(db, person, &likeness)? else { return Ok(None) };
    let by = match &likeness.status_by {
        Some(by) => accounts::store::find(db, by)?.map(|account| account.full_name).unwrap_or_default(),
        None => String::new(),
    };
    let mut page = page(&likeness, &by, words);
    match sight {
        PairSight::Both(pair) => {
            let (first, second) = *pair;
            let first_files = attachments::views::list_of_entry(db, &first.id)?;
            let second_files = attachments::views::list_of_entry(db, &second.id)?;
            page.relations = relations(&first, &second, words);
            page.files = file_pairs(&likeness.evidence.0, &first_files, &second_files, words);
            page.passages = passages(&likeness.evidence.0, &first_files, &second_files, words);
            page.works = vec![shown_work(db, &first, words)?, shown_work(db, &second, words)?];
            page.sees_both = true;
        }
        PairSight::One { own, is_first, other_contest_is_same } => {
            let other = hidden_work(other_contest_is_same, words);
            let own = shown_work(db, &own, words)?;
            page.works = if is_first { vec![own, other] } else { vec![other, own] };
        }
    }
    Ok(Some(page))
}

fn page(likeness: &Likeness, by: &str, words: &Words) -> PairPage {
    let said = match likeness.status {
        LikenessStatus::Open => String::new(),
        LikenessStatus::Seen | LikenessStatus::Dismissed => {
            let args = [("by", by.to_owned().into()), ("at", words.date_time(likeness.status_at).into())];
            words.say_with(&format!("radar-said-by-{}", likeness.status), &args)
        }
    };
    PairPage {
        id: likeness.id.to_string(),
        kind: words.say(&format!("radar-kind-{}", likeness.kind)),
        sure: words.say_with("radar-sure", &[("n", likeness.score.into())]),
        score: likeness.score,
        explained: words.say(&format!("radar-explained-{}", likeness.kind)),
        state: tone(likeness.status),
        state_word: words.say(&format!("radar-state-{}", likeness.status)),
        said,
        reason: likeness.status_reason.clone().unwrap_or_default(),
        relations: Vec::new(),
        works: Vec::new(),
        files: Vec::new(),
        passages: Vec::new(),
        sees_both: false,
        is_open: likeness.status == LikenessStatus::Open,
        is_dismissed: likeness.status == LikenessStatus::Dismissed,
        typed_reason: String::new(),
        errors: ShownErrors::default(),
        notice: String::new(),
    }
}

fn relations(first: &Entry, second: &Entry, words: &Words) -> Vec<String> {
    let fold = crate::base::text::fold;
    let same_author = !first.authors.is_empty() && fold(&first.authors) == fold(&second.authors);
    let keys = [
        (first.owner_id == second.owner_id || same_author, "radar-same-author", "radar-other-author"),
        (first.unit_id == second.unit_id, "radar-same-unit", "radar-different-unit"),
        (first.contest_id == second.contest_id, "radar-same-contest", "radar-different-contest"),
    ];
    keys.iter().map(|(is_same, same, other)| words.say(if *is_same { same } else { other })).collect()
}

fn shown_work(db: &mut Db, entry: &Entry, words: &Words) -> Result<ShownWork, DbError> {
    let contest = contests::store::find(db, &entry.contest_id)?;
    Ok(ShownWork {
        is_known: true,
        title: entry.title.clone(),
        href: format!("/manage/entries/{}", entry.id),
        code: entry.code.clone().unwrap_or_default(),
        unit: entry.unit_name.clone(),
        authors: entry.authors.clone(),
        contest: contest.map(|contest| contest.title_in(words.lang).to_owned()).unwrap_or_default(),
        sent: entry.submitted_at.map(|at| words.date_time(at)).unwrap_or_default(),
    })
}

fn hidden_work(same_contest: bool, words: &Words) -> ShownWork {
    ShownWork {
        is_known: false,
        title: name_of_other(same_contest, words),
        href: String::new(),
        code: String::new(),
        unit: String::new(),
        authors: String::new(),
        contest: String::new(),
        sent: String::new(),
    }
}

fn file_pairs(
    evidence: &Evidence,
    first: &[Attachment],
    second: &[Attachment],
    words: &Words,
) -> Vec<FilePair> {
    let shown = |files: &[Attachment], id: &AttachmentId, at: Option<i32>| {
        let found: Vec<Attachment> = files.iter().filter(|file| file.id == *id).cloned().collect();
        let mut shown = show_files(&found, &[], &MediaOf::default(), Looker::Concerned, words);
        for (file, of) in shown.iter_mut().zip(&found) {
            if let (Some(at), Some(duration)) = (at, of.media.duration_ms) {
                // Media fragments: the player opens where the still was taken.
                let seconds = duration.saturating_mul(u64::try_from(at).unwrap_or(0)) / 100_000;
                file.href = format!("{}#t={seconds}", file.href);
                file.view.src.clone_from(&file.href);
            }
        }
        shown
    };
    let mut met = std::collections::HashSet::new();
    let pairs = evidence.files.iter().filter(|pair| met.insert((&pair.first, &pair.second))).take(8);
    let pair = |pair: &radar::PairOfFiles| FilePair {
        first: shown(first, &pair.first, pair.at.map(|at| at.0)),
        second: shown(second, &pair.second, pair.at.map(|at| at.1)),
        place: pair
            .at
            .map(|(first, second)| {
                words.say_with("radar-stills-at", &[("first", first.into()), ("second", second.into())])
            })
            .unwrap_or_default(),
    };
    pairs.map(pair).collect()
}

fn passages(
    evidence: &Evidence,
    first: &[Attachment],
    second: &[Attachment],
    words: &Words,
) -> Vec<PassagePair> {
    let place = |files: &[Attachment], id: Option<&AttachmentId>| match id {
        None => words.say("radar-in-form"),
        Some(id) => {
            let file = files.iter().find(|file| file.id == *id);
            file.map_or_else(|| words.say("radar-in-removed-file"), |file| file.file_name.clone())
        }
    };
    let pair = |pair: &radar::PairOfPassages| PassagePair {
        first: pair.first.clone(),
        second: pair.second.clone(),
        first_where: place(first, pair.first_file.as_ref()),
        second_where: place(second, pair.second_file.as_ref()),
    };
    evidence.passages.iter().map(pair).collect()
}
