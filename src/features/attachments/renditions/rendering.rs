use diesel::prelude::*;

use super::Recipe;
use crate::{
    base::{clock::Moment, json::Json},
    features::attachments::FileHash,
    infra::db::{MaybeMoment, ReadMoment},
    infra::media::{Facts, MediaError},
};

crate::text_enum! {
    pub enum RenderingStatus {
        Waiting = "waiting",
        Done = "done",
        /// Given up, for the trouble that stands beside it.
        Failed = "failed",
    }
}

crate::text_enum! {
    /// Why nothing could be made, as people are told.
    pub enum Trouble {
        /// A program is not installed here.
        NoProgram = "no-program",
        Broken = "broken",
        Locked = "locked",
        TooLarge = "too-large",
        TookTooLong = "took-too-long",
        /// It went wrong here, several times.
        Accident = "accident",
    }
}

impl Trouble {
    /// None when it may go well another time.
    pub fn of(error: &MediaError) -> Option<Self> {
        Some(match error {
            MediaError::Missing(_) => Self::NoProgram,
            MediaError::Broken(_) => Self::Broken,
            MediaError::Locked => Self::Locked,
            MediaError::TooLarge => Self::TooLarge,
            MediaError::TookTooLong => Self::TookTooLong,
            MediaError::Abandoned | MediaError::Io(_) => return None,
        })
    }
}

/// The making of all that is shown of one file.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::renderings, primary_key(source_hash), treat_none_as_null = true)]
pub struct Rendering {
    pub source_hash: FileHash,
    pub recipe: Recipe,
    pub status: RenderingStatus,
    pub trouble: Option<Trouble>,
    pub facts: Json<Facts>,
    #[diesel(deserialize_as = ReadMoment)]
    pub queued_at: Moment,
    #[diesel(deserialize_as = MaybeMoment)]
    pub ended_at: Option<Moment>,
}
