//! A sample that the panel makes itself: an entry that is scored by everybody, and stands in nothing else.

use std::collections::BTreeMap;

use super::{
    CalibrateError,
    mark::{led_pool, mark},
};
use crate::{
    base::{
        clock::Moment,
        ids::{EntryId, PoolId},
        json::Json,
        sentence::{FieldErrors, Sentence},
        text::{clean_text, fold},
    },
    features::{
        accounts::Person,
        attachments::{self, NewFile},
        contests::{self, Contest, EntryKind, FieldKind, text_rules},
        entries::{self, Answer, Answers, Entry, EntryStatus},
        judging::sheets::reason_of,
        pools::{self, Pool},
        units,
    },
    infra::{
        db::{Db, DbError},
        files::StoredFile,
    },
};

/// What whoever leads the judging puts together.
#[derive(Debug, Clone, Default)]
pub struct NewSample {
    pub title: String,
    /// Stands where makers describe their work.
    pub text: String,
    /// In the slot that it names.
    pub file: Option<(NewFile, StoredFile)>,
    pub reason: String,
}

/// It takes no number of the contest, counts against no limit, goes up nowhere and is shown to nobody but the panel.
pub fn make_sample(
    db: &mut Db,
    by: &Person,
    pool: &PoolId,
    new: &NewSample,
    now: Moment,
) -> Result<Entry, CalibrateError> {
    let pool = led_pool(db, by, pool)?;
    let contest = contests::store::find(db, &pool.contest_id)?.ok_or(CalibrateError::NotFound)?;
    let round = contests::store::find_round(db, &pool.round_id)?.ok_or(CalibrateError::NotFound)?;
    if !round.takes_sheets() {
        return Err(CalibrateError::NoSheetsInRound);
    }
    let mut errors = FieldErrors::default();
    let title = errors.take("title", text_rules::title(&new.title));
    let text = clean_text(&new.text);
    if text.is_empty() && new.file.is_none() {
        errors.add("text", Sentence::new("calibration-error-nothing-to-score"));
    }
    let title = errors.or(|| title)?;
    let reason = reason_of(&new.reason)?;
    let entry = entry(db, by, (&pool, &contest), (title, text), now)?;
    entries::store::insert(db, &entry)?;
    if let Some((file, stored)) = &new.file {
        attachments::put(db, by, &entry, (file, stored), 1, now)?;
    }
    pools::receive(db, &pool, &entry.id, None, entry.status.is_judged(), now)?;
    mark(db, by, &pool, (&entry.id, true), &reason, now)?;
    Ok(entry)
}

fn entry(
    db: &mut Db,
    by: &Person,
    (pool, contest): (&Pool, &Contest),
    (title, text): (String, String),
    now: Moment,
) -> Result<Entry, CalibrateError> {
    let unit = units::store::find(db, &pool.unit_id)?.ok_or(CalibrateError::NotFound)?;
    let above = units::store::find_name_above(db, &unit)?;
    let fields = contests::views::list_fields(db, &contest.id)?;
    let described = fields.iter().find(|field| field.kind == FieldKind::LongText && !field.is_retired);
    let answers = described.filter(|_| !text.is_empty());
    let answers: BTreeMap<_, _> =
        answers.into_iter().map(|field| (field.id.clone(), Answer::Text(text.clone()))).collect();
    Ok(Entry {
        kind: contest.kinds.0.first().copied().unwrap_or(EntryKind::NotRecorded),
        code: Some(free_code(db, contest)?),
        search_text: fold(&title),
        title,
        answers: Json(Answers(answers)),
        status: EntryStatus::Sample,
        status_by: Some(by.id.clone()),
        is_on_behalf: true,
        ..Entry::begun(&contest.id, (unit, above), &by.id, now)
    })
}

/// "BT-M1": apart from the numbers of entries, so that these have no gaps.
fn free_code(db: &mut Db, contest: &Contest) -> Result<String, DbError> {
    let prefix = contest.code_prefix.trim_end_matches('-');
    let mut number = 1;
    loop {
        let code = if prefix.is_empty() { format!("M{number}") } else { format!("{prefix}-M{number}") };
        if entries::store::find_by_code(db, &contest.id, &code)?.is_none() {
            return Ok(code);
        }
        number += 1;
    }
}

/// Nothing for an entry that makers sent in.
pub(super) fn unmake(db: &mut Db, by: &Person, entry: &EntryId, now: Moment) -> Result<(), DbError> {
    let Some(mut entry) =
        entries::store::find(db, entry)?.filter(|entry| entry.status == EntryStatus::Sample)
    else {
        return Ok(());
    };
    entry.status = EntryStatus::Withdrawn;
    entry.status_by = Some(by.id.clone());
    entry.status_at = now;
    entry.edition += 1;
    entries::store::save(db, &entry)?;
    pools::store::leave_all(db, &entry.id, now)
}
