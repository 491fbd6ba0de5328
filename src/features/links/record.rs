//! Writing down what was found and what was seen.

use chrono::Duration;
use serde_json::json;

use super::{
    FoundLink, LinkCheck, LinkRepair, LinkSource, LinkState, Look, RepairState, find_links,
    state::{Failing, after},
    store,
};
use crate::{
    base::{
        clock::Moment,
        ids::{AttachmentId, EntryId, LinkCheckId, LinkRepairId},
    },
    features::{
        audit::{self, Happening},
        contests,
        entries::{self, Entry},
    },
    infra::db::{Db, DbError},
};

/// Brings the rows in line with the answers, and gives all that are to be looked at.
pub fn sync_links(db: &mut Db, entry: &EntryId, now: Moment) -> Result<Vec<LinkCheck>, DbError> {
    let Some(entry) = entries::store::find(db, entry)? else { return Ok(Vec::new()) };
    let fields = contests::views::list_fields(db, &entry.contest_id)?;
    let found = find_links(&fields, &entry.answers);
    put_in_line(db, &entry, LinkSource::Answer, None, &found, now)?;
    store::list_of_entry(db, &entry.id)
}

/// The codes that were read in one picture.
pub fn record_codes(
    db: &mut Db,
    entry: &EntryId,
    picture: &AttachmentId,
    addresses: &[String],
    now: Moment,
) -> Result<(), DbError> {
    let Some(entry) = entries::store::find(db, entry)? else { return Ok(()) };
    let place = picture.to_string();
    let found: Vec<FoundLink> = addresses
        .iter()
        .map(|address| FoundLink { place: place.clone(), address: address.clone() })
        .collect();
    put_in_line(db, &entry, LinkSource::Code, Some(&place), &found, now)
}

fn put_in_line(
    db: &mut Db,
    entry: &Entry,
    source: LinkSource,
    only_place: Option<&str>,
    found: &[FoundLink],
    now: Moment,
) -> Result<(), DbError> {
    let known: Vec<LinkCheck> = store::list_in_place(db, &entry.id, source)?
        .into_iter()
        .filter(|row| only_place.is_none_or(|place| row.place == place))
        .collect();
    let is_same = |row: &LinkCheck, link: &FoundLink| row.place == link.place && row.address == link.address;
    for gone in known.iter().filter(|row| !found.iter().any(|link| is_same(row, link))) {
        settle(db, gone, now)?;
        store::delete(db, &gone.id)?;
    }
    for link in found.iter().filter(|link| !known.iter().any(|row| is_same(row, link))) {
        let row = LinkCheck {
            id: LinkCheckId::generate(),
            entry_id: entry.id.clone(),
            source,
            place: link.place.clone(),
            address: link.address.clone(),
            state: LinkState::NotYet,
            status_code: None,
            failure_count: 0,
            failing_since: None,
            checked_at: None,
            found_at: now,
        };
        store::insert(db, &row)?;
    }
    Ok(())
}

/// What a round of looks saw. A link that is found dead opens a request to mend it within `days`.
pub fn record_looks(
    db: &mut Db,
    looks: &[(LinkCheckId, Look)],
    days: i64,
    now: Moment,
) -> Result<(), DbError> {
    let network_seen = looks.iter().any(|(_, look)| matches!(look, Look::Answered { .. }));
    for (id, look) in looks {
        let Some(mut row) = store::find(db, id)? else { continue };
        let failing = Failing { count: row.failure_count, since: row.failing_since };
        let (state, failing) = after(*look, (row.state, failing), network_seen, now);
        row.state = state;
        row.failure_count = failing.count;
        row.failing_since = failing.since;
        row.status_code = match look {
            Look::Answered { status, .. } => Some(i32::from(*status)),
            Look::Refused | Look::Nobody => None,
        };
        row.checked_at = Some(now);
        store::save(db, &row)?;
        match state {
            LinkState::Dead | LinkState::Refused => ask_to_mend(db, &row, days, now)?,
            LinkState::Alive | LinkState::Private => settle(db, &row, now)?,
            LinkState::NotYet | LinkState::Unreachable => {}
        }
    }
    Ok(())
}

/// Once for each place. A code in a picture cannot be mended by itself: the picture would have to be another one. And
/// while the entry is in its maker's hands, it is simply edited.
fn ask_to_mend(db: &mut Db, row: &LinkCheck, days: i64, now: Moment) -> Result<(), DbError> {
    let Some(entry) = entries::store::find(db, &row.entry_id)? else { return Ok(()) };
    let may_be_asked = row.source == LinkSource::Answer && entry.status.stands_in_pools();
    let known = store::list_repairs(db, &row.entry_id)?;
    let was_asked = known.iter().any(|repair| {
        repair.place == row.place && (repair.state == RepairState::Open || repair.address == row.address)
    });
    if !may_be_asked || was_asked {
        return Ok(());
    }
    let repair = LinkRepair {
        id: LinkRepairId::generate(),
        entry_id: row.entry_id.clone(),
        place: row.place.clone(),
        address: row.address.clone(),
        state: RepairState::Open,
        asked_at: now,
        due_at: now + Duration::days(days),
        new_address: None,
        ended_at: None,
        ended_by: None,
    };
    store::insert_repair(db, &repair)?;
    let happening = Happening {
        contest: Some(&entry.contest_id),
        by: None,
        action: "link.ask_to_mend",
        subject: ("entry", entry.id.as_str()),
        before: None,
        after: None,
        details: json!({ "address": row.address, "due_at": repair.due_at.and_utc().to_rfc3339() }),
    };
    audit::append(db, &happening, now)?;
    Ok(())
}

fn settle(db: &mut Db, row: &LinkCheck, now: Moment) -> Result<(), DbError> {
    let open = store::find_open_repair(db, &row.entry_id, &row.place)?;
    if let Some(mut repair) = open.filter(|repair| repair.address == row.address) {
        repair.state = RepairState::Settled;
        repair.ended_at = Some(now);
        store::save_repair(db, &repair)?;
    }
    Ok(())
}
