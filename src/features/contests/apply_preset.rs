//! Fills a contest that was just made with what a preset declares.

use super::{
    Award, Category, Consent, Contest, Criterion, Feedback, Field, Round, TieStep,
    preset::{Preset, PresetCriterion, PresetRound, PresetTieStep},
    store,
};
use crate::{
    base::{
        clock::Moment,
        ids::{AwardId, CategoryId, ConsentId, CriterionId, FieldId, RoundId, random_token},
        json::Json,
        points::Points,
    },
    features::units::{Level, LevelCode, store as unit_store, views::list_levels},
    infra::db::{Db, DbError},
};

/// Half points on every scale: the finest that judges of such contests use.
pub const USUAL_STEP: Points = Points::from_ten_thousandths(Points::SCALE / 2);

/// The names of the rounds that were left out, because their level lies above the host or the organisation has none
/// such. A contest always keeps one round: without any other, the first is judged at the host's own level.
pub fn apply_preset(
    db: &mut Db,
    contest: &Contest,
    preset: &Preset,
    now: Moment,
) -> Result<Vec<String>, DbError> {
    insert_form(db, contest, preset, now)?;
    let levels = list_levels(db)?;
    let host_level = unit_store::find(db, &contest.host_unit_id)?.map(|host| host.level);
    let (mut kept, left_out): (Vec<_>, Vec<_>) =
        preset.rounds.iter().partition(|round| is_below(&levels, host_level.as_ref(), &round.pool_level));
    let own_level = host_level.filter(|_| kept.is_empty());
    if own_level.is_some() {
        kept.extend(preset.rounds.first());
    }
    let left_out = left_out.iter().filter(|round| !kept.iter().any(|other| std::ptr::eq(*other, **round)));
    let left_out = left_out.map(|round| round.name.clone()).collect();
    for (position, round) in (1..).zip(kept) {
        let level = own_level.clone().unwrap_or_else(|| LevelCode::new(&round.pool_level));
        insert_round(db, contest, round, position, level)?;
    }
    Ok(left_out)
}

fn is_below(levels: &[Level], host: Option<&LevelCode>, level: &str) -> bool {
    let position = |code: &str| levels.iter().find(|row| row.code.as_str() == code).map(|row| row.position);
    let host = host.and_then(|host| position(host.as_str()));
    position(level).zip(host).is_some_and(|(level, host)| level >= host)
}

fn insert_form(db: &mut Db, contest: &Contest, preset: &Preset, now: Moment) -> Result<(), DbError> {
    for (position, category) in (1..).zip(&preset.categories) {
        let row = Category {
            id: CategoryId::generate(),
            contest_id: contest.id.clone(),
            position,
            name: category.name.clone(),
            name_en: category.name_en.clone(),
            description: category.description.clone(),
            is_retired: false,
        };
        store::insert_category(db, &row)?;
    }
    for (position, field) in (1..).zip(&preset.fields) {
        let row = Field {
            id: FieldId::generate(),
            contest_id: contest.id.clone(),
            position,
            kind: field.kind,
            label: field.label.clone(),
            label_en: field.label_en.clone(),
            help: field.help.clone(),
            help_en: field.help_en.clone(),
            is_required: field.is_required,
            is_public: field.is_public,
            settings: Json(field.settings.clone()),
            is_retired: false,
        };
        store::insert_field(db, &row)?;
    }
    for (position, consent) in (1..).zip(&preset.consents) {
        let row = Consent {
            id: ConsentId::generate(),
            contest_id: contest.id.clone(),
            position,
            purpose: consent.purpose.clone(),
            version: 1,
            text: consent.text.clone(),
            text_en: consent.text_en.clone(),
            is_required: consent.is_required,
            created_at: now,
            superseded_at: None,
        };
        store::insert_consent(db, &row)?;
    }
    Ok(())
}

fn insert_round(
    db: &mut Db,
    contest: &Contest,
    preset: &PresetRound,
    position: i32,
    pool_level: LevelCode,
) -> Result<(), DbError> {
    let id = RoundId::generate();
    let criteria = criteria_rows(&id, &preset.criteria.list());
    let round = Round {
        id: id.clone(),
        contest_id: contest.id.clone(),
        position,
        name: preset.name.clone(),
        name_en: preset.name_en.clone(),
        pool_level,
        method: preset.method,
        judges_per_entry: preset.judges_per_entry,
        is_blind: preset.is_blind,
        aggregation: preset.aggregation,
        tie_chain: Json(tie_chain(&preset.tie_chain, &criteria)),
        cut_policy: preset.cut_policy,
        lot_seed: random_token(),
        vote_weight: preset.vote_weight,
        quota: Json(preset.quota.clone()),
        opens_at: None,
        closes_at: None,
        feedback: preset.feedback.unwrap_or(Feedback::None),
        is_standardised: false,
        carry_weight: 0,
        shown_chain: String::new(),
    };
    store::insert_round(db, &round)?;
    for criterion in &criteria {
        store::insert_criterion(db, criterion)?;
    }
    for (position, award) in (1..).zip(&preset.awards) {
        let row = Award {
            id: AwardId::generate(),
            contest_id: contest.id.clone(),
            round_id: id.clone(),
            position,
            name: award.name.clone(),
            name_en: award.name_en.clone(),
            goes_to: award.goes_to,
            kind: award.kind,
            max_grants: award.max_grants,
        };
        store::insert_award(db, &row)?;
    }
    Ok(())
}

/// The weight of a criterion is its highest mark, so that the score is the plain sum of the marks whenever these add up
/// to 100.
pub fn criteria_rows(round: &RoundId, criteria: &[PresetCriterion]) -> Vec<Criterion> {
    let row = |(position, criterion): (i32, &PresetCriterion)| Criterion {
        id: CriterionId::generate(),
        round_id: round.clone(),
        position,
        group_name: criterion.group.clone(),
        name: criterion.name.clone(),
        name_en: criterion.name_en.clone(),
        description: String::new(),
        min_mark: Points::ZERO,
        max_mark: Points::whole(criterion.max),
        step: USUAL_STEP,
        weight: Points::whole(criterion.max),
        is_required: true,
        descriptors: Json(Vec::new()),
    };
    (1..).zip(criteria).map(row).collect()
}

fn tie_chain(steps: &[PresetTieStep], criteria: &[Criterion]) -> Vec<TieStep> {
    let step = |step: &PresetTieStep| match step {
        PresetTieStep::Criterion(number) => {
            let criterion = criteria.get(number.checked_sub(1)?)?.id.clone();
            Some(TieStep::Criterion { criterion })
        }
        PresetTieStep::HeadToHead => Some(TieStep::HeadToHead),
        PresetTieStep::Median => Some(TieStep::Median),
        PresetTieStep::Chair => Some(TieStep::Chair),
        PresetTieStep::Lot => Some(TieStep::Lot),
    };
    steps.iter().filter_map(step).collect()
}
