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
    let DrawError::LackJudges { entries, n, wanted, possible, n_full, barred, n_barred, .. } = refused else {
        panic!("{refused}")
    };
    assert_eq!((entries.as_str(), n, wanted, possible), ("BT-0001", 1, 2, 1));
    // Nobody is full; one of the two may not have it.
    assert_eq!((n_full, n_barred, barred.as_str()), (0, 1, "2 (Nguyễn Giám Khảo 2)"));
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

async fn pull(
    stage: &Stage,
    judged: &JudgedPool,
    judge: usize,
) -> Result<EntryId, judging::assigning::PullError> {
    let (person, pool, now) =
        (stage.person_of(&judged.judges[judge].1).await, judged.pool.clone(), stage.now());
    stage.write(move |db| judging::pull_next(db, &person, &pool, now)).await
}

/// A pool whose round has its judges ask for entries, with `each` judges for every entry, open for sheets.
async fn a_pulled_pool(stage: &Stage, n_entries: usize, n_judges: usize, each: i32) -> JudgedPool {
    use hoithi::features::contests::{self, AssignmentWay, RoundDesk};
    let judged = stage.a_panel(n_entries, n_judges).await;
    stage.change_round(&judged, move |round| round.judges_per_entry = each).await;
    let desk = RoundDesk { assignment: AssignmentWay::Pull, ..RoundDesk::plain(&judged.round.id) };
    stage.write(move |db| contests::store::put_round_desk(db, &desk)).await.unwrap();
    let (officer, pool, now) = (stage.person_of(&judged.officer).await, judged.pool.clone(), stage.now());
    stage.write(move |db| judging::open_judging(db, &officer, &pool, now)).await.unwrap();
    judged
}

#[actix_web::test]
async fn whoever_asks_for_the_next_entry_gets_one_that_was_judged_least() {
    use judging::assigning::PullError;
    let stage = Stage::new();
    let judged = a_pulled_pool(&stage, 3, 3, 2).await;
    assert!(matches!(draw(&stage, &judged, 1).await, Err(DrawError::Pulled)));
    let first = pull(&stage, &judged, 0).await.unwrap();
    // Asking twice takes no second entry.
    assert_eq!(pull(&stage, &judged, 0).await.unwrap(), first);
    let second = pull(&stage, &judged, 1).await.unwrap();
    let third = pull(&stage, &judged, 2).await.unwrap();
    let mut taken = vec![first.clone(), second, third];
    taken.sort();
    let mut all = judged.entries.clone();
    all.sort();
    assert_eq!(taken, all, "each entry has one judge before one has two");

    // Everybody goes on until each entry has its two judges.
    let mut given = 0;
    for _ in 0..3 {
        for judge in 0..3 {
            match pull(&stage, &judged, judge).await {
                Ok(entry) => {
                    stage.give_sheet(&judged, judge, &entry, 5).await;
                    given += 1;
                }
                Err(PullError::NothingLeft) => {}
                Err(error) => panic!("{error}"),
            }
        }
    }
    assert_eq!(given, 6);
    for judge in 0..3 {
        assert!(matches!(pull(&stage, &judged, judge).await, Err(PullError::NothingLeft)));
    }
    let stranger = stage.person_of(&judged.officer).await;
    let (pool, now) = (judged.pool.clone(), stage.now());
    let refused = stage.write(move |db| judging::pull_next(db, &stranger, &pool, now)).await;
    assert!(matches!(refused, Err(PullError::NotFound)));
}

#[actix_web::test]
async fn two_judges_who_ask_at_once_do_not_share_the_last_place() {
    let stage = Stage::new();
    let judged = a_pulled_pool(&stage, 1, 2, 1).await;
    let (one, other) = futures_util::future::join(pull(&stage, &judged, 0), pull(&stage, &judged, 1)).await;
    assert_eq!(usize::from(one.is_ok()) + usize::from(other.is_ok()), 1, "{one:?} {other:?}");
}

#[actix_web::test]
async fn a_judge_of_some_categories_gets_no_entry_of_another() {
    let stage = Stage::new();
    let judged = stage.a_panel(4, 2).await;
    let (contest, entries) = (judged.contest.id.clone(), judged.entries.clone());
    // Two entries of one category, two of none.
    let category = stage
        .write(move |db| {
            use hoithi::features::{contests, entries as store};
            let category =
                if let Some(category) = contests::views::list_categories(db, &contest)?.into_iter().next() {
                    category
                } else {
                    let category = contests::Category {
                        id: hoithi::base::ids::CategoryId::generate(),
                        contest_id: contest.clone(),
                        position: 1,
                        name: "Trò chơi".into(),
                        name_en: String::new(),
                        description: String::new(),
                        is_retired: false,
                    };
                    contests::store::insert_category(db, &category)?;
                    category
                };
            for id in &entries[..2] {
                let mut entry = store::store::find(db, id)?.unwrap();
                entry.category_id = Some(category.id.clone());
                store::store::save(db, &entry)?;
            }
            Ok::<_, hoithi::infra::db::DbError>(category.id)
        })
        .await
        .unwrap();
    let limit = |categories: Vec<hoithi::base::ids::CategoryId>| {
        let categories: std::collections::BTreeSet<_> = categories.into_iter().collect();
        (categories, judged.judges[1].0.clone(), judged.pool.clone(), stage.now())
    };
    let officer = stage.person_of(&judged.officer).await;
    let (categories, account, pool, now) = limit(vec![category]);
    stage
        .write(move |db| judging::limit_judge(db, &officer, &pool, &account, &categories, now))
        .await
        .unwrap();
    draw(&stage, &judged, 1).await.unwrap();
    let desk = stage.desk_of(&judged, 1).await;
    assert_eq!(desk.len(), 2);
    assert!(desk.iter().all(|entry| judged.entries[..2].contains(entry)));
    let refused = assign(&stage, &judged, &judged.entries[3], &judged.judges[1].0).await;
    assert!(matches!(refused, Err(AssignError::InConflict { .. })));

    let officer = stage.person_of(&judged.officer).await;
    let (categories, account, pool, now) = limit(vec![hoithi::base::ids::CategoryId::generate()]);
    let refused =
        stage.write(move |db| judging::limit_judge(db, &officer, &pool, &account, &categories, now)).await;
    assert!(matches!(refused, Err(judging::panel::LimitJudgeError::NotFound)));
}
