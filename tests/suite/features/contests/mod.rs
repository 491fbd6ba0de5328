//! Contests: made, opened, changed, ended.

mod create;
mod open;
