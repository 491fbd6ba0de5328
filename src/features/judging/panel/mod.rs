//! Who judges a pool.

mod member;
mod add;
mod change;
mod remove;
mod replace;
mod limit;

pub use add::{AddJudgeError, NewJudge, add_judge, join_by_invitation};
pub use change::{ChangeJudgeError, change_judge};
pub use limit::{LimitJudgeError, limit_judge};
pub use member::{PanelMember, PanelRole};
pub use remove::{RemoveJudgeError, remove_judge};
pub use replace::{ReplaceJudgeError, Replaced, replace_judge};
