//! Background work, one file per job, thin: a job calls an act. Jobs run beside the server, on any node, and may run on
//! many at once.

mod forget_failures;
mod forget_jobs;
pub mod radar;
mod scrub_files;
mod seal_audit;
mod sweep_files;
mod unpack_game;
mod work;

use std::time::Duration;

use crate::{
    base::clock::Clock,
    features::attachments::games,
    infra::{db::Database, files::FileStore},
};

pub use scrub_files::{Scrubbed, scrub};
pub use sweep_files::{SAFE_AGE, Swept, sweep};
pub use work::{LEASE, Outcome, Setback, Work, run_due};

/// Every kind of queued job and what is done for it.
pub const WORKS: &[Work] =
    &[Work { kind: games::UNPACK, run: unpack_game::run }, radar::OF_ENTRY, radar::OF_CONTEST];

/// What every job can reach.
#[derive(Clone)]
pub struct Tools {
    pub db: Database,
    pub clock: Clock,
    pub files: FileStore,
}

/// Starts every job on the runtime of the server; they end with it.
pub fn start(tools: &Tools) {
    every(Duration::from_secs(1), tools, seal_audit::run);
    every(Duration::from_hours(1), tools, forget_failures::run);
    every(Duration::from_hours(1), tools, forget_jobs::run);
    every(Duration::from_mins(10), tools, sweep_files::run);
    every(Duration::from_mins(10), tools, scrub_files::run);
    every(Duration::from_secs(1), tools, run_queued);
}

async fn run_queued(tools: Tools) -> anyhow::Result<()> {
    run_due(&tools, WORKS).await?;
    Ok(())
}

/// Repeats a job with a pause between its runs. What went wrong is logged, and tried again after the next pause.
fn every<F>(pause: Duration, tools: &Tools, job: fn(Tools) -> F)
where
    F: Future<Output = anyhow::Result<()>> + 'static,
{
    let tools = tools.clone();
    actix_web::rt::spawn(async move {
        loop {
            actix_web::rt::time::sleep(pause).await;
            if let Err(error) = job(tools.clone()).await {
                tracing::warn!(%error, "a job failed and will be tried again");
            }
        }
    });
}
