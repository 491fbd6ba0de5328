//! Everything that is declared of a contest, together: what the checklist, the dry run and the contest's pages read.

use super::{Award, Category, Consent, Contest, Criterion, Field, Round, views};
use crate::{
    features::units::{Level, Unit},
    infra::db::{Db, DbError},
};

#[derive(Debug, Clone)]
pub struct Declared {
    pub contest: Contest,
    pub host: Unit,
    /// From the top.
    pub levels: Vec<Level>,
    pub categories: Vec<Category>,
    pub fields: Vec<Field>,
    pub consents: Vec<Consent>,
    pub rounds: Vec<DeclaredRound>,
}

#[derive(Debug, Clone)]
pub struct DeclaredRound {
    pub round: Round,
    pub criteria: Vec<Criterion>,
    pub awards: Vec<Award>,
}

impl Declared {
    /// Eight queries, whatever the contest holds. Nothing when the host is gone.
    pub fn load(db: &mut Db, contest: Contest) -> Result<Option<Self>, DbError> {
        let Some(host) = crate::features::units::store::find(db, &contest.host_unit_id)? else {
            return Ok(None);
        };
        let levels = crate::features::units::views::list_levels(db)?;
        let mut criteria = views::list_criteria_of_contest(db, &contest.id)?;
        let mut awards = views::list_awards(db, &contest.id)?;
        let rounds = views::list_rounds(db, &contest.id)?
            .into_iter()
            .map(|round| DeclaredRound {
                criteria: criteria.extract_if(.., |row| row.round_id == round.id).collect(),
                awards: awards.extract_if(.., |row| row.round_id == round.id).collect(),
                round,
            })
            .collect();
        let mut categories = views::list_categories(db, &contest.id)?;
        categories.retain(|category| !category.is_retired);
        let mut fields = views::list_fields(db, &contest.id)?;
        fields.retain(|field| !field.is_retired);
        let consents = views::list_consents(db, &contest.id)?;
        Ok(Some(Self { contest, host, levels, categories, fields, consents, rounds }))
    }

    /// Counted from 0 at the top.
    pub fn level_position(&self, code: &crate::features::units::LevelCode) -> Option<i32> {
        self.levels.iter().find(|level| level.code == *code).map(|level| level.position)
    }
}
