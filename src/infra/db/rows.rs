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

/// Writes `find`, `insert` and `save` for a table with one key column into a store.
#[macro_export]
macro_rules! rows_by_id {
    ($table:ident, $row:ty, $id:ty, $find:ident, $insert:ident, $save:ident) => {
        pub fn $find(
            db: &mut $crate::infra::db::Db,
            id: &$id,
        ) -> Result<Option<$row>, $crate::infra::db::DbError> {
            use diesel::prelude::*;
            // Never `first` for a row by its key: its bound LIMIT makes SQLite plan the query anew each time.
            let row = $crate::infra::db::schema::$table::table.find(id).select(<$row>::as_select());
            Ok(row.get_result(db).optional()?)
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
