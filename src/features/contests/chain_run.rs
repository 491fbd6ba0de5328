//! The declared chain against ties on made-up scores, for the organiser to see before the contest opens: pure.

use super::{Aggregation, Criterion, Round, TieStep};
use crate::ranking::standing::{self, Form, Pool, Ratio, Rules, Sheet, Standing, standing as standing_of};

/// Whoever knows the seed of this run knows that it is no real one.
pub const MADE_UP_SEED: &str = "0000";

#[derive(Debug, Clone)]
pub struct ChainRun {
    /// By made-up entry: its name, what each judge gave in hundredths, and the mean.
    pub entries: Vec<(String, Vec<Ratio>, Ratio)>,
    pub standing: Standing,
}

/// Five entries by three judges, all with equal means, that differ in the median, in what single judges prefer, and in a
/// criterion. `None` without a form that can be ranked.
pub fn run_chain(round: &Round, criteria: &[Criterion]) -> Option<ChainRun> {
    let lines = criteria.iter().map(|criterion| standing::Criterion {
        name: criterion.id.to_string(),
        min: criterion.min_mark.ten_thousandths(),
        max: criterion.max_mark.ten_thousandths(),
        weight: criterion.weight.ten_thousandths(),
        required: true,
    });
    let form = Form::new(lines.collect()).ok()?;
    let pool = Pool {
        sheets: sheets(criteria, first_criterion(round, criteria)),
        entries: ["A", "B", "C", "D", "E"].map(str::to_owned).to_vec(),
        judge_weights: std::collections::BTreeMap::new(),
        form,
    };
    let rules = Rules {
        aggregation: match round.aggregation {
            Aggregation::Mean => standing::Aggregation::Mean,
            Aggregation::Median => standing::Aggregation::Median,
        },
        chain: round.tie_chain.iter().map(exact_step).collect(),
        lot_seed: Some(MADE_UP_SEED.to_owned()),
        ..Rules::default()
    };
    let entries = pool.entries.iter().map(|entry| {
        let own = pool.sheets.iter().filter(|sheet| sheet.entry == *entry);
        let scores: Vec<Ratio> =
            own.map(|sheet| pool.form.score(&sheet.marks).ok()).collect::<Option<_>>()?;
        let mean = standing::mean_of(&scores)?;
        Some((entry.clone(), scores, mean))
    });
    Some(ChainRun { entries: entries.collect::<Option<_>>()?, standing: standing_of(&pool, &rules).ok()? })
}

pub fn exact_step(step: &TieStep) -> standing::TieStep {
    match step {
        TieStep::Criterion { criterion } => standing::TieStep::Criterion(criterion.to_string()),
        TieStep::HeadToHead => standing::TieStep::HeadToHead,
        TieStep::Median => standing::TieStep::Median,
        TieStep::Chair => standing::TieStep::Chair,
        TieStep::Lot => standing::TieStep::Lot,
    }
}

fn first_criterion(round: &Round, criteria: &[Criterion]) -> Option<usize> {
    round.tie_chain.iter().find_map(|step| match step {
        TieStep::Criterion { criterion } => criteria.iter().position(|row| row.id == *criterion),
        _ => None,
    })
}

/// Hundredths of every criterion's range; each entry's sum is 210.
const SHARES: [(&str, [i64; 3]); 5] =
    [("A", [80, 70, 60]), ("B", [60, 70, 80]), ("C", [70, 60, 80]), ("D", [75, 75, 60]), ("E", [80, 70, 60])];

fn sheets(criteria: &[Criterion], special: Option<usize>) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    for (entry, shares) in SHARES {
        for (judge, share) in shares.into_iter().enumerate() {
            let marks = criteria.iter().map(|criterion| {
                let (low, high) =
                    (criterion.min_mark.ten_thousandths(), criterion.max_mark.ten_thousandths());
                low + (high - low) * share / 100
            });
            let mut marks: Vec<i64> = marks.collect();
            if entry == "E" {
                shift(criteria, special, &mut marks);
            }
            sheets.push(Sheet {
                entry: entry.to_owned(),
                judge: judge.to_string(),
                marks: marks.into_iter().map(Some).collect(),
            });
        }
    }
    sheets
}

/// More in one criterion and as much less in another, so that the score stays exactly the same. Nothing where the form has
/// no second criterion, or its ranges and weights leave no whole step.
fn shift(criteria: &[Criterion], special: Option<usize>, marks: &mut [i64]) -> Option<()> {
    let up = special?;
    let down = (0..criteria.len()).find(|other| *other != up)?;
    let (high, low) = (criteria.get(up)?, criteria.get(down)?);
    let range = |criterion: &Criterion| {
        i128::from(criterion.max_mark.ten_thousandths() - criterion.min_mark.ten_thousandths())
    };
    let rise = range(high) * i128::from(low.weight.ten_thousandths());
    let fall = range(low) * i128::from(high.weight.ten_thousandths());
    let step = Ratio::new(rise, fall)?;
    // The smallest whole steps, as often as a tenth of the smaller range holds them.
    let (rise, fall) = (step.numerator(), step.denominator());
    let times = (range(high) / 10 / rise.max(1)).min(range(low) / 10 / fall.max(1));
    if times < 1 {
        return None;
    }
    *marks.get_mut(up)? += i64::try_from(rise * times).ok()?;
    *marks.get_mut(down)? -= i64::try_from(fall * times).ok()?;
    Some(())
}
