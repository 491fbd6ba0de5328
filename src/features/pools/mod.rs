//! Pools: which entries are judged together, and until when.

mod extend;
mod pool;
mod place;
pub mod policy;
pub mod glance;
pub mod store;
pub mod views;

pub use extend::{ExtendDeadlineError, extend_deadline};
pub use place::{Place, find_or_make, next_pool_place, place, receive};
pub use pool::{Pool, PoolEntry, PoolExtension, PoolStatus};
