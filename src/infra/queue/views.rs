use diesel::prelude::*;

use super::{Job, JobStatus};
use crate::{
    base::clock::Moment,
    infra::db::{Db, DbError, among, schema::jobs},
    is_either,
};

/// All jobs with this subject, the newest first.
pub fn list_of_subject(db: &mut Db, subject: &str) -> Result<Vec<Job>, DbError> {
    let rows = jobs::table.filter(jobs::subject.eq(subject)).order((jobs::queued_at.desc(), jobs::id.desc()));
    Ok(rows.select(Job::as_select()).load(db)?)
}

/// The newest job of a kind for each of the subjects.
pub fn newest_of(db: &mut Db, kind: &str, subjects: &[&str]) -> Result<Vec<Job>, DbError> {
    let rows = jobs::table
        .filter(jobs::kind.eq(kind).and(among(jobs::subject, subjects)))
        .order((jobs::subject, jobs::queued_at.desc(), jobs::id.desc()))
        .select(Job::as_select());
    let mut rows: Vec<Job> = rows.load(db)?;
    rows.dedup_by(|row, before| row.subject == before.subject);
    Ok(rows)
}

/// How far the running jobs with these subjects are, in percent.
pub fn percents_of(db: &mut Db, subjects: &[&str]) -> Result<Vec<(String, i32)>, DbError> {
    let rows = jobs::table.filter(among(jobs::subject, subjects).and(jobs::status.eq(JobStatus::Running)));
    Ok(rows.select((jobs::subject, jobs::percent)).load(db)?)
}

/// Jobs that nobody has begun, or that are to be tried again.
pub fn count_waiting(db: &mut Db) -> Result<i64, DbError> {
    Ok(jobs::table.filter(jobs::status.eq(JobStatus::Waiting)).count().get_result(db)?)
}

/// Those that wait and those that somebody is at.
pub fn count_unfinished(db: &mut Db) -> Result<i64, DbError> {
    let open = is_either!(jobs::status, [JobStatus::Waiting, JobStatus::Running]);
    Ok(jobs::table.filter(open).count().get_result(db)?)
}

/// Jobs that should have been begun before `before`.
pub fn count_overdue(db: &mut Db, before: Moment) -> Result<i64, DbError> {
    let late = jobs::table.filter(jobs::status.eq(JobStatus::Waiting).and(jobs::due_at.lt(before)));
    Ok(late.count().get_result(db)?)
}

/// Jobs that were given up since `since`.
pub fn count_failed(db: &mut Db, since: Moment) -> Result<i64, DbError> {
    let failed = jobs::table.filter(jobs::status.eq(JobStatus::Failed).and(jobs::ended_at.ge(since)));
    Ok(failed.count().get_result(db)?)
}
