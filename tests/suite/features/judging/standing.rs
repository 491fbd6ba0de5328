use std::collections::HashMap;

use hoithi::{
    base::{ids::EntryId, lang::Lang},
    features::{
        contests::{Aggregation, RoundMethod, TieStep},
        judging::standing::{Standing, standing_of},
    },
};

use crate::support::{JudgedPool, Stage};

async fn standing(stage: &Stage, judged: &JudgedPool, votes: &[(usize, i64)]) -> Standing {
    let pool = stage.pool_of(judged).await;
    let votes: HashMap<EntryId, i64> =
        votes.iter().map(|(entry, count)| (judged.entries[*entry].clone(), *count)).collect();
    stage.read(move |db| standing_of(db, &pool, &votes)).await.unwrap()
}

fn places(judged: &JudgedPool, standing: &Standing) -> Vec<Option<i32>> {
    judged.entries.iter().map(|entry| standing.row(entry).unwrap().place).collect()
}

#[actix_web::test]
async fn equal_scores_share_a_place_and_the_next_is_skipped() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(5, 2, 2).await;
    for (entry, (one, two)) in [(8, 8), (6, 6), (4, 8), (2, 2)].into_iter().enumerate() {
        stage.give_sheet(&judged, 0, &judged.entries[entry], one).await;
        stage.give_sheet(&judged, 1, &judged.entries[entry], two).await;
    }
    let found = standing(&stage, &judged, &[]).await;
    assert_eq!(places(&judged, &found), [Some(1), Some(2), Some(2), Some(4), None]);
    let second = found.row(&judged.entries[1]).unwrap();
    assert!(second.is_tied);
    assert_eq!((second.sheets_in, second.sheets_due), (2, 2));
    assert_eq!(second.score_text(Lang::Vi), "60,00");
    assert_eq!(second.by_judge.len(), 2);
    assert_eq!(found.sheets_missing(), 2);
    assert_eq!(standing(&stage, &judged, &[]).await.hash, found.hash);

    // The median tells apart what the mean does not; a chain is declared before the round.
    stage
        .change_round(&judged, |round| {
            round.aggregation = Aggregation::Mean;
            round.tie_chain.0 = vec![TieStep::HeadToHead];
        })
        .await;
    let found = standing(&stage, &judged, &[]).await;
    // One judge prefers the second, the other the third: the step splits nothing.
    assert_eq!(places(&judged, &found), [Some(1), Some(2), Some(2), Some(4), None]);

    let first = judged.criteria[0].id.clone();
    stage
        .change_round(&judged, move |round| {
            round.aggregation = Aggregation::Median;
            round.tie_chain.0 = vec![TieStep::Criterion { criterion: first.clone() }, TieStep::Lot];
            round.lot_seed = "committed".into();
        })
        .await;
    let found = standing(&stage, &judged, &[]).await;
    // The seed of the lot is not revealed while sheets can still change.
    assert_eq!(places(&judged, &found), [Some(1), Some(2), Some(2), Some(4), None]);
}

#[actix_web::test]
async fn votes_weigh_what_was_declared() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(3, 1, 1).await;
    for (entry, tenths) in [10, 8, 8].into_iter().enumerate() {
        stage.give_sheet(&judged, 0, &judged.entries[entry], tenths).await;
    }
    stage
        .change_round(&judged, |round| {
            round.method = RoundMethod::Combined;
            round.vote_weight = 20;
        })
        .await;
    // 80 + 0, 64 + 20, 64 + 10.
    let found = standing(&stage, &judged, &[(0, 0), (1, 200), (2, 100)]).await;
    assert_eq!(places(&judged, &found), [Some(2), Some(1), Some(3)]);
    let texts: Vec<String> =
        judged.entries.iter().map(|entry| found.row(entry).unwrap().score_text(Lang::En)).collect();
    assert_eq!(texts, ["80.00", "84.00", "74.00"]);
    let votes = found.weights[1];
    assert!((votes.declared - 20.0).abs() < 1e-9);
    assert!(votes.effective > 20.0, "{votes:?}");

    stage
        .change_round(&judged, |round| {
            round.method = RoundMethod::Vote;
            round.tie_chain.0.clear();
        })
        .await;
    let found = standing(&stage, &judged, &[(0, 7), (1, 9), (2, 7)]).await;
    assert_eq!(places(&judged, &found), [Some(2), Some(1), Some(2)]);
    assert_eq!(found.row(&judged.entries[1]).unwrap().score_text(Lang::Vi), "9");

    stage.change_round(&judged, |round| round.method = RoundMethod::Decide).await;
    let found = standing(&stage, &judged, &[]).await;
    assert_eq!(places(&judged, &found), [None, None, None]);
    assert_eq!(found.rows.len(), 3);
}

#[actix_web::test]
async fn the_standing_costs_the_same_queries_for_many_entries_as_for_few() {
    let mut costs = Vec::new();
    for n_entries in [2, 9] {
        let stage = Stage::new();
        let judged = stage.a_judged_pool(n_entries, 1, 1).await;
        for entry in &judged.entries {
            stage.give_sheet(&judged, 0, entry, 5).await;
        }
        let pool = stage.pool_of(&judged).await;
        costs.push(
            stage
                .count_queries(async || {
                    stage.read(move |db| standing_of(db, &pool, &HashMap::new())).await.unwrap();
                })
                .await,
        );
    }
    assert_eq!(costs[0], costs[1]);
}
