//! Every query of this feature.

use super::Publication;
use crate::{base::ids::PublicationId, rows_by_id};

rows_by_id!(publications, Publication, PublicationId, find, insert, save);
