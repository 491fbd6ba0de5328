//! What every page about a contest's entries needs of its declaration, kept between requests. Each change of a contest makes its
//! next edition (`change/frame.rs`), so what was read of one edition stays true of it and is read once.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use super::{Category, Contest, Criterion, Field, RoundDesk, store, views};
use crate::{
    base::ids::{CategoryId, ContestId, RoundId},
    infra::db::{Db, DbError},
};

/// More contests than an organisation judges at once; beyond it all is read anew.
const MAX_KEPT: usize = 64;

/// Of one edition of a contest.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ContestParts {
    /// In the order of the form; retired fields too.
    pub fields: Vec<Field>,
    pub categories: Vec<Category>,
    criteria: HashMap<RoundId, Arc<[Criterion]>>,
    desks: HashMap<RoundId, RoundDesk>,
}

type Kept = HashMap<ContestId, (i32, Arc<ContestParts>)>;

static KEPT: LazyLock<Mutex<Kept>> = LazyLock::new(Mutex::default);

impl ContestParts {
    /// For pages: what an act reads in the middle of a change may never be committed.
    pub fn of(db: &mut Db, contest: &Contest) -> Result<Arc<Self>, DbError> {
        Self::of_edition(db, &contest.id, contest.edition)
    }

    pub fn of_edition(db: &mut Db, contest: &ContestId, edition: i32) -> Result<Arc<Self>, DbError> {
        if let Some(parts) = Self::kept(contest, edition) {
            return Ok(parts);
        }
        let parts = Arc::new(Self::load(db, contest)?);
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MAX_KEPT {
            kept.clear();
        }
        kept.insert(contest.clone(), (edition, Arc::clone(&parts)));
        Ok(parts)
    }

    /// The form of a round, for acts that must be quick: as pages read it of this edition, or read now and not kept.
    pub fn form_of(
        db: &mut Db,
        (contest, edition): (&ContestId, i32),
        round: &RoundId,
    ) -> Result<Arc<[Criterion]>, DbError> {
        match Self::kept(contest, edition).and_then(|parts| parts.criteria.get(round).cloned()) {
            Some(form) => Ok(form),
            None => Ok(views::list_criteria(db, round)?.into()),
        }
    }

    fn kept(contest: &ContestId, edition: i32) -> Option<Arc<Self>> {
        let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, parts) = kept.get(contest).filter(|(of, _)| *of == edition)?;
        Some(Arc::clone(parts))
    }

    fn load(db: &mut Db, contest: &ContestId) -> Result<Self, DbError> {
        let mut criteria: HashMap<RoundId, Vec<Criterion>> = HashMap::new();
        for criterion in views::list_criteria_of_contest(db, contest)? {
            criteria.entry(criterion.round_id.clone()).or_default().push(criterion);
        }
        let desks = store::list_round_desks(db, contest)?;
        Ok(Self {
            fields: views::list_fields(db, contest)?,
            categories: views::list_categories(db, contest)?,
            criteria: criteria.into_iter().map(|(round, criteria)| (round, criteria.into())).collect(),
            desks: desks.into_iter().map(|desk| (desk.round_id.clone(), desk)).collect(),
        })
    }

    /// In the order of the form.
    pub fn criteria(&self, round: &RoundId) -> &[Criterion] {
        self.criteria.get(round).map(AsRef::as_ref).unwrap_or_default()
    }

    pub fn desk(&self, round: &RoundId) -> RoundDesk {
        self.desks.get(round).cloned().unwrap_or_else(|| RoundDesk::plain(round))
    }

    pub fn category(&self, id: &CategoryId) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == *id)
    }
}
