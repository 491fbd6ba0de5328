//! One line of a round's form, or a whole form from a published list.

use super::{
    category::next_position,
    frame::{ChangeContestError, Changed, Edit, as_value, begin},
    views,
};
use crate::{
    base::{
        clock::Moment,
        ids::{CriterionId, RoundId},
        json::Json,
        points::Points,
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::Person,
        contests::{
            Contest, Criterion, LevelDescriptor, Round,
            checklist::divides,
            criteria_rows,
            preset::find_criteria_set,
            store,
            text_rules::{self, MAX_HELP, MAX_NAME},
            views::{list_criteria, list_rounds},
        },
    },
    infra::db::Db,
};

/// Above any scale that people use, and far below what arithmetic could not hold.
pub const MAX_MARK: Points = Points::whole(1_000);

#[derive(Debug, Clone)]
pub struct CriterionForm {
    /// None for a new one.
    pub id: Option<CriterionId>,
    pub round_id: RoundId,
    pub group_name: String,
    pub name: String,
    pub name_en: String,
    pub description: String,
    pub min_mark: Points,
    pub max_mark: Points,
    pub step: Points,
    /// None: as much as its highest mark.
    pub weight: Option<Points>,
    pub is_required: bool,
    pub descriptors: Vec<LevelDescriptor>,
}

pub fn save_criterion(
    db: &mut Db,
    person: &Person,
    edit: &Edit,
    form: &CriterionForm,
    now: Moment,
) -> Result<Contest, ChangeContestError> {
    let changing = begin(db, person, edit)?;
    let round = unscored_round(db, edit, &form.round_id)?;
    let rows = list_criteria(db, &round.id)?;
    let before = match &form.id {
        Some(id) => Some(rows.iter().find(|row| row.id == *id).ok_or(ChangeContestError::NotFound)?),
        None => None,
    };
    let position =
        before.map_or_else(|| next_position(rows.iter().map(|row| row.position)), |row| row.position);
    let row = read(form, position)?;
    if rows.iter().any(|other| other.id != row.id && other.name == row.name) {
        return Err(FieldErrors::one("name", Sentence::new("contests-error-criterion-twice")).into());
    }
    if before.is_some() {
        store::save_criterion(db, &row)?;
    } else {
        store::insert_criterion(db, &row)?;
    }
    let changed = Changed {
        action: "contest.criterion",
        subject: ("criterion", row.id.as_str()),
        before: as_value(&before),
        after: as_value(&row),
    };
    changing.finish(db, &changed, now)
}

/// Fills an empty form.
pub fn use_criteria_set(
    db: &mut Db,
    person: &Person,
    edit: &Edit,
    round: &RoundId,
    set: &str,
    now: Moment,
) -> Result<Contest, ChangeContestError> {
    let changing = begin(db, person, edit)?;
    let round = unscored_round(db, edit, round)?;
    let set = find_criteria_set(set).ok_or(ChangeContestError::NotFound)?;
    if !list_criteria(db, &round.id)?.is_empty() {
        return Err(ChangeContestError::FormNotEmpty);
    }
    let rows = criteria_rows(&round.id, &set.criteria);
    for row in &rows {
        store::insert_criterion(db, row)?;
    }
    let changed = Changed {
        action: "contest.criteria_set",
        subject: ("round", round.id.as_str()),
        before: serde_json::Value::Null,
        after: as_value(&rows),
    };
    changing.finish(db, &changed, now)
}

/// A form is settled by its first sheet, saved or submitted.
fn unscored_round(db: &mut Db, edit: &Edit, round: &RoundId) -> Result<Round, ChangeContestError> {
    let mut rounds = list_rounds(db, &edit.contest_id)?.into_iter();
    let round = rounds.find(|row| row.id == *round).ok_or(ChangeContestError::NotFound)?;
    if views::has_sheets(db, &round.id)? {
        return Err(ChangeContestError::RoundHasSheets);
    }
    Ok(round)
}

fn read(form: &CriterionForm, position: i32) -> Result<Criterion, FieldErrors> {
    let mut errors = FieldErrors::default();
    let group_name = errors.take("group_name", text_rules::line_or_nothing(&form.group_name, MAX_NAME));
    let name = errors.take("name", text_rules::line(&form.name, MAX_NAME));
    let name_en = errors.take("name_en", text_rules::line_or_nothing(&form.name_en, MAX_NAME));
    let description =
        errors.take("description", text_rules::text_or_nothing(&form.description, MAX_HELP * 2));
    check_scale(form, &mut errors);
    let weight = form.weight.unwrap_or(form.max_mark);
    if weight <= Points::ZERO || weight > MAX_MARK {
        errors.add("weight", Sentence::new("contests-error-weight"));
    }
    errors.or(|| {
        Some(Criterion {
            id: form.id.clone().unwrap_or_else(CriterionId::generate),
            round_id: form.round_id.clone(),
            position,
            group_name: group_name?,
            name: name?,
            name_en: name_en?,
            description: description?,
            min_mark: form.min_mark,
            max_mark: form.max_mark,
            step: form.step,
            weight,
            is_required: form.is_required,
            descriptors: Json(form.descriptors.clone()),
        })
    })
}

fn check_scale(form: &CriterionForm, errors: &mut FieldErrors) {
    if form.min_mark < Points::ZERO {
        errors.add("min_mark", Sentence::new("contests-error-mark-negative"));
    }
    if form.max_mark <= form.min_mark {
        errors.add("max_mark", Sentence::new("contests-error-mark-order"));
    } else if form.max_mark > MAX_MARK {
        errors.add("max_mark", Sentence::new("contests-error-mark-large"));
    } else if !divides(form.step, form.min_mark, form.max_mark) {
        errors.add("step", Sentence::new("contests-error-step"));
    }
    let scale = form.min_mark..=form.max_mark;
    if form.descriptors.iter().any(|level| !scale.contains(&level.mark)) {
        errors.add("descriptors", Sentence::new("contests-error-descriptor-mark"));
    }
    if form.descriptors.iter().any(|level| level.text.chars().count() > MAX_HELP) {
        errors.add("descriptors", Sentence::new("contests-error-too-long-line").with("max", MAX_HELP));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(min: i64, max: i64, step: &str) -> CriterionForm {
        CriterionForm {
            id: None,
            round_id: RoundId::generate(),
            group_name: String::new(),
            name: "Sáng tạo".into(),
            name_en: String::new(),
            description: String::new(),
            min_mark: Points::whole(min),
            max_mark: Points::whole(max),
            step: step.parse().unwrap(),
            weight: None,
            is_required: true,
            descriptors: Vec::new(),
        }
    }

    #[test]
    fn a_scale_climbs_in_steps_that_reach_its_top() {
        for (form, wrong) in [
            (form(0, 25, "0,5"), None),
            (form(1, 5, "1"), None),
            (form(0, 10, "3"), Some("step")),
            (form(0, 10, "0"), Some("step")),
            (form(5, 5, "1"), Some("max_mark")),
            (form(0, 1_001, "1"), Some("max_mark")),
            (form(-1, 5, "1"), Some("min_mark")),
            (CriterionForm { weight: Some(Points::ZERO), ..form(0, 5, "1") }, Some("weight")),
            (CriterionForm { name: " ".into(), ..form(0, 5, "1") }, Some("name")),
            (
                CriterionForm {
                    descriptors: vec![LevelDescriptor {
                        mark: Points::whole(6),
                        text: "hay".into(),
                        text_en: String::new(),
                    }],
                    ..form(0, 5, "1")
                },
                Some("descriptors"),
            ),
        ] {
            let found = read(&form, 1).err().map(|errors| errors.0[0].0.clone());
            assert_eq!(found.as_deref(), wrong, "{form:?}");
        }
    }

    #[test]
    fn a_criterion_without_a_weight_counts_as_much_as_its_highest_mark() {
        assert_eq!(read(&form(0, 25, "0.5"), 1).unwrap().weight, Points::whole(25));
    }
}
