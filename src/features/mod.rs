//! What the platform does, one folder per feature, in the order they build on each other.

pub mod refusal;
pub mod audit;
pub mod units;
pub mod accounts;
pub mod contests;
pub mod pools;
pub mod entries;
pub mod attachments;
pub mod links;
pub mod judging;
pub mod radar;
pub mod voting;
pub mod selection;
pub mod awards;
pub mod publication;
