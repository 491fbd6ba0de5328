//! Background work, on real files with the real programs.

pub mod render;
