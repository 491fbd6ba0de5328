use hoithi::features::judging::{
    self, NewJudge, PanelRole,
    panel::{AddJudgeError, RemoveJudgeError},
    store,
};

use crate::support::Stage;

#[actix_web::test]
async fn judges_have_numbers_that_stay_and_one_head() {
    let stage = Stage::new();
    let judged = stage.a_panel(1, 3).await;
    let (officer, now) = (stage.person_of(&judged.officer).await, stage.now());
    let (newcomer, _) = stage.a_person("Lê Thị Mới").await;
    let (other, _) = stage.a_person("Lê Thị Khác").await;
    let add = |account, role| {
        let (officer, pool) = (officer.clone(), judged.pool.clone());
        let new = NewJudge { account, role, max_entries: None };
        move |db: &mut hoithi::infra::db::Db| judging::add_judge(db, &officer, &pool, &new, now)
    };
    assert!(matches!(stage.write(add(other.clone(), PanelRole::Head)).await, Err(AddJudgeError::HeadTaken)));
    assert_eq!(stage.write(add(newcomer.clone(), PanelRole::Judge)).await.unwrap().number, 4);
    assert!(matches!(
        stage.write(add(newcomer.clone(), PanelRole::Judge)).await,
        Err(AddJudgeError::AlreadySeated)
    ));

    let (by, pool, account) = (officer.clone(), judged.pool.clone(), newcomer.clone());
    let leave = move |reason: &'static str| {
        let (by, pool, account) = (by.clone(), pool.clone(), account.clone());
        move |db: &mut hoithi::infra::db::Db| judging::remove_judge(db, &by, &pool, &account, reason, now)
    };
    assert!(matches!(stage.write(leave("")).await, Err(RemoveJudgeError::Invalid(_))));
    stage.write(leave("Đi công tác")).await.unwrap();
    assert!(matches!(stage.write(leave("Đi công tác")).await, Err(RemoveJudgeError::NotFound)));
    assert_eq!(stage.write(add(other, PanelRole::Judge)).await.unwrap().number, 5);
    // Whoever comes back has the old number.
    assert_eq!(stage.write(add(newcomer, PanelRole::Judge)).await.unwrap().number, 4);
}

#[actix_web::test]
async fn somebody_else_cannot_touch_a_panel() {
    let stage = Stage::new();
    let judged = stage.a_panel(1, 2).await;
    let elsewhere = stage.a_unit("Hội LHPN tỉnh Khác").level("province").make().await;
    let stranger = stage.an_officer(&elsewhere).await;
    for guest in [&stranger, &judged.judges[0].1, &judged.judges[1].1] {
        let (person, pool, now) = (stage.person_of(guest).await, judged.pool.clone(), stage.now());
        let new = NewJudge { account: person.id.clone(), role: PanelRole::Judge, max_entries: None };
        let refused = stage.write(move |db| judging::add_judge(db, &person, &pool, &new, now)).await;
        assert!(matches!(refused, Err(AddJudgeError::NotFound)));
    }
}

#[actix_web::test]
async fn a_judge_who_leaves_keeps_the_sheets_given_and_loses_the_rest() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(4, 2, 1).await;
    let desk = stage.desk_of(&judged, 1).await;
    assert_eq!(desk.len(), 2);
    stage.give_sheet(&judged, 1, &desk[0], 7).await;
    let (officer, now) = (stage.person_of(&judged.officer).await, stage.now());
    let (pool, account) = (judged.pool.clone(), judged.judges[1].0.clone());
    let by = officer.clone();
    stage.write(move |db| judging::remove_judge(db, &by, &pool, &account, "Ốm", now)).await.unwrap();

    let (newcomer, _) = stage.a_person("Lê Thị Thay").await;
    stage.seat(&judged, &newcomer, PanelRole::Judge).await;
    let (by, pool) = (officer, judged.pool.clone());
    let draw = judging::NewDraw { judges_per_entry: Some(1), seed: None };
    stage.write(move |db| judging::draw_assignments(db, &by, &pool, &draw, now)).await.unwrap();
    let pool = judged.pool.clone();
    let open = stage.read(move |db| store::list_assignments(db, &pool)).await.unwrap();
    let of = |judge: &hoithi::base::ids::AccountId| {
        open.iter().filter(|row| row.judge_id == *judge).map(|row| row.entry_id.clone()).collect::<Vec<_>>()
    };
    // The sheet that was given needs no other judge; its assignment stays as its record.
    assert_eq!(of(&judged.judges[1].0), [desk[0].clone()]);
    assert_eq!(of(&judged.judges[0].0).len() + of(&newcomer).len(), 3);
    let pool = stage.pool_of(&judged).await;
    let standing =
        stage.read(move |db| judging::standing::standing_of(db, &pool, &Default::default())).await.unwrap();
    assert_eq!(standing.row(&desk[0]).unwrap().place, Some(1));
}

#[actix_web::test]
async fn whoever_takes_a_place_takes_over_what_was_not_given() {
    use judging::panel::ReplaceJudgeError;
    let stage = Stage::new();
    let judged = stage.a_judged_pool(4, 2, 1).await;
    let desk = stage.desk_of(&judged, 1).await;
    stage.give_sheet(&judged, 1, &desk[0], 7).await;
    let (newcomer, _) = stage.a_person("Lê Thị Thay").await;
    // The newcomer belongs to the commune of what is left.
    let at = judged.entries.iter().position(|entry| *entry == desk[1]).unwrap();
    let code = format!("BT-{:04}", at + 1);
    stage.give_office(&newcomer, &judged.communes[at], hoithi::features::accounts::OfficeRole::Member).await;
    let officer = stage.person_of(&judged.officer).await;
    let replace = |newcomer: hoithi::base::ids::AccountId, reason: &'static str| {
        let (pool, leaving, now) = (judged.pool.clone(), judged.judges[1].0.clone(), stage.now());
        let officer = officer.clone();
        stage.write(move |db| judging::replace_judge(db, &officer, &pool, &leaving, &newcomer, reason, now))
    };
    let same = judged.judges[1].0.clone();
    assert!(matches!(replace(same, "Ốm").await, Err(ReplaceJudgeError::SamePerson)));
    assert!(matches!(replace(newcomer.clone(), " ").await, Err(ReplaceJudgeError::Invalid(_))));
    let done = replace(newcomer.clone(), "Ốm").await.unwrap();
    assert_eq!((done.number, done.taken_over, done.left_open), (3, 0, vec![code]));

    // The sheet that was given counts, and the old judge has no desk any more.
    let pool = stage.pool_of(&judged).await;
    let standing =
        stage.read(move |db| judging::standing::standing_of(db, &pool, &Default::default())).await.unwrap();
    let counted: i32 = standing.rows.iter().map(|row| row.sheets_in).sum();
    assert_eq!(counted, 1);
    assert!(matches!(replace(newcomer, "Ốm").await, Err(ReplaceJudgeError::NotFound)));

    // The head's own entries go over to somebody without a conflict.
    let (pool, now) = (judged.pool.clone(), stage.now());
    let (leaving, other) = (judged.judges[0].0.clone(), stage.a_person("Lê Thị Khác").await.0);
    let due = stage.desk_of(&judged, 0).await.len();
    let done = stage
        .write(move |db| judging::replace_judge(db, &officer, &pool, &leaving, &other, "Công tác", now))
        .await
        .unwrap();
    assert_eq!((done.taken_over, done.left_open), (due, vec![]));
}
