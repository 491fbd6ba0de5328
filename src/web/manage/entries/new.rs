//! Entering for a member who has no phone or no account. The record says who did.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Path};
use serde::{Deserialize, Serialize};

use crate::{
    base::{
        ids::{EntryId, UnitId},
        sentence::Sentence,
    },
    features::{
        accounts::views::covers,
        contests::{self, Category, Contest, EntryKind},
        entries::{NewDraft, OnBehalf, create_draft},
        units::{self, Unit},
    },
    infra::db::{Db, DbError},
    web::{
        entry_parts::Choice,
        error::WebError,
        form::{AppData, Form, ShownErrors, query},
        render::Page,
        visitor::SignedIn,
        words::Words,
    },
};

#[derive(Debug, Default, Deserialize)]
struct Asked {
    contest: Option<String>,
}

#[derive(Debug, Serialize)]
struct NewForMemberPage {
    unit_id: String,
    unit: String,
    id: String,
    contests: Vec<Choice>,
    units: Vec<Choice>,
    kinds: Vec<Choice>,
    categories: Vec<Choice>,
    member_name: String,
    member_phone: String,
    title: String,
    errors: ShownErrors,
    notice: String,
}

impl Page for NewForMemberPage {
    const TEMPLATE: &'static str = "manage/entries/new.html";
}

struct Offer {
    unit: Unit,
    /// The unit itself and those directly below.
    units: Vec<Unit>,
    contests: Vec<Contest>,
    categories: Vec<Category>,
}

pub async fn show(
    app: AppData,
    signed: SignedIn,
    unit: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let asked: Asked = query(&request);
    let slug = asked.contest.unwrap_or_default();
    let offer = read_offer(&app, &signed, &unit, &slug).await?;
    let form = Form::from_pairs(vec![("contest".to_owned(), slug)]);
    app.page(&signed.visitor, &page(&offer, &form, &signed.visitor.words))
}

pub async fn create(
    app: AppData,
    signed: SignedIn,
    unit: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let offer = read_offer(&app, &signed, &unit, form.get("contest")).await?;
    let visitor = &signed.visitor;
    let chosen = offer.contests.iter().find(|contest| contest.slug.as_str() == form.get("contest"));
    let Some(contest) = chosen else {
        let mut page = page(&offer, &form, &visitor.words);
        page.notice = Sentence::new("entries-missing-contest").said(visitor.words.lang);
        return app.page_with(StatusCode::UNPROCESSABLE_ENTITY, visitor, &page);
    };
    let new = NewDraft {
        id: form.get("entry").parse().unwrap_or_else(|_| EntryId::generate()),
        contest_id: contest.id.clone(),
        unit_id: form.get("unit").parse().unwrap_or_else(|_| offer.unit.id.clone()),
        kind: form.get("kind").parse().ok(),
        category_id: form.get("category").parse().ok(),
        title: form.get("title").to_owned(),
        on_behalf: Some(OnBehalf {
            full_name: form.get("member_name").to_owned(),
            phone: form.get("member_phone").to_owned(),
        }),
    };
    let (person, now) = (Arc::clone(&signed.person), visitor.words.now);
    let created = app.db.write(move |db| create_draft(db, &person, &new, now)).await;
    let mut page = page(&offer, &form, &visitor.words);
    match created.map_err(WebError::from) {
        Ok(entry) => {
            let said = Sentence::new("entries-said-entered").with("name", entry.authors);
            Ok(visitor.redirect(&app, &format!("/my/entries/{}/edit", entry.id), Some(("ok", said))))
        }
        Err(WebError::Invalid(errors)) => {
            page.errors = ShownErrors::new(&errors, &visitor.words);
            app.page_with(StatusCode::UNPROCESSABLE_ENTITY, visitor, &page)
        }
        Err(WebError::Refused(sentence)) => {
            page.notice = sentence.said(visitor.words.lang);
            app.page_with(StatusCode::CONFLICT, visitor, &page)
        }
        Err(error) => Err(error),
    }
}

async fn read_offer(app: &AppData, signed: &SignedIn, unit: &str, slug: &str) -> Result<Offer, WebError> {
    let unit: UnitId = unit.parse().map_err(|_| WebError::NotFound)?;
    let (person, slug, now) = (Arc::clone(&signed.person), slug.to_owned(), signed.visitor.words.now);
    let offer = app
        .db
        .read(move |db| -> Result<_, DbError> {
            if !covers(db, &person, &unit)? {
                return Ok(None);
            }
            find_offer(db, &unit, &slug, now)
        })
        .await?;
    offer.ok_or(WebError::NotFound)
}

fn find_offer(
    db: &mut Db,
    unit: &UnitId,
    slug: &str,
    now: crate::base::clock::Moment,
) -> Result<Option<Offer>, DbError> {
    let path = units::views::path_of(db, unit)?;
    let Some(own) = path.first().cloned() else { return Ok(None) };
    let hosts = |contest: &Contest| path.iter().any(|unit| unit.id == contest.host_unit_id);
    let mut contests = contests::views::list_public(db)?;
    contests.retain(|contest| hosts(contest) && contest.takes_entries(now) && !contest.is_late(now));
    let chosen = contests.iter().find(|contest| contest.slug.as_str() == slug).or(contests.first());
    let categories = match chosen {
        Some(contest) => contests::views::list_categories(db, &contest.id)?,
        None => Vec::new(),
    };
    let mut units = vec![own.clone()];
    units.extend(units::views::list_children(db, unit)?);
    Ok(Some(Offer { unit: own, units, contests, categories }))
}

fn page(offer: &Offer, form: &Form, words: &Words) -> NewForMemberPage {
    let slug = form.get("contest");
    let contest =
        offer.contests.iter().find(|contest| contest.slug.as_str() == slug).or(offer.contests.first());
    let kinds: &[EntryKind] = contest.map_or(&[], |contest| contest.kinds.as_slice());
    let choice = |value: String, label: String, typed: &str| Choice { chosen: value == typed, value, label };
    let mut categories: Vec<Choice> = offer
        .categories
        .iter()
        .filter(|category| !category.is_retired)
        .map(|category| {
            let label = words.either(&category.name, &category.name_en).to_owned();
            choice(category.id.to_string(), label, form.get("category"))
        })
        .collect();
    if !categories.is_empty() {
        categories.insert(0, choice(String::new(), words.say("entries-form-choose"), form.get("category")));
    }
    NewForMemberPage {
        unit_id: offer.unit.id.to_string(),
        unit: offer.unit.name.clone(),
        id: if form.has("entry") { form.get("entry").to_owned() } else { EntryId::generate().to_string() },
        contests: offer
            .contests
            .iter()
            .map(|contest| {
                choice(contest.slug.as_str().to_owned(), contest.title_in(words.lang).to_owned(), slug)
            })
            .collect(),
        units: offer
            .units
            .iter()
            .map(|unit| choice(unit.id.to_string(), unit.name.clone(), form.get("unit")))
            .collect(),
        kinds: kinds
            .iter()
            .filter(|kind| **kind != EntryKind::NotRecorded)
            .map(|kind| {
                choice(kind.to_string(), words.say(&format!("entries-kind-{kind}")), form.get("kind"))
            })
            .collect(),
        categories,
        member_name: form.get("member_name").to_owned(),
        member_phone: form.get("member_phone").to_owned(),
        title: form.get("title").to_owned(),
        errors: ShownErrors::default(),
        notice: String::new(),
    }
}
