//! The first page of an entry: which contest, for which unit, of which kind, under which title.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use serde::{Deserialize, Serialize};

use crate::{
    base::{
        clock::Moment,
        ids::{EntryId, UnitId},
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::Person,
        contests::{self, Category, Contest, EntryKind},
        entries::{NewDraft, create_draft},
        units::{self, views::PathStep},
    },
    infra::db::{Db, DbError},
    web::{
        entry_parts::Choice,
        error::WebError,
        form::{AppData, Form, ShownErrors, query},
        render::Page,
        visitor::{SignedIn, Visitor},
        words::Words,
    },
};

#[derive(Debug, Default, Deserialize)]
struct Asked {
    contest: Option<String>,
}

#[derive(Debug, Serialize)]
struct NewEntryPage {
    /// Empty while no contest is chosen.
    contest_title: String,
    slug: String,
    deadline: String,
    contests: Vec<ContestDoor>,
    id: String,
    units: Vec<Choice>,
    kinds: Vec<Choice>,
    categories: Vec<Choice>,
    title: String,
    notice: String,
    errors: ShownErrors,
}

impl Page for NewEntryPage {
    const TEMPLATE: &'static str = "my/entries/new.html";
}

#[derive(Debug, Serialize)]
struct ContestDoor {
    href: String,
    title: String,
    deadline: String,
}

/// What is chosen on the page so far.
#[derive(Default)]
struct Typed {
    id: Option<String>,
    unit: String,
    kind: String,
    category: String,
    title: String,
}

struct Offer {
    contest: Contest,
    units: Vec<Vec<PathStep>>,
    categories: Vec<Category>,
}

pub async fn show(app: AppData, signed: SignedIn, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let asked: Asked = query(&request);
    let Some(slug) = asked.contest.filter(|slug| !slug.is_empty()) else {
        return show_contests(&app, &signed).await;
    };
    let offer = read_offer(&app, &signed.person, slug).await?;
    let page = page(&offer, &Typed::default(), &signed.visitor.words);
    app.page(&signed.visitor, &page)
}

async fn show_contests(app: &AppData, signed: &SignedIn) -> Result<HttpResponse, WebError> {
    let words = signed.visitor.words;
    let now = words.now;
    let open = app.db.read(contests::views::list_public).await?;
    let doors = open.iter().filter(|contest| takes_new(contest, now)).map(|contest| ContestDoor {
        href: format!("/my/entries/new?contest={}", contest.slug.as_str()),
        title: contest.title_in(words.lang).to_owned(),
        deadline: deadline(contest, &words),
    });
    let page = NewEntryPage {
        contest_title: String::new(),
        slug: String::new(),
        deadline: String::new(),
        contests: doors.collect(),
        id: String::new(),
        units: Vec::new(),
        kinds: Vec::new(),
        categories: Vec::new(),
        title: String::new(),
        notice: String::new(),
        errors: ShownErrors::default(),
    };
    app.page(&signed.visitor, &page)
}

pub async fn create(app: AppData, signed: SignedIn, form: Form) -> Result<HttpResponse, WebError> {
    let visitor = &signed.visitor;
    let offer = read_offer(&app, &signed.person, form.get("contest").to_owned()).await?;
    let typed = Typed {
        id: Some(form.get("entry").to_owned()),
        unit: form.get("unit").to_owned(),
        kind: form.get("kind").to_owned(),
        category: form.get("category").to_owned(),
        title: form.get("title").to_owned(),
    };
    let Ok(unit_id) = typed.unit.parse::<UnitId>() else {
        let errors = FieldErrors::one("unit", Sentence::new("entries-missing-unit"));
        return again(&app, visitor, &offer, &typed, WebError::Invalid(errors));
    };
    let new = NewDraft {
        id: form.get("entry").parse().unwrap_or_else(|_| EntryId::generate()),
        contest_id: offer.contest.id.clone(),
        unit_id,
        kind: typed.kind.parse().ok(),
        category_id: typed.category.parse().ok(),
        title: typed.title.clone(),
        on_behalf: None,
    };
    let (person, now) = (Arc::clone(&signed.person), visitor.words.now);
    match app.db.write(move |db| create_draft(db, &person, &new, now)).await {
        Ok(entry) => Ok(visitor.redirect(&app, &format!("/my/entries/{}/edit", entry.id), None)),
        Err(error) => again(&app, visitor, &offer, &typed, error.into()),
    }
}

/// The same page with what was typed and what is wrong with it.
fn again(
    app: &AppData,
    visitor: &Visitor,
    offer: &Offer,
    typed: &Typed,
    error: WebError,
) -> Result<HttpResponse, WebError> {
    let mut page = page(offer, typed, &visitor.words);
    match error {
        WebError::Invalid(errors) => {
            page.errors = ShownErrors::new(&errors, &visitor.words);
            app.page_with(StatusCode::UNPROCESSABLE_ENTITY, visitor, &page)
        }
        WebError::Refused(sentence) => {
            page.notice = sentence.said(visitor.words.lang);
            app.page_with(StatusCode::CONFLICT, visitor, &page)
        }
        error => Err(error),
    }
}

async fn read_offer(app: &AppData, person: &Arc<Person>, slug: String) -> Result<Offer, WebError> {
    let person = Arc::clone(person);
    let found = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let Some(contest) = contests::views::find_by_slug(db, &slug)? else { return Ok(None) };
            if contest.status == contests::ContestStatus::Draft {
                return Ok(None);
            }
            let units = list_own_units(db, &person, &contest)?;
            let categories = contests::views::list_categories(db, &contest.id)?;
            Ok(Some(Offer { contest, units, categories }))
        })
        .await?;
    found.ok_or(WebError::NotFound)
}

/// The paths of the units that this person may send from, inside the contest.
fn list_own_units(db: &mut Db, person: &Person, contest: &Contest) -> Result<Vec<Vec<PathStep>>, DbError> {
    let own: Vec<UnitId> = person.offices.iter().map(|office| office.unit_id.clone()).collect();
    let mut paths: Vec<Vec<PathStep>> = units::views::paths_of(db, &own)?.into_values().collect();
    paths.retain(|path| path.iter().any(|step| step.unit_id == contest.host_unit_id));
    // The smallest unit first: that is where people are members.
    paths.sort_by_key(|path| std::cmp::Reverse(path.first().map(|step| step.position)));
    Ok(paths)
}

fn page(offer: &Offer, typed: &Typed, words: &Words) -> NewEntryPage {
    let contest = &offer.contest;
    let units = offer.units.iter().enumerate().filter_map(|(at, path)| {
        let value = path.first()?.unit_id.to_string();
        let names: Vec<&str> = path.iter().take(3).map(|step| step.name.as_str()).collect();
        let chosen = typed.unit == value || (typed.unit.is_empty() && at == 0);
        Some(Choice { value, label: names.join(", "), chosen })
    });
    let kinds = contest.kinds.iter().filter(|kind| **kind != EntryKind::NotRecorded);
    let only_kind = contest.kinds.len() == 1;
    let mut categories: Vec<Choice> = offer
        .categories
        .iter()
        .filter(|category| !category.is_retired)
        .map(|category| Choice {
            value: category.id.to_string(),
            label: words.either(&category.name, &category.name_en).to_owned(),
            chosen: typed.category == category.id.as_str(),
        })
        .collect();
    if categories.len() > 1 {
        let label = words.say("entries-form-choose");
        categories.insert(0, Choice { value: String::new(), label, chosen: typed.category.is_empty() });
    }
    NewEntryPage {
        contest_title: contest.title_in(words.lang).to_owned(),
        slug: contest.slug.as_str().to_owned(),
        deadline: deadline(contest, words),
        contests: Vec::new(),
        id: typed.id.clone().unwrap_or_else(|| EntryId::generate().to_string()),
        units: units.collect(),
        kinds: kinds
            .map(|kind| Choice {
                value: kind.to_string(),
                label: words.say(&format!("entries-kind-{kind}")),
                chosen: only_kind || typed.kind == kind.as_str(),
            })
            .collect(),
        categories,
        title: typed.title.clone(),
        notice: String::new(),
        errors: ShownErrors::default(),
    }
}

/// New entries can be begun until the closing second; the time of grace is for those that were.
pub fn takes_new(contest: &Contest, now: Moment) -> bool {
    contest.takes_entries(now) && !contest.is_late(now)
}

/// "Hạn gửi: 23:59 ngày 31/03/2024 · còn 4 ngày".
pub fn deadline(contest: &Contest, words: &Words) -> String {
    let Some(closes) = contest.closes_at else { return String::new() };
    let args = [("at", words.date_time(closes).into()), ("left", words.distance(closes).into())];
    words.say_with(if closes > words.now { "entries-deadline" } else { "entries-deadline-past" }, &args)
}
