//! What is worth a look in the marks of each judge, in words for people who are not statisticians. Nothing here changes a
//! result, and nothing here accuses: a finding says "look at", never "cheated".

mod input;
mod finding;
mod statistics;
mod per_judge;
mod sequence;
mod pairs;
mod discovery;
mod report;

pub use discovery::benjamini_hochberg;
pub use finding::{Finding, Measure};
pub use input::{Details, SheetDetail};
pub use report::{Diagnosis, JudgeProfile, diagnose};
