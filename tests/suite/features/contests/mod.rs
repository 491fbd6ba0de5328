//! Contests: made, opened, changed, ended.

mod change;
mod checklist;
mod create;
mod open;
