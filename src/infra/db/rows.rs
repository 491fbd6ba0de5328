//! What many queries say, written once.

/// Whether a column holds one of two values. diesel keeps no statement with `eq_any`, whose length it cannot know, so that
/// the engine reads and plans it each time.
#[macro_export]
macro_rules! is_either {
    ($column:expr, $values:expr) => {{
        let [one, other] = $values;
        $column.eq(one).or($column.eq(other))
    }};
}

/// The rows of a query, in a statement that is found again by the query's type. To a connection that is either engine diesel hands
/// a query without its type, so that its text has to be written each time only to find the statement that was kept for it: a
/// fifth of what a page costs. For what is read often; a query with conditions in boxes has no type to be found by.
#[macro_export]
macro_rules! read_all {
    ($db:expr, $query:expr) => {
        match $db {
            $crate::infra::db::Db::Postgres(db) => $query.load(db),
            $crate::infra::db::Db::Sqlite(db) => $query.load(db),
        }
    };
}

/// The same for a query that finds one row or none.
#[macro_export]
macro_rules! read_one {
    ($db:expr, $query:expr) => {
        match $db {
            $crate::infra::db::Db::Postgres(db) => $query.get_result(db).optional(),
            $crate::infra::db::Db::Sqlite(db) => $query.get_result(db).optional(),
        }
    };
}

/// Writes `find`, `insert` and `save` for a table with one key column into a store.
#[macro_export]
macro_rules! rows_by_id {
    ($table:ident, $row:ty, $id:ty, $find:ident, $insert:ident, $save:ident) => {
        pub fn $find(
            db: &mut $crate::infra::db::Db,
            id: &$id,
        ) -> Result<Option<$row>, $crate::infra::db::DbError> {
            use diesel::prelude::*;
            let row = $crate::infra::db::schema::$table::table.find(id);
            Ok($crate::read_one!(db, row.select(<$row>::as_select()))?)
        }

        pub fn $insert(db: &mut $crate::infra::db::Db, row: &$row) -> Result<(), $crate::infra::db::DbError> {
            use diesel::prelude::*;
            diesel::insert_into($crate::infra::db::schema::$table::table).values(row).execute(db)?;
            Ok(())
        }

        pub fn $save(db: &mut $crate::infra::db::Db, row: &$row) -> Result<(), $crate::infra::db::DbError> {
            use diesel::prelude::*;
            diesel::update($crate::infra::db::schema::$table::table.find(&row.id)).set(row).execute(db)?;
            Ok(())
        }
    };
}
