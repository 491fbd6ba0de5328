//! Whether every entry has as many sheets as the rules ask for before the judging may end. Sheets count, not seats: those of a judge
//! who has left stay, those of one who joined late are added, a voided one is gone.

use super::views::{SheetCount, count_sheets};
use crate::{
    base::text::first_named,
    features::{contests, pools::Pool},
    infra::db::{Db, DbError},
};

/// How the sheets of a pool stand against the rules.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quorum {
    /// 0 where the rules ask for none.
    pub needed: i32,
    /// By code, without samples.
    pub counts: Vec<SheetCount>,
}

impl Quorum {
    /// A round without sheets asks for none.
    pub fn of(db: &mut Db, pool: &Pool) -> Result<Self, DbError> {
        let needed = contests::store::find_round_desk(db, &pool.round_id)?.quorum;
        Ok(Self { needed, counts: count_sheets(db, &pool.id)? })
    }

    pub fn short(&self) -> Vec<&SheetCount> {
        let needed = usize::try_from(self.needed).unwrap_or(0);
        self.counts.iter().filter(|count| count.given < needed).collect()
    }

    /// Entries that nobody scored and nobody is to score: no list of missing sheets names them.
    pub fn forgotten(&self) -> Vec<&SheetCount> {
        self.counts.iter().filter(|count| count.given == 0 && count.due == 0).collect()
    }

    /// The rules say when the judging may end, and that has come.
    pub fn is_reached(&self) -> bool {
        self.needed > 0 && self.short().is_empty()
    }
}

/// A sentence names no more.
pub const MOST_NAMED: usize = 8;

/// "BT-0001 (1), BT-0004 (0)": entries with how many sheets they have.
pub fn named(counts: &[&SheetCount]) -> String {
    first_named(counts.iter().map(|count| format!("{} ({})", count.code, count.given)), MOST_NAMED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::ids::EntryId;

    #[test]
    fn sheets_count_and_not_seats() {
        let count = |code: &str, given, due| SheetCount {
            entry_id: EntryId::generate(),
            code: code.to_owned(),
            given,
            due,
        };
        let counts = vec![count("A", 2, 1), count("B", 1, 2), count("C", 0, 3), count("D", 0, 0)];
        for (needed, short, reached) in
            [(0, "", false), (1, "C (0), D (0)", false), (2, "B (1), C (0), D (0)", false)]
        {
            let quorum = Quorum { needed, counts: counts.clone() };
            assert_eq!((named(&quorum.short()).as_str(), quorum.is_reached()), (short, reached), "{needed}");
            assert_eq!(named(&quorum.forgotten()), "D (0)");
        }
        assert!(Quorum { needed: 1, counts: counts[..2].to_vec() }.is_reached());
    }
}
