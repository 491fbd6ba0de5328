//! The tree from a CSV file (`code,name,level,parent_code`, and `kind` if there are sector units): read, planned, and
//! then imported as one act.

mod apply;
mod line;
mod plan;
mod read;

pub use apply::{ImportUnitsError, import_units, plan_import};
pub use line::lines;
pub use plan::{Existing, ImportPlan, PlannedChange, PlannedUnit, plan};
pub use read::{LineError, UnitFile, UnitRow, read};
