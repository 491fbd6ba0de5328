//! Asking that all entries of a contest are looked at again.

use crate::{
    act_error,
    base::{clock::Moment, ids::ContestId},
    features::{accounts::Person, contests},
    infra::{
        db::Db,
        queue::{self, NewJob},
    },
};

pub const RADAR_OF_CONTEST: &str = "radar.contest";

act_error! {
    /// Why the radar could not be asked to look at a contest.
    pub enum RequestRadarError {}
}

/// Asked twice, it looks once.
pub fn request_radar(
    db: &mut Db,
    person: &Person,
    contest: &ContestId,
    now: Moment,
) -> Result<(), RequestRadarError> {
    let contest = contests::store::find(db, contest)?.ok_or(RequestRadarError::NotFound)?;
    if !contests::policy::may_run(db, person, &contest)? {
        return Err(RequestRadarError::NotFound);
    }
    queue::enqueue(db, &NewJob::now(RADAR_OF_CONTEST, &contest.id, now), now)?;
    Ok(())
}
