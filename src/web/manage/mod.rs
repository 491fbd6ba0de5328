//! The screens of officers and organisers.

pub mod pools;
