//! Making the next version of a result.

use serde_json::json;

use super::{
    Publication, Scope,
    content::{ChosenEntry, Content, published_award, published_entry},
    lots::lots_of,
    store, views,
};
use crate::{
    base::{
        canonical::canonical_json,
        clock::Moment,
        ids::{ContestId, EntryId, PoolId, PublicationId, UnitId},
        seal::hash_hex,
        sentence::{FieldErrors, Sentence},
        text::clean_text,
    },
    features::{
        accounts::Person,
        audit,
        awards::{self, views::ShownGrant},
        contests,
        entries::{Entry, EntryStatus},
        pools::{self, PoolStatus},
        selection::{self, Outcome},
        units::views::paths_of,
    },
    infra::db::{Db, DbError},
};

#[derive(Debug, Clone, Default)]
pub struct NewPublication {
    /// Why an earlier version is corrected.
    pub reason: String,
    /// The version that the person saw; 0 for none.
    pub replaces: i32,
    /// Whether the gallery shows the entries that were chosen, and not only the winners.
    pub show_chosen: bool,
}

crate::act_error! {
    /// Why no version was made.
    pub enum PublishError {
        PublishedMeanwhile { version: i32 } => "publication-refused-published-meanwhile",
        NothingToSay => "publication-refused-nothing-to-say",
        NothingNew { version: i32 } => "publication-refused-nothing-new",
        NotDecided => "publication-refused-not-decided",
    }
}

const MAX_REASON: usize = 2000;

/// The award list of one pool, with who was chosen there and who goes up.
pub fn publish_pool(
    db: &mut Db,
    person: &Person,
    pool: &PoolId,
    new: &NewPublication,
    now: Moment,
) -> Result<Publication, PublishError> {
    let pool = pools::store::find(db, pool)?.ok_or(PublishError::NotFound)?;
    if !pools::policy::may_run(db, person, &pool)? {
        return Err(PublishError::NotFound);
    }
    let decision = selection::views::find_current(db, &pool.id)?.ok_or(PublishError::NotDecided)?;
    let grants: Vec<ShownGrant> = awards::views::list_for_pool(db, &pool.id)?
        .into_iter()
        .filter(|grant| grant.grant.revoked_at.is_none())
        .collect();
    let chosen: Vec<(Outcome, Entry)> = selection::views::list_outcomes(db, &decision.id)?
        .into_iter()
        .filter(|(row, entry)| row.outcome != Outcome::NotChosen && entry.status == EntryStatus::Accepted)
        .map(|(row, entry)| (row.outcome, entry))
        .collect();
    let shown =
        if new.show_chosen { chosen.iter().map(|(_, entry)| entry.id.clone()).collect() } else { Vec::new() };
    let scope = Scope::Pool(pool.id.clone());
    let publication = publish(db, person, &pool.contest_id, &scope, &grants, Some(&chosen), shown, new, now)?;
    selection::store::save_pool_status(db, &pool, PoolStatus::Published)?;
    Ok(publication)
}

/// The award list of the whole contest: what was granted in all its pools.
pub fn publish_contest(
    db: &mut Db,
    person: &Person,
    contest: &ContestId,
    new: &NewPublication,
    now: Moment,
) -> Result<Publication, PublishError> {
    let contest = contests::store::find(db, contest)?.ok_or(PublishError::NotFound)?;
    if !contests::policy::may_run(db, person, &contest)? {
        return Err(PublishError::NotFound);
    }
    let grants = awards::views::list_standing(db, &contest.id)?;
    // The entries that the organiser's own pools chose; what lower pools chose is theirs to show.
    let shown = if new.show_chosen {
        store::list_chosen_at(db, &contest.id, &contest.host_unit_id)?
    } else {
        Vec::new()
    };
    let scope = Scope::Contest(contest.id.clone());
    publish(db, person, &contest.id, &scope, &grants, None, shown, new, now)
}

#[expect(clippy::too_many_arguments, reason = "the two kinds of results differ in nothing else")]
fn publish(
    db: &mut Db,
    person: &Person,
    contest: &ContestId,
    scope: &Scope,
    grants: &[ShownGrant],
    chosen: Option<&[(Outcome, Entry)]>,
    shown: Vec<EntryId>,
    new: &NewPublication,
    now: Moment,
) -> Result<Publication, PublishError> {
    let previous = views::latest(db, scope)?;
    let version = previous.as_ref().map_or(0, |publication| publication.version);
    if version != new.replaces {
        return Err(PublishError::PublishedMeanwhile { version });
    }
    if grants.is_empty() && chosen.is_none_or(<[_]>::is_empty) && previous.is_none() {
        return Err(PublishError::NothingToSay);
    }
    let reason = clean_text(&new.reason);
    check_reason(&reason, previous.is_some())?;
    let voided = views::list_voided(db, contest, scope)?;
    let content = Content { voided, ..write_content(db, version + 1, grants, chosen, now)? };
    let content = with_lots(db, contest, scope, content)?;
    let said_before = previous.as_ref().and_then(|publication| Content::read(publication).ok());
    if said_before.as_ref().is_some_and(|before| before.says_the_same(&content)) {
        return Err(PublishError::NothingNew { version });
    }
    let text = canonical_json(&json!(content));
    let publication = Publication {
        id: PublicationId::generate(),
        contest_id: contest.clone(),
        scope: scope.word(),
        pool_id: match scope {
            Scope::Pool(pool) => Some(pool.clone()),
            Scope::Contest(_) => None,
        },
        version: version + 1,
        content_hash: hash_hex(text.as_bytes()),
        content: text,
        previous_hash: previous.map(|publication| publication.content_hash).unwrap_or_default(),
        reason,
        published_by: person.id.clone(),
        published_at: now,
    };
    store::insert(db, &publication).map_err(|error| {
        if error.is_unique_violation() {
            PublishError::PublishedMeanwhile { version: version + 1 }
        } else {
            error.into()
        }
    })?;
    show_entries(db, &publication, &content, said_before.as_ref(), shown)?;
    let happening = audit::Happening {
        contest: Some(contest),
        by: Some(&person.id),
        action: "result.publish",
        subject: ("publication", publication.id.as_str()),
        before: None,
        after: Some(json!({ "content": publication.content_hash, "previous": publication.previous_hash })),
        details: json!({ "scope": publication.scope, "version": publication.version, "reason": publication.reason }),
    };
    audit::append(db, &happening, now)?;
    Ok(publication)
}

fn check_reason(reason: &str, is_correction: bool) -> Result<(), FieldErrors> {
    if is_correction && reason.is_empty() {
        return Err(FieldErrors::one("reason", Sentence::new("publication-invalid-reason")));
    }
    if reason.chars().count() > MAX_REASON {
        let sentence = Sentence::new("publication-invalid-too-long").with("max", MAX_REASON);
        return Err(FieldErrors::one("reason", sentence));
    }
    Ok(())
}

fn write_content(
    db: &mut Db,
    version: i32,
    grants: &[ShownGrant],
    chosen: Option<&[(Outcome, Entry)]>,
    now: Moment,
) -> Result<Content, DbError> {
    let awarded = grants.iter().filter_map(|grant| grant.entry.as_ref());
    let entries = awarded.chain(chosen.into_iter().flatten().map(|(_, entry)| entry));
    let mut units: Vec<UnitId> = entries.map(|entry| entry.unit_id.clone()).collect();
    units.sort();
    units.dedup();
    let paths = paths_of(db, &units)?;
    let chosen_entry = |(outcome, entry): &(Outcome, Entry)| ChosenEntry {
        entry: published_entry(entry, &paths),
        outcome: *outcome,
    };
    Ok(Content {
        version,
        published_at: format!("{}Z", now.format("%Y-%m-%dT%H:%M:%S%.6f")),
        awards: grants.iter().filter_map(|grant| published_award(grant, &paths)).collect(),
        chosen: chosen.map(|rows| rows.iter().map(chosen_entry).collect()),
        voided: Vec::new(),
        lots: Vec::new(),
    })
}

/// Of the pool; of a contest, of the pools in which its awards were granted.
fn with_lots(
    db: &mut Db,
    contest: &ContestId,
    scope: &Scope,
    mut content: Content,
) -> Result<Content, DbError> {
    let pools: Vec<PoolId> = match scope {
        Scope::Pool(pool) => vec![pool.clone()],
        Scope::Contest(_) => store::list_pools_with_grants(db, contest)?,
    };
    let mut lots = Vec::new();
    for pool in pools {
        if let Some(pool) = pools::store::find(db, &pool)? {
            lots.extend(lots_of(db, &pool, &content.named_codes())?);
        }
    }
    content.lots = lots;
    Ok(content)
}

/// Winners can be seen by everyone from now on. Who is named no longer, in this or in any other result that stands, is
/// shown no longer.
fn show_entries(
    db: &mut Db,
    publication: &Publication,
    content: &Content,
    before: Option<&Content>,
    also: Vec<EntryId>,
) -> Result<(), DbError> {
    let contest = &publication.contest_id;
    let awarded: Vec<&str> = content.awarded_codes();
    let gone: Vec<&str> = before
        .map(Content::awarded_codes)
        .unwrap_or_default()
        .into_iter()
        .filter(|code| !awarded.contains(code))
        .collect();
    if !gone.is_empty() {
        let mut elsewhere = Vec::new();
        for other in views::list_newest(db, contest)? {
            if other.scope != publication.scope
                && let Ok(content) = Content::read(&other)
            {
                elsewhere.extend(content.awarded_codes().into_iter().map(str::to_owned));
            }
        }
        let hidden: Vec<&str> =
            gone.into_iter().filter(|code| !elsewhere.iter().any(|other| other == code)).collect();
        store::set_published_by_code(db, contest, &hidden, false)?;
    }
    store::set_published_by_code(db, contest, &awarded, true)?;
    store::set_published(db, &also)
}
