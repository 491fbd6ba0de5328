//! Everything that one made, the newest first.

use std::sync::Arc;

use actix_web::HttpResponse;
use serde::Serialize;

use super::new::deadline;
use crate::{
    features::{
        contests::Contest,
        entries::{self, Entry, EntryStatus},
    },
    web::{
        entry_parts::{Chip, Labels},
        error::WebError,
        form::AppData,
        render::Page,
        visitor::SignedIn,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
struct ListPage {
    entries: Vec<OwnLine>,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "my/entries/list.html";
}

/// One's own entry in a list, with what is to be done about it.
#[derive(Debug, Serialize)]
pub struct OwnLine {
    pub href: String,
    pub title: String,
    pub code: String,
    pub contest: String,
    pub unit: String,
    pub kind: String,
    pub chip: Chip,
    /// The deadline while it can be changed, the day it was sent in afterwards.
    pub note: String,
    pub is_open: bool,
}

pub async fn show(app: AppData, signed: SignedIn) -> Result<HttpResponse, WebError> {
    let person = Arc::clone(&signed.person);
    let own = app.db.read(move |db| entries::views::list_of_person(db, &person.id)).await?;
    app.page(&signed.visitor, &ListPage { entries: lines(&own, &signed.visitor.words) })
}

pub fn lines(own: &[(Entry, Contest)], words: &Words) -> Vec<OwnLine> {
    let labels = Labels::new(words, &[], &[]);
    own.iter().map(|(entry, contest)| line(entry, contest, &labels, words)).collect()
}

fn line(entry: &Entry, contest: &Contest, labels: &Labels, words: &Words) -> OwnLine {
    let at = |key: &str, at: crate::base::clock::Moment| {
        words.say_with(key, &[("at", words.date_time(at).into()), ("left", words.distance(at).into())])
    };
    let note = match (entry.status, entry.correction_due_at, entry.submitted_at) {
        (EntryStatus::Returned, Some(due), _) => at("entries-deadline-correction", due),
        (EntryStatus::Draft, _, _) => deadline(contest, words),
        (_, _, Some(submitted)) => at("entries-sent-at", submitted),
        _ => String::new(),
    };
    OwnLine {
        href: format!("/my/entries/{}", entry.id),
        title: entry.title.clone(),
        code: entry.code.clone().unwrap_or_default(),
        contest: contest.title_in(words.lang).to_owned(),
        unit: entry.unit_name.clone(),
        kind: labels.kind(entry.kind).to_owned(),
        chip: labels.state(entry.status),
        note,
        is_open: entry.status.is_open_to_changes(),
    }
}
