//! Every query of this feature.

use super::VoteCount;
use crate::{base::ids::VoteCountId, rows_by_id};

rows_by_id!(vote_counts, VoteCount, VoteCountId, find, insert, save);
