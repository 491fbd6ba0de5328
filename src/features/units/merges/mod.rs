//! A reform of the tree from a map (`old_code,old_name,old_district,new_code,new_name,note`): planned, shown with
//! what a person must decide, and then done as one act.

mod apply;
mod map;
mod naming;
mod plan;

pub use apply::{Under, apply_merges, plan_merges};
pub use map::{MapRow, MergeMap, read_map};
pub use plan::{MergePlan, OldUnit, PlannedMerge, Undecided};
