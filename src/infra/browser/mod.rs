//! The door to a browser: opens one page that exists nowhere but in the caller's hands, and tells what happened. The browser
//! has no network: whatever it asks for is asked of the caller.

mod devtools;
mod look;
mod walls;

pub use look::{Answer, PROGRAMS, Seen, is_one_colour, look, program};
pub use walls::{policy_of_games, with_memory};
