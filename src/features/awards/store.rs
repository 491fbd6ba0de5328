//! Every query of this feature.

use super::Grant;
use crate::{base::ids::GrantId, rows_by_id};

rows_by_id!(grants, Grant, GrantId, find, insert, save);
