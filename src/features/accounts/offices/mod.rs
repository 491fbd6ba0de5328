//! Offices: what an account may do for a unit, given and ended.

mod end_office;
mod give_office;

pub use end_office::{EndOfficeError, end_office};
pub use give_office::{GiveOfficeError, NewOffice, give_office, store_office};
