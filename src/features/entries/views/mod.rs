//! Entries as screens read them.

mod history;
mod lists;
mod path;
mod search;

pub use history::{HappenedTo, list_history};
pub use lists::{
    PublicEntry, codes_of, find_by_code, list_in_pool, list_of_person, list_revisions, public_by_code,
    public_entry,
};
pub use path::{Station, StationState, path_of_entry};
pub use search::{EntryFilter, EntryLine, Found, Scope, search};
