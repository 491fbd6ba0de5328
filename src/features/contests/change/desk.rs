//! How the judges of a round work: settled by the first sheet.

use super::{
    frame::{ChangeContestError, Changed, Edit, as_value, begin},
    views,
};
use crate::{
    base::{
        clock::Moment,
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::Person,
        contests::{Contest, RoundDesk, store, views::list_rounds},
    },
    infra::db::Db,
};

pub fn save_round_desk(
    db: &mut Db,
    person: &Person,
    edit: &Edit,
    desk: &RoundDesk,
    now: Moment,
) -> Result<Contest, ChangeContestError> {
    let changing = begin(db, person, edit)?;
    let rounds = list_rounds(db, &edit.contest_id)?;
    let round = rounds.iter().find(|round| round.id == desk.round_id && round.takes_sheets());
    let round = round.ok_or(ChangeContestError::NotFound)?;
    if !(0..=100).contains(&desk.min_watched_percent) {
        let wrong = Sentence::new("contests-error-range").with("min", 0).with("max", 100);
        return Err(FieldErrors::one("min_watched_percent", wrong).into());
    }
    // A gate that nothing is noted for would never open, or never close.
    if !desk.keeps_viewing && (desk.min_watched_percent > 0 || desk.needs_all_pages) {
        let wrong = Sentence::new("contests-error-gate-unnoted");
        return Err(FieldErrors::one("keeps_viewing", wrong).into());
    }
    if !(0..=round.judges_per_entry).contains(&desk.quorum) {
        let wrong = Sentence::new("contests-error-range").with("min", 0).with("max", round.judges_per_entry);
        return Err(FieldErrors::one("quorum", wrong).into());
    }
    let before = store::find_round_desk(db, &round.id)?;
    if before != *desk && views::has_sheets(db, &round.id)? {
        return Err(ChangeContestError::RoundHasSheets);
    }
    store::put_round_desk(db, desk)?;
    let changed = Changed {
        action: "contest.round_desk",
        subject: ("round", round.id.as_str()),
        before: as_value(&before),
        after: as_value(desk),
    };
    changing.finish(db, &changed, now)
}
