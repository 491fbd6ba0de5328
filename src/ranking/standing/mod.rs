//! The exact part: from sheets to places, with whole numbers and fractions only. No rounding error can make or break
//! a tie here.
//!
//! How a database layer calls it: build a `Form` from the round's criteria, a `Pool` from its entries and the
//! sheets that count (submitted, not voided), and the `Rules` the organiser declared; then
//!
//! ```
//! use std::collections::BTreeMap;
//! use hoithi::ranking::standing::{cut, standing, BorderPolicy, Criterion, Form, Pool, Rules, Sheet, TieStep};
//!
//! let criterion = |name: &str| Criterion { name: name.into(), min: 0, max: 100_000, weight: 10_000, required: true };
//! let form = Form::new(vec![criterion("content"), criterion("art")]).unwrap();
//! let sheet = |entry: &str, judge: &str, marks: [i64; 2]| Sheet {
//!     entry: entry.into(), judge: judge.into(), marks: marks.map(Some).to_vec(),
//! };
//! let pool = Pool {
//!     form,
//!     entries: vec!["e1".into(), "e2".into(), "e3".into()],
//!     sheets: vec![sheet("e1", "a", [80_000, 90_000]), sheet("e2", "a", [90_000, 80_000])],
//!     judge_weights: BTreeMap::new(),
//! };
//! let rules = Rules { chain: vec![TieStep::Criterion("content".into())], ..Rules::default() };
//! let standing = standing(&pool, &rules).unwrap();
//! assert_eq!(standing.rows[0].entry, "e2");
//! assert_eq!(standing.rows[0].score.shown(2), "85.00");
//! assert_eq!(standing.unranked, ["e3"]);
//! let chosen = cut(&standing, 1, &BorderPolicy::IncludeAll, &pool, &rules).unwrap().chosen;
//! assert_eq!(chosen[0].entry, "e2");
//! ```
//!
//! Calibrated scores, which are not fractions, enter through `standing_of` after `Ratio::nearest` has rounded them to
//! the declared precision. Quotas per kind and per kind of unit: `select`.

mod ratio;
mod mark;
mod form;
mod pool;
pub(super) mod score;
mod place;
mod lot;
mod tie;
mod table;
mod cut;
mod quota;
mod choosing;
mod seats;
mod circulation;
mod reach;

pub use cut::{Border, BorderPolicy, Choice, Selection, cut};
pub use form::{Criterion, Form, InvalidForm, SCALE};
pub use lot::{commitment, lot};
pub use mark::{InvalidMark, TEN_THOUSAND, parse_decimal, parse_mark, show_mark};
pub use place::{Place, RankStyle, places};
pub use pool::{BadPool, LeftOut, Pool, Sheet, WhyLeftOut};
pub use quota::{Candidate, ImpossibleQuota, Limits, Quota, select};
pub use ratio::Ratio;
pub use reach::{Fate, Reach, reach};
pub use score::{Aggregation, Scored, mean as mean_of, median as median_of};
pub use table::{Precision, Row, Rules, Standing, standing, standing_of};
pub use tie::{Ruling, TieRecord, TieStep};
