use hoithi::features::{
    contests::{EntryKind, RoundMethod},
    publication::statistics::of_contest,
    selection::Outcome,
};
use serde_json::json;

use crate::support::Stage;

#[actix_web::test]
async fn the_figures_have_the_shape_that_programs_read_and_add_up() {
    let stage = Stage::new();
    let small = stage
        .a_small_contest(&[
            ("province", RoundMethod::Decide, Some(1)),
            ("central", RoundMethod::Decide, None),
        ])
        .await;
    let first = stage.an_entry_in(&small, "Một", &small.branch, EntryKind::Individual).await;
    let second = stage.an_entry_in(&small, "Hai", &small.communes[0], EntryKind::Collective).await;
    stage.an_entry_in(&small, "Ba", &small.district, EntryKind::NotRecorded).await;
    let pool = stage.pool_at(&small, 0, &small.province).await;
    stage
        .decided(&small.provincial, &pool, &[(&first, Outcome::Nominated), (&second, Outcome::Chosen)])
        .await;
    let contest = small.contest.clone();
    let figures = stage.read(move |db| of_contest(db, &contest)).await.unwrap();
    // Three communes (the police unit stands at their level), one branch: communes are counted, and the branch's entry
    // is its commune's.
    assert_eq!(
        serde_json::to_value(&figures).unwrap(),
        json!({
            "entries": {
                "total": 3,
                "by_level": { "branch": 1, "commune": 1, "district": 1 },
                "by_kind": { "individual": 1, "collective": 1, "not_recorded": 1 },
                "by_tool": { "Canva": 3 }
            },
            "units": { "total": 3, "taking_part": 1 },
            "funnel": [
                { "round": 1, "name": "Vòng 1", "pool_level": "province", "received": 3, "chosen": 2, "nominated": 1 },
                { "round": 2, "name": "Vòng 2", "pool_level": "central", "received": 0, "chosen": 0, "nominated": 0 }
            ]
        })
    );
}

#[actix_web::test]
async fn the_number_of_queries_does_not_grow_with_the_contest() {
    let stage = Stage::new();
    let small = stage.a_small_contest(&[("province", RoundMethod::Decide, None)]).await;
    let count = async || {
        let contest = small.contest.clone();
        stage
            .count_queries(async || drop(stage.read(move |db| of_contest(db, &contest)).await.unwrap()))
            .await
    };
    stage.an_entry_in(&small, "Một", &small.branch, EntryKind::Individual).await;
    let few = count().await;
    for n in 0..10 {
        stage.an_entry_in(&small, &format!("Bài {n}"), &small.communes[1], EntryKind::Collective).await;
    }
    assert_eq!(count().await, few);
}
