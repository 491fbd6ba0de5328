//! Asking for what is shown of a file, in the transaction that put the file into its slot.

use super::{Recipe, Rendering, RenderingStatus, Trouble, store, views};
use crate::{
    base::{clock::Moment, json::Json},
    features::attachments::FileHash,
    infra::{
        db::{Db, DbError},
        media::Facts,
        queue::{self, NewJob},
    },
};

const AT_ONCE: i64 = 200;

/// The same bytes are planned once, whoever sends them.
pub fn plan(db: &mut Db, source: &FileHash, media_type: &str, now: Moment) -> Result<(), DbError> {
    match Recipe::of(media_type) {
        Some(recipe) => plan_with(db, source, (recipe, media_type), now),
        None => Ok(()),
    }
}

/// The same by a recipe that the type alone does not tell.
pub fn plan_with(
    db: &mut Db,
    source: &FileHash,
    (recipe, media_type): (Recipe, &str),
    now: Moment,
) -> Result<(), DbError> {
    let rendering = Rendering {
        source_hash: source.clone(),
        recipe,
        status: RenderingStatus::Waiting,
        trouble: None,
        facts: Json(Facts::default()),
        queued_at: now,
        ended_at: None,
    };
    if store::insert_once(db, &rendering)? { enqueue(db, &rendering, media_type, now) } else { Ok(()) }
}

pub(super) fn enqueue(
    db: &mut Db,
    rendering: &Rendering,
    media_type: &str,
    now: Moment,
) -> Result<(), DbError> {
    let job = NewJob::now(rendering.recipe.job_kind(), rendering.source_hash.as_str(), now);
    queue::enqueue(db, &job.with(serde_json::json!({ "media_type": media_type })), now)
}

/// Files that came in before there were recipes for them. Answers how many were planned.
pub fn plan_missing(db: &mut Db, now: Moment) -> Result<usize, DbError> {
    let mut n_planned = 0;
    for (hash, media_type) in views::list_unplanned(db, AT_ONCE)? {
        if Recipe::of(&media_type).is_some() {
            plan(db, &hash, &media_type, now)?;
            n_planned += 1;
        }
    }
    Ok(n_planned)
}

/// What was given up for want of a program is tried anew, when the program has come.
pub fn plan_what_lacked_programs(db: &mut Db, recipe: Recipe, now: Moment) -> Result<usize, DbError> {
    let lacking = views::list_failed_for(db, recipe, Trouble::NoProgram, AT_ONCE)?;
    let n_planned = lacking.len();
    for (mut rendering, media_type) in lacking {
        rendering.status = RenderingStatus::Waiting;
        rendering.trouble = None;
        rendering.ended_at = None;
        store::save(db, &rendering)?;
        enqueue(db, &rendering, &media_type, now)?;
    }
    Ok(n_planned)
}
