use super::{Person, views};
use crate::{
    base::ids::{AccountId, UnitId},
    infra::db::{Db, DbError},
};

/// Who acts: somebody signed in, or whoever runs the program (its commands, the replay of a past contest).
#[derive(Debug, Clone, Copy)]
pub enum Actor<'p> {
    Person(&'p Person),
    Operator,
}

impl<'p> Actor<'p> {
    pub fn id(self) -> Option<&'p AccountId> {
        match self {
            Self::Person(person) => Some(&person.id),
            Self::Operator => None,
        }
    }

    pub fn is_administrator(self) -> bool {
        match self {
            Self::Person(person) => person.is_administrator,
            Self::Operator => true,
        }
    }

    /// Whether the actor answers for the people of this unit.
    pub fn answers_for(self, db: &mut Db, unit: &UnitId) -> Result<bool, DbError> {
        match self {
            Self::Person(person) => Ok(person.is_administrator || views::covers(db, person, unit)?),
            Self::Operator => Ok(true),
        }
    }
}

impl<'p> From<&'p Person> for Actor<'p> {
    fn from(person: &'p Person) -> Self {
        Self::Person(person)
    }
}
