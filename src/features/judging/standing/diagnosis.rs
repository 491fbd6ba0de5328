//! What is worth a look in each judge's marks: facts of the sheets, put before `ranking::diagnostics`.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Standing, ratings_of};
use crate::{
    base::ids::{AccountId, EntryId},
    features::{
        contests::{Criterion, Round, views::list_criteria},
        judging::{
            store,
            views::{list_counting_sheets, list_judges, list_submission_times},
        },
        pools::Pool,
    },
    infra::db::{Db, DbError},
    ranking::diagnostics::{Details, Diagnosis, SheetDetail, diagnose},
};

/// Judges stand in it by the id of their account.
pub fn diagnosis_of(
    db: &mut Db,
    pool: &Pool,
    round: &Round,
    standing: &Standing,
    now: crate::base::clock::Moment,
) -> Result<Diagnosis, DbError> {
    let criteria = list_criteria(db, &round.id)?;
    let times: HashMap<(EntryId, AccountId), i64> = list_submission_times(db, &pool.id)?;
    let own_units: HashSet<(AccountId, &str)> = list_judges(db, &pool.id, now)?
        .into_iter()
        .flat_map(|judge| {
            let own = standing.rows.iter().filter(|row| judge.units.contains(&row.unit_id));
            own.map(|row| (judge.member.account_id.clone(), row.entry_id.as_str())).collect::<Vec<_>>()
        })
        .collect();
    let places = own_order(db, pool)?;
    let mut sheets = BTreeMap::new();
    for sheet in list_counting_sheets(db, &pool.id)? {
        let pair = (sheet.entry_id.clone(), sheet.judge_id.clone());
        let detail = SheetDetail {
            position: places.get(&pair).copied(),
            submitted: times.get(&pair).copied(),
            own_unit: own_units.contains(&(sheet.judge_id.clone(), sheet.entry_id.as_str())),
            criteria: shares(&criteria, &sheet.marks).unwrap_or_default(),
        };
        sheets.insert((sheet.entry_id.to_string(), sheet.judge_id.to_string()), detail);
    }
    Ok(diagnose(&ratings_of(standing, None), &Details { sheets }))
}

/// The place of each entry in its judge's own list, from 1.
fn own_order(db: &mut Db, pool: &Pool) -> Result<HashMap<(EntryId, AccountId), usize>, DbError> {
    let mut lists: HashMap<AccountId, Vec<(i32, EntryId)>> = HashMap::new();
    for row in store::list_assignments(db, &pool.id)? {
        lists.entry(row.judge_id).or_default().push((row.position, row.entry_id));
    }
    let mut places = HashMap::new();
    for (judge, mut list) in lists {
        list.sort();
        places.extend((1..).zip(list).map(|(place, (_, entry))| ((entry, judge.clone()), place)));
    }
    Ok(places)
}

/// Hundredths of each criterion's range, in the form's order; nothing while a mark is missing.
fn shares(
    criteria: &[Criterion],
    marks: &HashMap<crate::base::ids::CriterionId, crate::base::points::Points>,
) -> Option<Vec<f64>> {
    #[expect(clippy::cast_precision_loss, reason = "marks are small")]
    let number = |points: crate::base::points::Points| points.ten_thousandths() as f64;
    let share = |criterion: &Criterion| {
        let (low, high) = (number(criterion.min_mark), number(criterion.max_mark));
        Some(100.0 * (number(*marks.get(&criterion.id)?) - low) / (high - low))
    };
    criteria.iter().map(share).collect()
}
