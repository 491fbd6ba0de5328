//! Submitting all sheets of a judge in one act: all of them, or those that are complete.

use std::collections::BTreeMap;

use super::{
    Seated, SheetStatus,
    save::is_writable,
    submit::{give, was_seen},
    typed::SheetContent,
};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{EntryId, PoolId},
    },
    features::{
        accounts::Person,
        judging::{sheets::SaveSheetError, store, views},
    },
    infra::db::Db,
};

/// Why a sheet stays a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyKept {
    /// Nothing was marked yet.
    NotBegun,
    /// Required criteria without a mark, by name.
    Missing(Vec<String>),
    /// Saved on another page after the review was shown.
    SavedElsewhere,
    /// The round asks that more of the work is looked at first.
    NotSeen,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptBack {
    pub entry: EntryId,
    pub code: String,
    pub why: WhyKept,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SubmittedAll {
    pub submitted: usize,
    pub kept_back: Vec<KeptBack>,
}

act_error! {
    /// Why no sheet was submitted.
    pub enum SubmitAllError {
        JudgingNotOpen => "judging-refused-not-open",
        JudgingClosed => "judging-refused-closed",
        CalibrationFirst { codes: String } => "judging-refused-calibration-first",
        NothingToSubmit => "judging-refused-nothing-to-submit",
        SomeKeptBack { n: usize, named: String } => "judging-refused-some-kept-back",
    }
}

/// `seen` are the editions that the judge reviewed: a sheet that was saved since is not submitted unread.
pub fn submit_all(
    db: &mut Db,
    judge: &Person,
    pool: &PoolId,
    seen: &BTreeMap<EntryId, i32>,
    only_complete: bool,
    now: Moment,
) -> Result<SubmittedAll, SubmitAllError> {
    store::find_seat(db, pool, &judge.id)?.ok_or(SubmitAllError::NotFound)?;
    let mut done = SubmittedAll::default();
    let mut ready: Vec<(Seated, SheetContent)> = Vec::new();
    for place in views::list_named_places(db, pool, &judge.id)?.into_iter().filter(|place| !place.is_done()) {
        let Some(seated) = store::find_seated(db, pool, &place.entry_id, &judge.id)? else { continue };
        is_writable(&seated).map_err(closed)?;
        match why_kept(db, judge, &seated, seen)? {
            Ok(content) => ready.push((seated, content)),
            Err(why) => done.kept_back.push(KeptBack { entry: place.place.entry_id, code: place.code, why }),
        }
    }
    if !only_complete && !done.kept_back.is_empty() {
        let codes: Vec<&str> = done.kept_back.iter().map(|kept| kept.code.as_str()).collect();
        return Err(SubmitAllError::SomeKeptBack { n: codes.len(), named: codes.join(", ") });
    }
    if ready.is_empty() {
        return Err(SubmitAllError::NothingToSubmit);
    }
    for (seated, content) in ready {
        give(db, judge, &seated, &content, &content, now).map_err(|error| match error {
            SaveSheetError::Database(error) => SubmitAllError::Database(error),
            SaveSheetError::CalibrationFirst { codes } => SubmitAllError::CalibrationFirst { codes },
            _ => SubmitAllError::NothingToSubmit,
        })?;
        done.submitted += 1;
    }
    Ok(done)
}

fn why_kept(
    db: &mut Db,
    judge: &Person,
    seated: &Seated,
    seen: &BTreeMap<EntryId, i32>,
) -> Result<Result<SheetContent, WhyKept>, SubmitAllError> {
    let is_draft = seated.sheet.as_ref().is_some_and(|sheet| sheet.status == SheetStatus::Draft);
    if !is_draft {
        return Ok(Err(WhyKept::NotBegun));
    }
    let form = seated.form(db)?;
    let content = seated.content(db)?;
    let missing = content.missing_names(&form, judge.language);
    if !missing.is_empty() {
        return Ok(Err(WhyKept::Missing(missing)));
    }
    if seen.get(&seated.entry_id) != Some(&seated.edition()) {
        return Ok(Err(WhyKept::SavedElsewhere));
    }
    match was_seen(db, seated) {
        Ok(()) => Ok(Ok(content)),
        Err(SaveSheetError::Database(error)) => Err(error.into()),
        Err(_) => Ok(Err(WhyKept::NotSeen)),
    }
}

fn closed(error: SaveSheetError) -> SubmitAllError {
    match error {
        SaveSheetError::JudgingNotOpen => SubmitAllError::JudgingNotOpen,
        _ => SubmitAllError::JudgingClosed,
    }
}
