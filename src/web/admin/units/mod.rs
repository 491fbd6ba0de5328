//! The tree: browsed and searched, imported, and changed by dated acts.

pub mod change;
pub mod fields;
pub mod file;
pub mod import;
pub mod list;
pub mod merges;
pub mod new;
pub mod show;
