//! The screens of officers and organisers.

pub mod people;
pub mod pools;
pub mod publish;
