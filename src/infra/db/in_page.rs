//! "This row is one of a page that another query chose", for queries that are put together while the program runs.

use diesel::{
    QueryResult,
    expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate},
    query_builder::{AstPass, QueryFragment, QueryId},
    sql_types::Bool,
};

use super::{Db, MultiBackend};

/// How rows of a table are told apart: on SQLite by their number, which finds them without going through an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowKey(&'static str);

impl RowKey {
    pub fn of(db: &Db, id: &'static str, number: &'static str) -> Self {
        match db {
            Db::Postgres(_) => Self(id),
            Db::Sqlite(_) => Self(number),
        }
    }

    /// What `page` selects.
    pub fn column(self) -> diesel::expression::SqlLiteral<diesel::sql_types::Untyped> {
        diesel::dsl::sql(self.0)
    }

    pub fn is_in<Q>(self, page: Q) -> InPage<Q> {
        InPage { key: self.0, page }
    }
}

/// diesel's own `eq_any` takes no boxed query that is for either engine.
#[derive(Debug, Clone)]
pub struct InPage<Q> {
    key: &'static str,
    page: Q,
}

impl<Q> Expression for InPage<Q> {
    type SqlType = Bool;
}

impl<Q, Source> AppearsOnTable<Source> for InPage<Q> {}

impl<Q, Source> SelectableExpression<Source> for InPage<Q> {}

impl<Q> ValidGrouping<()> for InPage<Q> {
    type IsAggregate = is_aggregate::No;
}

impl<Q> QueryId for InPage<Q> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: QueryFragment<MultiBackend>> QueryFragment<MultiBackend> for InPage<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        out.push_sql(self.key);
        out.push_sql(" IN (");
        self.page.walk_ast(out.reborrow())?;
        out.push_sql(")");
        Ok(())
    }
}
