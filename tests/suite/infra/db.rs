use std::{
    io,
    net::{Shutdown, TcpListener, TcpStream},
    sync::{
        Arc, Barrier, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use actix_web::web;
use diesel::{RunQueryDsl, sql_query};
use hoithi::{
    features::units::views::list_levels,
    infra::db::{Database, Db, DbError},
};

use crate::support::{Stage, TestDatabase};

#[test]
fn several_programs_may_start_at_once_on_a_new_database() {
    let database = TestDatabase::empty();
    // A SQLite file belongs to one program.
    let n_programs = if database.url().starts_with("postgres") { 4 } else { 1 };
    std::thread::scope(|scope| {
        let starts: Vec<_> =
            (0..n_programs).map(|_| scope.spawn(|| Database::migrate(database.url()))).collect();
        for start in starts {
            start.join().unwrap().unwrap();
        }
    });
}

/// The engines know a migration by its number alone.
#[test]
fn every_migration_has_a_number_of_its_own() {
    let folders = std::fs::read_dir("migrations/common").unwrap();
    let names = folders.map(|folder| folder.unwrap().file_name().into_string().unwrap());
    let mut numbers: Vec<String> = names.map(|name| name.split('_').next().unwrap().to_owned()).collect();
    let n_all = numbers.len();
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), n_all, "{numbers:?}");
}

fn rename(db: &mut Db, level: &str, name: &str) -> Result<(), DbError> {
    sql_query(format!("UPDATE levels SET name = name || '{name}' WHERE code = '{level}'")).execute(db)?;
    Ok(())
}

fn level_names(db: &mut Db) -> Result<Vec<String>, DbError> {
    Ok(list_levels(db)?.into_iter().map(|level| level.name).collect())
}

/// A page that counts first and then lists must not show what came in between.
#[actix_web::test]
async fn what_is_read_together_is_of_one_moment() {
    let stage = Stage::new();
    let (has_read, has_written) = (Arc::new(Barrier::new(2)), Arc::new(Barrier::new(2)));
    let both = (has_read.clone(), has_written.clone());
    let read = stage.read(move |db| -> Result<_, DbError> {
        let first = level_names(db)?;
        both.0.wait();
        both.1.wait();
        Ok((first, level_names(db)?))
    });
    let write = async {
        web::block(move || has_read.wait()).await.unwrap();
        stage.write(|db: &mut Db| rename(db, "province", "+")).await.unwrap();
        web::block(move || has_written.wait()).await.unwrap();
    };
    let (read, ()) = futures_util::join!(read, write);
    let (first, then) = read.unwrap();
    assert_eq!(first, then);
    assert_ne!(stage.read(level_names).await.unwrap(), then);
}

#[actix_web::test]
async fn a_read_that_fails_stands_in_nobodys_way() {
    let stage = Stage::new();
    for _ in 0..20 {
        let wrong = stage.read(|db| -> Result<_, DbError> { Ok(sql_query("SELECT nothing").execute(db)?) });
        assert!(wrong.await.is_err());
    }
    assert!(!stage.read(level_names).await.unwrap().is_empty());
    stage.write(|db: &mut Db| rename(db, "province", "+")).await.unwrap();
}

/// Each takes one row and then wants the other's: PostgreSQL ends one of them, which must be run again.
#[actix_web::test]
async fn two_acts_that_wait_for_each_other_are_both_done() {
    let stage = Stage::new();
    let both_hold_one = Arc::new(Barrier::new(2));
    let act = |first: &'static str, then: &'static str| {
        let both_hold_one = both_hold_one.clone();
        let is_first_try = AtomicBool::new(stage.is_postgres());
        stage.write(move |db: &mut Db| -> Result<(), DbError> {
            rename(db, first, "+")?;
            if is_first_try.swap(false, Ordering::Relaxed) {
                both_hold_one.wait();
            }
            rename(db, then, "+")
        })
    };
    let (one, other) =
        futures_util::future::join(act("province", "district"), act("district", "province")).await;
    one.unwrap();
    other.unwrap();
    let names = stage.read(hoithi::features::units::views::list_levels).await.unwrap();
    let twice: Vec<_> =
        names.into_iter().map(|level| level.name).filter(|name| name.ends_with("++")).collect();
    assert_eq!(twice, ["Tỉnh++", "Huyện++"]);
}

/// Both look before either has written: the one that is told by the database that it came second looks once more.
#[actix_web::test]
async fn of_two_acts_that_make_the_same_row_at_once_the_second_finds_it() {
    let stage = Stage::new();
    let both_looked = Arc::new(Barrier::new(2));
    let act = || {
        let both_looked = both_looked.clone();
        let is_first_try = AtomicBool::new(stage.is_postgres());
        stage.write(move |db: &mut Db| -> Result<bool, DbError> {
            let is_there = sql_query("UPDATE levels SET name = name WHERE code = 'hamlet'").execute(db)? > 0;
            if is_first_try.swap(false, Ordering::Relaxed) {
                both_looked.wait();
            }
            if !is_there {
                sql_query("INSERT INTO levels VALUES ('hamlet', 99, 'Ấp', 'Hamlet', '')").execute(db)?;
            }
            Ok(is_there)
        })
    };
    let (one, other) = futures_util::future::join(act(), act()).await;
    assert_ne!(one.unwrap(), other.unwrap());
}

async fn ask(database: &Database) -> Result<i64, DbError> {
    database.read(hoithi::features::units::store::count_levels).await
}

/// More at once than there are connections: each waits for its turn.
#[actix_web::test]
async fn a_burst_is_answered_with_few_connections() {
    let test_database = TestDatabase::new();
    let database = Database::open_with(test_database.url(), 2).unwrap();
    let answers = futures_util::future::join_all((0..64).map(|_| ask(&database))).await;
    assert!(answers.into_iter().all(|answer| answer.unwrap() == 5));
    for _ in 0..64 {
        assert_eq!(database.read_briefly(hoithi::features::units::store::count_levels).await.unwrap(), 5);
    }
}

/// Passes on what is said to PostgreSQL until it is told to stop; then it refuses.
struct Gate {
    address: std::net::SocketAddr,
    open: Arc<Mutex<Vec<TcpStream>>>,
    is_closed: Arc<AtomicBool>,
}

impl Gate {
    fn before(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (open, is_closed) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (passed, closed) = (Arc::clone(&open), Arc::clone(&is_closed));
        std::thread::spawn(move || {
            for guest in listener.incoming() {
                let Ok(guest) = guest else { break };
                if closed.load(Ordering::SeqCst) {
                    break;
                }
                let host = TcpStream::connect(&server).unwrap();
                passed.lock().unwrap().extend([guest.try_clone().unwrap(), host.try_clone().unwrap()]);
                for (from, to) in [(guest.try_clone().unwrap(), host.try_clone().unwrap()), (host, guest)] {
                    std::thread::spawn(move || io::copy(&mut &from, &mut &to));
                }
            }
        });
        Self { address, open, is_closed }
    }

    fn close(&self) {
        self.is_closed.store(true, Ordering::SeqCst);
        // The listener waits in `accept`; this last guest ends it.
        let _ = TcpStream::connect(self.address);
        for stream in self.open.lock().unwrap().drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

/// A file does not go away, so this is about PostgreSQL alone.
#[actix_web::test]
async fn a_database_that_is_away_is_waited_for_once_and_then_known_to_be_away() {
    let test_database = TestDatabase::new();
    let Some((before, after)) = test_database.url().split_once('@') else { return };
    let (server, name) = after.split_once('/').unwrap();
    let gate = Gate::before(server.to_owned());
    let database = Database::open_with(&format!("{before}@{}/{name}", gate.address), 4).unwrap();
    assert_eq!(ask(&database).await.unwrap(), 5);
    gate.close();
    let first = std::time::Instant::now();
    assert!(matches!(ask(&database).await, Err(DbError::Unavailable)));
    assert!(first.elapsed().as_millis() < 3_000, "the first waits a second, not four");
    let then = std::time::Instant::now();
    for _ in 0..20 {
        assert!(matches!(ask(&database).await, Err(DbError::Unavailable)));
    }
    assert!(then.elapsed().as_millis() < 1_000, "the others do not wait");
}
