//! One door per outside thing.

pub mod db;
pub mod files;
