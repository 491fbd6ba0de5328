//! Every query of this feature.

use diesel::prelude::*;

use super::{Account, Invitation, Office, Session, SignInFailure};
use crate::{
    base::{
        ids::{AccountId, InvitationId, OfficeId, SessionId, SignInFailureId},
        lang::Lang,
    },
    infra::db::{Db, DbError, schema::accounts},
    rows_by_id,
};

rows_by_id!(accounts, Account, AccountId, find, insert, save);
rows_by_id!(offices, Office, OfficeId, find_office, insert_office, save_office);
rows_by_id!(sessions, Session, SessionId, find_session, insert_session, save_session);
rows_by_id!(
    sign_in_failures,
    SignInFailure,
    SignInFailureId,
    find_sign_in_failure,
    insert_sign_in_failure,
    save_sign_in_failure
);
rows_by_id!(invitations, Invitation, InvitationId, find_invitation, insert_invitation, save_invitation);

pub fn save_language(db: &mut Db, id: &AccountId, lang: Lang) -> Result<(), DbError> {
    diesel::update(accounts::table.find(id)).set(accounts::language.eq(lang)).execute(db)?;
    Ok(())
}
