use serde_json::json;

use crate::{
    base::clock::Moment,
    features::{
        accounts::{Account, Person, store},
        audit::{Happening, append},
    },
    infra::db::Db,
};

crate::act_error! {
    pub enum ChangePasswordError {
        ChangedMeanwhile => "accounts-password-changed-meanwhile",
    }
}

/// Sets a new password and ends every other session. `known_hash` is the hash that the old password was compared with.
pub fn change_password(
    db: &mut Db,
    person: &Person,
    known_hash: Option<&str>,
    new_hash: &str,
    now: Moment,
) -> Result<(), ChangePasswordError> {
    let account = store::find(db, &person.id)?.ok_or(ChangePasswordError::NotFound)?;
    if account.password_hash.as_deref() != known_hash {
        return Err(ChangePasswordError::ChangedMeanwhile);
    }
    let account =
        Account { password_hash: Some(new_hash.to_owned()), password_must_change: false, ..account };
    store::save(db, &account)?;
    let ended = store::end_sessions_of(db, &person.id, Some(&person.session.id), now)?;
    append(
        db,
        &Happening {
            contest: None,
            by: Some(&person.id),
            action: "account.change_password",
            subject: ("account", person.id.as_str()),
            before: None,
            after: None,
            details: json!({ "sessions_ended": ended }),
        },
        now,
    )?;
    Ok(())
}
