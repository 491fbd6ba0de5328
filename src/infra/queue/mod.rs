//! The door to work for later. A job is queued in the transaction of the fact that caused it, so that neither is without
//! the other; a worker claims it for a while, and does it again when the worker before died.

mod job;
mod store;
mod views;

pub use job::{Job, JobStatus, NewJob};
pub use store::{claim, enqueue, extend, fail, finish, forget_ended};
pub use views::{
    count_failed, count_overdue, count_unfinished, count_waiting, list_of_subject, newest_of, percents_of,
};
