//! Who somebody is and what they hold, as every act and policy needs it.

use super::{Office, OfficeRole, Session};
use crate::base::{
    clock::Moment,
    contact::Phone,
    ids::{AccountId, UnitId},
    lang::Lang,
};

/// A signed-in person: read anew for each request, so that an ended office ends at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    pub id: AccountId,
    pub full_name: String,
    pub phone: Option<Phone>,
    pub language: Lang,
    pub is_administrator: bool,
    pub password_must_change: bool,
    pub offices: Vec<Office>,
    pub session: Session,
}

impl Person {
    /// The units for which this person is an officer; each covers everything below it.
    pub fn officer_units(&self) -> Vec<&UnitId> {
        self.units_as(OfficeRole::Officer)
    }

    /// The units this person sends entries from.
    pub fn member_units(&self) -> Vec<&UnitId> {
        self.units_as(OfficeRole::Member)
    }

    pub fn is_officer(&self) -> bool {
        self.offices.iter().any(|office| office.role == OfficeRole::Officer)
    }

    fn units_as(&self, role: OfficeRole) -> Vec<&UnitId> {
        self.offices.iter().filter(|office| office.role == role).map(|office| &office.unit_id).collect()
    }
}

impl Office {
    /// The first moment belongs to the office, the last one does not.
    pub fn is_held(&self, now: Moment) -> bool {
        self.starts_at <= now && self.ends_at.is_none_or(|end| now < end)
    }
}

impl Session {
    pub fn is_alive(&self, now: Moment) -> bool {
        self.ended_at.is_none() && now < self.expires_at
    }
}
