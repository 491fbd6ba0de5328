//! The draw: flow, connection, improvement, report.

use std::collections::{BTreeMap, BTreeSet};

use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use sha2::{Digest, Sha256};

use super::costs::Problem;
use super::{Impossible, Quality, Request, connect, flow, improve, quality};

#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// Of every entry, those given included.
    pub judges: BTreeMap<String, BTreeSet<String>>,
    pub quality: Quality,
}

impl Drawn {
    pub fn judges_of(&self, entry: &str) -> Vec<&str> {
        self.judges.get(entry).into_iter().flatten().map(String::as_str).collect()
    }

    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.judges
            .iter()
            .flat_map(|(entry, judges)| judges.iter().map(move |judge| (entry.as_str(), judge.as_str())))
    }
}

/// The same request gives the same draw, whatever order its names came in.
pub fn draw(request: &Request) -> Result<Drawn, Impossible> {
    let problem = Problem::new(request);
    let mut judges_of = flow::cheapest(&problem)?;
    let mut random = ChaCha20Rng::from_seed(Sha256::digest(&request.seed).into());
    connect::connect(&problem, &mut judges_of, &mut random);
    improve::improve(&problem, &mut judges_of, &mut random);
    let named =
        |judges: &BTreeSet<usize>| judges.iter().map(|judge| problem.judges[*judge].to_owned()).collect();
    let offered: Vec<bool> = problem.judges.iter().map(|judge| request.judges.contains_key(*judge)).collect();
    let entries = problem.entries.iter().zip(&judges_of);
    Ok(Drawn {
        judges: entries.map(|(entry, judges)| ((*entry).to_owned(), named(judges))).collect(),
        quality: quality::quality(&judges_of, &problem.judges, &offered),
    })
}

#[cfg(test)]
mod tests {
    use super::super::JudgeOffer;
    use super::*;

    fn a_request(n_entries: usize, n_judges: usize, each: usize) -> Request {
        Request {
            entries: (0..n_entries).map(|entry| (format!("e{entry:03}"), each)).collect(),
            judges: (0..n_judges).map(|judge| (format!("j{judge:02}"), JudgeOffer::default())).collect(),
            seed: "2024".into(),
            ..Request::default()
        }
    }

    fn pair(entry: &str, judge: &str) -> (String, String) {
        (entry.into(), judge.into())
    }

    #[test]
    fn a_random_balanced_design_is_close_to_the_bound() {
        let drawn = draw(&a_request(60, 12, 3)).unwrap();
        let quality = &drawn.quality;
        assert!(drawn.judges.values().all(|judges| judges.len() == 3));
        assert_eq!((quality.components, quality.min_load, quality.max_load, quality.bridges), (1, 15, 15, 0));
        assert!((quality.bound.unwrap() - 2.0 / 3.0).abs() < 1e-12);
        // Random balanced designs of this size have 0.717 on average, and 0.739 at the worst twentieth.
        assert!(quality.mean_variance.unwrap() < 0.72, "{quality:?}");
        assert!(quality.variance_95.unwrap() < 0.78, "{quality:?}");
        assert!(quality.algebraic_connectivity.unwrap() > 5.0);
        assert_eq!(draw(&a_request(60, 12, 3)).unwrap(), drawn);
        assert_ne!(
            draw(&Request { seed: "2025".into(), ..a_request(60, 12, 3) }).unwrap().judges,
            drawn.judges
        );
    }

    #[test]
    fn forbidden_pairs_and_capacities_are_kept_and_given_pairs_stay() {
        let mut request = a_request(10, 4, 2);
        request.judges.insert("j00".into(), JudgeOffer { capacity: 2 });
        request.forbidden = (0..9).map(|entry| pair(&format!("e{entry:03}"), "j01")).collect();
        request.given = [pair("e000", "gone"), pair("e001", "j01")].into();
        let drawn = draw(&request).unwrap();
        assert!(drawn.judges_of("e000").contains(&"gone"));
        assert_eq!(drawn.judges_of("e000").len(), 2);
        let load = |judge: &str| drawn.pairs().filter(|(_, named)| *named == judge).count();
        assert_eq!((load("gone"), load("j00"), load("j01"), load("j02") + load("j03")), (1, 2, 2, 15));
        assert!(drawn.judges_of("e001").contains(&"j01") && drawn.judges_of("e009").contains(&"j01"));
    }

    #[test]
    fn an_impossible_request_is_answered_with_the_entries_that_lack_judges() {
        let mut request = a_request(4, 3, 2);
        request.forbidden = [pair("e002", "j00"), pair("e002", "j01")].into();
        let refusal = draw(&request).unwrap_err();
        assert_eq!((refusal.entries, refusal.wanted, refusal.possible), (vec!["e002".to_owned()], 2, 1));

        let mut request = a_request(4, 3, 2);
        request.judges.values_mut().for_each(|offer| offer.capacity = 2);
        let refusal = draw(&request).unwrap_err();
        assert_eq!((refusal.entries.len(), refusal.wanted, refusal.possible), (4, 8, 6));
        assert_eq!(refusal.full_judges, ["j00", "j01", "j02"]);
        assert!(refusal.to_string().starts_with("4 entries need 8 more sheets"));

        assert!(draw(&Request { judges: BTreeMap::new(), ..a_request(2, 0, 1) }).is_err());
    }

    #[test]
    fn separate_panels_are_joined_where_the_rules_allow_it() {
        // Expertise pulls the judges into two rooms.
        let mut request = a_request(12, 6, 3);
        for entry in 0..12 {
            for judge in 0..6 {
                let fit = if (entry < 6) == (judge < 3) { 100 } else { 0 };
                request.expertise.insert(pair(&format!("e{entry:03}"), &format!("j{judge:02}")), fit);
            }
        }
        let drawn = draw(&request).unwrap();
        assert_eq!((drawn.quality.components, drawn.quality.min_load, drawn.quality.max_load), (1, 6, 6));
        // Where the rooms are a rule they stay, and the report says that there are two.
        request.forbidden =
            request.expertise.iter().filter(|(_, fit)| **fit == 0).map(|(pair, _)| pair.clone()).collect();
        let quality = draw(&request).unwrap().quality;
        assert_eq!((quality.components, quality.mean_variance), (2, None));
        assert!(quality.algebraic_connectivity.unwrap().abs() < 1e-9);
    }

    #[test]
    fn expertise_decides_among_equal_loads() {
        let mut request = a_request(6, 6, 1);
        for number in 0..6 {
            request.expertise.insert(pair(&format!("e{number:03}"), &format!("j{:02}", 5 - number)), 80);
        }
        let drawn = draw(&request).unwrap();
        assert_eq!(drawn.judges_of("e001"), ["j04"]);
        assert_eq!(drawn.judges_of("e005"), ["j00"]);
    }

    #[test]
    fn nothing_asked_is_nothing_drawn() {
        assert!(draw(&Request::default()).unwrap().judges.is_empty());
        assert_eq!(draw(&a_request(3, 0, 0)).unwrap().quality.components, 0);
    }

    #[test]
    fn a_large_pool_is_drawn_in_moments() {
        let drawn = draw(&a_request(400, 20, 3)).unwrap();
        assert_eq!((drawn.quality.min_load, drawn.quality.max_load, drawn.quality.components), (60, 60, 1));
    }

    proptest::proptest! {
        /// Whatever is forbidden: either all is as asked, or the refusal counts right.
        #[test]
        fn the_draw_keeps_every_rule_or_shows_why_it_cannot(
            forbidden in proptest::collection::btree_set((0_usize..6, 0_usize..4), 0..20),
            capacities in proptest::collection::vec(0_usize..6, 4), each in 1_usize..4, seed in "[a-z]{3}",
        ) {
            let mut request = a_request(6, 4, each);
            request.seed = seed;
            for (offer, capacity) in request.judges.values_mut().zip(capacities) {
                offer.capacity = capacity;
            }
            request.forbidden =
                forbidden.into_iter().map(|(entry, judge)| pair(&format!("e{entry:03}"), &format!("j{judge:02}"))).collect();
            match draw(&request) {
                Ok(drawn) => {
                    proptest::prop_assert!(drawn.judges.values().all(|judges| judges.len() == each));
                    for (judge, offer) in &request.judges {
                        proptest::prop_assert!(drawn.pairs().filter(|(_, named)| named == judge).count() <= offer.capacity);
                    }
                    for (entry, judge) in drawn.pairs() {
                        proptest::prop_assert!(!request.forbidden.contains(&pair(entry, judge)));
                    }
                }
                Err(refusal) => {
                    proptest::prop_assert!(refusal.possible < refusal.wanted);
                    let room: usize = request.judges.iter().map(|(judge, offer)| {
                        let open = refusal.entries.iter().filter(|entry| !request.forbidden.contains(&pair(entry, judge)));
                        open.count().min(offer.capacity)
                    }).sum();
                    proptest::prop_assert!(room < refusal.wanted, "{room} {refusal:?}");
                }
            }
        }
    }
}
