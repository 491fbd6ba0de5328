//! Signing in and out, and what keeps guessing slow.

mod end_session;
mod sign_in;
mod throttle;

pub use end_session::{EndSessionError, end_other_sessions, end_session, sign_out, touch_session};
pub use sign_in::{SignInOutcome, SignInTry, sign_in};
pub use throttle::{DOOR, address_subject, forget_old_failures, is_closed, name_subject};
