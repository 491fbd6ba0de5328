//! Bad input, through the doors that users use: refused in words, and nothing that was typed is lost.

mod at_once;
mod away;
mod everywhere;
mod forms;
mod late;
mod other_units;
