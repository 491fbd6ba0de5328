//! Closing by quorum: sheets count, whoever gave them and whether or not the judge is still there.

use hoithi::features::{
    contests::{self, AssignmentWay, RoundDesk},
    judging::{self, PanelRole, closing::JudgingError, quorum::Quorum, store},
    selection::{self, DecideError, Outcome},
};

use crate::support::{JudgedPool, Stage, a_decision};

async fn desk(stage: &Stage, desk: RoundDesk) {
    stage.write(move |db| contests::store::put_round_desk(db, &desk)).await.unwrap();
}

async fn a_pool_with_quorum(stage: &Stage, quorum: i32) -> JudgedPool {
    let judged = stage.a_judged_pool(2, 3, 3).await;
    desk(stage, RoundDesk { quorum, ..RoundDesk::plain(&judged.round.id) }).await;
    judged
}

async fn close(stage: &Stage, judged: &JudgedPool, reason: &'static str) -> Result<(), JudgingError> {
    let (officer, pool, now) = (stage.person_of(&judged.officer).await, judged.pool.clone(), stage.now());
    stage.write(move |db| judging::close_judging(db, &officer, &pool, reason, now)).await.map(drop)
}

async fn below(stage: &Stage, judged: &JudgedPool) -> String {
    match close(stage, judged, "Hết giờ").await {
        Err(JudgingError::BelowQuorum { named, .. }) => named,
        other => panic!("{other:?}"),
    }
}

#[actix_web::test]
async fn the_judging_ends_with_the_quorum_and_not_before() {
    let stage = Stage::new();
    let judged = a_pool_with_quorum(&stage, 2).await;
    let (one, two) = (judged.entries[0].clone(), judged.entries[1].clone());
    // No reason is good enough below it, and no decision goes round it.
    assert_eq!(below(&stage, &judged).await, "BT-0001 (0), BT-0002 (0)");
    stage.give_sheet(&judged, 0, &one, 5).await;
    stage.give_sheet(&judged, 1, &one, 5).await;
    stage.give_sheet(&judged, 1, &two, 5).await;
    assert_eq!(below(&stage, &judged).await, "BT-0002 (1)");
    let (officer, pool, now) = (stage.person_of(&judged.officer).await, judged.pool.clone(), stage.now());
    let new = a_decision(&[(&one, Outcome::Chosen)]);
    let refused = stage.write(move |db| selection::decide(db, &officer, &pool, &new, now)).await;
    assert!(matches!(refused, Err(DecideError::BelowQuorum { n: 1, needed: 2, .. })), "{refused:?}");
    // With it nobody has to say why the third judge is not waited for.
    stage.give_sheet(&judged, 0, &two, 5).await;
    close(&stage, &judged, "").await.unwrap();
}

#[actix_web::test]
async fn who_leaves_takes_no_sheet_along_and_who_joins_adds_one() {
    let stage = Stage::new();
    let judged = a_pool_with_quorum(&stage, 2).await;
    let (one, two) = (judged.entries[0].clone(), judged.entries[1].clone());
    stage.give_sheet(&judged, 1, &one, 5).await;
    stage.give_sheet(&judged, 1, &two, 5).await;
    stage.give_sheet(&judged, 2, &one, 5).await;
    let (officer, now) = (stage.person_of(&judged.officer).await, stage.now());
    for judge in [1, 2] {
        let (by, pool, account) = (officer.clone(), judged.pool.clone(), judged.judges[judge].0.clone());
        stage.write(move |db| judging::remove_judge(db, &by, &pool, &account, "Ốm", now)).await.unwrap();
    }
    // What they gave counts; what they owed does not, and the quorum stays what it was.
    assert_eq!(below(&stage, &judged).await, "BT-0002 (1)");

    let (newcomer, guest) = stage.a_person("Lê Thị Mới").await;
    stage.seat(&judged, &newcomer, PanelRole::Judge).await;
    let (by, pool, of, account) = (officer.clone(), judged.pool.clone(), two.clone(), newcomer.clone());
    stage.write(move |db| judging::assign(db, &by, &pool, &of, &account, now)).await.unwrap();
    let (person, pool, of, typed) =
        (stage.person_of(&guest).await, judged.pool.clone(), two.clone(), judged.typed(6));
    stage.write(move |db| judging::submit_sheet(db, &person, &pool, &of, &typed, now)).await.unwrap();
    let pool = stage.pool_of(&judged).await;
    let quorum = stage.read(move |db| Quorum::of(db, &pool)).await.unwrap();
    assert!(quorum.is_reached(), "{quorum:?}");

    // A voided sheet is gone: the quorum is lost again, until somebody else scores the entry.
    let (pool, account) = (judged.pool.clone(), judged.judges[2].0.clone());
    stage
        .write(move |db| -> Result<(), judging::sheets::VoidSheetError> {
            let sheet = store::find_sheet_of(db, &pool, &one, &account)?.unwrap();
            judging::void_sheet(db, &officer, &sheet.id, "Chấm nhầm bài", now).map(drop)
        })
        .await
        .unwrap();
    assert_eq!(below(&stage, &judged).await, "BT-0001 (1)");
    stage.give_sheet(&judged, 0, &judged.entries[0], 5).await;
    close(&stage, &judged, "").await.unwrap();
}

#[actix_web::test]
async fn an_entry_that_nobody_was_to_score_is_not_forgotten_in_silence() {
    let stage = Stage::new();
    let judged = stage.a_panel(2, 1).await;
    desk(&stage, RoundDesk { assignment: AssignmentWay::Pull, ..RoundDesk::plain(&judged.round.id) }).await;
    let (officer, judge, pool, now) = (
        stage.person_of(&judged.officer).await,
        stage.person_of(&judged.judges[0].1).await,
        judged.pool.clone(),
        stage.now(),
    );
    let taken = stage
        .write(move |db| -> Result<_, judging::assigning::PullError> {
            judging::open_judging(db, &officer, &pool, now).unwrap();
            judging::pull_next(db, &judge, &pool, now)
        })
        .await
        .unwrap();
    stage.give_sheet(&judged, 0, &taken, 5).await;
    let left = if taken == judged.entries[0] { "BT-0002" } else { "BT-0001" };
    match close(&stage, &judged, "").await {
        Err(JudgingError::Forgotten { n: 1, named }) => assert_eq!(named, left),
        other => panic!("{other:?}"),
    }
    let mut head = judged.judges[0].1.again();
    let page = head.get(&format!("/manage/pools/{}/progress", judged.pool)).await.body;
    assert!(page.contains(left) && page.contains("chưa giao cho giám khảo nào"), "{page}");
    close(&stage, &judged, "Tác giả xin rút").await.unwrap();
}
