//! Contests and everything that is declared before they open.

mod award;
mod category;
mod consent;
mod contest;
mod criterion;
mod field;
mod round;
pub mod policy;
pub mod store;
pub mod views;

pub use award::{Award, AwardTarget};
pub use category::Category;
pub use consent::Consent;
pub use contest::{Contest, ContestStatus, EntryKind, Organiser, Slug};
pub use criterion::{Criterion, LevelDescriptor};
pub use field::{Field, FieldKind, FieldOption, FieldSettings, MediaKind};
pub use round::{Aggregation, CutPolicy, QuotaRules, Round, RoundMethod, TieStep};
