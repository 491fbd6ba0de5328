use diesel::prelude::*;

use crate::base::{
    clock::Moment,
    ids::{AccountId, ContestId, PoolId, PublicationId},
};

/// One immutable, numbered version of a result.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::publications, treat_none_as_null = true)]
pub struct Publication {
    pub id: PublicationId,
    pub contest_id: ContestId,
    pub scope: String,
    pub pool_id: Option<PoolId>,
    pub version: i32,
    pub content: String,
    pub content_hash: String,
    pub previous_hash: String,
    pub reason: String,
    pub published_by: AccountId,
    pub published_at: Moment,
}

/// What the versions are numbered for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    Contest(ContestId),
    Pool(PoolId),
}

impl Scope {
    /// As it is stored.
    pub fn word(&self) -> String {
        match self {
            Self::Contest(id) => format!("contest/{id}"),
            Self::Pool(id) => format!("pool/{id}"),
        }
    }
}
