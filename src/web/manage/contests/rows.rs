//! The lists of a contest's parts: each row can be opened, moved up or down, and taken out; all by plain buttons.

use std::{str::FromStr, sync::Arc};

use actix_web::{HttpResponse, web::Path};
use serde::Serialize;

use super::frame::{Crumb, Held, StepLink, ask_who, edition_of, hold, or_said};
use crate::{
    base::{ids::RoundId, sentence::Sentence},
    features::contests::{
        AwardTarget, ContestStatus, Field, FieldKind,
        change::{ChangeContestError, Direction, Edit, PartRow, Removed, move_row, remove_row},
        checklist::Part,
        preset::list_criteria_sets,
        views::find_by_slug,
    },
    web::{
        error::WebError,
        form::{AppData, Form},
        render::Page,
        site::contests::{
            rounds::{level_name, method_word},
            show::purpose_word,
        },
        visitor::SignedIn,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct RowsPage {
    pub title: String,
    pub lead: String,
    pub crumbs: Vec<Crumb>,
    pub steps: Vec<StepLink>,
    pub base: String,
    pub edition: i32,
    pub is_ended: bool,
    /// The word of [`PartRow`] that the small forms carry.
    pub part: &'static str,
    pub round: String,
    pub blocks: Vec<Block>,
    pub empty: String,
    pub adds: Vec<Crumb>,
    pub sets: Vec<SetView>,
    pub next: String,
    pub next_word: String,
    pub missing: Vec<String>,
}

/// Rows that are in one order; awards have one block for each round.
#[derive(Debug, Serialize)]
pub struct Block {
    pub title: String,
    pub rows: Vec<RowView>,
}

#[derive(Debug, Serialize)]
pub struct RowView {
    pub id: String,
    pub href: String,
    pub name: String,
    pub notes: Vec<String>,
    pub chips: Vec<String>,
    pub links: Vec<Crumb>,
}

/// A published list of criteria that can fill an empty form.
#[derive(Debug, Serialize)]
pub struct SetView {
    pub id: String,
    pub name: String,
    pub note: String,
    pub url: String,
}

impl Page for RowsPage {
    const TEMPLATE: &'static str = "manage/contests/rows.html";
}

/// `new`, or the id of a row.
pub fn row_id<I: FromStr>(text: &str) -> Result<Option<I>, WebError> {
    if text == "new" { Ok(None) } else { text.parse().map(Some).map_err(|_| WebError::NotFound) }
}

fn list_page(held: &Held, part: Part, words: &Words, word: &'static str, blocks: Vec<Block>) -> RowsPage {
    let list = held.href(part);
    let next_word =
        if held.contest().status == ContestStatus::Draft { "setup-next" } else { "setup-overview" };
    let next = if held.contest().status == ContestStatus::Draft { held.next(part) } else { held.base() };
    RowsPage {
        title: words.say(&format!("setup-part-{part}")),
        lead: words.say(&format!("setup-{part}-lead")),
        crumbs: held.crumbs(words),
        steps: held.steps(Some(part), words),
        base: held.base(),
        edition: held.contest().edition,
        is_ended: held.contest().status == ContestStatus::Ended,
        part: word,
        round: String::new(),
        blocks,
        empty: words.say(&format!("setup-{part}-empty")),
        adds: vec![Crumb { href: format!("{list}/new"), label: words.say(&format!("setup-{part}-add")) }],
        sets: Vec::new(),
        next,
        next_word: words.say(next_word),
        missing: held
            .missing
            .iter()
            .filter(|item| item.part == part)
            .map(|item| item.what.said(words.lang))
            .collect(),
    }
}

fn row(list: &str, id: impl ToString, name: &str) -> RowView {
    let id = id.to_string();
    RowView {
        href: format!("{list}/{id}"),
        id,
        name: name.to_owned(),
        notes: Vec::new(),
        chips: Vec::new(),
        links: Vec::new(),
    }
}

fn one_block(rows: Vec<RowView>) -> Vec<Block> {
    vec![Block { title: String::new(), rows }]
}

pub async fn categories(
    app: AppData,
    signed: SignedIn,
    slug: Path<String>,
) -> Result<HttpResponse, WebError> {
    let held = hold(&app, &signed, &slug).await?;
    let words = &signed.visitor.words;
    let list = held.href(Part::Categories);
    let rows = held.declared.categories.iter().map(|category| RowView {
        notes: vec![category.description.clone()],
        ..row(&list, &category.id, words.either(&category.name, &category.name_en))
    });
    let page = list_page(&held, Part::Categories, words, "category", one_block(rows.collect()));
    app.page(&signed.visitor, &page)
}

pub async fn fields(app: AppData, signed: SignedIn, slug: Path<String>) -> Result<HttpResponse, WebError> {
    let held = hold(&app, &signed, &slug).await?;
    let words = &signed.visitor.words;
    let list = held.href(Part::Fields);
    let rows = held.declared.fields.iter().map(|field| field_row(&list, field, words));
    let mut page = list_page(&held, Part::Fields, words, "field", one_block(rows.collect()));
    let kinds = FieldKind::ALL.iter();
    page.adds = kinds
        .map(|kind| Crumb {
            href: format!("{list}/new?kind={kind}"),
            label: words.say(&format!("contests-field-{kind}")),
        })
        .collect();
    app.page(&signed.visitor, &page)
}

fn field_row(list: &str, field: &Field, words: &Words) -> RowView {
    let mut chips = vec![words.say(&format!("contests-field-{}", field.kind))];
    if field.is_required {
        chips.push(words.say("setup-chip-required"));
    }
    if !field.is_public {
        chips.push(words.say("setup-chip-private"));
    }
    if field.settings.is_cover {
        chips.push(words.say("setup-chip-cover"));
    }
    let notes = vec![words.either(&field.help, &field.help_en).to_owned()];
    RowView { notes, chips, ..row(list, &field.id, words.either(&field.label, &field.label_en)) }
}

pub async fn consents(app: AppData, signed: SignedIn, slug: Path<String>) -> Result<HttpResponse, WebError> {
    let held = hold(&app, &signed, &slug).await?;
    let words = &signed.visitor.words;
    let list = held.href(Part::Consents);
    let rows = held.declared.consents.iter().map(|consent| {
        let version = words.say_with("setup-chip-version", &[("number", consent.version.into())]);
        let need = if consent.is_required { "contests-consent-required" } else { "contests-consent-free" };
        RowView {
            notes: vec![words.either(&consent.text, &consent.text_en).to_owned()],
            chips: vec![words.say(need), version],
            ..row(&list, &consent.id, &purpose_word(&consent.purpose, words))
        }
    });
    let page = list_page(&held, Part::Consents, words, "consent", one_block(rows.collect()));
    app.page(&signed.visitor, &page)
}

pub async fn rounds(app: AppData, signed: SignedIn, slug: Path<String>) -> Result<HttpResponse, WebError> {
    let held = hold(&app, &signed, &slug).await?;
    let words = &signed.visitor.words;
    let list = held.href(Part::Rounds);
    let rows = held.declared.rounds.iter().map(|declared| {
        let round = &declared.round;
        let mut links = Vec::new();
        if round.takes_sheets() {
            let label = words.say_with("setup-round-criteria", &[("count", declared.criteria.len().into())]);
            links.push(Crumb { href: format!("{list}/{}/criteria", round.id), label });
            links.push(Crumb { href: format!("{list}/{}/desk", round.id), label: words.say("setup-desk") });
        }
        RowView {
            notes: vec![method_word(round.method, words)],
            chips: vec![level_name(&held.declared, round, words)],
            links,
            ..row(&list, &round.id, round.name_in(words.lang))
        }
    });
    let page = list_page(&held, Part::Rounds, words, "round", one_block(rows.collect()));
    app.page(&signed.visitor, &page)
}

pub async fn criteria(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (slug, round) = path.into_inner();
    let held = hold(&app, &signed, &slug).await?;
    let round: RoundId = round.parse().map_err(|_| WebError::NotFound)?;
    let declared = held.declared.rounds.iter().find(|row| row.round.id == round).ok_or(WebError::NotFound)?;
    let words = &signed.visitor.words;
    let list = format!("{}/rounds/{round}/criteria", held.base());
    let rows = declared.criteria.iter().map(|criterion| {
        let max = words.say_with("setup-chip-max", &[("points", words.points(criterion.max_mark).into())]);
        let weight =
            words.say_with("setup-chip-weight", &[("points", words.points(criterion.weight).into())]);
        RowView {
            notes: [criterion.group_name.clone(), criterion.description.clone()]
                .into_iter()
                .filter(|note| !note.is_empty())
                .collect(),
            chips: vec![max, weight],
            ..row(&list, &criterion.id, words.either(&criterion.name, &criterion.name_en))
        }
    });
    let mut page = list_page(&held, Part::Criteria, words, "criterion", one_block(rows.collect()));
    page.title = words.say_with("setup-criteria-of", &[("name", declared.round.name_in(words.lang).into())]);
    page.crumbs.push(Crumb { href: held.href(Part::Rounds), label: words.say("setup-part-rounds") });
    page.round = round.to_string();
    page.adds = vec![Crumb { href: format!("{list}/new"), label: words.say("setup-criteria-add") }];
    if declared.criteria.is_empty() {
        page.sets = list_criteria_sets().iter().map(|set| set_view(set, words)).collect();
    }
    // The forms of the other rounds come before the next part.
    let mut later = held.declared.rounds.iter().filter(|row| row.round.takes_sheets());
    let next_round = later.find(|row| row.round.position > declared.round.position);
    if let Some(next_round) = next_round {
        page.next = format!("{}/rounds/{}/criteria", held.base(), next_round.round.id);
        page.next_word =
            words.say_with("setup-criteria-of", &[("name", next_round.round.name_in(words.lang).into())]);
    }
    app.page(&signed.visitor, &page)
}

fn set_view(set: &crate::features::contests::preset::CriteriaSet, words: &Words) -> SetView {
    let key = match (set.is_proposed, set.has_equal_points) {
        (true, _) => "setup-set-proposed",
        (false, true) => "setup-set-equal",
        (false, false) => "setup-set-sourced",
    };
    let name = if set.is_proposed { words.say("setup-set-own-name") } else { set.name.clone() };
    let criteria: Vec<String> =
        set.criteria.iter().map(|criterion| format!("{} ({})", criterion.name, criterion.max)).collect();
    SetView {
        id: set.id.clone(),
        name,
        note: format!("{} {}", words.say(key), criteria.join("; ")),
        url: set.url.clone().unwrap_or_default(),
    }
}

pub async fn awards(app: AppData, signed: SignedIn, slug: Path<String>) -> Result<HttpResponse, WebError> {
    let held = hold(&app, &signed, &slug).await?;
    let words = &signed.visitor.words;
    let list = held.href(Part::Awards);
    let blocks = held.declared.rounds.iter().filter(|declared| !declared.awards.is_empty()).map(|declared| {
        let rows = declared.awards.iter().map(|award| {
            let mut chips = Vec::new();
            if award.goes_to == AwardTarget::Unit {
                chips.push(words.say("contests-award-for-unit"));
            }
            chips.extend(award.kind.map(|kind| words.say(&format!("contests-kind-{kind}"))));
            if let Some(count) = award.max_grants {
                chips.push(words.say_with("contests-award-count", &[("count", count.into())]));
            }
            RowView { chips, ..row(&list, &award.id, words.either(&award.name, &award.name_en)) }
        });
        Block { title: declared.round.name_in(words.lang).to_owned(), rows: rows.collect() }
    });
    let page = list_page(&held, Part::Awards, words, "award", blocks.collect());
    app.page(&signed.visitor, &page)
}

fn part_row(form: &Form) -> Result<PartRow, WebError> {
    fn id<I: FromStr>(form: &Form) -> Result<I, WebError> {
        form.get("id").parse().map_err(|_| WebError::NotFound)
    }
    match form.get("part") {
        "category" => Ok(PartRow::Category(id(form)?)),
        "field" => Ok(PartRow::Field(id(form)?)),
        "consent" => Ok(PartRow::Consent(id(form)?)),
        "round" => Ok(PartRow::Round(id(form)?)),
        "award" => Ok(PartRow::Award(id(form)?)),
        "criterion" => {
            let round = form.get("round").parse().map_err(|_| WebError::NotFound)?;
            Ok(PartRow::Criterion(round, id(form)?))
        }
        _ => Err(WebError::NotFound),
    }
}

/// The list that the small form stood on.
fn list_of(slug: &str, row: &PartRow) -> String {
    let list = match row {
        PartRow::Category(_) => "categories".to_owned(),
        PartRow::Field(_) => "fields".to_owned(),
        PartRow::Consent(_) => "consents".to_owned(),
        PartRow::Round(_) => "rounds".to_owned(),
        PartRow::Award(_) => "awards".to_owned(),
        PartRow::Criterion(round, _) => format!("rounds/{round}/criteria"),
    };
    format!("/manage/contests/{slug}/{list}")
}

pub async fn move_one(
    app: AppData,
    signed: SignedIn,
    slug: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    ask_who(&app, &signed, &slug).await?;
    let row = part_row(&form)?;
    let to = list_of(&slug, &row);
    let direction: Direction = form.get("direction").parse().map_err(|_| WebError::NotFound)?;
    let (person, slug, edition) = (Arc::clone(&signed.person), slug.into_inner(), edition_of(&form)?);
    let now = app.clock.now();
    let moved = app
        .db
        .write(move |db| {
            let contest = find_by_slug(db, &slug)?.ok_or(ChangeContestError::NotFound)?;
            let edit = Edit { contest_id: contest.id, edition, reason: String::new() };
            move_row(db, &person, &edit, &row, direction, now)
        })
        .await;
    match or_said(moved)? {
        Ok(_) => Ok(signed.visitor.redirect(&app, &to, None)),
        Err(sentence) => Ok(signed.visitor.redirect(&app, &to, Some(("no", sentence)))),
    }
}

pub async fn remove_one(
    app: AppData,
    signed: SignedIn,
    slug: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    ask_who(&app, &signed, &slug).await?;
    let row = part_row(&form)?;
    let to = list_of(&slug, &row);
    let (person, slug, edition) = (Arc::clone(&signed.person), slug.into_inner(), edition_of(&form)?);
    let now = app.clock.now();
    let removed = app
        .db
        .write(move |db| {
            let contest = find_by_slug(db, &slug)?.ok_or(ChangeContestError::NotFound)?;
            let edit = Edit { contest_id: contest.id, edition, reason: String::new() };
            remove_row(db, &person, &edit, &row, now)
        })
        .await;
    let said = match or_said(removed)? {
        Ok((_, Removed::Deleted)) => ("ok", Sentence::new("setup-removed")),
        Ok((_, Removed::Retired)) => ("ok", Sentence::new("setup-retired")),
        Err(sentence) => ("no", sentence),
    };
    Ok(signed.visitor.redirect(&app, &to, Some(said)))
}
