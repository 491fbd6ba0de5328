//! Who may take part, with how many entries, and how entries are numbered.

use super::{
    frame::{ChangeContestError, Edit, begin},
    views,
};
use crate::{
    base::{
        clock::Moment,
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::Person,
        contests::{Contest, EntryKind, text_rules::within_range},
    },
    infra::db::Db,
};

#[derive(Debug, Clone, Default)]
pub struct LimitsForm {
    pub kinds: Vec<EntryKind>,
    pub max_per_person: Option<i32>,
    pub max_per_unit: Option<i32>,
    pub code_prefix: String,
}

pub fn save_limits(
    db: &mut Db,
    person: &Person,
    edit: &Edit,
    form: &LimitsForm,
    now: Moment,
) -> Result<Contest, ChangeContestError> {
    let mut changing = begin(db, person, edit)?;
    let code_prefix = read(form)?;
    let contest = &mut changing.contest;
    if code_prefix != contest.code_prefix && contest.next_number > 1 {
        return Err(ChangeContestError::PrefixUsed);
    }
    let kept = |kind: &EntryKind| *kind == EntryKind::NotRecorded || form.kinds.contains(kind);
    if !views::list_kinds_sent_in(db, &contest.id)?.iter().all(kept) {
        return Err(ChangeContestError::KindSentIn);
    }
    let most_by_person = views::most_by_one_person(db, &contest.id)?;
    if is_tighter(form.max_per_person, contest.max_per_person)
        && is_passed(form.max_per_person, most_by_person)
    {
        return Err(ChangeContestError::PersonLimitPassed { count: most_by_person });
    }
    let most_from_unit = views::most_from_one_unit(db, &contest.id)?;
    if is_tighter(form.max_per_unit, contest.max_per_unit) && is_passed(form.max_per_unit, most_from_unit) {
        return Err(ChangeContestError::UnitLimitPassed { count: most_from_unit });
    }
    contest.kinds.0.clone_from(&form.kinds);
    contest.max_per_person = form.max_per_person;
    contest.max_per_unit = form.max_per_unit;
    contest.code_prefix = code_prefix;
    changing.finish_contest(db, "contest.limits", now)
}

fn read(form: &LimitsForm) -> Result<String, FieldErrors> {
    let mut errors = FieldErrors::default();
    if form.kinds.is_empty() || form.kinds.contains(&EntryKind::NotRecorded) {
        errors.add("kinds", Sentence::new("contests-missing-kinds"));
    }
    for (field, limit) in [("max_per_person", form.max_per_person), ("max_per_unit", form.max_per_unit)] {
        errors.take(field, limit.map_or(Ok(1), |limit| within_range(limit, 1, 10_000)));
    }
    let prefix = form.code_prefix.trim().to_uppercase();
    let is_code = (1..=8).contains(&prefix.len()) && prefix.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_code {
        errors.add("code_prefix", Sentence::new("contests-error-prefix"));
    }
    errors.or(|| Some(prefix))
}

fn is_tighter(new: Option<i32>, old: Option<i32>) -> bool {
    match (new, old) {
        (Some(new), Some(old)) => new < old,
        (new, None) => new.is_some(),
        (None, Some(_)) => false,
    }
}

fn is_passed(limit: Option<i32>, count: i64) -> bool {
    limit.is_some_and(|limit| count > i64::from(limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_tighter_when_less_fits() {
        for (new, old, tighter) in [
            (Some(1), Some(2), true),
            (Some(1), None, true),
            (Some(2), Some(2), false),
            (Some(3), Some(2), false),
            (None, Some(2), false),
            (None, None, false),
        ] {
            assert_eq!(is_tighter(new, old), tighter, "{old:?} to {new:?}");
        }
    }

    #[test]
    fn a_prefix_is_a_few_plain_letters() {
        for (typed, expected) in
            [("bt", Some("BT")), (" C30 ", Some("C30")), ("", None), ("BẾN", None), ("ABCDEFGHI", None)]
        {
            let form = LimitsForm {
                kinds: vec![EntryKind::Individual],
                code_prefix: typed.into(),
                ..LimitsForm::default()
            };
            assert_eq!(read(&form).ok().as_deref(), expected, "{typed:?}");
        }
    }
}
