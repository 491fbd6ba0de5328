use chrono::Duration;
use serde_json::json;

use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, SessionId},
    },
    features::{
        accounts::{Person, Session, store},
        audit::{Happening, append},
    },
    infra::db::{Db, DbError},
};

crate::act_error! {
    pub enum EndSessionError {}
}

/// A session is written down as seen at most this often: reading a page must not cost a write.
const SEEN_EVERY: Duration = Duration::hours(1);

impl Session {
    pub fn is_to_be_touched(&self, now: Moment) -> bool {
        now >= self.seen_at + SEEN_EVERY
    }
}

pub fn touch_session(db: &mut Db, session: &SessionId, now: Moment) -> Result<(), DbError> {
    store::save_seen_at(db, session, now)
}

/// Ends the session that the person is using.
pub fn sign_out(db: &mut Db, person: &Person, now: Moment) -> Result<(), DbError> {
    store::save_ended_at(db, &person.session.id, now)?;
    written_down(db, &person.id, "session.end", json!({}), now)
}

/// Ends another session of one's own, on a device that was lost or lent.
pub fn end_session(
    db: &mut Db,
    person: &Person,
    session: &SessionId,
    now: Moment,
) -> Result<(), EndSessionError> {
    let found = store::find_session(db, session)?.filter(|session| session.account_id == person.id);
    let session = found.ok_or(EndSessionError::NotFound)?;
    // Ending it twice is what a second click does.
    if session.ended_at.is_none() {
        store::save_ended_at(db, &session.id, now)?;
        written_down(db, &person.id, "session.end", json!({ "device": session.label }), now)?;
    }
    Ok(())
}

/// Ends all sessions of the account but the one in use. Answers how many there were.
pub fn end_other_sessions(db: &mut Db, person: &Person, now: Moment) -> Result<usize, DbError> {
    let count = store::end_sessions_of(db, &person.id, Some(&person.session.id), now)?;
    written_down(db, &person.id, "session.end_others", json!({ "count": count }), now)?;
    Ok(count)
}

fn written_down(
    db: &mut Db,
    account: &AccountId,
    action: &str,
    details: serde_json::Value,
    now: Moment,
) -> Result<(), DbError> {
    let subject = ("account", account.as_str());
    let happening =
        Happening { contest: None, by: Some(account), action, subject, before: None, after: None, details };
    append(db, &happening, now)
}
