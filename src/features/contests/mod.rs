//! Contests and everything that is declared before they open.

mod award;
mod category;
mod consent;
mod contest;
mod criterion;
mod field;
mod round;
mod round_desk;
mod declared;
mod apply_preset;
mod create;
mod open;
pub mod change;
pub mod checklist;
pub mod dry_run;
pub mod chain_run;
mod show_chain;
pub mod listing;
pub mod policy;
pub mod preset;
pub mod store;
pub mod text_rules;
pub mod views;

pub use apply_preset::{USUAL_STEP, apply_preset, criteria_rows};
pub use award::{Award, AwardTarget};
pub use category::Category;
pub use consent::Consent;
pub use contest::{Contest, ContestStatus, EntryKind, Organiser, Phase, Slug};
pub use create::{CreateContestError, NewContest, create_contest};
pub use criterion::{Criterion, LevelDescriptor};
pub use declared::{Declared, DeclaredRound};
pub use field::{Field, FieldKind, FieldOption, FieldSettings, MediaKind};
pub use open::{OpenContestError, open_contest};
pub use round::{Aggregation, CutPolicy, Feedback, QuotaRules, Round, RoundMethod, TieStep};
pub use round_desk::{AssignmentWay, RoundDesk};
pub use show_chain::{ShowChainError, show_chains};
