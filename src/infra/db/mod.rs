//! The only door to the database: one connection type for SQLite and PostgreSQL, reads from a pool, writes in
//! durable transactions.

mod among;
mod connect;
mod count;
mod in_page;
mod json;
mod moment;
mod reach;
mod rows;
pub mod schema;
mod transaction;
mod writer;

use std::time::{Duration, Instant};

use actix_web::web;
use diesel::{
    connection::SimpleConnection,
    r2d2::{Pool, PooledConnection},
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

pub use among::among;
use connect::{Address, Connect};
pub use count::QueryCount;
pub use in_page::RowKey;
pub use moment::{MaybeMoment, ReadMoment};
use reach::Reach;
use writer::Writer;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/common");
/// A page waits this long for a connection before it says that the database is away.
const MAX_WAIT: Duration = Duration::from_secs(4);
/// While it waits, it looks this often whether the database can still be reached.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// Of this r2d2 makes the longest pause between two tries to connect, which is half of it: a database that came back is
/// found again so soon.
const CONNECT_WITHIN: Duration = Duration::from_secs(1);

#[derive(diesel::MultiConnection)]
pub enum Db {
    Postgres(diesel::PgConnection),
    Sqlite(diesel::SqliteConnection),
}

#[derive(Debug, thiserror::Error)]
pub enum DbError {
    #[error("no connection to the database")]
    Unavailable,
    #[error(transparent)]
    Query(#[from] diesel::result::Error),
    #[error("the write was not committed: {0}")]
    NotCommitted(String),
    #[error("a write broke off in the middle")]
    Panicked,
}

impl DbError {
    /// The database's word that a row with this key is there already.
    pub fn is_unique_violation(&self) -> bool {
        use diesel::result::{DatabaseErrorKind::UniqueViolation, Error::DatabaseError};
        matches!(self, Self::Query(DatabaseError(UniqueViolation, _)))
    }
}

/// The error of an act shows the database error inside it, so that a transaction that PostgreSQL refused can be
/// run again.
pub trait ActError: From<DbError> + Send + 'static {
    fn db_error(&self) -> Option<&DbError>;
}

impl ActError for DbError {
    fn db_error(&self) -> Option<&DbError> {
        Some(self)
    }
}

#[derive(Clone)]
pub struct Database {
    pool: Pool<Connect>,
    writes: Writes,
    queries: QueryCount,
    reach: Reach,
}

/// SQLite has one writer at a time by nature, so its acts share commits; PostgreSQL has many.
#[derive(Clone)]
enum Writes {
    Grouped(Writer),
    Each,
}

impl Database {
    /// Brings the tables up to date and lets go of the database.
    pub fn migrate(url: &str) -> anyhow::Result<()> {
        let mut db = Connect::to(Address::parse(url)?, QueryCount::default(), Reach::default()).open()?;
        migrate(&mut db)
    }

    /// Connects, brings the tables up to date, and starts the writer.
    pub fn open(url: &str) -> anyhow::Result<Self> {
        Self::open_with(url, 16)
    }

    pub fn open_with(url: &str, max_connections: u32) -> anyhow::Result<Self> {
        let (queries, reach) = (QueryCount::default(), Reach::default());
        let connect = Connect::to(Address::parse(url)?, queries.clone(), reach.clone());
        let mut first = connect.open()?;
        migrate(&mut first)?;
        let is_sqlite = matches!(first, Db::Sqlite(_));
        let writes = if is_sqlite { Writes::Grouped(Writer::start(first)) } else { Writes::Each };
        let pool = Pool::builder()
            .max_size(max_connections)
            .min_idle(Some(1))
            .connection_timeout(CONNECT_WITHIN)
            // A file does not go away; a server may, and its dead connections must not reach a page.
            .test_on_check_out(!is_sqlite)
            .build_unchecked(connect);
        Ok(Self { pool, writes, queries, reach })
    }

    /// Runs `work` on a pooled connection, off the async threads. For reading only: all of it sees one moment.
    pub async fn read<T, E>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let database = self.clone();
        self.on_connection(move |db| database.at_one_moment(db, work)).await
    }

    async fn on_connection<T, E>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let database = self.clone();
        web::block(move || work(&mut *database.check_out()?)).await.map_err(|_| DbError::Panicked)?
    }

    fn at_one_moment<T, E: From<DbError>>(
        &self,
        db: &mut Db,
        work: impl FnOnce(&mut Db) -> Result<T, E>,
    ) -> Result<T, E> {
        transaction::begin_reading(db)?;
        let outcome = work(db);
        let ended = transaction::end_reading(db);
        self.queries.leave_out(2);
        let value = outcome?;
        ended?;
        Ok(value)
    }

    /// Reads a few rows by their keys. On SQLite that takes less time than giving the work to another thread and waiting
    /// for it, so it is done here and now; what could take longer belongs into [`Self::read`].
    pub async fn read_briefly<T, E>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        if let Writes::Grouped(_) = self.writes
            && let Some(mut db) = self.pool.try_get()
        {
            return self.at_one_moment(&mut db, work);
        }
        self.read(work).await
    }

    /// Waits while others use all connections, but not for a database that is known to be away.
    fn check_out(&self) -> Result<PooledConnection<Connect>, DbError> {
        let began = Instant::now();
        let until = began + MAX_WAIT;
        loop {
            if self.reach.is_away(Instant::now()) {
                return self.pool.try_get().ok_or(DbError::Unavailable);
            }
            match self.pool.get_timeout(LOOK_EVERY) {
                Ok(db) => return Ok(db),
                Err(_) if Instant::now() < until => {}
                Err(_) => {
                    // A server that does not even refuse.
                    if self.pool.state().connections == 0 {
                        self.reach.failed(began);
                    }
                    return Err(DbError::Unavailable);
                }
            }
        }
    }

    /// Runs `act` in one write transaction and returns when it is on disk. `act` may run more than once, so it
    /// touches nothing but the database.
    pub async fn write<T, E>(&self, act: impl Fn(&mut Db) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: ActError,
    {
        match &self.writes {
            Writes::Grouped(writer) => writer.run(act).await,
            Writes::Each => self.on_connection(move |db| transaction::in_serializable(db, act)).await,
        }
    }

    /// How many queries ran on this database since it was opened.
    pub fn queries(&self) -> &QueryCount {
        &self.queries
    }
}

/// Several programs may start at once on a new PostgreSQL: the first makes the tables, the others wait for it. The
/// lock ends with the connection, which is used for nothing else there.
fn migrate(db: &mut Db) -> anyhow::Result<()> {
    if let Db::Postgres(db) = db {
        db.batch_execute(
            "SET lock_timeout = 0; SELECT pg_advisory_lock(hashtext('hoithi ' || current_schema()))",
        )?;
    }
    db.run_pending_migrations(MIGRATIONS).map_err(|error| anyhow::anyhow!("migration failed: {error}"))?;
    Ok(())
}
