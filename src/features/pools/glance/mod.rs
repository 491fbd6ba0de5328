//! Pools at a glance: what stands where, for those who run them.

pub mod views;

use super::PoolStatus;
use crate::base::ids::PoolId;

#[derive(Debug, Clone, PartialEq)]
pub struct PoolGlance {
    pub id: PoolId,
    pub status: PoolStatus,
    pub round_name: String,
    pub round_name_en: String,
    pub contest_title: String,
    pub contest_title_en: String,
    pub unit_name: String,
    pub n_entries: i64,
    /// Sent in and not yet checked.
    pub n_waiting: i64,
}
