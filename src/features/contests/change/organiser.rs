//! Who runs a contest beside the officers of its host.

use serde_json::json;

use super::{
    frame::{ChangeContestError, Changed, Edit, begin_without_reason},
    store as change_store,
};
use crate::{
    base::{
        clock::Moment,
        contact::SignInName,
        ids::AccountId,
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::{AccountStatus, Person, views::find_by_sign_in},
        contests::{Contest, Organiser, store, views::is_listed_organiser},
    },
    infra::db::Db,
};

/// `sign_in` is the phone number or the e-mail address of somebody who has an account.
pub fn add_organiser(
    db: &mut Db,
    person: &Person,
    edit: &Edit,
    sign_in: &str,
    now: Moment,
) -> Result<Contest, ChangeContestError> {
    let changing = begin_without_reason(db, person, edit)?;
    let name: SignInName =
        sign_in.parse().map_err(|_| FieldErrors::one("sign_in", Sentence::new("contests-error-sign-in")))?;
    let found = find_by_sign_in(db, &name)?.filter(|account| account.status == AccountStatus::Active);
    let account = found.ok_or(ChangeContestError::UnknownPerson)?;
    if is_listed_organiser(db, &edit.contest_id, &account.id)? {
        return Err(ChangeContestError::AlreadyOrganiser);
    }
    let row =
        Organiser { contest_id: edit.contest_id.clone(), account_id: account.id.clone(), added_at: now };
    store::insert_organiser(db, &row)?;
    let changed = Changed {
        action: "contest.organiser_add",
        subject: ("account", account.id.as_str()),
        before: serde_json::Value::Null,
        after: json!({ "added": true }),
    };
    changing.finish(db, &changed, now)
}

pub fn remove_organiser(
    db: &mut Db,
    person: &Person,
    edit: &Edit,
    account: &AccountId,
    now: Moment,
) -> Result<Contest, ChangeContestError> {
    let changing = begin_without_reason(db, person, edit)?;
    if change_store::delete_organiser(db, &edit.contest_id, account)? == 0 {
        return Err(ChangeContestError::NotFound);
    }
    let changed = Changed {
        action: "contest.organiser_remove",
        subject: ("account", account.as_str()),
        before: serde_json::Value::Null,
        after: json!({ "removed": true }),
    };
    changing.finish(db, &changed, now)
}
