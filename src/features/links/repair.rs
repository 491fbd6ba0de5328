//! Putting another address in the place of a dead one: the only change that an entry takes after its deadline without being
//! returned, and only while the request to mend is open.

use serde_json::json;

use super::{CHECK, LinkRepair, RepairState, store};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{FieldId, LinkRepairId},
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::Person,
        audit::{self, Happening},
        contests,
        entries::{self, Answer, Revision, keep_revision, policy, read_link},
    },
    infra::{
        db::Db,
        queue::{self, NewJob},
    },
};

act_error! {
    /// Why a link could not be mended.
    pub enum MendLinkError {
        AlreadyEnded => "links-refused-ended",
        TooLate => "links-refused-late",
        NotSent => "links-refused-not-sent",
    }
}

/// Keeps the entry's state and everything else in it; the change is a revision with a receipt of its own.
pub fn mend_link(
    db: &mut Db,
    person: &Person,
    repair: &LinkRepairId,
    typed: &str,
    now: Moment,
) -> Result<Revision, MendLinkError> {
    let mut repair = store::find_repair(db, repair)?.ok_or(MendLinkError::NotFound)?;
    let mut entry = entries::store::find(db, &repair.entry_id)?
        .filter(|entry| policy::may_edit(person, entry))
        .ok_or(MendLinkError::NotFound)?;
    let contest = contests::store::find(db, &entry.contest_id)?.ok_or(MendLinkError::NotFound)?;
    if repair.state != RepairState::Open {
        return Err(MendLinkError::AlreadyEnded);
    }
    if !entry.status.stands_in_pools() {
        return Err(MendLinkError::NotSent);
    }
    if now >= repair.due_at {
        return Err(MendLinkError::TooLate);
    }
    let address = new_address(&repair, typed)?;
    let place: FieldId = repair.place.parse().map_err(|_| MendLinkError::NotFound)?;
    let answer = entry.answers.0.0.get_mut(&place).ok_or(MendLinkError::NotFound)?;
    replace(answer, &repair.address, &address);
    entry.revision += 1;
    entry.edition += 1;
    entry.saved_at = now;
    entries::store::save(db, &entry)?;
    let revision = keep_revision(db, &entry, &contest, &person.id, now)?;
    repair.state = RepairState::Mended;
    repair.new_address = Some(address.clone());
    repair.ended_at = Some(now);
    repair.ended_by = Some(person.id.clone());
    store::save_repair(db, &repair)?;
    queue::enqueue(db, &NewJob::now(CHECK, &entry.id, now), now)?;
    let happening = Happening {
        contest: Some(&entry.contest_id),
        by: Some(&person.id),
        action: "link.mend",
        subject: ("entry", entry.id.as_str()),
        before: None,
        after: None,
        details: json!({ "was": repair.address, "is": address, "revision": revision.number, "content_hash": revision.content_hash }),
    };
    audit::append(db, &happening, now)?;
    Ok(revision)
}

fn new_address(repair: &LinkRepair, typed: &str) -> Result<String, FieldErrors> {
    let wrong = |sentence: Sentence| FieldErrors::one("address", sentence);
    match read_link(typed.trim()).map_err(wrong)? {
        Some(Answer::Link(address)) if address == repair.address => {
            Err(wrong(Sentence::new("links-wrong-same")))
        }
        Some(Answer::Link(address)) => Ok(address),
        _ => Err(wrong(Sentence::new("links-wrong-missing"))),
    }
}

fn replace(answer: &mut Answer, was: &str, is: &str) {
    match answer {
        Answer::Link(address) => is.clone_into(address),
        Answer::Text(text) => *text = text.replace(was, is),
        Answer::Choices(values) => {
            for value in values {
                *value = value.replace(was, is);
            }
        }
        Answer::Number(_) | Answer::Date(_) | Answer::Choice(_) => {}
    }
}
