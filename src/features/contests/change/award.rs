//! One award of a round.

use super::{
    category::next_position,
    frame::{ChangeContestError, Changed, Edit, as_value, begin},
    views,
};
use crate::{
    base::{
        clock::Moment,
        ids::{AwardId, RoundId},
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::Person,
        contests::{
            Award, AwardTarget, Contest, EntryKind, store,
            text_rules::{self, MAX_NAME, within_range},
            views::{list_awards, list_rounds},
        },
    },
    infra::db::Db,
};

pub const MAX_GRANTS: i32 = 1_000;

#[derive(Debug, Clone)]
pub struct AwardForm {
    /// None for a new one.
    pub id: Option<AwardId>,
    pub round_id: RoundId,
    pub name: String,
    pub name_en: String,
    pub goes_to: AwardTarget,
    /// Only for entries of this kind.
    pub kind: Option<EntryKind>,
    /// In each pool.
    pub max_grants: Option<i32>,
}

pub fn save_award(
    db: &mut Db,
    person: &Person,
    edit: &Edit,
    form: &AwardForm,
    now: Moment,
) -> Result<Contest, ChangeContestError> {
    let changing = begin(db, person, edit)?;
    if !list_rounds(db, &edit.contest_id)?.iter().any(|round| round.id == form.round_id) {
        return Err(FieldErrors::one("round_id", Sentence::new("contests-error-round")).into());
    }
    let rows = list_awards(db, &edit.contest_id)?;
    let before = match &form.id {
        Some(id) => Some(rows.iter().find(|row| row.id == *id).ok_or(ChangeContestError::NotFound)?),
        None => None,
    };
    let position =
        before.map_or_else(|| next_position(rows.iter().map(|row| row.position)), |row| row.position);
    let row = read(form, edit, position)?;
    if let Some(before) = before {
        stays_fair(db, before, &row)?;
        store::save_award(db, &row)?;
    } else {
        store::insert_award(db, &row)?;
    }
    let changed = Changed {
        action: "contest.award",
        subject: ("award", row.id.as_str()),
        before: as_value(&before),
        after: as_value(&row),
    };
    changing.finish(db, &changed, now)
}

/// What was won stays what it was.
fn stays_fair(db: &mut Db, before: &Award, after: &Award) -> Result<(), ChangeContestError> {
    let is_another = before.round_id != after.round_id
        || before.goes_to != after.goes_to
        || before.kind != after.kind
        || before.name != after.name;
    if is_another && views::was_granted(db, &before.id)? {
        return Err(ChangeContestError::AwardGranted);
    }
    let granted = views::most_granted_in_a_pool(db, &before.id)?;
    if after.max_grants.is_some_and(|max| i64::from(max) < granted) {
        return Err(ChangeContestError::AwardGranted);
    }
    Ok(())
}

fn read(form: &AwardForm, edit: &Edit, position: i32) -> Result<Award, FieldErrors> {
    let mut errors = FieldErrors::default();
    let name = errors.take("name", text_rules::line(&form.name, MAX_NAME));
    let name_en = errors.take("name_en", text_rules::line_or_nothing(&form.name_en, MAX_NAME));
    errors.take("max_grants", form.max_grants.map_or(Ok(1), |max| within_range(max, 1, MAX_GRANTS)));
    errors.or(|| {
        Some(Award {
            id: form.id.clone().unwrap_or_else(AwardId::generate),
            contest_id: edit.contest_id.clone(),
            round_id: form.round_id.clone(),
            position,
            name: name?,
            name_en: name_en?,
            goes_to: form.goes_to,
            // A unit is of no kind of entry.
            kind: form.kind.filter(|_| form.goes_to == AwardTarget::Entry),
            max_grants: form.max_grants,
        })
    })
}
