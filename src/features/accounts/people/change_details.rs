use serde_json::json;

use super::{Details, create_account::taken};
use crate::{
    base::clock::Moment,
    features::{
        accounts::{Account, Person, store},
        audit::{Happening, append},
    },
    infra::db::Db,
};

crate::act_error! {
    pub enum ChangeDetailsError {}
}

/// Somebody changes their own name or the number they sign in with. The page has asked for the password.
pub fn change_details(
    db: &mut Db,
    person: &Person,
    details: &Details,
    now: Moment,
) -> Result<Account, ChangeDetailsError> {
    let before = store::find(db, &person.id)?.ok_or(ChangeDetailsError::NotFound)?;
    let account = Account {
        full_name: details.full_name.clone(),
        phone: details.phone.clone(),
        email: details.email.clone(),
        search_text: details.search_text(),
        ..before.clone()
    };
    store::save(db, &account).map_err(taken::<ChangeDetailsError>)?;
    let facts = |account: &Account| {
        Some(
            json!({ "full_name": account.full_name, "phone": account.phone.as_ref().map(ToString::to_string),
            "email": account.email.as_ref().map(ToString::to_string) }),
        )
    };
    append(
        db,
        &Happening {
            contest: None,
            by: Some(&person.id),
            action: "account.change_details",
            subject: ("account", person.id.as_str()),
            before: facts(&before),
            after: facts(&account),
            details: json!({}),
        },
        now,
    )?;
    Ok(account)
}
