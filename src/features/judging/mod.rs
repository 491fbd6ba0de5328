//! Panels, assignments, conflicts, sheets and standings: from the judges of a pool to the order of its entries.

pub mod panel;
pub mod assigning;
pub mod sheets;
pub mod closing;
pub mod standing;
pub mod deliberation;
pub mod policy;
pub mod store;
pub mod views;

pub use assigning::{
    Assignment, Conflict, NewDraw, assign, declare_conflict, draw_assignments, end_assignment,
};
pub use closing::{close_judging, open_judging, reopen_judging};
pub use panel::{NewJudge, PanelMember, PanelRole, add_judge, change_judge, remove_judge};
pub use sheets::{
    Mark, Sheet, SheetEvent, SheetEventKind, SheetStatus, TypedSheet, reopen_sheet, save_sheet, submit_sheet,
    void_sheet,
};
