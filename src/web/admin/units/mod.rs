//! The tree: browsed and searched, imported, and changed by dated acts.

pub mod change;
pub mod fields;
pub mod import;
pub mod list;
pub mod new;
pub mod show;
