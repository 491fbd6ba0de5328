//! How transactions begin and end on each engine.

use diesel::{
    Connection, QueryResult, RunQueryDsl, SqliteConnection,
    connection::{AnsiTransactionManager, SimpleConnection, TransactionManager},
    query_builder::{AstPass, QueryFragment, QueryId},
    sqlite::Sqlite,
};

use super::{ActError, Db, DbError};

/// PostgreSQL refuses one of two transactions that cannot be put in an order; the refused one is run again.
const MAX_TRIES: u32 = 20;

/// Refused as often as this, an act waits until the others that were refused are done: where many write the same rows,
/// all would otherwise refuse each other until one had no tries left.
const TRIES_AT_ONCE: u32 = 3;

pub fn in_serializable<T, E: ActError>(db: &mut Db, act: impl Fn(&mut Db) -> Result<T, E>) -> Result<T, E> {
    for _ in 0..TRIES_AT_ONCE {
        if let Some(outcome) = try_once(db, &act, may_have_read_too_early)? {
            return Ok(outcome);
        }
    }
    // Who waited too long goes on without a turn, and may still come through.
    let has_turn = db.batch_execute(TAKE_TURN).is_ok();
    let outcome = try_often(db, &act);
    if has_turn {
        // Without an answer the connection is gone, and the turn with it.
        let _ = db.batch_execute(END_TURN);
    }
    outcome
}

/// A lock of the connection and not of the transaction, whose snapshot must be newer than what was waited for.
const TAKE_TURN: &str = "SELECT pg_advisory_lock(hashtext('hoithi turn ' || current_schema()))";
const END_TURN: &str = "SELECT pg_advisory_unlock(hashtext('hoithi turn ' || current_schema()))";

fn try_often<T, E: ActError>(db: &mut Db, act: &impl Fn(&mut Db) -> Result<T, E>) -> Result<T, E> {
    for _ in TRIES_AT_ONCE..MAX_TRIES {
        if let Some(outcome) = try_once(db, act, must_be_tried_again)? {
            return Ok(outcome);
        }
    }
    Err(DbError::NotCommitted("too many writers at once".into()).into())
}

/// Nothing if the transaction was refused and may be run again.
fn try_once<T, E: ActError>(
    db: &mut Db,
    act: &impl Fn(&mut Db) -> Result<T, E>,
    is_refusal: fn(&DbError) -> bool,
) -> Result<Option<T>, E> {
    begin(db)?;
    match act(db) {
        Ok(value) => match commit(db) {
            Ok(()) => Ok(Some(value)),
            Err(error) if is_refusal(&error) => Ok(None),
            Err(error) => Err(error.into()),
        },
        Err(error) => {
            roll_back(db)?;
            if error.db_error().is_some_and(is_refusal) { Ok(None) } else { Err(error) }
        }
    }
}

/// An act that looked for a row, found none and then is told that the row is there saw the time before another act. Run
/// again it sees that row and answers what is true of it.
fn may_have_read_too_early(error: &DbError) -> bool {
    must_be_tried_again(error) || error.is_unique_violation()
}

fn must_be_tried_again(error: &DbError) -> bool {
    use diesel::result::{
        DatabaseErrorKind::{SerializationFailure, Unknown},
        Error::DatabaseError,
    };
    match error {
        DbError::Query(DatabaseError(SerializationFailure, _)) => true,
        // diesel has no kind for 40P01, and only the message tells it from other errors.
        DbError::Query(DatabaseError(Unknown, said)) => said.message() == "deadlock detected",
        _ => false,
    }
}

/// Takes the SQLite write lock at the start: a transaction that first reads and then writes would otherwise
/// fail at once with "database is locked" whenever another writer came between.
pub fn begin(db: &mut Db) -> Result<(), DbError> {
    let begun = match db {
        Db::Postgres(db) => {
            AnsiTransactionManager::begin_transaction_sql(db, "BEGIN ISOLATION LEVEL SERIALIZABLE")
        }
        Db::Sqlite(db) => AnsiTransactionManager::begin_transaction_sql(db, "BEGIN IMMEDIATE"),
    };
    Ok(begun?)
}

type Transactions = <Db as Connection>::TransactionManager;

pub fn commit(db: &mut Db) -> Result<(), DbError> {
    Ok(Transactions::commit_transaction(db)?)
}

pub fn roll_back(db: &mut Db) -> Result<(), DbError> {
    Ok(Transactions::rollback_transaction(db)?)
}

/// Inside a transaction this sets a savepoint, so `commit` and `roll_back` end the act alone.
pub fn begin_savepoint(db: &mut Db) -> Result<(), DbError> {
    Ok(Transactions::begin_transaction(db)?)
}

/// What a page reads is of one moment, whatever is written meanwhile.
pub fn begin_reading(db: &mut Db) -> Result<(), DbError> {
    match db {
        Db::Postgres(db) => AnsiTransactionManager::begin_transaction_sql(db, READING_ON_POSTGRES)?,
        Db::Sqlite(db) => {
            if Begin.execute(db).is_err() {
                // One that could not be ended stands in the way of all that follow.
                db.batch_execute("ROLLBACK")?;
                Begin.execute(db)?;
            }
        }
    }
    Ok(())
}

pub fn end_reading(db: &mut Db) -> Result<(), DbError> {
    match db {
        Db::Postgres(db) => AnsiTransactionManager::commit_transaction(db)?,
        Db::Sqlite(db) => drop(End.execute(db)?),
    }
    Ok(())
}

/// It can be refused by no other transaction and refuses none.
const READING_ON_POSTGRES: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// Statements that are kept: diesel's own way reads the word anew each time, which costs more than a short query.
#[derive(Debug, Clone, Copy, QueryId)]
struct Begin;

#[derive(Debug, Clone, Copy, QueryId)]
struct End;

impl QueryFragment<Sqlite> for Begin {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_sql("BEGIN");
        Ok(())
    }
}

impl QueryFragment<Sqlite> for End {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_sql("COMMIT");
        Ok(())
    }
}

impl RunQueryDsl<SqliteConnection> for Begin {}
impl RunQueryDsl<SqliteConnection> for End {}
