//! Background work, one file per job, thin: a job calls an act. Jobs run beside the server, on any node, and may run on
//! many at once.

mod forget_failures;
mod forget_jobs;
mod plan_renditions;
pub mod radar;
mod render;
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
pub const WORKS: &[Work] = &[
    Work { kind: games::UNPACK, run: unpack_game::run },
    radar::OF_ENTRY,
    radar::OF_CONTEST,
    Work { kind: "render-picture", run: render::picture },
    Work { kind: "render-film", run: render::film },
    Work { kind: "render-sound", run: render::sound },
    Work { kind: "render-document", run: render::document },
];

/// Those that may take minutes and a whole core. They are claimed by workers of their own, so that nothing short waits
/// behind them.
const LONG: &[&str] = &["render-film", "render-sound", "render-document"];

/// What every job can reach.
#[derive(Clone)]
pub struct Tools {
    pub db: Database,
    pub clock: Clock,
    pub files: FileStore,
}

/// Starts every job on the runtime of the server; they end with it. `n_long` workers take the long jobs, none leaves them
/// to other processes.
pub fn start(tools: &Tools, n_long: usize) {
    every(Duration::from_secs(1), tools, seal_audit::run);
    every(Duration::from_hours(1), tools, forget_failures::run);
    every(Duration::from_hours(1), tools, forget_jobs::run);
    every(Duration::from_mins(10), tools, sweep_files::run);
    every(Duration::from_mins(10), tools, scrub_files::run);
    every(Duration::from_mins(1), tools, plan_renditions::run);
    every(Duration::from_secs(1), tools, run_short);
    for _ in 0..n_long {
        every(Duration::from_secs(1), tools, run_long);
    }
}

async fn run_short(tools: Tools) -> anyhow::Result<()> {
    let short: Vec<Work> = WORKS.iter().filter(|work| !LONG.contains(&work.kind)).copied().collect();
    run_due(&tools, &short).await?;
    Ok(())
}

async fn run_long(tools: Tools) -> anyhow::Result<()> {
    let long: Vec<Work> = WORKS.iter().filter(|work| LONG.contains(&work.kind)).copied().collect();
    run_due(&tools, &long).await?;
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
