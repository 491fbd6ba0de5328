use diesel::prelude::*;

use crate::{
    base::{
        clock::Moment,
        contact::{Email, Phone},
        ids::AccountId,
        lang::Lang,
    },
    infra::db::ReadMoment,
};

/// A person who can sign in.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::accounts, treat_none_as_null = true)]
pub struct Account {
    pub id: AccountId,
    pub full_name: String,
    pub phone: Option<Phone>,
    pub email: Option<Email>,
    pub password_hash: Option<String>,
    pub password_must_change: bool,
    pub language: Lang,
    pub status: AccountStatus,
    pub is_administrator: bool,
    pub search_text: String,
    #[diesel(deserialize_as = ReadMoment)]
    pub created_at: Moment,
}

crate::text_enum! {
    pub enum AccountStatus { Active = "active", Disabled = "disabled" }
}
