//! A database of its own for each test: on SQLite a copy of a migrated template file, on PostgreSQL a schema.

use std::{
    path::{Path, PathBuf},
    sync::LazyLock,
    sync::atomic::{AtomicU32, Ordering},
};

use diesel::{Connection, RunQueryDsl};
use tempfile::TempDir;

pub struct TestDatabase {
    url: String,
    folder: TempDir,
    schema: Option<(String, String)>,
}

/// Migrated once for each run of the tests.
static TEMPLATE: LazyLock<(TempDir, PathBuf)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("template.db");
    hoithi::infra::db::Database::migrate(&format!("sqlite://{}", file.display())).unwrap();
    let mut db = diesel::SqliteConnection::establish(&file.display().to_string()).unwrap();
    seed_levels(&mut db);
    diesel::sql_query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut db).unwrap();
    (folder, file)
});

static NEXT_SCHEMA: AtomicU32 = AtomicU32::new(1);

const LEVELS: &str = "INSERT INTO levels (code, position, name, name_en, aliases) VALUES \
    ('central', 0, 'Trung ương', 'Central', '[]'), ('province', 1, 'Tỉnh', 'Province', '[]'), \
    ('district', 2, 'Huyện', 'District', '[]'), ('commune', 3, 'Xã', 'Commune', '[\"grassroots\"]'), \
    ('branch', 4, 'Chi hội', 'Branch', '[]') ON CONFLICT DO NOTHING";

fn seed_levels<C>(db: &mut C)
where
    C: Connection,
    for<'q> diesel::query_builder::SqlQuery: diesel::query_dsl::methods::ExecuteDsl<C>,
{
    diesel::sql_query(LEVELS).execute(db).unwrap();
}

impl TestDatabase {
    pub fn new() -> Self {
        let database = Self::empty();
        if database.schema.is_some() {
            hoithi::infra::db::Database::migrate(&database.url).unwrap();
            seed_levels(&mut diesel::PgConnection::establish(&database.url).unwrap());
        } else {
            std::fs::copy(&TEMPLATE.1, database.folder().join("test.db")).unwrap();
        }
        database
    }

    /// On a PostgreSQL that is the test's own.
    pub fn on(url: &str) -> Self {
        hoithi::infra::db::Database::migrate(url).unwrap();
        seed_levels(&mut diesel::PgConnection::establish(url).unwrap());
        Self { url: url.to_owned(), folder: tempfile::tempdir().unwrap(), schema: None }
    }

    /// Without tables.
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let Some(server) = server() else {
            let url = format!("sqlite://{}", folder.path().join("test.db").display());
            return Self { url, folder, schema: None };
        };
        let name = format!("t{}_{}", std::process::id(), NEXT_SCHEMA.fetch_add(1, Ordering::Relaxed));
        let mut db = diesel::PgConnection::establish(&server).unwrap();
        diesel::sql_query(format!("CREATE SCHEMA {name}")).execute(&mut db).unwrap();
        let mark = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{mark}options=-csearch_path%3D{name}");
        Self { url, folder, schema: Some((server, name)) }
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// The PostgreSQL to test on; SQLite without one.
#[expect(clippy::disallowed_methods, reason = "which engine the tests run on is no setting of the program")]
fn server() -> Option<String> {
    std::env::var("TEST_DATABASE_URL").ok()
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.schema
            && let Ok(mut db) = diesel::PgConnection::establish(server)
        {
            let _ = diesel::sql_query(format!("DROP SCHEMA {name} CASCADE")).execute(&mut db);
        }
    }
}
