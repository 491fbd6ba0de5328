//! Rounds whose judges ask for the next entry, at the door that judges use.

use actix_web::http::StatusCode;
use hoithi::features::{
    contests::{self, AssignmentWay, RoundDesk},
    judging::{self, sheets::field_of},
};

use crate::support::{JudgedPool, Stage};

async fn a_pulled_pool(stage: &Stage, n_entries: usize, n_judges: usize, each: i32) -> JudgedPool {
    let judged = stage.a_panel(n_entries, n_judges).await;
    stage.change_round(&judged, move |round| round.judges_per_entry = each).await;
    let desk = RoundDesk { assignment: AssignmentWay::Pull, ..RoundDesk::plain(&judged.round.id) };
    stage.write(move |db| contests::store::put_round_desk(db, &desk)).await.unwrap();
    judged
}

fn list(judged: &JudgedPool) -> String {
    format!("/judge/pools/{}", judged.pool)
}

async fn open(stage: &Stage, judged: &JudgedPool) {
    let (officer, pool, now) = (stage.person_of(&judged.officer).await, judged.pool.clone(), stage.now());
    stage.write(move |db| judging::open_judging(db, &officer, &pool, now)).await.unwrap();
}

/// Asks, and reads what the list says afterwards; nothing where an entry came.
async fn asks(judged: &mut JudgedPool, judge: usize) -> Result<String, String> {
    let list = list(judged);
    let guest = &mut judged.judges[judge].1;
    let answer = guest.post(&format!("{list}/next"), &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    if answer.location.contains("/entries/") {
        return Ok(answer.location);
    }
    assert_eq!(answer.location, list);
    Err(guest.get(&list).await.body)
}

async fn gives(judged: &mut JudgedPool, judge: usize, sheet: &str, act: &str) {
    let marks = judged.typed(5).marks;
    let named: Vec<(String, String)> =
        marks.into_iter().map(|(criterion, mark)| (field_of(&criterion), mark)).collect();
    let mut fields: Vec<(&str, &str)> =
        named.iter().map(|(name, mark)| (name.as_str(), mark.as_str())).collect();
    fields.extend([("edition", "0"), ("act", act)]);
    let given = judged.judges[judge].1.post(&format!("{sheet}/submit"), &fields).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
}

#[actix_web::test]
async fn a_judge_asks_until_nothing_is_left_and_is_told_why() {
    let stage = Stage::new();
    let mut judged = a_pulled_pool(&stage, 2, 2, 1).await;
    let early = asks(&mut judged, 0).await.unwrap_err();
    assert!(early.contains("chưa bắt đầu chấm"), "{early}");
    assert!(!early.contains("/next\""), "there is nothing to ask for yet");
    open(&stage, &judged).await;
    let own = list(&judged);
    assert!(judged.judges[0].1.get(&own).await.body.contains("/next\""));

    let first = asks(&mut judged, 0).await.unwrap();
    assert_eq!(asks(&mut judged, 0).await.unwrap(), first, "asking twice takes no second entry");
    let second = asks(&mut judged, 1).await.unwrap();
    assert_ne!(first, second);
    // One judge each is enough, so the second entry is nobody else's.
    gives(&mut judged, 0, &first, "submit").await;
    let left = asks(&mut judged, 0).await.unwrap_err();
    assert!(left.contains("Không còn bài nào để nhận thêm: các bài đã đủ giám khảo"), "{left}");
    // What was put aside is still the judge's own.
    gives(&mut judged, 1, &second, "save").await;
    let left = asks(&mut judged, 1).await.unwrap_err();
    assert!(left.contains("Còn 1 bài đã để sau") && left.contains(&second), "{left}");

    // Closed: nothing can be asked for, and the door says so instead of breaking.
    let (officer, pool, now) = (stage.person_of(&judged.officer).await, judged.pool.clone(), stage.now());
    stage.write(move |db| judging::close_judging(db, &officer, &pool, "Hết hạn", now)).await.unwrap();
    let closed = asks(&mut judged, 1).await.unwrap_err();
    assert!(closed.contains("Đã kết thúc chấm điểm"), "{closed}");
    assert!(!closed.contains("/next\""));
}

#[actix_web::test]
async fn an_entry_that_joins_later_can_be_asked_for_and_a_limit_ends_the_asking() {
    let stage = Stage::new();
    let mut judged = a_pulled_pool(&stage, 1, 1, 1).await;
    open(&stage, &judged).await;
    let only = asks(&mut judged, 0).await.unwrap();
    gives(&mut judged, 0, &only, "submit").await;
    asks(&mut judged, 0).await.unwrap_err();
    let organiser = stage.person_of(&judged.officer).await;
    let (contest, commune) = (judged.contest.clone(), judged.communes[0].clone());
    let late = stage.an_accepted_entry(&contest, &commune, &organiser, 9).await;
    let next = asks(&mut judged, 0).await.unwrap();
    assert!(next.ends_with(late.as_str()), "{next}");
    gives(&mut judged, 0, &next, "submit").await;

    stage.an_accepted_entry(&contest, &commune, &organiser, 10).await;
    let change = format!("/manage/pools/{}/panel/{}/change", judged.pool, judged.judges[0].0);
    let limited = judged.officer.post(&change, &[("max_entries", "2"), ("role", "head")]).await;
    assert_eq!(limited.status, StatusCode::SEE_OTHER, "{}", limited.body);
    let full = asks(&mut judged, 0).await.unwrap_err();
    assert!(full.contains("Đã nhận đủ 2 bài"), "{full}");
}
