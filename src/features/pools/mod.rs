//! Pools: which entries are judged together, and until when.

mod pool;
mod place;
pub mod policy;
pub mod glance;
pub mod store;

pub use place::{Place, find_or_make, next_pool_place, place, receive};
pub use pool::{Pool, PoolEntry, PoolExtension, PoolStatus};
