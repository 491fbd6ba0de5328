//! One round.

use super::{
    category::next_position,
    frame::{ChangeContestError, Changed, Edit, as_value, begin},
    views,
};
use crate::{
    base::{
        clock::Moment,
        ids::{RoundId, random_token},
        json::Json,
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::Person,
        contests::{
            Aggregation, Contest, CutPolicy, Feedback, QuotaRules, Round, RoundMethod, TieStep, store,
            text_rules::{self, MAX_NAME, within_range},
            views::list_rounds,
        },
        units::{LevelCode, views::list_levels},
    },
    infra::db::Db,
};

pub const MAX_JUDGES: i32 = 30;
pub const MAX_QUOTA: i32 = 10_000;

#[derive(Debug, Clone)]
pub struct RoundForm {
    /// None for a new one.
    pub id: Option<RoundId>,
    pub name: String,
    pub name_en: String,
    pub pool_level: LevelCode,
    pub method: RoundMethod,
    pub judges_per_entry: i32,
    pub is_blind: bool,
    pub aggregation: Aggregation,
    pub tie_chain: Vec<TieStep>,
    pub cut_policy: CutPolicy,
    /// Per cent of the score, in rounds that combine.
    pub vote_weight: i32,
    pub quota: QuotaRules,
    pub opens_at: Option<Moment>,
    pub closes_at: Option<Moment>,
    pub feedback: Feedback,
    pub is_standardised: bool,
    /// Per cent of the score that comes from the round before.
    pub carry_weight: i32,
}

pub fn save_round(
    db: &mut Db,
    person: &Person,
    edit: &Edit,
    form: &RoundForm,
    now: Moment,
) -> Result<Contest, ChangeContestError> {
    let changing = begin(db, person, edit)?;
    let rounds = list_rounds(db, &edit.contest_id)?;
    let before = match &form.id {
        Some(id) => Some(rounds.iter().find(|row| row.id == *id).ok_or(ChangeContestError::NotFound)?),
        None => None,
    };
    if !list_levels(db)?.iter().any(|level| level.code == form.pool_level) {
        return Err(FieldErrors::one("pool_level", Sentence::new("contests-error-level")).into());
    }
    let position =
        before.map_or_else(|| next_position(rounds.iter().map(|row| row.position)), |row| row.position);
    let row = read(form, edit, position, before)?;
    if let Some(before) = before {
        // Judges write and makers send in under this promise.
        if changing.was_open && before.feedback != row.feedback {
            return Err(ChangeContestError::FeedbackDeclared);
        }
        stays_fair(db, edit, before, &row)?;
        let quorum = store::find_round_desk(db, &row.id)?.quorum;
        if row.takes_sheets() && row.judges_per_entry < quorum {
            let wrong = Sentence::new("contests-error-below-quorum").with("quorum", quorum);
            return Err(FieldErrors::one("judges_per_entry", wrong).into());
        }
        store::save_round(db, &row)?;
    } else {
        store::insert_round(db, &row)?;
    }
    let changed = Changed {
        action: "contest.round",
        subject: ("round", row.id.as_str()),
        before: as_value(&before),
        after: as_value(&row),
    };
    changing.finish(db, &changed, now)
}

/// Where entries go is settled by the first of them, how ties are split by the opening of the judging, how entries are scored
/// by the first sheet, how many go on by the first decision.
fn stays_fair(db: &mut Db, edit: &Edit, before: &Round, after: &Round) -> Result<(), ChangeContestError> {
    let moves = before.pool_level != after.pool_level || before.method != after.method;
    if moves && views::has_pools(db, &edit.contest_id)? {
        return Err(ChangeContestError::RoundsHavePools);
    }
    let scores_differently = before.judges_per_entry != after.judges_per_entry
        || before.is_blind != after.is_blind
        || before.aggregation != after.aggregation
        || before.tie_chain != after.tie_chain
        || before.vote_weight != after.vote_weight
        || before.is_standardised != after.is_standardised
        || before.carry_weight != after.carry_weight
        || before.cut_policy != after.cut_policy;
    if scores_differently && views::has_sheets(db, &before.id)? {
        return Err(ChangeContestError::RoundHasSheets);
    }
    let splits_differently = before.tie_chain != after.tie_chain || before.cut_policy != after.cut_policy;
    if splits_differently && views::is_judged(db, &before.id)? {
        return Err(ChangeContestError::RoundIsJudged);
    }
    if before.quota != after.quota && views::has_decisions(db, &before.id)? {
        return Err(ChangeContestError::RoundHasDecisions);
    }
    Ok(())
}

fn read(form: &RoundForm, edit: &Edit, position: i32, before: Option<&Round>) -> Result<Round, FieldErrors> {
    let mut errors = FieldErrors::default();
    let name = errors.take("name", text_rules::line(&form.name, MAX_NAME));
    let name_en = errors.take("name_en", text_rules::line_or_nothing(&form.name_en, MAX_NAME));
    let takes_sheets = matches!(form.method, RoundMethod::Score | RoundMethod::Combined);
    let judges = if takes_sheets { within_range(form.judges_per_entry, 1, MAX_JUDGES) } else { Ok(0) };
    let judges_per_entry = errors.take("judges_per_entry", judges);
    let vote_weight = match form.method {
        RoundMethod::Combined => within_range(form.vote_weight, 1, 99),
        RoundMethod::Vote => Ok(100),
        RoundMethod::Score | RoundMethod::Decide => Ok(0),
    };
    let vote_weight = errors.take("vote_weight", vote_weight);
    let carry_weight = if takes_sheets { within_range(form.carry_weight, 0, 90) } else { Ok(0) };
    let carry_weight = errors.take("carry_weight", carry_weight);
    if takes_sheets && form.cut_policy == CutPolicy::Chain && form.tie_chain.is_empty() {
        errors.add("tie_1", Sentence::new("contests-error-ties"));
    }
    let repeated = form
        .tie_chain
        .iter()
        .enumerate()
        .any(|(at, step)| form.tie_chain.iter().take(at).any(|earlier| earlier == step));
    if repeated {
        errors.add("tie_1", Sentence::new("contests-error-ties-repeated"));
    }
    for (field, limit) in quota_limits(&form.quota) {
        errors.take(&field, within_range(limit, 0, MAX_QUOTA));
    }
    if form.opens_at.zip(form.closes_at).is_some_and(|(opens, closes)| closes <= opens) {
        errors.add("closes_date", Sentence::new("contests-error-dates-order"));
    }
    errors.or(|| {
        Some(Round {
            id: form.id.clone().unwrap_or_else(RoundId::generate),
            contest_id: edit.contest_id.clone(),
            position,
            name: name?,
            name_en: name_en?,
            pool_level: form.pool_level.clone(),
            method: form.method,
            judges_per_entry: judges_per_entry?,
            is_blind: takes_sheets && form.is_blind,
            aggregation: form.aggregation,
            tie_chain: Json(form.tie_chain.clone()),
            cut_policy: form.cut_policy,
            // Drawn before anybody can know the entries, and never again.
            lot_seed: before.map_or_else(random_token, |row| row.lot_seed.clone()),
            vote_weight: vote_weight?,
            quota: Json(form.quota.clone()),
            opens_at: form.opens_at,
            closes_at: form.closes_at,
            feedback: if takes_sheets { form.feedback } else { Feedback::None },
            is_standardised: takes_sheets && form.is_standardised,
            carry_weight: carry_weight?,
            shown_chain: before.map(|row| row.shown_chain.clone()).unwrap_or_default(),
        })
    })
}

/// The limits of a quota under the names of the form.
fn quota_limits(quota: &QuotaRules) -> Vec<(String, i32)> {
    let total = quota.total.map(|limit| ("quota_total".to_owned(), limit));
    let by_kind = quota.by_kind.iter().map(|(kind, limit)| (format!("quota_kind_{kind}"), *limit));
    let by_unit_kind = quota.by_unit_kind.iter().map(|(kind, limit)| (format!("quota_unit_{kind}"), *limit));
    total.into_iter().chain(by_kind).chain(by_unit_kind).collect()
}
