//! "This column holds one of these values", in a statement that the engine reads once however many values there are.

use diesel::{
    QueryResult,
    backend::Backend,
    expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate},
    pg::Pg,
    query_builder::{AstPass, QueryFragment, QueryId},
    result::Error::QueryBuilderError,
    sql_types::{Bool, MaybeNullableType, Nullable, SqlType, Text},
    sqlite::Sqlite,
};
use serde::{Serialize, Serializer};

use super::MultiBackend;

/// diesel writes a place for each value into the statement and keeps none of such statements, so that the engine reads and
/// plans it anew each time. Here all values are one, a JSON text.
pub fn among<C, T: Serialize>(column: C, values: impl IntoIterator<Item = T>) -> Among<C>
where
    C: Expression<SqlType: IsText>,
{
    Among { column, values: as_json(values).map_err(|error| error.to_string()) }
}

fn as_json(values: impl IntoIterator<Item: Serialize>) -> serde_json::Result<String> {
    let mut json = Vec::new();
    serde_json::Serializer::new(&mut json).collect_seq(values)?;
    String::from_utf8(json).map_err(serde::ser::Error::custom)
}

/// What is read out of the JSON is text, on PostgreSQL at least.
pub trait IsText {}
impl IsText for Text {}
impl IsText for Nullable<Text> {}

#[derive(Debug, Clone, QueryId)]
pub struct Among<C> {
    column: C,
    values: Result<String, String>,
}

impl<C> Among<C> {
    fn walk<'b, DB>(&'b self, mut out: AstPass<'_, 'b, DB>, before: &str, after: &str) -> QueryResult<()>
    where
        DB: Backend + diesel::sql_types::HasSqlType<Text>,
        C: QueryFragment<DB>,
        String: diesel::serialize::ToSql<Text, DB>,
    {
        let values = self.values.as_ref().map_err(|error| QueryBuilderError(error.clone().into()))?;
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(before);
        out.push_bind_param::<Text, String>(values)?;
        out.push_sql(after);
        Ok(())
    }
}

impl<C: Expression> Expression for Among<C>
where
    C::SqlType: SqlType,
    <C::SqlType as SqlType>::IsNull: MaybeNullableType<Bool>,
{
    type SqlType = <<C::SqlType as SqlType>::IsNull as MaybeNullableType<Bool>>::Out;
}

impl<C, Source> AppearsOnTable<Source> for Among<C>
where
    C: AppearsOnTable<Source>,
    Self: Expression,
{
}

impl<C, Source> SelectableExpression<Source> for Among<C>
where
    C: SelectableExpression<Source>,
    Self: AppearsOnTable<Source>,
{
}

impl<C: ValidGrouping<()>> ValidGrouping<()> for Among<C> {
    type IsAggregate = is_aggregate::No;
}

impl<C: QueryFragment<Sqlite>> QueryFragment<Sqlite> for Among<C> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        self.walk(out, " IN (SELECT value FROM json_each(", "))")
    }
}

impl<C: QueryFragment<Pg>> QueryFragment<Pg> for Among<C> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.walk(out, " = ANY (ARRAY(SELECT json_array_elements_text(", "::json)))")
    }
}

impl<C: QueryFragment<Sqlite> + QueryFragment<Pg>> QueryFragment<MultiBackend> for Among<C> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        MultiBackend::walk_variant_ast(self, out)
    }
}
