//! Queueing, claiming, ending. Two workers never hold the same job: SQLite has one writer, PostgreSQL skips locked rows.

use chrono::Duration;
use diesel::prelude::*;

use super::{Job, JobStatus, NewJob};
use crate::{
    base::{clock::Moment, ids::JobId, json::Json},
    infra::db::{Db, DbError, among, schema::jobs},
};

/// Queues a job, unless the same is waiting already.
pub fn enqueue(db: &mut Db, new: &NewJob, now: Moment) -> Result<(), DbError> {
    let job = Job {
        id: JobId::generate(),
        kind: new.kind.to_owned(),
        subject: new.subject.clone(),
        payload: Json(new.payload.clone()),
        status: JobStatus::Waiting,
        attempts: 0,
        due_at: new.due_at,
        leased_until: None,
        percent: 0,
        reason: None,
        queued_at: now,
        ended_at: None,
    };
    let insert = diesel::insert_into(jobs::table).values(&job).on_conflict_do_nothing();
    match db {
        Db::Postgres(db) => insert.execute(db)?,
        Db::Sqlite(db) => insert.execute(db)?,
    };
    Ok(())
}

/// Takes the job of one of the kinds that has been due the longest, for `lease`. A job whose worker let its lease run
/// out is due again.
pub fn claim(db: &mut Db, kinds: &[&str], lease: Duration, now: Moment) -> Result<Option<Job>, DbError> {
    let is_due = jobs::status
        .eq(JobStatus::Waiting)
        .and(jobs::due_at.le(now))
        .or(jobs::status.eq(JobStatus::Running).and(jobs::leased_until.lt(now)));
    let due = jobs::table
        .filter(among(jobs::kind, kinds).and(is_due))
        .order((jobs::due_at, jobs::id))
        .select(jobs::id)
        .limit(1);
    let id: Option<JobId> = match db {
        Db::Postgres(db) => due.for_update().skip_locked().first(db).optional()?,
        Db::Sqlite(db) => due.first(db).optional()?,
    };
    let Some(id) = id else { return Ok(None) };
    diesel::update(jobs::table.find(&id))
        .set((
            jobs::status.eq(JobStatus::Running),
            jobs::attempts.eq(jobs::attempts + 1),
            jobs::percent.eq(0),
            jobs::leased_until.eq(now + lease),
        ))
        .execute(db)?;
    Ok(jobs::table.find(&id).select(Job::as_select()).get_result(db).optional()?)
}

/// How far it is, and for how long it still may take. Answers whether the job is still this worker's.
pub fn extend(db: &mut Db, job: &Job, percent: i32, until: Moment) -> Result<bool, DbError> {
    let rows = diesel::update(held(job))
        .set((jobs::percent.eq(percent.clamp(0, 100)), jobs::leased_until.eq(until)))
        .execute(db)?;
    Ok(rows > 0)
}

pub fn finish(db: &mut Db, job: &Job, now: Moment) -> Result<(), DbError> {
    diesel::update(held(job))
        .set((
            jobs::status.eq(JobStatus::Done),
            jobs::percent.eq(100),
            jobs::reason.eq(None::<String>),
            jobs::leased_until.eq(None::<Moment>),
            jobs::ended_at.eq(now),
        ))
        .execute(db)?;
    Ok(())
}

/// Tried again at `retry_at`, or given up. Where the same job waits already, that one is the next try.
pub fn fail(
    db: &mut Db,
    job: &Job,
    reason: &str,
    retry_at: Option<Moment>,
    now: Moment,
) -> Result<(), DbError> {
    let waits_already = jobs::table
        .filter(jobs::kind.eq(&job.kind).and(jobs::subject.eq(&job.subject)))
        .filter(jobs::status.eq(JobStatus::Waiting))
        .count()
        .get_result::<i64>(db)?
        > 0;
    let retry_at = retry_at.filter(|_| !waits_already);
    diesel::update(held(job))
        .set((
            jobs::status.eq(if retry_at.is_some() { JobStatus::Waiting } else { JobStatus::Failed }),
            jobs::reason.eq(Some(reason)),
            jobs::due_at.eq(retry_at.unwrap_or(job.due_at)),
            jobs::leased_until.eq(None::<Moment>),
            jobs::ended_at.eq(retry_at.is_none().then_some(now)),
        ))
        .execute(db)?;
    Ok(())
}

/// Jobs that were done before `before`; those that failed stay, with their reason.
pub fn forget_ended(db: &mut Db, before: Moment) -> Result<usize, DbError> {
    let old = jobs::table.filter(jobs::status.eq(JobStatus::Done).and(jobs::ended_at.lt(before)));
    Ok(diesel::delete(old).execute(db)?)
}

/// The job, as long as it is in the hands of the worker that claimed it at this attempt.
type Held<'j> = diesel::dsl::Filter<
    diesel::dsl::Find<jobs::table, &'j JobId>,
    diesel::dsl::And<diesel::dsl::Eq<jobs::attempts, i32>, diesel::dsl::Eq<jobs::status, JobStatus>>,
>;

fn held(job: &Job) -> Held<'_> {
    jobs::table.find(&job.id).filter(jobs::attempts.eq(job.attempts).and(jobs::status.eq(JobStatus::Running)))
}
