//! The chain against ties on made-up scores.

use hoithi::features::contests::{
    Aggregation, ContestStatus, Declared, TieStep,
    chain_run::run_chain,
    checklist::{can_open, what_is_missing},
    show_chains, store,
};

use crate::support::Stage;

#[actix_web::test]
async fn five_equal_entries_are_told_apart_by_the_declared_steps() {
    let stage = Stage::new();
    let judged = stage.a_panel(1, 1).await;
    let mut round = judged.round.clone();
    let first = judged.criteria[0].id.clone();
    for (chain, splits) in [
        (vec![], 0),
        (vec![TieStep::Criterion { criterion: first.clone() }], 1),
        (vec![TieStep::Median], 1),
        (vec![TieStep::HeadToHead], 1),
        (vec![TieStep::Chair], 0),
        (vec![TieStep::Criterion { criterion: first.clone() }, TieStep::Median, TieStep::Lot], 3),
    ] {
        round.tie_chain.0 = chain.clone();
        let run = run_chain(&round, &judged.criteria).unwrap();
        assert!(run.entries.iter().all(|(_, _, mean)| *mean == run.entries[0].2), "all means are equal");
        assert!(run.standing.ties.len() >= splits, "{chain:?}: {:?}", run.standing.ties);
        assert_eq!(run.standing.ties.is_empty(), splits == 0);
    }
    // A lot at the end leaves no tie.
    round.tie_chain.0 = vec![TieStep::HeadToHead, TieStep::Lot];
    round.aggregation = Aggregation::Mean;
    let run = run_chain(&round, &judged.criteria).unwrap();
    assert!(run.standing.rows.iter().all(|row| !row.place.is_shared()));
    assert!(run_chain(&round, &[]).is_none());
}

#[actix_web::test]
async fn a_chain_that_nobody_has_seen_is_on_the_checklist_until_it_is_shown() {
    let stage = Stage::new();
    let judged = stage.a_panel(1, 1).await;
    let (id, now) = (judged.contest.id.clone(), stage.now());
    stage
        .write(move |db| -> Result<(), hoithi::infra::db::DbError> {
            let mut contest = store::find(db, &id)?.unwrap();
            contest.status = ContestStatus::Draft;
            store::save(db, &contest)
        })
        .await
        .unwrap();
    stage.change_round(&judged, |round| round.tie_chain.0 = vec![TieStep::HeadToHead]).await;
    let unseen = async || {
        let id = judged.contest.id.clone();
        let declared = stage
            .read(move |db| {
                let contest = store::find(db, &id)?.unwrap();
                Ok(Declared::load(db, contest)?.unwrap())
            })
            .await
            .unwrap();
        let missing = what_is_missing(&declared, now);
        let flagged: Vec<_> =
            missing.iter().filter(|item| item.what.key == "contests-missing-chain-shown").cloned().collect();
        assert!(can_open(&flagged), "it is said, and does not keep the contest from opening");
        flagged.len()
    };
    let scored = unseen().await;
    assert!(scored > 0);
    let (person, id) = (stage.person_of(&judged.officer).await, judged.contest.id.clone());
    stage.write(move |db| show_chains(db, &person, &id, now)).await.unwrap();
    assert_eq!(unseen().await, 0);
    // Another chain is another thing to look at.
    stage.change_round(&judged, |round| round.tie_chain.0 = vec![TieStep::Median]).await;
    assert_eq!(unseen().await, 1);
    let mut officer = judged.officer.again();
    let address = format!("/manage/contests/{}/ties", judged.contest.slug.as_str());
    let page = officer.get(&address).await;
    assert!(page.status.is_success() && page.body.contains("trung vị cao hơn"), "{}", page.body);
    assert_eq!(officer.post(&address, &[]).await.status.as_u16(), 303);
    assert_eq!(unseen().await, 0);
}
