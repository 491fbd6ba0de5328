//! Every query of this feature.

use diesel::prelude::*;

use super::{Assignment, Conflict, Mark, PanelMember, Sheet, SheetEvent};
use crate::{
    base::ids::{AssignmentId, ConflictId, PanelMemberId, SheetEventId, SheetId},
    infra::db::{Db, DbError, schema::marks},
    rows_by_id,
};

rows_by_id!(
    panel_members,
    PanelMember,
    PanelMemberId,
    find_panel_member,
    insert_panel_member,
    save_panel_member
);
rows_by_id!(assignments, Assignment, AssignmentId, find_assignment, insert_assignment, save_assignment);
rows_by_id!(conflicts, Conflict, ConflictId, find_conflict, insert_conflict, save_conflict);
rows_by_id!(sheets, Sheet, SheetId, find_sheet, insert_sheet, save_sheet);

pub fn insert_mark(db: &mut Db, row: &Mark) -> Result<(), DbError> {
    diesel::insert_into(marks::table).values(row).execute(db)?;
    Ok(())
}
rows_by_id!(sheet_events, SheetEvent, SheetEventId, find_sheet_event, insert_sheet_event, save_sheet_event);
