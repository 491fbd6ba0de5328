//! JSON text through the connection that is either engine: the engine's own way is chosen at the last step.

use diesel::{
    serialize::{self, IsNull, Output, ToSql},
    sql_types::Text,
};
use serde::Serialize;

use super::MultiBackend;
use crate::base::json::Json;

impl<T: Serialize + std::fmt::Debug + Send + Sync + 'static> ToSql<Text, MultiBackend> for Json<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((Text, self));
        Ok(IsNull::No)
    }
}
