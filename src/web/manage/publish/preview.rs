//! What would be published now.

use serde::Serialize;

use crate::{
    features::{
        awards::{self, views::ShownGrant},
        selection::{self, Outcome},
    },
    infra::db::{Db, DbError},
    web::words::Words,
};

#[derive(Debug, Serialize)]
pub struct PreviewRow {
    pub award: String,
    pub winner: String,
    pub detail: String,
}

pub fn grant_row(words: &Words, shown: &ShownGrant) -> PreviewRow {
    let (winner, detail) = match (&shown.entry, &shown.unit) {
        (Some(entry), _) => {
            (entry.title.clone(), format!("{} · {}", entry.code.clone().unwrap_or_default(), entry.unit_name))
        }
        (None, Some(unit)) => (unit.name.clone(), String::new()),
        (None, None) => (String::new(), String::new()),
    };
    let award = words.either(&shown.award.name, &shown.award.name_en);
    let round = shown.round.name_in(words.lang);
    PreviewRow { award: award.to_owned(), winner, detail: [round, &detail].join(" · ") }
}

/// The grants of a pool that stand, and how many entries its decision chose.
pub fn of_pool(
    db: &mut Db,
    pool: &crate::features::pools::Pool,
) -> Result<(Vec<ShownGrant>, usize), DbError> {
    let grants = awards::views::list_for_pool(db, &pool.id)?;
    let outcomes = selection::views::outcomes_of(db, &pool.id)?;
    let chosen = outcomes.values().filter(|outcome| **outcome != Outcome::NotChosen).count();
    Ok((grants.into_iter().filter(|grant| grant.grant.revoked_at.is_none()).collect(), chosen))
}
