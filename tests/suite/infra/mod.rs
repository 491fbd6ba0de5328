//! The doors to the outside.

mod db;
mod queue;
