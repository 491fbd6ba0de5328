//! What every change has in common: who may, whether somebody else was faster, and the record of it.

use serde_json::{Map, Value, json};

use crate::{
    base::{
        clock::Moment,
        ids::ContestId,
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::Person,
        audit,
        contests::{Contest, ContestStatus, policy, store, text_rules},
    },
    infra::db::{Db, DbError},
};

/// Which contest is changed, as the form knew it, and why.
#[derive(Debug, Clone)]
pub struct Edit {
    pub contest_id: ContestId,
    /// The contest's edition when the form was shown.
    pub edition: i32,
    /// Needed once the contest is open.
    pub reason: String,
}

crate::act_error! {
    /// Why something of a contest could not be changed.
    pub enum ChangeContestError {
        Stale => "contests-refused-stale",
        Ended => "contests-refused-ended",
        KindSentIn => "contests-refused-kind-sent-in",
        PrefixUsed => "contests-refused-prefix-used",
        SlugInUse => "contests-refused-slug-in-use",
        PersonLimitPassed { count: i64 } => "contests-refused-person-limit",
        UnitLimitPassed { count: i64 } => "contests-refused-unit-limit",
        ClosingInThePast => "contests-refused-closing-past",
        OpeningAfterEntries => "contests-refused-opening-after-entries",
        RoundsHavePools => "contests-refused-rounds-have-pools",
        RoundIsJudged => "contests-refused-round-is-judged",
        RoundHasSheets => "contests-refused-round-has-sheets",
        FeedbackDeclared => "contests-refused-feedback-declared",
        RoundHasDecisions => "contests-refused-round-has-decisions",
        FieldAnswered => "contests-refused-field-answered",
        OptionsInUse { options: String } => "contests-refused-options-in-use",
        FieldBecomesRequired => "contests-refused-field-required",
        FieldBecomesPublic => "contests-refused-field-public",
        FilesAboveLimit => "contests-refused-files-above-limit",
        FormNotEmpty => "contests-refused-form-not-empty",
        AwardGranted => "contests-refused-award-granted",
        UnknownPerson => "contests-refused-unknown-person",
        AlreadyOrganiser => "contests-refused-already-organiser",
    }
}

/// A contest in the middle of a change.
pub(super) struct Changing<'c> {
    pub contest: Contest,
    pub was_open: bool,
    person: &'c Person,
    reason: String,
    before: Value,
}

/// What changed: the thing, and how it stood before and after.
pub(super) struct Changed<'c> {
    pub action: &'c str,
    pub subject: (&'c str, &'c str),
    pub before: Value,
    pub after: Value,
}

/// For what changes the meaning of the contest: gives a reason once the contest is open.
pub(super) fn begin<'c>(
    db: &mut Db,
    person: &'c Person,
    edit: &Edit,
) -> Result<Changing<'c>, ChangeContestError> {
    let changing = begin_without_reason(db, person, edit)?;
    if changing.was_open && changing.reason.is_empty() {
        return Err(FieldErrors::one("reason", Sentence::new("contests-error-reason")).into());
    }
    Ok(changing)
}

pub(super) fn begin_without_reason<'c>(
    db: &mut Db,
    person: &'c Person,
    edit: &Edit,
) -> Result<Changing<'c>, ChangeContestError> {
    let contest = store::find(db, &edit.contest_id)?.ok_or(ChangeContestError::NotFound)?;
    if !policy::may_run(db, person, &contest)? {
        return Err(ChangeContestError::NotFound);
    }
    if contest.status == ContestStatus::Ended {
        return Err(ChangeContestError::Ended);
    }
    if contest.edition != edit.edition {
        return Err(ChangeContestError::Stale);
    }
    let reason = text_rules::line_or_nothing(&edit.reason, text_rules::MAX_REASON)
        .map_err(|sentence| FieldErrors::one("reason", sentence))?;
    let before = as_value(&contest);
    Ok(Changing { was_open: contest.status == ContestStatus::Open, contest, person, reason, before })
}

impl Changing<'_> {
    /// Saves the contest with its next edition and writes down what changed.
    pub fn finish(
        mut self,
        db: &mut Db,
        changed: &Changed<'_>,
        now: Moment,
    ) -> Result<Contest, ChangeContestError> {
        self.contest.edition += 1;
        store::save(db, &self.contest)?;
        let mut details = json!({ "changed": difference(&changed.before, &changed.after) });
        if !self.reason.is_empty() {
            details["reason"] = json!(self.reason);
        }
        audit::append(
            db,
            &audit::Happening {
                contest: Some(&self.contest.id),
                by: Some(&self.person.id),
                action: changed.action,
                subject: changed.subject,
                before: (!changed.before.is_null()).then(|| changed.before.clone()),
                after: (!changed.after.is_null()).then(|| changed.after.clone()),
                details,
            },
            now,
        )?;
        Ok(self.contest)
    }

    /// The same for a change of the contest's own row.
    pub fn finish_contest(
        self,
        db: &mut Db,
        action: &str,
        now: Moment,
    ) -> Result<Contest, ChangeContestError> {
        let (before, after) = (self.before.clone(), as_value(&self.contest));
        let id = self.contest.id.clone();
        let changed = Changed { action, subject: ("contest", id.as_str()), before, after };
        self.finish(db, &changed, now)
    }
}

pub(super) fn as_value(row: &impl serde::Serialize) -> Value {
    serde_json::to_value(row).unwrap_or_default()
}

pub(super) fn is_slug_taken(error: DbError) -> ChangeContestError {
    if error.is_unique_violation() {
        FieldErrors::one("slug", Sentence::new("contests-error-slug-taken")).into()
    } else {
        error.into()
    }
}

/// Which members differ, from what to what; long texts only that they do.
fn difference(before: &Value, after: &Value) -> Value {
    let (Value::Object(before), Value::Object(after)) = (before, after) else {
        return Value::Null;
    };
    let mut changed = Map::new();
    for (name, new) in after {
        let old = before.get(name).unwrap_or(&Value::Null);
        if old != new && name != "edition" {
            changed.insert(name.clone(), json!({ "from": shortened(old), "to": shortened(new) }));
        }
    }
    Value::Object(changed)
}

fn shortened(value: &Value) -> Value {
    const MAX_CHARS: usize = 300;
    match value {
        Value::String(text) if text.chars().count() > MAX_CHARS => {
            json!(format!("{}…", text.chars().take(MAX_CHARS).collect::<String>()))
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_record_names_what_changed_and_shortens_long_texts() {
        let before = json!({ "title": "a", "kinds": ["individual"], "edition": 1 });
        let after = json!({ "title": "b", "kinds": ["individual"], "edition": 2 });
        assert_eq!(difference(&before, &after), json!({ "title": { "from": "a", "to": "b" } }));
        let long = difference(&json!({ "rules": "" }), &json!({ "rules": "ộ".repeat(400) }));
        assert_eq!(long["rules"]["to"].as_str().unwrap().chars().count(), 301);
    }
}
