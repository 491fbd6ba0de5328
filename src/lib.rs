//! Hội Thi: contests of organisations that are trees. The modules below are the floors of the house, from the ground
//! up: a module may import what is listed before it and nothing that is listed after it
//! (`tests/suite/architecture.rs` checks this).

/// From ratings to standings: pure, only numbers and names.
pub mod ranking;
