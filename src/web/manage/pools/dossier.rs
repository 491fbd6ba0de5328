//! The frozen copy of a nomination, in words: the entry as it was last sent in, its sheets, its place and the minutes.

use actix_web::{HttpResponse, web::Path};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{frame::PoolHead, nominations::find};
use crate::{
    base::{clock::Moment, ids::NominationId, points::Points},
    features::entries::Answer,
    web::{
        error::WebError, form::AppData, markdown, render::Page, result_words::score_word, visitor::SignedIn,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct DossierPage {
    head: PoolHead,
    title: String,
    code: String,
    from: String,
    at: String,
    hash: String,
    unit: String,
    authors: String,
    place: String,
    score: String,
    answers: Vec<Line>,
    files: Vec<Line>,
    sheets: Vec<ShownSheet>,
    decision: ShownDecision,
    /// The copy itself, as text with line breaks.
    snapshot: String,
}

impl Page for DossierPage {
    const TEMPLATE: &'static str = "manage/pools/dossier.html";
}

#[derive(Debug, Serialize)]
struct Line {
    label: String,
    text: String,
    note: String,
}

#[derive(Debug, Serialize)]
struct ShownSheet {
    judge: i64,
    marks: Vec<Line>,
    comment: String,
}

#[derive(Debug, Serialize)]
struct ShownDecision {
    body: String,
    members: String,
    document: String,
    at: String,
    minutes: String,
}

/// For both ends of its way.
pub async fn show(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (pool, id) = path.into_inner();
    let id: NominationId = id.parse().map_err(|_| WebError::NotFound)?;
    let person = signed.person.clone();
    let (opened, shown) = app.db.read(move |db| find(db, &person, &pool, &id)).await?;
    let words = signed.visitor.words;
    let copy: Value = serde_json::from_str(&shown.nomination.snapshot).unwrap_or_default();
    let (entry, content) = (&copy["entry"], &copy["entry"]["revision"]["content"]);
    let page = DossierPage {
        head: opened.head(&words, "nominations"),
        title: shown.entry.title,
        code: shown.entry.code.unwrap_or_default(),
        from: text(&copy["from"]["unit"]),
        at: words.date_time(shown.nomination.proposed_at),
        hash: shown.nomination.dossier_hash,
        unit: text(&entry["unit"]),
        authors: text(&content["authors"]),
        place: copy["place"].as_i64().map(|place| words.number(place)).unwrap_or_default(),
        score: score_word(&words, copy["score"].as_str().unwrap_or_default()),
        answers: list(&content["answers"]).map(|answer| answer_line(answer, &words)).collect(),
        files: list(&content["files"]).map(|file| file_line(file, &words)).collect(),
        sheets: list(&copy["sheets"]).map(|sheet| shown_sheet(sheet, &words)).collect(),
        decision: shown_decision(&copy["decision"], &words),
        snapshot: serde_json::to_string_pretty(&copy).unwrap_or_default(),
    };
    app.page(&signed.visitor, &page)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn answer_line(answer: &Value, words: &Words) -> Line {
    let said = match Answer::deserialize(&answer["answer"]) {
        Ok(Answer::Text(text) | Answer::Choice(text) | Answer::Link(text)) => text,
        Ok(Answer::Choices(values)) => values.join(", "),
        Ok(Answer::Number(number)) => words.points(number),
        Ok(Answer::Date(date)) => words.date(date),
        Err(_) => String::new(),
    };
    Line { label: text(&answer["label"]), text: said, note: String::new() }
}

fn file_line(file: &Value, words: &Words) -> Line {
    let size = file["byte_count"].as_i64().map(|count| words.bytes(count)).unwrap_or_default();
    Line { label: text(&file["label"]), text: text(&file["file_name"]), note: size }
}

fn shown_sheet(sheet: &Value, words: &Words) -> ShownSheet {
    let mark_line = |mark: &Value| {
        let stored = text(&mark["mark"]);
        let said = stored.parse::<Points>().map_or(stored, |points| words.points(points));
        Line { label: text(&mark["criterion"]), text: said, note: text(&mark["note"]) }
    };
    ShownSheet {
        judge: sheet["judge"].as_i64().unwrap_or_default(),
        marks: list(&sheet["marks"]).map(mark_line).collect(),
        comment: text(&sheet["comment"]),
    }
}

fn shown_decision(decision: &Value, words: &Words) -> ShownDecision {
    let date = chrono::NaiveDate::deserialize(&decision["document_date"]).ok();
    let document =
        [text(&decision["document_number"]), date.map(|date| words.date(date)).unwrap_or_default()];
    let members: Vec<String> = list(&decision["members_present"]).map(text).collect();
    let at = Moment::deserialize(&decision["decided_at"]).ok();
    ShownDecision {
        body: text(&decision["body"]),
        members: members.join("; "),
        document: document.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        at: at.map(|at| words.date_time(at)).unwrap_or_default(),
        minutes: markdown::html(decision["minutes"].as_str().unwrap_or_default()),
    }
}
