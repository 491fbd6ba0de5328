//! What is made of files for viewing: posters, sizes of films, page images. Made once for the same bytes, by background
//! jobs; the original always stays.

mod again;
mod end;
mod keep;
mod kept;
mod plan;
mod recipe;
mod rendering;
mod rendition;
pub mod policy;
pub mod store;
pub mod views;

pub use again::{TryAgainError, try_again};
pub use end::{finish, give_up};
pub use keep::keep;
pub use kept::KeptViewings;
pub use plan::{plan, plan_missing, plan_what_lacked_programs, plan_with};
pub use recipe::Recipe;
pub use rendering::{Rendering, RenderingStatus, Trouble};
pub use rendition::Rendition;
pub use views::{Viewing, Viewings};
