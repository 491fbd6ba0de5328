//! Making a contest, from a preset or from nothing.

use serde_json::json;

use super::{
    Contest, ContestStatus, EntryKind, Slug, apply_preset::apply_preset, preset::find_preset, store,
    text_rules, views,
};
use crate::{
    base::{
        clock::Moment,
        ids::{ContestId, UnitId},
        json::Json,
        sentence::{FieldErrors, Sentence},
        text::fold,
    },
    features::{
        accounts::{Person, views::covers},
        audit,
        units::{self, Unit},
    },
    infra::db::{Db, DbError},
};

/// What whoever makes a contest says. What is left empty comes from the preset, or is made from the rest.
#[derive(Debug, Clone)]
pub struct NewContest {
    pub host_unit_id: UnitId,
    pub preset: Option<String>,
    pub title: String,
    pub title_en: String,
    pub slug: Option<String>,
    pub opens_at: Option<Moment>,
    pub closes_at: Option<Moment>,
    pub is_demonstration: bool,
}

crate::act_error! {
    /// Why a contest could not be made.
    pub enum CreateContestError {
        NotOfficer => "contests-refused-not-officer",
        HostAbolished => "contests-refused-host-abolished",
    }
}

pub fn create_contest(
    db: &mut Db,
    person: &Person,
    new: &NewContest,
    now: Moment,
) -> Result<Contest, CreateContestError> {
    let host = units::store::find(db, &new.host_unit_id)?.ok_or(CreateContestError::NotFound)?;
    if !person.is_administrator && !covers(db, person, &host.id)? {
        return Err(CreateContestError::NotOfficer);
    }
    if host.valid_to.is_some() {
        return Err(CreateContestError::HostAbolished);
    }
    let preset =
        new.preset.as_deref().map(|id| find_preset(id).ok_or(CreateContestError::NotFound)).transpose()?;
    let mut errors = FieldErrors::default();
    let filled = |typed: &str, preset: Option<&String>| {
        if typed.trim().is_empty() { preset.cloned().unwrap_or_default() } else { typed.to_owned() }
    };
    let title = filled(&new.title, preset.map(|preset| &preset.title));
    // The English title of the preset belongs to the preset's own title.
    let of_preset = preset.filter(|preset| title.trim() == preset.title);
    let title = errors.take("title", text_rules::title(&title));
    let title_en = filled(&new.title_en, of_preset.map(|preset| &preset.title_en));
    let title_en = errors.take("title_en", text_rules::title_or_nothing(&title_en));
    let slug = match (&new.slug, &title) {
        (Some(text), _) => errors.take("slug", text_rules::slug(text)),
        (None, Some(title)) => free_slug(db, title)?,
        (None, None) => None,
    };
    if new.opens_at.zip(new.closes_at).is_some_and(|(opens, closes)| closes <= opens) {
        errors.add("closes_date", Sentence::new("contests-error-dates-order"));
    }
    let (title, title_en, slug) = errors.or(|| Some((title?, title_en?, slug?)))?;
    let mut contest = Contest {
        id: ContestId::generate(),
        slug,
        host_unit_id: host.id.clone(),
        status: ContestStatus::Draft,
        title,
        title_en,
        summary: preset.map(|preset| preset.summary.clone()).unwrap_or_default(),
        summary_en: preset.map(|preset| preset.summary_en.clone()).unwrap_or_default(),
        rules: preset.map(|preset| preset.rules.clone()).unwrap_or_default(),
        rules_en: preset.map(|preset| preset.rules_en.clone()).unwrap_or_default(),
        opens_at: new.opens_at,
        closes_at: new.closes_at,
        grace_minutes: preset.map_or(0, |preset| preset.grace_minutes),
        code_prefix: preset
            .map(|preset| preset.code_prefix.clone())
            .filter(|prefix| !prefix.is_empty())
            .unwrap_or_else(|| initials(&host)),
        next_number: 1,
        kinds: Json(preset.map_or_else(
            || vec![EntryKind::Individual, EntryKind::Collective],
            |preset| preset.kinds.clone(),
        )),
        max_per_person: preset.and_then(|preset| preset.max_per_person),
        max_per_unit: preset.and_then(|preset| preset.max_per_unit),
        preset: new.preset.clone(),
        is_demonstration: new.is_demonstration,
        search_text: String::new(),
        edition: 1,
        created_by: person.id.clone(),
        created_at: now,
        opened_at: None,
        ended_at: None,
    };
    contest.search_text = search_text(&contest);
    store::insert(db, &contest).map_err(slug_taken)?;
    let left_out = match preset {
        Some(preset) => apply_preset(db, &contest, preset, now)?,
        None => Vec::new(),
    };
    audit::append(
        db,
        &audit::Happening {
            contest: Some(&contest.id),
            by: Some(&person.id),
            action: "contest.create",
            subject: ("contest", contest.id.as_str()),
            before: None,
            after: serde_json::to_value(&contest).ok(),
            details: json!({ "title": contest.title, "preset": contest.preset, "rounds_left_out": left_out }),
        },
        now,
    )?;
    Ok(contest)
}

fn slug_taken(error: DbError) -> CreateContestError {
    if error.is_unique_violation() {
        FieldErrors::one("slug", Sentence::new("contests-error-slug-taken")).into()
    } else {
        error.into()
    }
}

/// What a contest is found by.
pub fn search_text(contest: &Contest) -> String {
    fold(&format!("{} {}", contest.title, contest.title_en))
}

/// The title's own name in addresses, with a number behind it while that one is taken.
fn free_slug(db: &mut Db, title: &str) -> Result<Option<Slug>, DbError> {
    let base: String = crate::base::text::slug(title).chars().take(70).collect();
    let base = base.trim_matches('-').to_owned();
    let base = if base.is_empty() || base == "new" { "cuoc-thi".to_owned() } else { base };
    let taken = views::list_slugs_like(db, &base)?;
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    let free = std::iter::once(base.clone()).chain(numbered).find(|slug| !taken.contains(slug));
    Ok(free.and_then(|slug| Slug::parse(&slug)))
}

/// "Hội LHPN tỉnh Bến Tre" gives BT: the initials of the last words that begin with a capital letter.
fn initials(host: &Unit) -> String {
    let own_name =
        host.name.split(' ').rev().take_while(|word| word.chars().next().is_some_and(char::is_uppercase));
    let letters: Vec<String> = own_name
        .filter_map(|word| crate::base::text::slug(word).chars().next())
        .map(|letter| letter.to_ascii_uppercase().to_string())
        .collect();
    let prefix: String = letters.into_iter().rev().take(6).collect();
    if prefix.is_empty() { "HT".to_owned() } else { prefix }
}
