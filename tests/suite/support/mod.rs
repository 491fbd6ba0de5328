//! The stage that tests play on: a fresh database, a clock that stands still, visitors as values, builders that say
//! only what a test is about.

mod builders;
mod builders_accounts;
mod builders_contests;
mod builders_entries;
mod builders_judging;
mod builders_radar;
mod builders_media;
mod builders_results;
mod builders_uploads;
mod bucket;
mod database;
mod invariants;
mod postgres;
mod server;
mod visitor;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use chrono::Duration;
use hoithi::{
    base::{
        clock::{Clock, Moment},
        config::Config,
    },
    infra::{
        db::{ActError, Db, DbError},
        fetch::{Allowance, Fetcher},
    },
    jobs::{LinkTools, Tools},
    web::app::App,
};

pub use bucket::S3;
pub use builders_accounts::PASSWORD;
pub use builders_entries::PICTURE;
pub use builders_judging::JudgedPool;
pub use builders_media::Drafted;
pub use builders_radar::{Work, a_document, a_likeness, media};
pub use builders_results::{SmallContest, a_decision};
pub use builders_uploads::{OtherWriter, Slot, a_large_picture, a_part, upload_at};
pub use database::TestDatabase;
pub use invariants::{assignments_say_what_is_due, places_say_what_is_judged};
pub use postgres::OwnPostgres;
pub use server::{HttpAnswer, Server};
pub use visitor::{Answer, Guest};

/// One test's world. Dropping it removes its files and, on PostgreSQL, its schema.
pub struct Stage {
    pub app: App,
    pub database: database::TestDatabase,
    pub config: Config,
    /// How many queries looked at what acts had done.
    checks: Arc<AtomicU64>,
}

const SECRET: &str = "a secret of the tests";

impl Stage {
    /// At noon UTC on 15 March 2024 (19:00 in Vietnam), with the five levels and nothing else.
    pub fn new() -> Self {
        let database = database::TestDatabase::new();
        Self::with(database, |_| {})
    }

    /// With settings of its own.
    pub fn with(database: TestDatabase, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config {
            database_url: Some(database.url().to_owned()),
            base_url: Some("http://hoithi.test".into()),
            secret: Some(SECRET.into()),
            arena_url: Some("http://arena.test".into()),
            arena_listen: "127.0.0.1:0".parse().unwrap(),
            long_jobs: 0,
            ..Config::for_folder(database.folder(), 0)
        };
        change(&mut config);
        let clock = Clock::fixed("2024-03-15T12:00:00".parse().unwrap());
        let app = hoithi::app::open(&config, clock).unwrap();
        Self { app, database, config, checks: Arc::default() }
    }

    /// What the jobs of this world work with.
    pub fn tools(&self) -> Tools {
        Tools {
            db: self.app.db.clone(),
            clock: self.app.clock.clone(),
            files: self.app.files.clone(),
            links: self.link_tools(Vec::new()),
        }
    }

    /// Links may lead to servers of the test on these ports, and nowhere else.
    #[expect(clippy::unused_self, reason = "a world has its own network")]
    pub fn link_tools(&self, ports: Vec<u16>) -> LinkTools {
        LinkTools { fetcher: Fetcher::new(Allowance::OnlyLoopback(ports)), repair_days: 7 }
    }

    pub fn now(&self) -> Moment {
        self.app.clock.now()
    }

    pub fn clock_forward(&self, span: Duration) {
        self.app.clock.set(self.now() + span);
    }

    pub async fn write<T: Send + 'static, E: ActError>(
        &self,
        act: impl Fn(&mut Db) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        let checks = Arc::clone(&self.checks);
        let checked = move |db: &mut Db| {
            let done = act(db)?;
            checks.fetch_add(2, Ordering::Relaxed);
            places_say_what_is_judged(db)?;
            assignments_say_what_is_due(db)?;
            Ok::<T, E>(done)
        };
        self.app.db.write(checked).await
    }

    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T, DbError> + Send + 'static,
    ) -> Result<T, DbError> {
        self.app.db.read(work).await
    }

    /// How many queries `work` made.
    pub async fn count_queries(&self, work: impl AsyncFnOnce()) -> u64 {
        let total = || self.app.db.queries().total() - self.checks.load(Ordering::Relaxed);
        let before = total();
        work().await;
        total() - before
    }

    pub fn is_postgres(&self) -> bool {
        self.database.url().starts_with("postgres")
    }
}
