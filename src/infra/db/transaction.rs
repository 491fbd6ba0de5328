//! How transactions begin and end on each engine.

use diesel::{
    Connection,
    connection::{AnsiTransactionManager, TransactionManager},
};

use super::{ActError, Db, DbError};

/// PostgreSQL refuses one of two transactions that cannot be put in an order; the refused one is run again.
const MAX_TRIES: u32 = 20;

pub fn in_serializable<T, E: ActError>(db: &mut Db, act: impl Fn(&mut Db) -> Result<T, E>) -> Result<T, E> {
    for _ in 1..MAX_TRIES {
        begin(db)?;
        match act(db) {
            Ok(value) => match commit(db) {
                Ok(()) => return Ok(value),
                Err(error) if must_be_tried_again(&error) => {}
                Err(error) => return Err(error.into()),
            },
            Err(error) => {
                roll_back(db)?;
                if !error.db_error().is_some_and(must_be_tried_again) {
                    return Err(error);
                }
            }
        }
    }
    Err(DbError::NotCommitted("too many writers at once".into()).into())
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
