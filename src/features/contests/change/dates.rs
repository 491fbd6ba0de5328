//! When entries are taken.

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
        contests::{Contest, text_rules::within_range},
    },
    infra::db::Db,
};

/// Three days: more would be another deadline, not a grace.
pub const MAX_GRACE_MINUTES: i32 = 3 * 24 * 60;

#[derive(Debug, Clone, Default)]
pub struct DatesForm {
    pub opens_at: Option<Moment>,
    pub closes_at: Option<Moment>,
    pub grace_minutes: i32,
}

pub fn save_dates(
    db: &mut Db,
    person: &Person,
    edit: &Edit,
    form: &DatesForm,
    now: Moment,
) -> Result<Contest, ChangeContestError> {
    let mut changing = begin(db, person, edit)?;
    let mut errors = FieldErrors::default();
    let grace_minutes = errors.take("grace_minutes", within_range(form.grace_minutes, 0, MAX_GRACE_MINUTES));
    if form.opens_at.zip(form.closes_at).is_some_and(|(opens, closes)| closes <= opens) {
        errors.add("closes_date", Sentence::new("contests-error-dates-order"));
    }
    if changing.was_open && form.closes_at.is_none() {
        errors.add("closes_date", Sentence::new("contests-missing-closing"));
    }
    let grace_minutes = errors.or(|| grace_minutes)?;
    let contest = &mut changing.contest;
    if changing.was_open {
        if form.closes_at != contest.closes_at && form.closes_at.is_some_and(|closes| closes <= now) {
            return Err(ChangeContestError::ClosingInThePast);
        }
        let opens_later = form.opens_at.is_some_and(|opens| opens > now);
        if opens_later && form.opens_at != contest.opens_at && views::count_sent_in(db, &contest.id)? > 0 {
            return Err(ChangeContestError::OpeningAfterEntries);
        }
    }
    contest.opens_at = form.opens_at.or(contest.opened_at);
    contest.closes_at = form.closes_at;
    contest.grace_minutes = grace_minutes;
    changing.finish_contest(db, "contest.dates", now)
}
