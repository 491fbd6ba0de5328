//! Which categories a judge takes: what somebody knows about, declared as data. Neither entries nor accounts say in which
//! language a work is, so a language that needs its own judges is a category of the contest.

use std::collections::BTreeSet;

use serde_json::json;

use super::PanelMember;
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{AccountId, CategoryId, PoolId},
    },
    features::{
        accounts::Person,
        audit::{Happening, append},
        contests::views::list_categories,
        judging::store,
        pools::{self, PoolStatus},
    },
    infra::db::Db,
};

act_error! {
    /// Why a judge's categories could not be set.
    pub enum LimitJudgeError {
        PoolDecided => "judging-refused-pool-decided",
    }
}

/// None means all. It holds for what is drawn, assigned or asked for from now on.
pub fn limit_judge(
    db: &mut Db,
    by: &Person,
    pool: &PoolId,
    account: &AccountId,
    categories: &BTreeSet<CategoryId>,
    now: Moment,
) -> Result<PanelMember, LimitJudgeError> {
    let pool = pools::store::find(db, pool)?.ok_or(LimitJudgeError::NotFound)?;
    if !pools::policy::may_run(db, by, &pool)? {
        return Err(LimitJudgeError::NotFound);
    }
    if !matches!(pool.status, PoolStatus::Gathering | PoolStatus::Judging) {
        return Err(LimitJudgeError::PoolDecided);
    }
    let seat = store::find_seat(db, &pool.id, account)?.ok_or(LimitJudgeError::NotFound)?;
    let declared = list_categories(db, &pool.contest_id)?;
    if !categories.iter().all(|id| declared.iter().any(|category| category.id == *id)) {
        return Err(LimitJudgeError::NotFound);
    }
    let before = store::list_panel_categories(db, &pool.id)?;
    let before: Vec<&CategoryId> =
        before.iter().filter(|(member, _)| *member == seat.id).map(|(_, category)| category).collect();
    let happening = Happening {
        contest: Some(&pool.contest_id),
        by: Some(&by.id),
        action: "panel.categories",
        subject: ("pool", pool.id.as_str()),
        before: Some(json!({ "categories": before })),
        after: Some(json!({ "categories": categories })),
        details: json!({ "account": account, "number": seat.number }),
    };
    store::put_panel_categories(db, &seat.id, categories)?;
    append(db, &happening, now)?;
    Ok(seat)
}
