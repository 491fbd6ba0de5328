//! Claims queued jobs and has them done: what a kind of job does stands in a table.

use std::pin::Pin;

use chrono::Duration;

use super::Tools;
use crate::infra::{
    db::DbError,
    queue::{self, Job},
};

/// A job that takes longer says so in between (`queue::extend`), or another worker begins it anew.
pub const LEASE: Duration = Duration::minutes(15);
pub(super) const MAX_ATTEMPTS: i32 = 5;

/// Why a job was not done.
#[derive(Debug)]
pub enum Setback {
    /// May go well another time: a store that is away, a tool that was killed.
    ForNow(String),
    /// Will never go well: the reason is for people.
    ForGood(String),
}

impl<E: std::error::Error> From<E> for Setback {
    fn from(error: E) -> Self {
        Self::ForNow(error.to_string())
    }
}

pub type Outcome = Pin<Box<dyn Future<Output = Result<(), Setback>> + Send>>;

/// A kind of job and what is done for it.
#[derive(Clone, Copy)]
pub struct Work {
    pub kind: &'static str,
    pub run: fn(Tools, Job) -> Outcome,
}

/// Does everything that is due, one after the other, and answers how many jobs were begun.
pub async fn run_due(tools: &Tools, works: &[Work]) -> Result<usize, DbError> {
    let mut n_begun = 0;
    while run_next(tools, works).await? {
        n_begun += 1;
    }
    Ok(n_begun)
}

/// Answers whether there was a job to begin.
async fn run_next(tools: &Tools, works: &[Work]) -> Result<bool, DbError> {
    let kinds: Vec<&'static str> = works.iter().map(|work| work.kind).collect();
    let now = tools.clock.now();
    let claimed = tools.db.write(move |db| queue::claim(db, &kinds, LEASE, now)).await?;
    let Some(job) = claimed else { return Ok(false) };
    let Some(work) = works.iter().find(|work| work.kind == job.kind) else { return Ok(false) };
    // In a task of its own, so that a panic ends the job and not the worker.
    let outcome = tokio::spawn((work.run)(tools.clone(), job.clone())).await;
    let outcome = outcome.unwrap_or_else(|error| Err(Setback::ForNow(error.to_string())));
    let now = tools.clock.now();
    match outcome {
        Ok(()) => tools.db.write(move |db| queue::finish(db, &job, now)).await?,
        Err(setback) => {
            let (reason, retry_at) = match setback {
                Setback::ForGood(reason) => (reason, None),
                Setback::ForNow(reason) if job.attempts >= MAX_ATTEMPTS => (reason, None),
                Setback::ForNow(reason) => (reason, Some(now + pause_after(job.attempts))),
            };
            tracing::warn!(kind = job.kind, subject = job.subject, reason, "a job was not done");
            tools.db.write(move |db| queue::fail(db, &job, &reason, retry_at, now)).await?;
        }
    }
    Ok(true)
}

/// Twice as long after every try: half a minute, one, two, four.
fn pause_after(attempts: i32) -> Duration {
    Duration::seconds(15) * 2_i32.saturating_pow(attempts.clamp(1, 10).unsigned_abs())
}
