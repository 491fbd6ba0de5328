//! Pools: which entries are judged together, and until when.

mod pool;
pub mod store;

pub use pool::{Pool, PoolEntry, PoolExtension, PoolStatus};
