use diesel::prelude::*;

use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, SessionId, SignInFailureId},
    },
    infra::db::{MaybeMoment, ReadMoment},
};

/// A sign-in, in a browser or through the API. Only the hash of its token is kept.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::sessions, treat_none_as_null = true)]
pub struct Session {
    pub id: SessionId,
    pub account_id: AccountId,
    pub kind: SessionKind,
    pub token_hash: String,
    pub label: String,
    #[diesel(deserialize_as = ReadMoment)]
    pub created_at: Moment,
    #[diesel(deserialize_as = ReadMoment)]
    pub seen_at: Moment,
    #[diesel(deserialize_as = ReadMoment)]
    pub expires_at: Moment,
    #[diesel(deserialize_as = MaybeMoment)]
    pub ended_at: Option<Moment>,
}

/// A failed sign-in; many of them in a short time close the door for a while.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::sign_in_failures, treat_none_as_null = true)]
pub struct SignInFailure {
    pub id: SignInFailureId,
    pub subject: String,
    pub failed_at: Moment,
}

crate::text_enum! {
    pub enum SessionKind { Browser = "browser", Api = "api" }
}
