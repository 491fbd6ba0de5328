//! Accounts as screens and policies read them.

mod lists;
mod persons;

pub use lists::{
    AccountFilter, HeldOffice, PersonRow, count_people, list_accounts, list_invitations, list_people,
    list_units_of, names_of,
};
pub use persons::*;
