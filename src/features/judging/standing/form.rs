//! The round's form and a sheet's marks, as the ranking reads them: names are ids.

use std::collections::HashMap;

use crate::{
    base::{ids::CriterionId, points::Points},
    features::contests::Criterion,
    ranking::standing::{self, Form, InvalidForm, Ratio},
};

pub fn form_of(criteria: &[Criterion]) -> Result<Form, InvalidForm> {
    let lines = criteria.iter().map(|criterion| standing::Criterion {
        name: criterion.id.to_string(),
        min: criterion.min_mark.ten_thousandths(),
        max: criterion.max_mark.ten_thousandths(),
        weight: criterion.weight.ten_thousandths(),
        required: criterion.is_required,
    });
    Form::new(lines.collect())
}

/// In the form's order.
pub(super) fn marks_in_order(
    criteria: &[Criterion],
    marks: &HashMap<CriterionId, Points>,
) -> Vec<Option<i64>> {
    criteria.iter().map(|criterion| marks.get(&criterion.id).map(|mark| mark.ten_thousandths())).collect()
}

/// What one sheet comes to, 0 to 100; none while a mark is missing.
#[expect(clippy::implicit_hasher, reason = "one kind of map goes through the house")]
pub fn sheet_score(
    form: &Form,
    criteria: &[Criterion],
    marks: &HashMap<CriterionId, Points>,
) -> Option<Ratio> {
    form.score(&marks_in_order(criteria, marks)).ok()
}
