//! `hoithi rank` and `hoithi reliability`: from a file of marks to a report, for people who judge on paper. English only: a
//! command's output is read by machines and experts.
//!
//! ```
//! use hoithi::ranking::command::{Method, RankOptions, rank};
//!
//! let file = "entry,judge,score\nA,x,8\nA,y,6\nB,x,7\nB,y,9\n";
//! let options = RankOptions { method: Method::Mean, ..RankOptions::default() };
//! let report = rank(file.as_bytes(), &options).unwrap();
//! assert_eq!(report.entries[0].entry, "B");
//! println!("{report}"); // a table; `serde_json::to_string(&report)` for machines
//! ```

mod error;
mod columns;
mod read;
mod sheets;
mod method;
mod order;
mod rank;
mod rank_report;
mod reliability;
mod reliability_report;

#[cfg(test)]
mod tests;

pub use error::{CommandError, Fault};
pub use method::{InvalidMethod, Method};
pub use rank::{RankOptions, rank};
pub use rank_report::{EntryLine, JudgeLine, RankReport, Variance};
pub use reliability::reliability;
pub use reliability_report::{Mixed, ReliabilityReport};
