//! Background work, one file per job, thin: a job calls an act. Jobs run beside the server, on any node, and may run on
//! many at once.

mod check_links;
mod forget_failures;
mod forget_jobs;
mod plan_renditions;
pub mod radar;
mod read_code;
mod render;
mod scrub_files;
mod seal_audit;
mod sweep_files;
mod try_game;
mod unpack_game;
mod work;

use std::time::Duration;

use crate::{
    base::clock::Clock,
    features::{attachments::games, links},
    infra::{db::Database, fetch::Fetcher, files::FileStore},
};

pub use check_links::round as check_links_round;
pub use scrub_files::{Scrubbed, scrub};
pub use sweep_files::{SAFE_AGE, Swept, sweep};
pub use work::{LEASE, Outcome, Setback, Work, run_due};

/// Every kind of queued job and what is done for it.
pub const WORKS: &[Work] = &[
    Work { kind: games::UNPACK, run: unpack_game::run },
    Work { kind: links::CHECK, run: check_links::run },
    Work { kind: links::READ_CODE, run: read_code::run },
    radar::OF_ENTRY,
    radar::READS,
    radar::OF_CONTEST,
    Work { kind: "render-picture", run: render::picture },
    Work { kind: "render-film", run: render::film },
    Work { kind: "render-sound", run: render::sound },
    Work { kind: "render-document", run: render::document },
    Work { kind: "try-game", run: try_game::run },
];

/// Those that may take minutes and a whole core. They are claimed by workers of their own, so that nothing short waits
/// behind them.
const LONG: &[&str] = &[
    "render-film",
    "render-sound",
    "render-document",
    "try-game",
    radar::OF_ENTRY.kind,
    radar::READS.kind,
    radar::OF_CONTEST.kind,
];

/// On the last day of a contest many come at once, and each is work for a second.
const PICTURES: &[&str] = &["render-picture", links::READ_CODE];

/// Those that wait for the servers of others, which may be slow on purpose.
const OUTSIDE: &[&str] = &[links::CHECK];

/// What every job can reach.
#[derive(Clone)]
pub struct Tools {
    pub db: Database,
    pub clock: Clock,
    pub files: FileStore,
    pub links: LinkTools,
}

/// What looks at links.
#[derive(Debug, Clone)]
pub struct LinkTools {
    pub fetcher: Fetcher,
    /// How long a dead link may be mended.
    pub repair_days: i64,
}

impl LinkTools {
    /// For the life of the program: everything that is public may be asked.
    pub fn public(repair_days: i64) -> Self {
        Self { fetcher: Fetcher::default(), repair_days }
    }
}

/// Starts every job on the runtime of the server; they end with it. `n_long` workers take the long jobs, none leaves them
/// to other processes.
pub fn start(tools: &Tools, n_long: usize) {
    every(Duration::from_secs(1), tools, seal_audit::newest);
    every(Duration::from_mins(1), tools, seal_audit::all);
    every(Duration::from_hours(1), tools, forget_failures::run);
    every(Duration::from_hours(1), tools, forget_jobs::run);
    every(Duration::from_mins(10), tools, sweep_files::run);
    every(Duration::from_mins(10), tools, scrub_files::run);
    every(Duration::from_mins(1), tools, plan_renditions::run);
    every(Duration::from_hours(1), tools, check_links_round);
    every(Duration::from_secs(1), tools, run_short);
    every(Duration::from_secs(1), tools, run_pictures);
    every(Duration::from_secs(1), tools, run_outside);
    for _ in 0..n_long {
        every(Duration::from_secs(1), tools, run_long);
    }
}

async fn run_short(tools: Tools) -> anyhow::Result<()> {
    run(&tools, |kind| ![LONG, PICTURES, OUTSIDE].iter().any(|lane| lane.contains(&kind))).await
}

async fn run_pictures(tools: Tools) -> anyhow::Result<()> {
    run(&tools, |kind| PICTURES.contains(&kind)).await
}

async fn run_outside(tools: Tools) -> anyhow::Result<()> {
    run(&tools, |kind| OUTSIDE.contains(&kind)).await
}

async fn run_long(tools: Tools) -> anyhow::Result<()> {
    run(&tools, |kind| LONG.contains(&kind)).await
}

async fn run(tools: &Tools, is_ours: fn(&str) -> bool) -> anyhow::Result<()> {
    let works: Vec<Work> = WORKS.iter().filter(|work| is_ours(work.kind)).copied().collect();
    run_due(tools, &works).await?;
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
