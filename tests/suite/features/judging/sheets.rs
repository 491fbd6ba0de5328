use chrono::Duration;
use hoithi::features::judging::{
    self, SheetEventKind, SheetStatus, TypedSheet,
    sheets::{ReopenSheetError, SaveSheetError, VoidSheetError},
    store,
};

use crate::support::{JudgedPool, Stage};

async fn save(
    stage: &Stage,
    judged: &JudgedPool,
    judge: usize,
    typed: &TypedSheet,
) -> Result<judging::sheets::Saved, SaveSheetError> {
    let person = stage.person_of(&judged.judges[judge].1).await;
    let entry = stage.desk_of(judged, judge).await[0].clone();
    let (pool, typed, now) = (judged.pool.clone(), typed.clone(), stage.now());
    stage.write(move |db| judging::save_sheet(db, &person, &pool, &entry, &typed, now)).await
}

#[actix_web::test]
async fn a_sheet_is_saved_mark_by_mark_and_keeps_its_edition() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(2, 2, 2).await;
    let mut typed = TypedSheet::default();
    typed.marks.insert(judged.criteria[0].id.clone(), "10".into());
    let first = save(&stage, &judged, 0, &typed).await.unwrap();
    assert_eq!(first.edition, 1);

    typed.edition = 1;
    typed.marks.insert(judged.criteria[1].id.clone(), "5".into());
    typed.comment = "Rõ ràng".into();
    assert_eq!(save(&stage, &judged, 0, &typed).await.unwrap().edition, 2);

    // The answer got lost and the page asks again: nothing new is written.
    assert_eq!(save(&stage, &judged, 0, &typed).await.unwrap().edition, 2);

    // Another tab has the first edition still and says something else.
    typed.comment = "Khác".into();
    assert!(matches!(save(&stage, &judged, 0, &typed).await, Err(SaveSheetError::SavedElsewhere)));

    // A mark that was taken back is gone.
    typed.edition = 2;
    typed.marks.insert(judged.criteria[1].id.clone(), String::new());
    assert_eq!(save(&stage, &judged, 0, &typed).await.unwrap().edition, 3);
    let (pool, account) = (judged.pool.clone(), judged.judges[0].0.clone());
    let entry = stage.desk_of(&judged, 0).await[0].clone();
    let marks = stage
        .read(move |db| {
            let sheet = store::find_sheet_of(db, &pool, &entry, &account)?.unwrap();
            store::list_marks(db, &sheet.id)
        })
        .await
        .unwrap();
    assert_eq!(marks.len(), 1);
}

#[actix_web::test]
async fn marks_that_cannot_be_are_refused_and_nothing_is_saved() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(1, 1, 1).await;
    for wrong in ["-1", "1000", "NaN", "7,33333", "0,0001", "1e1", "hai mươi"] {
        let mut typed = judged.typed(5);
        typed.marks.insert(judged.criteria[0].id.clone(), wrong.into());
        let Err(SaveSheetError::Invalid(errors)) = save(&stage, &judged, 0, &typed).await else {
            panic!("{wrong} was taken");
        };
        assert_eq!(errors.0.len(), 1, "{wrong}");
        assert_eq!(errors.0[0].0, judging::sheets::field_of(&judged.criteria[0].id));
    }
    let mut typed = judged.typed(5);
    typed.comment = "a".repeat(4_001);
    assert!(matches!(save(&stage, &judged, 0, &typed).await, Err(SaveSheetError::Invalid(_))));
    assert_eq!(save(&stage, &judged, 0, &judged.typed(5)).await.unwrap().edition, 1);
}

#[actix_web::test]
async fn a_sheet_is_submitted_whole_and_changes_only_after_it_was_reopened_with_a_reason() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(2, 1, 1).await;
    let judge = stage.person_of(&judged.judges[0].1).await;
    let desk = stage.desk_of(&judged, 0).await;
    let (pool, entry, now) = (judged.pool.clone(), desk[0].clone(), stage.now());
    let submit = {
        let judge = judge.clone();
        move |typed: TypedSheet| {
            let (judge, pool, entry) = (judge.clone(), pool.clone(), entry.clone());
            move |db: &mut hoithi::infra::db::Db| {
                judging::submit_sheet(db, &judge, &pool, &entry, &typed, now)
            }
        }
    };
    let mut incomplete = judged.typed(5);
    incomplete.marks.remove(&judged.criteria[0].id);
    assert!(matches!(stage.write(submit(incomplete)).await, Err(SaveSheetError::Invalid(_))));

    let submitted = stage.write(submit(judged.typed(5))).await.unwrap();
    assert_eq!(submitted.next, Some(desk[1].clone()));
    // Pressed twice.
    assert_eq!(stage.write(submit(judged.typed(5))).await.unwrap(), submitted);
    assert!(matches!(stage.write(submit(judged.typed(9))).await, Err(SaveSheetError::AlreadySubmitted)));
    assert!(matches!(
        save(&stage, &judged, 0, &judged.typed(9)).await,
        Err(SaveSheetError::AlreadySubmitted)
    ));

    let sheet = submitted.sheet.clone();
    let reopen = |reason: &'static str| {
        let (judge, sheet) = (judge.clone(), sheet.clone());
        move |db: &mut hoithi::infra::db::Db| judging::reopen_sheet(db, &judge, &sheet, reason, now)
    };
    assert!(matches!(stage.write(reopen("  ")).await, Err(ReopenSheetError::Invalid(_))));
    let reopened = stage.write(reopen("Cho nhầm điểm")).await.unwrap();
    assert_eq!(reopened.status, SheetStatus::Draft);
    let mut again = judged.typed(9);
    again.edition = reopened.edition;
    stage.write(submit(again)).await.unwrap();

    let sheet = submitted.sheet.clone();
    let events = stage.read(move |db| judging::views::list_events(db, &sheet)).await.unwrap();
    let kinds: Vec<_> = events.iter().map(|(event, _)| event.event).collect();
    use SheetEventKind::{Reopened, Submitted};
    assert_eq!(kinds, [Submitted, Reopened, Submitted]);
    assert_eq!(events[1].0.reason, "Cho nhầm điểm");
    assert_ne!(events[0].0.content, events[2].0.content);
}

#[actix_web::test]
async fn nothing_is_written_before_the_opening_or_after_the_closing() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(1, 1, 1).await;
    let (officer, now) = (stage.person_of(&judged.officer).await, stage.now());
    let close = |reason: &'static str| {
        let (officer, pool) = (officer.clone(), judged.pool.clone());
        move |db: &mut hoithi::infra::db::Db| judging::close_judging(db, &officer, &pool, reason, now)
    };
    let refused = stage.write(close("")).await.unwrap_err();
    let judging::closing::JudgingError::SheetsMissing { n: 1, named } = refused else { panic!("{refused}") };
    assert!(named.contains("Nguyễn Giám Khảo 1 (BT-0001)"), "{named}");
    stage.write(close("Giám khảo ốm")).await.unwrap();
    assert!(matches!(save(&stage, &judged, 0, &judged.typed(5)).await, Err(SaveSheetError::JudgingClosed)));
    let (officer, pool) = (stage.person_of(&judged.officer).await, judged.pool.clone());
    stage
        .write(move |db| judging::reopen_judging(db, &officer, &pool, "Giám khảo đã khỏe", now))
        .await
        .unwrap();
    save(&stage, &judged, 0, &judged.typed(5)).await.unwrap();
}

#[actix_web::test]
async fn only_whoever_leads_voids_a_sheet_and_it_counts_no_more() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(1, 2, 2).await;
    let entry = judged.entries[0].clone();
    stage.give_sheet(&judged, 0, &entry, 5).await;
    stage.give_sheet(&judged, 1, &entry, 9).await;
    let (pool, account, of) = (judged.pool.clone(), judged.judges[1].0.clone(), entry.clone());
    let sheet = stage.read(move |db| store::find_sheet_of(db, &pool, &of, &account)).await.unwrap().unwrap();
    let other = stage.person_of(&judged.judges[1].1).await;
    let head = stage.person_of(&judged.judges[0].1).await;
    let (id, now) = (sheet.id.clone(), stage.now());
    let refused = stage.write(move |db| judging::void_sheet(db, &other, &id, "Không", now)).await;
    assert!(matches!(refused, Err(VoidSheetError::NotFound)));
    let id = sheet.id.clone();
    stage.write(move |db| judging::void_sheet(db, &head, &id, "Chấm nhầm bài", now)).await.unwrap();
    let pool = stage.pool_of(&judged).await;
    let standing =
        stage.read(move |db| judging::standing::standing_of(db, &pool, &Default::default())).await.unwrap();
    assert_eq!((standing.rows[0].sheets_in, standing.rows[0].sheets_due), (1, 1));
    assert_eq!(stage.desk_of(&judged, 1).await, []);
}

#[actix_web::test]
async fn a_conflict_takes_the_entry_away_and_the_sheet_with_it() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(1, 1, 1).await;
    let entry = judged.entries[0].clone();
    stage.give_sheet(&judged, 0, &entry, 5).await;
    let (judge, account) = (stage.person_of(&judged.judges[0].1).await, judged.judges[0].0.clone());
    let (pool, of, now) = (judged.pool.clone(), entry.clone(), stage.now());
    let declare = move |db: &mut hoithi::infra::db::Db| {
        judging::declare_conflict(db, &judge, &pool, &of, &account, "Em gái là tác giả", now)
    };
    stage.write(declare.clone()).await.unwrap();
    assert!(stage.write(declare).await.is_err());
    assert_eq!(stage.desk_of(&judged, 0).await, []);
    let person = stage.person_of(&judged.judges[0].1).await;
    let pool = stage.pool_of(&judged).await;
    let (may, standing) = stage
        .read(move |db| {
            let may = judging::policy::may_judge(db, &person, &pool, &entry)?;
            Ok((may, judging::standing::standing_of(db, &pool, &Default::default())?))
        })
        .await
        .unwrap();
    assert!(!may);
    assert_eq!(standing.rows[0].place, None);
}

#[actix_web::test]
async fn a_sheet_costs_few_queries_however_many_entries_the_judge_has() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(6, 1, 1).await;
    let person = stage.person_of(&judged.judges[0].1).await;
    let save = async |mark: &str, edition: i32| {
        let mut typed = TypedSheet { edition, ..TypedSheet::default() };
        typed.marks.insert(judged.criteria[0].id.clone(), mark.into());
        stage.clock_forward(Duration::minutes(1));
        let (person, pool, entry, now) =
            (person.clone(), judged.pool.clone(), judged.entries[3].clone(), stage.now());
        stage
            .count_queries(async || {
                stage
                    .write(move |db| judging::save_sheet(db, &person, &pool, &entry, &typed, now))
                    .await
                    .unwrap();
            })
            .await
    };
    // One for the seat, one for the form, two rows written, and what begins and ends the transaction; the first time one more, which
    // says in the assignment that the sheet was begun.
    let (first, later) = (save("10", 0).await, save("11", 1).await);
    assert!(first <= 9, "{first}");
    // The marks that stand there are read too, to write only those that differ.
    assert!(later <= 9, "{later}");
}

#[actix_web::test]
async fn of_two_tabs_at_the_same_moment_one_is_first() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(1, 1, 1).await;
    let (one, other) = (judged.typed(3), judged.typed(7));
    let (one, other) =
        futures_util::future::join(save(&stage, &judged, 0, &one), save(&stage, &judged, 0, &other)).await;
    let refused = [&one, &other]
        .into_iter()
        .filter(|answer| matches!(answer, Err(SaveSheetError::SavedElsewhere)))
        .count();
    assert!(one.is_ok() || other.is_ok());
    assert_eq!(refused, 1, "{one:?} {other:?}");
}

#[actix_web::test]
async fn many_judges_save_at_once_and_nothing_is_lost() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(8, 4, 4).await;
    let mut saves = Vec::new();
    for (account, guest) in &judged.judges {
        for entry in &judged.entries {
            let (person, now) = (stage.person_of(guest).await, stage.now());
            let (pool, entry, typed) = (judged.pool.clone(), entry.clone(), judged.typed(6));
            assert_eq!(person.id, *account);
            saves.push(stage.write(move |db| judging::save_sheet(db, &person, &pool, &entry, &typed, now)));
        }
    }
    let saved = futures_util::future::join_all(saves).await;
    assert_eq!(saved.len(), 32);
    assert!(saved.iter().all(|saved| saved.as_ref().is_ok_and(|saved| saved.edition == 1)), "{saved:?}");
}

#[actix_web::test]
async fn notes_stay_with_their_criteria_with_and_without_a_mark() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(1, 1, 1).await;
    let (first, second) = (judged.criteria[0].id.clone(), judged.criteria[1].id.clone());
    let mut typed = TypedSheet::default();
    typed.marks.insert(first.clone(), "10".into());
    typed.notes = Some([(first.clone(), "Mới".to_owned()), (second.clone(), " Chưa rõ ".to_owned())].into());
    save(&stage, &judged, 0, &typed).await.unwrap();
    let read = || {
        let (pool, entry, judge) =
            (judged.pool.clone(), judged.entries[0].clone(), judged.judges[0].0.clone());
        stage.read(move |db| {
            let sheet = store::find_sheet_of(db, &pool, &entry, &judge)?.unwrap();
            let marks = store::list_marks(db, &sheet.id)?;
            Ok::<_, hoithi::infra::db::DbError>((sheet, marks))
        })
    };
    let (sheet, marks) = read().await.unwrap();
    assert_eq!(marks[0].note, "Mới");
    assert_eq!(sheet.loose_notes.0.get(&second).map(String::as_str), Some("Chưa rõ"));

    // With its mark the note stands beside the mark; who says nothing about notes leaves them.
    typed.edition = 1;
    typed.marks.insert(second.clone(), "5".into());
    typed.notes = None;
    save(&stage, &judged, 0, &typed).await.unwrap();
    let (sheet, marks) = read().await.unwrap();
    assert!(sheet.loose_notes.0.is_empty());
    let note = marks.iter().find(|mark| mark.criterion_id == second).map(|mark| mark.note.clone());
    assert_eq!(note.as_deref(), Some("Chưa rõ"));

    typed.edition = 2;
    typed.notes = Some([(first.clone(), "a".repeat(1_001))].into());
    let Err(SaveSheetError::Invalid(errors)) = save(&stage, &judged, 0, &typed).await else {
        panic!("a note as long as a book was taken");
    };
    assert_eq!(errors.0[0].0, judging::sheets::note_field_of(&first));
}

#[actix_web::test]
async fn a_save_that_arrives_twice_is_answered_as_the_first_time() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(1, 1, 1).await;
    let mut offline = judged.typed(3);
    offline.save_id = "3a1f".into();
    let first = save(&stage, &judged, 0, &offline).await.unwrap();
    let mut later = judged.typed(7);
    later.edition = first.edition;
    later.save_id = "77aa".into();
    assert_eq!(save(&stage, &judged, 0, &later).await.unwrap().edition, 2);

    // The answer to the first save was lost, and the device sends it again after the second one came in.
    stage.clock_forward(Duration::minutes(5));
    assert_eq!(save(&stage, &judged, 0, &offline).await.unwrap(), first);
    // What stands is the later one; without the id the same words are a disagreement.
    offline.save_id = String::new();
    assert!(matches!(save(&stage, &judged, 0, &offline).await, Err(SaveSheetError::SavedElsewhere)));
    // An id of somebody else's device says nothing here.
    offline.save_id = "another".into();
    assert!(matches!(save(&stage, &judged, 0, &offline).await, Err(SaveSheetError::SavedElsewhere)));
}

#[actix_web::test]
async fn what_is_put_aside_comes_after_all_others_and_is_not_begun_by_it() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(3, 1, 1).await;
    let desk = stage.desk_of(&judged, 0).await;
    let judge = stage.person_of(&judged.judges[0].1).await;
    let (pool, first, now) = (judged.pool.clone(), desk[0].clone(), stage.now());
    let next = stage
        .write(move |db| judging::put_aside(db, &judge, &pool, &first, &TypedSheet::default(), now))
        .await
        .unwrap();
    assert_eq!(next, Some(desk[1].clone()));
    let places = || {
        let (pool, account) = (judged.pool.clone(), judged.judges[0].0.clone());
        stage.read(move |db| judging::views::list_named_places(db, &pool, &account))
    };
    let first = places().await.unwrap().remove(0);
    assert!(first.is_skipped);
    assert_eq!((first.status, first.edition), (None, 0));
    stage.give_sheet(&judged, 0, &desk[1], 5).await;
    stage.give_sheet(&judged, 0, &desk[2], 5).await;
    stage.give_sheet(&judged, 0, &desk[0], 5).await;
    assert!(places().await.unwrap().iter().all(|place| !place.is_skipped && place.edition > 0));
}

#[actix_web::test]
async fn all_sheets_are_submitted_in_one_act_or_those_that_are_complete() {
    use judging::sheets::{SubmitAllError, WhyKept};
    let stage = Stage::new();
    let judged = stage.a_judged_pool(4, 1, 1).await;
    let desk = stage.desk_of(&judged, 0).await;
    let judge = stage.person_of(&judged.judges[0].1).await;
    let mut seen = std::collections::BTreeMap::new();
    for (at, entry) in desk.iter().take(3).enumerate() {
        let mut typed = judged.typed(6);
        if at == 2 {
            typed.marks.remove(&judged.criteria[0].id);
        }
        let (judge, pool, of, now) = (judge.clone(), judged.pool.clone(), entry.clone(), stage.now());
        let saved =
            stage.write(move |db| judging::save_sheet(db, &judge, &pool, &of, &typed, now)).await.unwrap();
        seen.insert(entry.clone(), saved.edition);
    }
    // The second was saved on another page after the review was shown.
    seen.insert(desk[1].clone(), 0);
    let all = |only_complete: bool| {
        let (judge, pool, seen, now) = (judge.clone(), judged.pool.clone(), seen.clone(), stage.now());
        stage.write(move |db| judging::submit_all(db, &judge, &pool, &seen, only_complete, now))
    };
    let Err(SubmitAllError::SomeKeptBack { n: 3, .. }) = all(false).await else {
        panic!("three are not ready")
    };
    let done = all(true).await.unwrap();
    assert_eq!(done.submitted, 1);
    let why: Vec<&WhyKept> = done.kept_back.iter().map(|kept| &kept.why).collect();
    let name = judged.criteria[0].name.clone();
    assert_eq!(why, [&WhyKept::SavedElsewhere, &WhyKept::Missing(vec![name]), &WhyKept::NotBegun]);
    assert!(matches!(all(true).await, Err(SubmitAllError::NothingToSubmit)));

    let stranger = stage.person_of(&judged.officer).await;
    let (pool, now) = (judged.pool.clone(), stage.now());
    let refused = stage
        .write(move |db| judging::submit_all(db, &stranger, &pool, &Default::default(), true, now))
        .await;
    assert!(matches!(refused, Err(SubmitAllError::NotFound)));
}
