//! The standing: scores in order, with places, ties and what split them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::pool::{BadPool, Counting, LeftOut, Pool};
use super::score::{Aggregation, Scored, aggregate};
use super::tie::{Evidence, Parted, Ruling, TieRecord, TieStep};
use super::{Place, Ratio, places};

/// Two entries are tied when their scores are equal at this precision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    #[default]
    Exact,
    /// Rounded half-up to so many decimals first.
    Decimals(u32),
}

/// What the organiser declared before the round. The seed is added when it is revealed, the rulings when they are made.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Rules {
    pub aggregation: Aggregation,
    pub precision: Precision,
    /// Empty: ties are shared places.
    pub chain: Vec<TieStep>,
    pub rulings: Vec<Ruling>,
    pub lot_seed: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    pub entry: String,
    pub place: Place,
    /// At the declared precision.
    pub score: Ratio,
    pub sheets: usize,
    /// The step that parted this entry from another one with the same score.
    pub split_by: Option<TieStep>,
    pub untrimmed: bool,
}

/// Best first; entries that share a place stand in the order of their names, which means nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Standing {
    pub rows: Vec<Row>,
    /// Entries without a sheet that counts.
    pub unranked: Vec<String>,
    pub left_out: Vec<LeftOut>,
    /// Optional criteria that were left empty on some sheet and so count for nobody.
    pub dropped_criteria: Vec<String>,
    pub ties: Vec<TieRecord>,
}

/// The standing of a pool by the exact score.
pub fn standing(pool: &Pool, rules: &Rules) -> Result<Standing, BadPool> {
    let counting = pool.counting()?;
    let mut known = Vec::new();
    for (entry, sheets) in counting.by_entry.iter().filter(|(_, sheets)| !sheets.is_empty()) {
        let (score, untrimmed) = aggregate(sheets, rules.aggregation).ok_or(BadPool::TooLarge)?;
        known.push(Scored { entry: (*entry).to_owned(), score, sheets: sheets.len(), untrimmed });
    }
    arrange(known, counting, pool, rules)
}

/// The standing of a pool by scores that were computed elsewhere (calibrated ones). The tie chain looks at the pool's sheets.
pub fn standing_of(
    scores: &BTreeMap<String, Ratio>,
    pool: &Pool,
    rules: &Rules,
) -> Result<Standing, BadPool> {
    let counting = pool.counting()?;
    let known = scores.iter().map(|(entry, score)| match counting.by_entry.get(entry.as_str()) {
        Some(sheets) => {
            Ok(Scored { entry: entry.clone(), score: *score, sheets: sheets.len(), untrimmed: false })
        }
        None => Err(BadPool::UnknownEntry(entry.clone())),
    });
    let known = known.collect::<Result<_, _>>()?;
    arrange(known, counting, pool, rules)
}

fn arrange(
    all: Vec<Scored>,
    counting: Counting<'_>,
    pool: &Pool,
    rules: &Rules,
) -> Result<Standing, BadPool> {
    known_criteria(pool, &rules.chain)?;
    let mut by_entry: BTreeMap<String, Scored> = BTreeMap::new();
    let mut by_score: BTreeMap<Ratio, Vec<String>> = BTreeMap::new();
    for mut scored in all {
        if let Precision::Decimals(decimals) = rules.precision {
            scored.score = scored.score.rounded(decimals).ok_or(BadPool::TooLarge)?;
        }
        by_score.entry(scored.score).or_default().push(scored.entry.clone());
        by_entry.insert(scored.entry.clone(), scored);
    }
    let evidence =
        Evidence { counting: &counting, rulings: &rules.rulings, lot_seed: rules.lot_seed.as_deref() };
    let mut ties = Vec::new();
    let groups: Vec<Parted> =
        by_score.into_values().rev().flat_map(|tied| evidence.split(tied, &rules.chain, &mut ties)).collect();
    let mut rows = Vec::new();
    for (group, place) in groups.iter().zip(places(groups.iter().map(|group| group.entries.len()))) {
        for entry in &group.entries {
            let Some(scored) = by_entry.get(entry) else { continue };
            rows.push(Row {
                entry: entry.clone(),
                place,
                score: scored.score,
                sheets: scored.sheets,
                split_by: group.split_by.clone(),
                untrimmed: scored.untrimmed,
            });
        }
    }
    let unranked = counting.by_entry.keys().filter(|entry| !by_entry.contains_key(**entry));
    let unranked = unranked.map(|entry| (*entry).to_owned()).collect();
    Ok(Standing {
        rows,
        unranked,
        ties,
        left_out: counting.left_out,
        dropped_criteria: counting.dropped_criteria,
    })
}

fn known_criteria(pool: &Pool, chain: &[TieStep]) -> Result<(), BadPool> {
    for step in chain {
        if let TieStep::Criterion(name) = step
            && pool.form.position(name).is_none()
        {
            return Err(BadPool::UnknownCriterion(name.clone()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Criterion, Form, Sheet, TEN_THOUSAND, WhyLeftOut, lot};
    use super::*;

    fn a_form() -> Form {
        let criterion = |name: &str, required| Criterion {
            name: name.into(),
            min: 0,
            max: 10 * TEN_THOUSAND,
            weight: TEN_THOUSAND,
            required,
        };
        Form::new(vec![criterion("idea", true), criterion("art", true), criterion("extra", false)]).unwrap()
    }

    /// Lines of `entry judge idea art extra`, marks from 0 to 10 or `-`.
    fn a_pool(lines: &[&str]) -> Pool {
        let mut entries = std::collections::BTreeSet::new();
        let mut sheets = Vec::new();
        for line in lines {
            let words: Vec<&str> = line.split(' ').collect();
            entries.insert(words[0].to_owned());
            if words.len() > 1 {
                let marks =
                    words[2..].iter().map(|word| word.parse::<i64>().ok().map(|mark| mark * TEN_THOUSAND));
                sheets.push(Sheet { entry: words[0].into(), judge: words[1].into(), marks: marks.collect() });
            }
        }
        Pool {
            form: a_form(),
            entries: entries.into_iter().collect(),
            sheets,
            judge_weights: BTreeMap::new(),
        }
    }

    fn shown(standing: &Standing) -> String {
        let words = standing.rows.iter().map(|row| format!("{}{}", row.place.first, row.entry));
        words.collect::<Vec<_>>().join(" ")
    }

    fn by(chain: &[TieStep]) -> Rules {
        Rules { chain: chain.to_vec(), ..Rules::default() }
    }

    #[test]
    fn equal_scores_share_a_place_unless_the_chain_parts_them() {
        // a and b have the same sum; the judges prefer b two to one; b has the better idea marks; medians differ.
        let pool = a_pool(&[
            "a j 9 9 0",
            "a k 4 4 0",
            "a l 4 4 0",
            "b j 7 1 0",
            "b k 8 5 0",
            "b l 8 5 0",
            "c j 1 1 1",
        ]);
        for (chain, expected) in [
            (vec![], "1a 1b 3c"),
            (vec![TieStep::Criterion("idea".into())], "1b 2a 3c"),
            (vec![TieStep::Criterion("art".into())], "1a 2b 3c"),
            (vec![TieStep::Criterion("extra".into())], "1a 1b 3c"),
            (vec![TieStep::Criterion("extra".into()), TieStep::HeadToHead], "1b 2a 3c"),
            (vec![TieStep::Median], "1b 2a 3c"),
            (vec![TieStep::Lot], "1a 1b 3c"),
        ] {
            assert_eq!(shown(&standing(&pool, &by(&chain)).unwrap()), expected, "{chain:?}");
        }
    }

    #[test]
    fn the_lot_and_the_chair_split_what_is_left() {
        let pool = a_pool(&["a j 5 5 5", "b j 5 5 5", "c j 5 5 5"]);
        let mut rules = by(&[TieStep::HeadToHead, TieStep::Lot]);
        rules.lot_seed = Some("2024".into());
        let drawn = standing(&pool, &rules).unwrap();
        let mut expected = ["a", "b", "c"];
        expected.sort_by_key(|entry| lot("2024", entry));
        assert_eq!(drawn.rows.iter().map(|row| row.entry.as_str()).collect::<Vec<_>>(), expected);
        assert!(drawn.rows.iter().all(|row| row.split_by == Some(TieStep::Lot)));

        let mut rules = by(&[TieStep::Chair]);
        rules.rulings = vec![
            Ruling { order: vec!["a".into(), "b".into()], reason: "names only two of the three".into() },
            Ruling { order: vec!["c".into(), "a".into(), "b".into()], reason: "the panel talked".into() },
        ];
        assert_eq!(shown(&standing(&pool, &rules).unwrap()), "1c 2a 3b");
    }

    #[test]
    fn those_still_level_in_the_head_to_head_are_compared_among_themselves() {
        // d loses to all; a beats b only, b beats nobody but d, c draws with a and b: a 2.5, c 2, b 1.5, d 0 points.
        let pool = a_pool(&[
            "a j 6 6 0",
            "b j 5 5 0",
            "a k 6 6 0",
            "b k 7 7 0",
            "a l 3 3 0",
            "b l 3 3 0",
            "c j 5 5 0",
            "c k 5 5 0",
            "c l 5 5 0",
        ]);
        let standing = standing(&pool, &by(&[TieStep::HeadToHead])).unwrap();
        // a over c: 6>5, 6>5, 3<5: a wins. b against c: 5=5, 7>5, 3<5: draw. a against b: 6>5, 6<7, 3=3: draw.
        assert_eq!(shown(&standing), "1a 2b 3c");
        assert_eq!(standing.ties.len(), 1);
    }

    #[test]
    fn sheets_that_cannot_count_are_named() {
        let pool = a_pool(&["a j 9 9 1", "b j 9 - 1", "b k 11 9 1", "c"]);
        let standing = standing(&pool, &Rules::default()).unwrap();
        assert_eq!(shown(&standing), "1a");
        assert_eq!(standing.unranked, ["b", "c"]);
        let whys: Vec<&WhyLeftOut> = standing.left_out.iter().map(|left_out| &left_out.why).collect();
        assert_eq!(whys, [&WhyLeftOut::Missing("art".into()), &WhyLeftOut::OutOfRange("idea".into())]);
    }

    #[test]
    fn an_optional_criterion_left_empty_once_counts_for_nobody() {
        let standing = standing(&a_pool(&["a j 9 9 0", "b j 8 8 -"]), &Rules::default()).unwrap();
        assert_eq!(standing.dropped_criteria, ["extra"]);
        assert_eq!(standing.rows[0].score, Ratio::whole(90));
    }

    #[test]
    fn a_pool_that_contradicts_itself_is_refused() {
        let mut weightless = a_pool(&["a j 1 1 1"]);
        weightless.judge_weights.insert("j".into(), 0);
        let mut unknown = a_pool(&["a j 1 1 1"]);
        unknown.entries.clear();
        let mut twice = a_pool(&["a j 1 1 1"]);
        twice.entries.push("a".into());
        for (pool, refusal) in [
            (weightless, BadPool::NoWeight("j".into())),
            (unknown, BadPool::UnknownEntry("a".into())),
            (twice, BadPool::EntryTwice("a".into())),
            (
                a_pool(&["a j 1 1 1", "a j 2 2 2"]),
                BadPool::SheetTwice { entry: "a".into(), judge: "j".into() },
            ),
        ] {
            assert_eq!(standing(&pool, &Rules::default()), Err(refusal));
        }
        let chain = by(&[TieStep::Criterion("smell".into())]);
        assert_eq!(standing(&a_pool(&["a"]), &chain), Err(BadPool::UnknownCriterion("smell".into())));
    }

    #[test]
    fn calibrated_scores_are_tied_at_the_declared_precision() {
        let pool = a_pool(&["a j 9 9 9", "b j 8 8 8"]);
        let scores = [("a", 81.233), ("b", 81.2349)];
        let scores =
            scores.map(|(entry, score)| (entry.to_owned(), Ratio::nearest(score, 2).unwrap())).into();
        assert_eq!(shown(&standing_of(&scores, &pool, &Rules::default()).unwrap()), "1a 1b");
        assert_eq!(shown(&standing_of(&scores, &pool, &by(&[TieStep::Median])).unwrap()), "1a 2b");
    }

    proptest::proptest! {
        #[test]
        fn the_order_of_sheets_does_not_matter(
            marks in proptest::collection::vec((0_usize..4, 0_i64..4, 0_i64..4), 1..20), turn in 0_usize..20,
        ) {
            let mut pool = a_pool(&["a", "b", "c", "d"]);
            for (number, (entry, idea, art)) in marks.into_iter().enumerate() {
                pool.sheets.push(Sheet {
                    entry: ["a", "b", "c", "d"][entry].into(),
                    judge: format!("j{number}"),
                    marks: vec![Some(idea * TEN_THOUSAND), Some(art * TEN_THOUSAND), Some(0)],
                });
            }
            let rules = by(&[TieStep::Criterion("art".into()), TieStep::HeadToHead, TieStep::Median]);
            let before = standing(&pool, &rules).unwrap();
            let turn = turn % pool.sheets.len();
            pool.sheets.rotate_left(turn);
            pool.entries.reverse();
            proptest::prop_assert_eq!(standing(&pool, &rules).unwrap(), before);
        }

        /// Half of every mark keeps the order, and so does one more judge who finds everything equal.
        #[test]
        fn scaling_and_an_even_judge_keep_the_ranking(marks in proptest::collection::vec((0_i64..10, 0_i64..10), 4)) {
            let lines: Vec<String> = ["a", "b", "c", "d"].iter().zip(&marks)
                .map(|(entry, (idea, art))| format!("{entry} j {idea} {art} 0")).collect();
            let mut pool = a_pool(&lines.iter().map(String::as_str).collect::<Vec<_>>());
            let before = shown(&standing(&pool, &Rules::default()).unwrap());
            for sheet in &mut pool.sheets {
                sheet.marks.iter_mut().flatten().for_each(|mark| *mark /= 2);
            }
            proptest::prop_assert_eq!(&shown(&standing(&pool, &Rules::default()).unwrap()), &before);
            for entry in ["a", "b", "c", "d"] {
                pool.sheets.push(Sheet { entry: entry.into(), judge: "k".into(), marks: vec![Some(70_000); 3] });
            }
            proptest::prop_assert_eq!(&shown(&standing(&pool, &Rules::default()).unwrap()), &before);
        }
    }
}
