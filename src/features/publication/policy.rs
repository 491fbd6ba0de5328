//! Who may not read a publication that everyone else may.

use super::{
    Publication,
    content::{AwardedTo, Content},
};
use crate::{
    base::ids::ContestId,
    features::{accounts::Person, entries, judging},
    infra::db::{Db, DbError},
};

/// Whether the version names an entry whose maker this person must not learn: what an earlier round published of an entry that
/// now stands before a blind panel. A version is signed whole, so it is withheld whole, from this reader alone.
pub fn names_veiled(
    db: &mut Db,
    person: Option<&Person>,
    contest: &ContestId,
    publication: &Publication,
) -> Result<bool, DbError> {
    let veiled = judging::policy::veiled_from(db, person)?;
    if veiled.is_empty() {
        return Ok(false);
    }
    // What can't be read can't be shown to be harmless.
    let Ok(content) = Content::read(publication) else { return Ok(true) };
    let codes = entries::views::codes_of(db, contest, &veiled)?;
    let awarded = content.awards.iter().filter_map(|award| match &award.to {
        AwardedTo::Entry(entry) => Some(&entry.code),
        AwardedTo::Unit(_) => None,
    });
    let chosen = content.chosen.iter().flatten().map(|chosen| &chosen.entry.code);
    Ok(awarded.chain(chosen).any(|code| codes.contains(code)))
}
