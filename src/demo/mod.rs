//! The 2024 contest of Bến Tre, replayed through the same acts that the screens call.

pub mod data;
