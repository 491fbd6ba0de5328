use std::sync::{
    Arc, Barrier,
    atomic::{AtomicBool, Ordering},
};

use diesel::{RunQueryDsl, sql_query};
use hoithi::infra::db::{Database, Db, DbError};

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

fn rename(db: &mut Db, level: &str, name: &str) -> Result<(), DbError> {
    sql_query(format!("UPDATE levels SET name = name || '{name}' WHERE code = '{level}'")).execute(db)?;
    Ok(())
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
