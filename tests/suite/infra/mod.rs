//! The doors to the outside.

mod db;
mod fetch;
mod queue;
