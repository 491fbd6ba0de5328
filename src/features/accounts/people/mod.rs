//! Accounts: made, changed, closed; and their passwords.

mod add_person;
mod change_password;
mod create_account;
mod details;
mod change_details;
mod disable_account;
mod make_administrator;
mod reset_password;

pub use add_person::{AddPersonError, NewPerson, add_person};
pub use change_details::{ChangeDetailsError, change_details};
pub use change_password::{ChangePasswordError, change_password};
pub use create_account::{CreateAccountError, NewAccount, create_account};
pub use details::Details;
pub use disable_account::{DisableAccountError, disable_account, enable_account};
pub use make_administrator::{MakeAdministratorError, make_administrator};
pub use reset_password::{ResetPasswordError, reset_password};
