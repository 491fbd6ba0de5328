//! One binary: acts and screens, through the doors that users use, on SQLite or (with `TEST_DATABASE_URL`) on
//! PostgreSQL.

mod support;

mod architecture;
mod demo;
mod features;
mod permissions;
mod infra;
mod web;
mod words;
