//! One contest: what it is about, how to take part, how it is judged, what can be won.

use std::sync::Arc;

use actix_web::{HttpResponse, web::Path};
use serde::Serialize;

use super::{
    card::{Chip, moment, phase_chip, when},
    rounds::{Fact, RoundView, Step, path, rounds},
};
use crate::{
    base::ids::UnitId,
    features::{
        accounts::Person,
        contests::{
            Contest, ContestParts, Declared, EntryKind, Field, FieldKind, Phase, policy, views::find_by_slug,
        },
        publication::{Scope, views::latest},
        units,
    },
    infra::db::{Db, DbError},
    web::{error::WebError, form::AppData, markdown, render::Page, visitor::Visitor, words::Words},
};

#[derive(Debug, Serialize)]
pub struct ShowPage {
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub chip: Chip,
    pub when: String,
    pub host: String,
    pub host_href: String,
    pub is_draft: bool,
    pub action: Option<Action>,
    pub action_note: String,
    pub others: Vec<Action>,
    pub facts: Vec<Fact>,
    pub path: Vec<Step>,
    pub rules: String,
    pub categories: Vec<Fact>,
    pub form: Vec<Fact>,
    pub rounds: Vec<RoundView>,
    pub consents: Vec<ConsentView>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Action {
    pub href: String,
    pub label: String,
}

#[derive(Debug, Serialize)]
pub struct ConsentView {
    pub purpose: String,
    pub text: String,
    pub note: String,
}

impl Page for ShowPage {
    const TEMPLATE: &'static str = "site/contests/show.html";
}

/// What the page says depends on who looks.
struct Seen {
    declared: Declared,
    parts: Arc<ContestParts>,
    may_run: bool,
    /// Belongs to a unit from which entries come.
    takes_part: bool,
    officer_unit: Option<UnitId>,
    has_results: bool,
}

pub async fn show(app: AppData, visitor: Visitor, slug: Path<String>) -> Result<HttpResponse, WebError> {
    let person = visitor.person.clone();
    let seen = app.db.read(move |db| see(db, person.as_deref(), &slug)).await?.ok_or(WebError::NotFound)?;
    app.page(&visitor, &page(&seen, &visitor))
}

fn see(db: &mut Db, person: Option<&Person>, slug: &str) -> Result<Option<Seen>, DbError> {
    let Some(contest) = find_by_slug(db, slug)? else { return Ok(None) };
    if !policy::may_see(db, person, &contest)? {
        return Ok(None);
    }
    let may_run = match person {
        Some(person) => policy::may_run(db, person, &contest)?,
        None => false,
    };
    let mut takes_part = false;
    let mut officer_unit = None;
    if let Some(person) = person {
        for unit in person.member_units() {
            takes_part = takes_part || units::views::is_within(db, unit, &contest.host_unit_id)?;
        }
        for unit in person.officer_units() {
            if officer_unit.is_none() && units::views::is_within(db, unit, &contest.host_unit_id)? {
                officer_unit = Some(unit.clone());
            }
        }
    }
    let has_results = latest(db, &Scope::Contest(contest.id.clone()))?.is_some();
    let parts = ContestParts::of(db, &contest)?;
    let declared = Declared::load(db, contest)?;
    Ok(declared.map(|declared| Seen { declared, parts, may_run, takes_part, officer_unit, has_results }))
}

fn page(seen: &Seen, visitor: &Visitor) -> ShowPage {
    let words = &visitor.words;
    let declared = &seen.declared;
    let contest = &declared.contest;
    let phase = contest.phase(words.now);
    let (action, action_note) = action(seen, visitor, phase);
    let mut others = Vec::new();
    let mut offer = |href: String, key: &str| {
        if action.as_ref().is_none_or(|main| main.href != href) {
            others.push(Action { href, label: words.say(key) });
        }
    };
    if seen.may_run {
        offer(manage(contest), "contests-action-manage");
    }
    if let Some(unit) = &seen.officer_unit {
        offer(format!("/manage/units/{unit}/entries"), "contests-action-inbox");
    }
    ShowPage {
        slug: contest.slug.as_str().to_owned(),
        title: contest.title_in(words.lang).to_owned(),
        summary: words.either(&contest.summary, &contest.summary_en).to_owned(),
        chip: phase_chip(phase, words),
        when: when(phase, contest.opens_at, contest.closes_at, words),
        host: declared.host.name.clone(),
        host_href: format!("/units/{}", declared.host.id),
        is_draft: phase == Phase::Draft,
        action,
        action_note,
        others,
        facts: facts(contest, words),
        path: path(declared, words),
        rules: markdown::html(words.either(&contest.rules, &contest.rules_en)),
        categories: declared
            .categories
            .iter()
            .map(|category| Fact {
                term: words.either(&category.name, &category.name_en).to_owned(),
                text: category.description.clone(),
            })
            .collect(),
        form: declared.fields.iter().map(|field| field_line(field, words)).collect(),
        rounds: rounds(declared, &seen.parts, words),
        consents: declared
            .consents
            .iter()
            .map(|consent| ConsentView {
                purpose: purpose_word(&consent.purpose, words),
                text: words.either(&consent.text, &consent.text_en).to_owned(),
                note: words.say(if consent.is_required {
                    "contests-consent-required"
                } else {
                    "contests-consent-free"
                }),
            })
            .collect(),
    }
}

fn manage(contest: &Contest) -> String {
    format!("/manage/contests/{}", contest.slug.as_str())
}

/// The one main action, and a sentence where there is none.
fn action(seen: &Seen, visitor: &Visitor, phase: Phase) -> (Option<Action>, String) {
    let words = &visitor.words;
    let contest = &seen.declared.contest;
    let slug = contest.slug.as_str();
    let to = |href: String, key: &str| Some(Action { href, label: words.say(key) });
    let note = |key: &str| words.say(key);
    match phase {
        Phase::Draft => (to(manage(contest), "contests-action-prepare"), note("contests-note-draft")),
        Phase::Ended | Phase::Judging if seen.may_run => {
            (to(manage(contest), "contests-action-manage"), String::new())
        }
        Phase::Ended | Phase::Judging if seen.has_results => {
            (to(format!("/contests/{slug}/results"), "contests-action-results"), String::new())
        }
        Phase::Ended => (to(format!("/contests/{slug}/entries"), "contests-action-gallery"), String::new()),
        Phase::Judging => (
            to(format!("/contests/{slug}/entries"), "contests-action-gallery"),
            note("contests-note-judging"),
        ),
        Phase::Coming if seen.may_run => (to(manage(contest), "contests-action-manage"), String::new()),
        Phase::Coming => (None, note("contests-note-coming")),
        Phase::Taking if visitor.person.is_none() => {
            let next =
                serde_html_form::to_string([("next", format!("/contests/{slug}"))]).unwrap_or_default();
            (to(format!("/sign-in?{next}"), "contests-action-sign-in"), note("contests-note-sign-in"))
        }
        Phase::Taking if seen.takes_part => {
            (to(format!("/my/entries/new?contest={slug}"), "contests-action-enter"), String::new())
        }
        Phase::Taking if seen.may_run => (to(manage(contest), "contests-action-manage"), String::new()),
        Phase::Taking => match &seen.officer_unit {
            Some(unit) => {
                (to(format!("/manage/units/{unit}/entries"), "contests-action-inbox"), String::new())
            }
            None => (None, note("contests-note-not-yours")),
        },
    }
}

fn facts(contest: &Contest, words: &Words) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut add = |key: &str, text: String| facts.push(Fact { term: words.say(key), text });
    // How far away something lies matters for what is to come and for what has just been.
    let dated = |at| {
        if words.now - at > chrono::Duration::days(30) {
            return moment(at, words);
        }
        let args = [("date", moment(at, words).into()), ("distance", words.distance(at).into())];
        words.say_with("contests-dated", &args)
    };
    if let Some(at) = contest.opens_at {
        add("contests-fact-opens", dated(at));
    }
    if let Some(at) = contest.closes_at {
        add("contests-fact-closes", dated(at));
    }
    if contest.grace_minutes > 0 {
        let text = words.say_with("contests-fact-grace-text", &[("count", contest.grace_minutes.into())]);
        add("contests-fact-grace", text);
    }
    let kinds: Vec<String> = contest
        .kinds
        .iter()
        .filter(|kind| **kind != EntryKind::NotRecorded)
        .map(|kind| words.say(&format!("contests-kind-{kind}")))
        .collect();
    add("contests-fact-kinds", kinds.join(", "));
    if let Some(max) = contest.max_per_person {
        add("contests-fact-per-person", words.say_with("contests-at-most", &[("count", max.into())]));
    }
    if let Some(max) = contest.max_per_unit {
        add("contests-fact-per-unit", words.say_with("contests-at-most", &[("count", max.into())]));
    }
    facts
}

/// A field of the entry form in one line: what is asked, and what fits.
fn field_line(field: &Field, words: &Words) -> Fact {
    let settings = &field.settings;
    let mut notes = vec![words.say(&format!("contests-field-{}", field.kind))];
    if field.kind == FieldKind::Files {
        let media: Vec<String> =
            settings.media.iter().map(|media| words.say(&format!("contests-media-{media}"))).collect();
        notes = vec![media.join(", ")];
        if let Some(count) = settings.max_count {
            notes.push(words.say_with("contests-slot-count", &[("count", count.into())]));
        }
        if let Some(bytes) = settings.max_bytes {
            notes.push(words.say_with("contests-slot-bytes", &[("size", words.bytes(bytes).into())]));
        }
        if let Some(minutes) = settings.max_minutes {
            notes.push(words.say_with("contests-slot-minutes", &[("count", minutes.into())]));
        }
    }
    if !field.is_required {
        notes.push(words.say("shell-optional"));
    }
    Fact { term: words.either(&field.label, &field.label_en).to_owned(), text: notes.join(" · ") }
}

/// `other_2` is another `other`.
pub fn purpose_word(purpose: &str, words: &Words) -> String {
    let known = purpose.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('_');
    let key = format!("contests-purpose-{}", if known.is_empty() { "other" } else { known });
    if words.lang.knows(&key) { words.say(&key) } else { words.say("contests-purpose-other") }
}
