//! The end of the making: all is there, or why not.

use super::{RenderingStatus, Trouble, store};
use crate::{
    base::{clock::Moment, json::Json},
    features::attachments::FileHash,
    infra::{
        db::{Db, DbError},
        media::Facts,
    },
};

pub fn finish(db: &mut Db, source: &FileHash, facts: &Facts, now: Moment) -> Result<(), DbError> {
    let Some(mut rendering) = store::find(db, source)? else { return Ok(()) };
    rendering.status = RenderingStatus::Done;
    rendering.trouble = None;
    rendering.facts = Json(facts.clone());
    rendering.ended_at = Some(now);
    store::save(db, &rendering)
}

/// What was made until then stays and is shown.
pub fn give_up(db: &mut Db, source: &FileHash, trouble: Trouble, now: Moment) -> Result<(), DbError> {
    let Some(mut rendering) = store::find(db, source)? else { return Ok(()) };
    rendering.status = RenderingStatus::Failed;
    rendering.trouble = Some(trouble);
    rendering.ended_at = Some(now);
    store::save(db, &rendering)
}
