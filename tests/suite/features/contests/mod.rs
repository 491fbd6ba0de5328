//! Contests: made, opened, changed, ended.

mod chain;
mod change;
mod checklist;
mod create;
mod open;
