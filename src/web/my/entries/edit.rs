//! The form of an entry. Everything typed is kept: saved, or shown again with what is wrong.

use std::{collections::BTreeMap, sync::Arc};

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Serialize;

use super::{
    new::deadline,
    overview::{OwnEntry, read_own},
    steps::{At, Step, has_slots, steps},
};
use crate::{
    base::sentence::Sentence,
    features::{
        contests::EntryKind,
        entries::{PersonPart, RawDraft, save_draft},
    },
    web::{
        entry_parts::{Choice, ShownField, raw_draft, show_answers, show_fields, typed_again},
        error::WebError,
        form::{AppData, Form, ShownErrors},
        render::Page,
        visitor::{SignedIn, Visitor},
        words::Words,
    },
};

#[derive(Debug, Serialize)]
struct EditPage {
    id: String,
    contest_title: String,
    deadline: String,
    steps: Vec<Step>,
    version: i32,
    title: String,
    kinds: Vec<Choice>,
    categories: Vec<Choice>,
    authors: String,
    members: String,
    fields: Vec<ShownField>,
    saved: String,
    reason: String,
    notice: String,
    /// What stands in the other window, where it differs from what is typed here.
    theirs: Vec<Theirs>,
    errors: ShownErrors,
}

impl Page for EditPage {
    const TEMPLATE: &'static str = "my/entries/edit.html";
}

#[derive(Debug, Serialize)]
struct Theirs {
    label: String,
    text: String,
}

pub async fn show(app: AppData, signed: SignedIn, id: Path<String>) -> Result<HttpResponse, WebError> {
    let (own, ()) = read_own(&app, &signed.person, &id, |_, _| Ok(())).await?;
    let to_show = format!("/my/entries/{}", own.entry.id);
    if !own.entry.status.is_open_to_changes() {
        return Ok(signed.visitor.redirect(&app, &to_show, None));
    }
    let raw = saved_draft(&own, &signed.visitor.words);
    let page = page(&own, &raw, ShownErrors::default(), &signed.visitor.words);
    app.page(&signed.visitor, &page)
}

pub async fn save(
    app: AppData,
    signed: SignedIn,
    id: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (own, ()) = read_own(&app, &signed.person, &id, |_, _| Ok(())).await?;
    let visitor = &signed.visitor;
    let raw = raw_draft(&form);
    let edition = form.get("version").parse().unwrap_or(0);
    let (person, entry, typed, now) =
        (Arc::clone(&signed.person), own.entry.id.clone(), raw.clone(), visitor.words.now);
    let saved = app.db.write(move |db| save_draft(db, &person, &entry, edition, &typed, now)).await;
    match saved.map_err(WebError::from) {
        Ok(entry) => {
            let next = match form.get("act") {
                "next" if has_slots(&own) => "/attachments",
                "next" => "/submit",
                _ => "/edit",
            };
            let said = Some(("ok", Sentence::new("entries-said-saved")));
            Ok(visitor.redirect(&app, &format!("/my/entries/{}{next}", entry.id), said))
        }
        Err(WebError::Invalid(errors)) => {
            let page = page(&own, &raw, ShownErrors::new(&errors, &visitor.words), &visitor.words);
            app.page_with(StatusCode::UNPROCESSABLE_ENTITY, visitor, &page)
        }
        Err(WebError::Refused(sentence)) => refused(&app, visitor, &id, &signed, &raw, &sentence).await,
        Err(error) => Err(error),
    }
}

/// What was typed stands in the form, what was saved elsewhere beside it. Sending this page again means that the reader
/// has seen both.
async fn refused(
    app: &AppData,
    visitor: &Visitor,
    id: &str,
    signed: &SignedIn,
    raw: &RawDraft,
    sentence: &Sentence,
) -> Result<HttpResponse, WebError> {
    let (own, ()) = read_own(app, &signed.person, id, |_, _| Ok(())).await?;
    let words = &visitor.words;
    let mut page = page(&own, raw, ShownErrors::default(), words);
    page.notice = sentence.said(words.lang);
    page.theirs = theirs(&own, words);
    app.page_with(StatusCode::CONFLICT, visitor, &page)
}

fn theirs(own: &OwnEntry, words: &Words) -> Vec<Theirs> {
    let line = |key: &str, text: String| Theirs { label: words.say(key), text };
    let saved = saved_draft(own, words);
    let kind = words.say(&format!("entries-kind-{}", own.entry.kind));
    let mut theirs = vec![
        line("entries-form-title", saved.title),
        line("entries-form-kind", kind),
        line("entries-form-authors", saved.authors),
        line("entries-form-members", saved.members.replace('\n', ", ")),
    ];
    let answers = show_answers(&own.fields, &own.entry.answers, words, false);
    theirs.extend(
        answers.into_iter().map(|answer| Theirs { label: answer.label, text: answer.lines.join("; ") }),
    );
    theirs.retain(|line| !line.text.is_empty());
    theirs
}

/// What is saved, in the shape of the form.
pub fn saved_draft(own: &OwnEntry, words: &Words) -> RawDraft {
    let members = own.people.iter().filter(|person| person.part == PersonPart::Member);
    let members: Vec<&str> = members.map(|person| person.full_name.as_str()).collect();
    RawDraft {
        title: own.entry.title.clone(),
        kind: own.entry.kind.to_string(),
        category: own.entry.category_id.as_ref().map(ToString::to_string).unwrap_or_default(),
        authors: own.entry.authors.clone(),
        members: members.join("\n"),
        answers: typed_again(&own.entry.answers, words),
    }
}

fn page(own: &OwnEntry, raw: &RawDraft, errors: ShownErrors, words: &Words) -> EditPage {
    let (entry, contest) = (&own.entry, &own.contest);
    let kinds = contest.kinds.iter().filter(|kind| **kind != EntryKind::NotRecorded);
    let by_field: &BTreeMap<String, String> = &errors.by_field;
    EditPage {
        id: entry.id.to_string(),
        contest_title: contest.title_in(words.lang).to_owned(),
        deadline: match entry.correction_due_at {
            Some(due) => words.say_with(
                "entries-deadline-correction",
                &[("at", words.date_time(due).into()), ("left", words.distance(due).into())],
            ),
            None => deadline(contest, words),
        },
        steps: steps(own, At::Words, words),
        version: entry.edition,
        title: raw.title.clone(),
        kinds: kinds
            .map(|kind| Choice {
                value: kind.to_string(),
                label: words.say(&format!("entries-kind-{kind}")),
                chosen: raw.kind == kind.as_str(),
            })
            .collect(),
        categories: categories(own, raw, words),
        authors: raw.authors.clone(),
        members: raw.members.clone(),
        fields: show_fields(&own.fields, &raw.answers, by_field, words),
        saved: words.say_with("entries-form-saved-at", &[("time", words.clock_time(entry.saved_at).into())]),
        reason: entry.status_reason.clone().unwrap_or_default(),
        notice: String::new(),
        theirs: Vec::new(),
        errors,
    }
}

fn categories(own: &OwnEntry, raw: &RawDraft, words: &Words) -> Vec<Choice> {
    let offered = own.categories.iter().filter(|category| !category.is_retired);
    let mut categories: Vec<Choice> = offered
        .map(|category| Choice {
            value: category.id.to_string(),
            label: words.either(&category.name, &category.name_en).to_owned(),
            chosen: raw.category == category.id.as_str(),
        })
        .collect();
    if !categories.is_empty() {
        let label = words.say("entries-form-choose");
        categories.insert(0, Choice { value: String::new(), label, chosen: raw.category.is_empty() });
    }
    categories
}
