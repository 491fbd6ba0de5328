//! One binary: acts and screens, through the doors that users use, on SQLite or (with `TEST_DATABASE_URL`) on
//! PostgreSQL.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by breaking off"
)]
#![allow(
    clippy::default_trait_access,
    clippy::too_many_lines,
    clippy::format_push_string,
    clippy::assigning_clones,
    clippy::match_same_arms,
    clippy::unused_async,
    reason = "a test tells its story in one place"
)]

mod support;

mod architecture;
mod crawler;
mod demo;
mod features;
mod permissions;
mod queries;
mod infra;
mod jobs;
mod templates;
mod web;
mod words;
