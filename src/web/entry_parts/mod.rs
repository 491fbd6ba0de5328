//! Pieces of pages about an entry that more than one audience shows: its path, its files, its answers, its history.

mod answers;
mod arriving;
mod card;
mod files;
mod filters;
mod form;
mod history;
mod labels;
mod links;
mod path;
mod viewing;

pub use answers::{ShownAnswer, show_answers};
pub use arriving::{ShownArriving, show_promised, until};
pub use card::{EntryCard, ShownCover, cards, cover_of, small_cover_href, unit_with_above};
pub use files::{ShownFile, file_address, file_limits, show_files, viewer};
pub use filters::{FilterFields, FilterQuery, Offered, Pages, Tag, filter_fields, tags};
pub use form::{Choice, ShownField, raw_draft, show_fields, typed_again};
pub use history::{ShownEvent, show_history};
pub use labels::{Chip, Labels};
pub use links::{ShownLink, show_links};
pub use path::{ShownStation, show_path};
pub use viewing::{Looker, percent_said, rendition_address, trouble_said};
