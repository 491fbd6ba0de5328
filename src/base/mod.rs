//! Plain values that every floor uses. No I/O but the clock and the settings.

pub mod clock;
pub mod text_type;
pub mod seal;
pub mod ids;
pub mod json;
pub mod text;
pub mod points;
pub mod contact;
pub mod lang;
pub mod sentence;
pub mod page;
pub mod canonical;
pub mod config;
