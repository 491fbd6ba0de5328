//! Who judges what: balanced, random by a published seed, never a forbidden pair, and so joined together that all entries
//! can be compared.
//!
//! How a database layer calls it: put every hard rule (declared conflict, own unit, its ancestors and descendants, forwarded
//! by the judge, another category or language) into `forbidden`, everything that must stay (sheets that were begun or
//! submitted, also of judges who have left) into `given`, and ask for a draw:
//!
//! ```
//! use hoithi::ranking::assignment::{JudgeOffer, Request, draw};
//!
//! let request = Request {
//!     entries: ["e1", "e2", "e3", "e4"].map(|entry| (entry.to_owned(), 2)).into(),
//!     judges: ["a", "b", "c"].map(|judge| (judge.to_owned(), JudgeOffer::default())).into(),
//!     forbidden: [("e1".to_owned(), "a".to_owned())].into(),
//!     seed: "the published seed".into(),
//!     ..Request::default()
//! };
//! let drawn = draw(&request).unwrap();
//! assert_eq!(drawn.judges_of("e1"), ["b", "c"]);
//! assert_eq!((drawn.quality.min_load, drawn.quality.max_load), (2, 3));
//! ```
//!
//! The order in which a judge sees the entries: `order_for`. Pull mode, least judged first: `next_entry`.

mod request;
mod costs;
mod flow;
mod connect;
mod improve;
mod quality;
mod order;
mod draw;

pub use draw::{Drawn, draw};
pub use order::{next_entry, order_for};
pub use quality::{Quality, measure};
pub use request::{Impossible, JudgeOffer, Request};
