//! Taking an award back: the grant stays, with who revoked it, when and why.

use serde_json::json;

use super::{Grant, store};
use crate::{
    base::{clock::Moment, ids::GrantId},
    features::{accounts::Person, audit, pools, selection::rules::clean_reason},
    infra::db::Db,
};

crate::act_error! {
    /// Why a grant was not revoked.
    pub enum RevokeGrantError {
        AlreadyRevoked => "awards-refused-already-revoked",
    }
}

pub fn revoke_grant(
    db: &mut Db,
    person: &Person,
    grant: &GrantId,
    reason: &str,
    now: Moment,
) -> Result<Grant, RevokeGrantError> {
    let mut grant = store::find(db, grant)?.ok_or(RevokeGrantError::NotFound)?;
    let pool = pools::store::find(db, &grant.pool_id)?.ok_or(RevokeGrantError::NotFound)?;
    if !pools::policy::may_run(db, person, &pool)? {
        return Err(RevokeGrantError::NotFound);
    }
    if grant.revoked_at.is_some() {
        return Err(RevokeGrantError::AlreadyRevoked);
    }
    let reason = clean_reason(reason)?;
    grant.revoked_by = Some(person.id.clone());
    grant.revoked_at = Some(now);
    grant.revoke_reason = Some(reason.clone());
    store::save(db, &grant)?;
    let happening = audit::Happening {
        contest: Some(&grant.contest_id),
        by: Some(&person.id),
        action: "award.revoke",
        subject: ("grant", grant.id.as_str()),
        before: Some(json!({ "award": grant.award_id, "entry": grant.entry_id, "unit": grant.unit_id })),
        after: None,
        details: json!({ "pool": pool.id, "entry": grant.entry_id, "unit": grant.unit_id, "reason": reason }),
    };
    audit::append(db, &happening, now)?;
    Ok(grant)
}
