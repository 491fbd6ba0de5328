use hoithi::{
    base::{ids::AccountId, ids::EntryId},
    features::{
        accounts::OfficeRole,
        judging::{
            self, NewDraw,
            assigning::{AssignError, DrawError, DrawOutcome},
            store,
        },
    },
};

use crate::support::{JudgedPool, Stage};

async fn draw(stage: &Stage, judged: &JudgedPool, each: usize) -> Result<DrawOutcome, DrawError> {
    let (officer, pool, now) = (stage.person_of(&judged.officer).await, judged.pool.clone(), stage.now());
    let new = NewDraw { judges_per_entry: Some(each), seed: None };
    stage.write(move |db| judging::draw_assignments(db, &officer, &pool, &new, now)).await
}

async fn assign(
    stage: &Stage,
    judged: &JudgedPool,
    entry: &EntryId,
    judge: &AccountId,
) -> Result<(), AssignError> {
    let (officer, pool, now) = (stage.person_of(&judged.officer).await, judged.pool.clone(), stage.now());
    let (entry, judge) = (entry.clone(), judge.clone());
    stage.write(move |db| judging::assign(db, &officer, &pool, &entry, &judge, now)).await.map(drop)
}

#[actix_web::test]
async fn the_draw_is_balanced_and_each_judge_has_an_own_order() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(8, 4, 2).await;
    let mut orders = Vec::new();
    for judge in 0..4 {
        let desk = stage.desk_of(&judged, judge).await;
        assert_eq!(desk.len(), 4);
        orders.push(desk);
    }
    let pool = stage.pool_of(&judged).await;
    assert_eq!(pool.draw_seed.as_deref(), Some("a seed"));
    // The same seed draws the same: nothing is added, nothing ends.
    let again = draw(&stage, &judged, 2).await.unwrap();
    assert_eq!((again.added, again.ended), (0, 0));
    assert_eq!(again.seed, "a seed");
    for (judge, order) in orders.iter().enumerate().take(4) {
        assert_eq!(&stage.desk_of(&judged, judge).await, order);
    }
}

#[actix_web::test]
async fn a_new_draw_keeps_what_was_given_and_begun() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(6, 3, 1).await;
    let desk = stage.desk_of(&judged, 2).await;
    stage.give_sheet(&judged, 2, &desk[0], 5).await;
    draw(&stage, &judged, 2).await.unwrap();
    let now_has = stage.desk_of(&judged, 2).await;
    assert!(now_has.contains(&desk[0]));
    let pool = judged.pool.clone();
    let open = stage.read(move |db| store::list_assignments(db, &pool)).await.unwrap();
    assert_eq!(open.len(), 12);
}

#[actix_web::test]
async fn what_cannot_be_drawn_is_answered_with_the_entries_that_lack_judges() {
    let stage = Stage::new();
    let judged = stage.a_panel(3, 2).await;
    // The second judge is a member of the first entry's commune.
    stage.give_office(&judged.judges[1].0, &judged.communes[0], OfficeRole::Member).await;
    let refused = draw(&stage, &judged, 2).await.unwrap_err();
    let DrawError::LackJudges { entries, n, wanted, possible } = refused else { panic!("{refused}") };
    assert_eq!((entries.as_str(), n, wanted, possible), ("BT-0001", 1, 2, 1));
    let drawn = draw(&stage, &judged, 1).await.unwrap();
    assert_eq!(drawn.added, 3);
    assert!(!stage.desk_of(&judged, 1).await.contains(&judged.entries[0]));
    let refused = assign(&stage, &judged, &judged.entries[0], &judged.judges[1].0).await;
    assert!(matches!(refused, Err(AssignError::InConflict { .. })), "{refused:?}");
}

#[actix_web::test]
async fn by_hand_goes_what_the_rules_allow() {
    let stage = Stage::new();
    let judged = stage.a_panel(2, 1).await;
    let (entry, judge) = (judged.entries[0].clone(), judged.judges[0].0.clone());
    assign(&stage, &judged, &entry, &judge).await.unwrap();
    assert!(matches!(assign(&stage, &judged, &entry, &judge).await, Err(AssignError::AlreadyAssigned)));
    let (stranger, _) = stage.a_person("Người Lạ").await;
    assert!(matches!(assign(&stage, &judged, &entry, &stranger).await, Err(AssignError::NotOnPanel)));
    assert!(matches!(
        assign(&stage, &judged, &EntryId::generate(), &judge).await,
        Err(AssignError::NotFound)
    ));

    let (officer, pool, now) = (stage.person_of(&judged.officer).await, judged.pool.clone(), stage.now());
    let (by, of, who) = (officer.clone(), entry.clone(), judge.clone());
    stage.write(move |db| judging::open_judging(db, &officer, &pool, now)).await.unwrap();
    stage.give_sheet(&judged, 0, &entry, 5).await;
    let pool = judged.pool.clone();
    let refused =
        stage.write(move |db| judging::end_assignment(db, &by, &pool, &of, &who, "Đổi người", now)).await;
    assert!(matches!(refused, Err(AssignError::SheetGiven)));
}
