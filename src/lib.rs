//! Hội Thi: contests of organisations that are trees. The modules below are the floors of the house, from the ground
//! up: a module may import what is listed before it and nothing that is listed after it
//! (`tests/suite/architecture.rs` checks this).

/// Plain values that every floor uses: time, ids, words, numbers, settings. No I/O.
pub mod base;
/// From ratings to standings: pure, only numbers and names.
pub mod ranking;
/// The doors to the outside: each module owns one outside thing.
pub mod infra;
/// What the platform does, one folder per feature, in the order they build on each other.
pub mod features;
/// Background work, one file per job.
pub mod jobs;
/// The screens, one folder per audience.
pub mod web;
/// Wiring: the program's parts put together.
pub mod app;
/// The 2024 contest of Bến Tre, replayed through the same acts that the screens call.
pub mod demo;
/// The commands of the program.
pub mod cli;
