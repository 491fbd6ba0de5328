//! Panels, assignments, conflicts, sheets and standings: from the judges of a pool to the order of its entries.

pub mod panel;
pub mod assigning;
pub mod calibrating;
pub mod viewing;
pub mod sheets;
pub mod quorum;
pub mod closing;
pub mod notes;
pub mod standing;
pub mod deliberation;
pub mod policy;
pub mod store;
pub mod views;

pub use assigning::{
    Assignment, Conflict, NewDraw, assign, declare_conflict, draw_assignments, end_assignment, pull_next,
};
pub use closing::{close_judging, open_judging, reopen_judging};
pub use panel::{
    NewJudge, PanelMember, PanelRole, add_judge, change_judge, limit_judge, remove_judge, replace_judge,
};
pub use sheets::{
    Mark, Sheet, SheetEvent, SheetEventKind, SheetStatus, TypedSheet, put_aside, reopen_sheet, save_sheet,
    submit_all, submit_sheet, void_sheet,
};
