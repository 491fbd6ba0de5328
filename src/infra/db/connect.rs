//! Opens connections. The engine is chosen by the address: the derived `Db::establish` would try one engine after
//! the other and turn a mistyped or unreachable PostgreSQL address into a new SQLite file.

use std::time::Instant;

use diesel::{
    Connection, PgConnection, RunQueryDsl, SqliteConnection,
    connection::SimpleConnection,
    r2d2::{
        Error::{ConnectionError, QueryError},
        ManageConnection,
    },
};

use super::{Db, QueryCount, reach::Reach};

#[derive(Debug, Clone)]
pub enum Address {
    Sqlite { file: String },
    Postgres { url: String },
}

impl Address {
    pub fn parse(url: &str) -> anyhow::Result<Self> {
        match url.split_once("://") {
            Some(("sqlite", file)) => Ok(Self::Sqlite { file: file.to_owned() }),
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres { url: url.to_owned() }),
            _ => anyhow::bail!("DATABASE_URL begins with sqlite:// or postgres://, not {url:?}"),
        }
    }
}

#[derive(Debug, Clone)]
pub struct Connect {
    address: Address,
    queries: QueryCount,
    reach: Reach,
}

impl Connect {
    pub fn to(address: Address, queries: QueryCount, reach: Reach) -> Self {
        Self { address, queries, reach }
    }

    pub fn open(&self) -> Result<Db, diesel::r2d2::Error> {
        let mut db = self.establish().inspect_err(|_| self.reach.failed(Instant::now()))?;
        self.reach.succeeded();
        db.set_instrumentation(self.queries.clone());
        Ok(db)
    }

    fn establish(&self) -> Result<Db, diesel::r2d2::Error> {
        match &self.address {
            Address::Sqlite { file } => {
                let mut db = SqliteConnection::establish(file).map_err(ConnectionError)?;
                // FULL: what a page calls saved must survive a power cut, not only a crash of the program.
                db.batch_execute(
                    "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; \
                     PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
                )
                .map_err(QueryError)?;
                Ok(Db::Sqlite(db))
            }
            Address::Postgres { url } => {
                let mut db = PgConnection::establish(url).map_err(ConnectionError)?;
                db.batch_execute("SET TIME ZONE 'UTC'; SET lock_timeout = '5s';").map_err(QueryError)?;
                Ok(Db::Postgres(db))
            }
        }
    }
}

impl ManageConnection for Connect {
    type Connection = Db;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Db, Self::Error> {
        self.open()
    }

    fn is_valid(&self, db: &mut Db) -> Result<(), Self::Error> {
        diesel::sql_query("SELECT 1").execute(db).map(drop).map_err(QueryError)
    }

    fn has_broken(&self, _: &mut Db) -> bool {
        std::thread::panicking()
    }
}
