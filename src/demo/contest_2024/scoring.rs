//! The province's panel scores: the marks are invented, so that those who won then have won.

use std::collections::BTreeMap;

use chrono::Duration;
use rand::{RngExt, SeedableRng, rngs::StdRng};

use super::at;
use crate::{
    base::{
        ids::{AccountId, EntryId, PoolId},
        points::Points,
    },
    demo::{
        cast::{Cast, JUDGES},
        data,
        play::Play,
    },
    features::{
        contests::{self, Contest, Criterion, EntryKind},
        entries,
        judging::{
            self, NewDraw, NewJudge, PanelRole, TypedSheet, add_judge, draw_assignments, submit_sheet,
        },
    },
};

pub(super) async fn score(play: &Play, cast: &Cast, contest: &Contest, pool: &PoolId) -> anyhow::Result<()> {
    let officer = cast.account("province_officer")?;
    let judges = JUDGES.iter().map(|key| cast.account(key)).collect::<anyhow::Result<Vec<_>>>()?;
    let (drawn, from) = (at("2024-04-02T02:00:00")?, at("2024-04-03T02:00:00")?);
    let (pool, panel, contest) = (pool.clone(), judges.clone(), contest.id.clone());
    let due = {
        let pool = pool.clone();
        play.act(move |db| {
            let person = Cast::person(db, &officer, drawn)?;
            for (n, account) in panel.iter().enumerate() {
                let role = if n == 0 { PanelRole::Head } else { PanelRole::Judge };
                add_judge(
                    db,
                    &person,
                    &pool,
                    &NewJudge { account: account.clone(), role, max_entries: None },
                    drawn,
                )?;
            }
            let draw = NewDraw { judges_per_entry: None, seed: Some("ben-tre-2024".to_owned()) };
            draw_assignments(db, &person, &pool, &draw, drawn)?;
            judging::open_judging(db, &person, &pool, drawn)?;
            Ok((judging::store::list_assignments(db, &pool)?, entries::views::list_in_pool(db, &pool)?))
        })
        .await?
    };
    let (mut due, standing_here) = due;
    // By code and seat, not by id: ids are new each time, the invented marks are not.
    let codes: BTreeMap<EntryId, String> =
        standing_here.into_iter().map(|entry| (entry.id, entry.code.unwrap_or_default())).collect();
    let seat = |judge: &AccountId| judges.iter().position(|known| known == judge);
    due.sort_by_key(|row| (codes.get(&row.entry_id).cloned(), seat(&row.judge_id)));
    let form = play
        .act(move |db| {
            let rounds = contests::views::list_rounds(db, &contest)?;
            let first = rounds.into_iter().next().map(|round| round.id);
            Ok(match first {
                Some(round) => contests::views::list_criteria(db, &round)?,
                None => Vec::new(),
            })
        })
        .await?;
    let mut marker = Marker::new(&judges);
    for (entry, code) in &codes {
        if let Some(n) = outstanding()?.iter().position(|known| known == code) {
            marker.knows(entry, 0.93 - 0.005 * f64::from(u8::try_from(n)?));
        }
    }
    let mut sheets = Vec::new();
    for (n, assignment) in due.iter().enumerate() {
        let sheet = marker.sheet(&form, &assignment.entry_id, &assignment.judge_id);
        let when = from + Duration::minutes(i64::try_from(n)? * 11);
        sheets.push((assignment.judge_id.clone(), assignment.entry_id.clone(), sheet, when));
    }
    let sent_to = pool.clone();
    play.act(move |db| {
        for (judge, entry, sheet, when) in &sheets {
            let person = Cast::person(db, judge, *when)?;
            submit_sheet(db, &person, &sent_to, entry, sheet, *when)?;
        }
        Ok(())
    })
    .await?;
    let (officer, closed) = (cast.account("province_officer")?, at("2024-04-08T02:00:00")?);
    play.act(move |db| {
        let person = Cast::person(db, &officer, closed)?;
        judging::close_judging(db, &person, &pool, "", closed)?;
        Ok(())
    })
    .await
}

/// Ten entries that the invented marks single out, individuals' first: an individual's wins the prize at the centre.
fn outstanding() -> anyhow::Result<Vec<String>> {
    let lines = data::entries()?;
    let of = |kind: EntryKind, n: usize| {
        let of_kind = lines.iter().filter(move |line| line.kind() == kind);
        of_kind.step_by(9).take(n).map(|line| line.entry_no.clone())
    };
    Ok(of(EntryKind::Individual, 7).chain(of(EntryKind::Collective, 3)).collect())
}

/// Invents marks: an entry has a quality, a judge is mild or strict, and both differ a little from criterion to criterion.
pub struct Marker {
    random: StdRng,
    severity: BTreeMap<AccountId, f64>,
    quality: BTreeMap<EntryId, f64>,
}

impl Marker {
    pub fn new(judges: &[AccountId]) -> Self {
        let mut random = StdRng::seed_from_u64(2024);
        let severity = judges.iter().map(|judge| (judge.clone(), random.random_range(-0.05..0.05))).collect();
        Self { random, severity, quality: BTreeMap::new() }
    }

    /// How much more than the usual a judge gives, as a share of the scale.
    pub fn is_generous(&mut self, judge: &AccountId, share: f64) {
        self.severity.insert(judge.clone(), share);
    }

    /// How good an entry is, where the story needs it.
    fn knows(&mut self, entry: &EntryId, quality: f64) {
        self.quality.insert(entry.clone(), quality);
    }

    pub fn sheet(&mut self, form: &[Criterion], entry: &EntryId, judge: &AccountId) -> TypedSheet {
        let fresh = self.random.random_range(0.55..0.78);
        let quality = *self.quality.entry(entry.clone()).or_insert(fresh);
        let severity = self.severity.get(judge).copied().unwrap_or_default();
        let marks: Vec<_> = form
            .iter()
            .map(|criterion| {
                let share = (quality + severity + self.random.random_range(-0.06..0.06)).clamp(0.0, 1.0);
                (criterion.id.clone(), on_step(criterion, share))
            })
            .collect();
        TypedSheet::of_marks(0, marks)
    }
}

/// The mark at this share of the scale, on the step.
fn on_step(criterion: &Criterion, share: f64) -> Points {
    let (low, high) = (criterion.min_mark.ten_thousandths(), criterion.max_mark.ten_thousandths());
    let step = criterion.step.ten_thousandths().max(1);
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "an invented mark of a demo"
    )]
    let steps = ((high - low) as f64 * share / step as f64).round() as i64;
    Points::from_ten_thousandths((low + steps * step).min(high))
}
