//! All that assigning looks at, read at once.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Assignment, RuleConflict, UnitLines, conflict_by_rule};
use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, CategoryId, EntryId, PanelMemberId, UnitId},
    },
    features::{
        contests::EntryKind,
        judging::{PanelMember, Sheet, SheetStatus, store, views},
        pools::Pool,
    },
    infra::db::{Db, DbError},
};

/// An accepted entry that stands in a pool.
#[derive(Debug, Clone, PartialEq)]
pub struct StandingEntry {
    pub id: EntryId,
    pub code: String,
    pub title: String,
    pub kind: EntryKind,
    pub category_id: Option<CategoryId>,
    pub unit_id: UnitId,
    pub unit_name: String,
    /// Made by the panel, so nobody's interest stands in the way of scoring it.
    pub is_sample: bool,
    /// What a blind round covers.
    pub authors: String,
    pub owner_id: AccountId,
    pub entered_by: AccountId,
}

/// A seat of the panel, whose it is, and the units of the offices held now.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgeFacts {
    pub member: PanelMember,
    pub full_name: String,
    pub units: Vec<UnitId>,
}

#[derive(Debug, Clone)]
pub struct PoolFacts {
    pub pool_unit: UnitId,
    /// By code.
    pub entries: Vec<StandingEntry>,
    /// By number; those who left too.
    pub judges: Vec<JudgeFacts>,
    pub assignments: Vec<Assignment>,
    pub sheets: BTreeMap<(EntryId, AccountId), Sheet>,
    /// What everybody scores first.
    pub calibrations: HashSet<EntryId>,
    declared: HashSet<(EntryId, AccountId)>,
    /// Who decided upon an entry below, sent it up, or let it in.
    forwarded: HashSet<(EntryId, AccountId)>,
    /// Of judges who do not take every category.
    categories: HashMap<PanelMemberId, HashSet<CategoryId>>,
    lines: UnitLines,
}

/// Why a judge may not have an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyNot {
    Declared,
    /// The judge helped to bring it here from below.
    Forwarded,
    Category,
    Rule(RuleConflict),
}

impl PoolFacts {
    pub fn read(db: &mut Db, pool: &Pool, now: Moment) -> Result<Self, DbError> {
        let entries = views::list_standing_entries(db, &pool.id)?;
        let judges = views::list_judges(db, &pool.id, now)?;
        let accounts: Vec<AccountId> = judges.iter().map(|judge| judge.member.account_id.clone()).collect();
        let units: HashSet<&UnitId> = entries
            .iter()
            .map(|entry| &entry.unit_id)
            .chain(judges.iter().flat_map(|judge| &judge.units))
            .collect();
        let lines = views::lines_of(db, units.into_iter().collect())?;
        let declared = store::list_conflicts(db, &pool.contest_id, &accounts)?;
        Ok(Self {
            pool_unit: pool.unit_id.clone(),
            assignments: store::list_assignments(db, &pool.id)?,
            sheets: views::sheets_by_pair(db, &pool.id)?,
            calibrations: store::list_calibrations(db, &pool.id)?
                .into_iter()
                .map(|row| row.entry_id)
                .collect(),
            forwarded: views::list_forwarders(db, &pool.id, &accounts)?,
            categories: by_member(store::list_panel_categories(db, &pool.id)?),
            declared: declared.into_iter().map(|conflict| (conflict.entry_id, conflict.judge_id)).collect(),
            entries,
            judges,
            lines,
        })
    }

    pub fn why_not(&self, entry: &StandingEntry, judge: &JudgeFacts) -> Option<WhyNot> {
        let account = &judge.member.account_id;
        if self.declared.contains(&(entry.id.clone(), account.clone())) {
            return Some(WhyNot::Declared);
        }
        if self.forwarded.contains(&(entry.id.clone(), account.clone())) {
            return Some(WhyNot::Forwarded);
        }
        if entry.is_sample {
            return None;
        }
        let takes = self.categories.get(&judge.member.id);
        if takes.is_some_and(|takes| !entry.category_id.as_ref().is_some_and(|of| takes.contains(of))) {
            return Some(WhyNot::Category);
        }
        conflict_by_rule(entry, account, &judge.units, &self.pool_unit, &self.lines).map(WhyNot::Rule)
    }

    pub fn entry(&self, id: &EntryId) -> Option<&StandingEntry> {
        self.entries.iter().find(|entry| entry.id == *id)
    }

    pub fn seated(&self, account: &AccountId) -> Option<&JudgeFacts> {
        self.judges.iter().find(|judge| judge.member.account_id == *account && judge.member.is_active())
    }

    pub fn status_of(&self, entry: &EntryId, judge: &AccountId) -> Option<SheetStatus> {
        self.sheets.get(&(entry.clone(), judge.clone())).map(|sheet| sheet.status)
    }

    /// How many judges an entry has: assignments, and sheets of those who left.
    pub fn n_judges_of(&self, entry: &EntryId) -> usize {
        let assigned: HashSet<&AccountId> =
            self.assignments.iter().filter(|row| row.entry_id == *entry).map(|row| &row.judge_id).collect();
        let given = self.sheets.iter().filter(|((of, judge), sheet)| {
            of == entry && sheet.status == SheetStatus::Submitted && !assigned.contains(judge)
        });
        assigned.len() + given.count()
    }

    /// How many entries a judge has now.
    pub fn load_of(&self, judge: &AccountId) -> usize {
        self.assignments.iter().filter(|assignment| assignment.judge_id == *judge).count()
    }
}

fn by_member(rows: Vec<(PanelMemberId, CategoryId)>) -> HashMap<PanelMemberId, HashSet<CategoryId>> {
    let mut categories: HashMap<PanelMemberId, HashSet<CategoryId>> = HashMap::new();
    for (member, category) in rows {
        categories.entry(member).or_default().insert(category);
    }
    categories
}
