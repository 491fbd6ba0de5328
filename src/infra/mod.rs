//! One door per outside thing.

pub mod db;
pub mod queue;
pub mod tools;
pub mod browser;
pub mod media;
pub mod files;
pub mod contents;
pub mod cleaning;
pub mod fetch;
