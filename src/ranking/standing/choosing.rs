//! Walks down a standing and takes who fits, group of ties by group of ties.

use std::collections::BTreeMap;

use super::quota::cell;
use super::seats::Seats;
use super::tie::Evidence;
use super::{Border, BorderPolicy, Candidate, Choice, ImpossibleQuota, Row, Selection, Standing, TieStep};

pub(super) struct Choosing<'a> {
    pub evidence: Evidence<'a>,
    pub chain: &'a [TieStep],
    pub policy: &'a BorderPolicy,
    pub candidates: &'a BTreeMap<String, Candidate>,
    pub seats: Seats<'a>,
    pub selection: Selection,
    pub passed_over: bool,
}

impl Choosing<'_> {
    pub fn run(mut self, standing: &Standing) -> Result<Selection, ImpossibleQuota> {
        if !self.seats.can_still_be_filled(&[]) {
            return Err(ImpossibleQuota::Contradiction);
        }
        for tied in standing.rows.chunk_by(|left, right| left.place == right.place) {
            self.decide(tied);
        }
        self.selection.shortfalls = self.seats.shortfalls();
        Ok(self.selection)
    }

    fn decide(&mut self, tied: &[Row]) {
        let to_come = self.seats.to_come_after(tied.iter().map(|row| cell(self.candidates, &row.entry)));
        let hopeful: Vec<&Row> = tied.iter().filter(|row| self.fits(&[row])).collect();
        self.passed_over |= hopeful.len() < tied.len();
        let chosen_before = self.selection.chosen.len();
        self.decide_border(&hopeful);
        self.passed_over |= self.selection.chosen.len() - chosen_before < hopeful.len();
        self.seats.to_come = to_come;
        self.seats.give_up_what_is_lost();
    }

    fn decide_border(&mut self, hopeful: &[&Row]) {
        if hopeful.is_empty() || self.fits(hopeful) {
            return self.take(hopeful.iter().copied(), false);
        }
        match self.policy {
            BorderPolicy::IncludeAll => self.take(hopeful.iter().copied(), true),
            // The seats stay empty: whoever stands below those who are tied must not profit from their tie.
            BorderPolicy::ExcludeAll => {
                for row in self.keep_seats(hopeful) {
                    self.seats.leave_empty(&cell(self.candidates, &row.entry));
                }
            }
            BorderPolicy::Chain(_) | BorderPolicy::Lot => {
                let entries = hopeful.iter().map(|row| row.entry.clone()).collect();
                for group in self.evidence.split(entries, self.chain, &mut self.selection.ties) {
                    let rows: Vec<&Row> =
                        hopeful.iter().copied().filter(|row| group.entries.contains(&row.entry)).collect();
                    self.decide_parted(&rows);
                }
            }
        }
    }

    /// Who is still tied after the chain: all in, all out, or undecided. The seats of the undecided are kept for them.
    fn decide_parted(&mut self, rows: &[&Row]) {
        if self.fits(rows) {
            return self.take(rows.iter().copied(), false);
        }
        let hopeful: Vec<&Row> = rows.iter().copied().filter(|row| self.fits(&[row])).collect();
        let seats = self.keep_seats(&hopeful).len();
        if hopeful.len() == 1 || seats == hopeful.len() {
            let chosen = hopeful.iter().map(|row| self.choice(row, false)).collect::<Vec<_>>();
            self.selection.chosen.extend(chosen);
        } else if seats > 0 {
            let entries = hopeful.iter().map(|row| row.entry.clone()).collect();
            self.selection.undecided.push(Border { entries, seats });
        }
    }

    /// Takes as many seats as some of the rows could have.
    fn keep_seats<'r>(&mut self, rows: &[&'r Row]) -> Vec<&'r Row> {
        let mut seated = Vec::new();
        for row in rows {
            if self.fits(&[row]) {
                self.seats.take(&cell(self.candidates, &row.entry));
                seated.push(*row);
            }
        }
        seated
    }

    fn fits(&self, rows: &[&Row]) -> bool {
        let cells: Vec<Candidate> = rows.iter().map(|row| cell(self.candidates, &row.entry)).collect();
        self.seats.can_still_be_filled(&cells)
    }

    fn take<'r>(&mut self, rows: impl Iterator<Item = &'r Row>, beyond_number: bool) {
        for row in rows {
            self.seats.take(&cell(self.candidates, &row.entry));
            let choice = self.choice(row, beyond_number);
            self.selection.chosen.push(choice);
        }
    }

    fn choice(&self, row: &Row, beyond_number: bool) -> Choice {
        Choice { entry: row.entry.clone(), place: row.place, by_quota: self.passed_over, beyond_number }
    }
}
