//! How the judges of a round work, as the organiser declares it.

use actix_web::http::StatusCode;
use hoithi::features::contests::{AssignmentWay, RoundDesk, store};

use crate::support::{Guest, JudgedPool, Stage};

async fn desk(stage: &Stage, judged: &JudgedPool) -> RoundDesk {
    let round = judged.round.id.clone();
    stage.read(move |db| store::find_round_desk(db, &round)).await.unwrap()
}

async fn edition(guest: &mut Guest, page: &str) -> String {
    let body = guest.get(page).await.body;
    let rest = body.split("name=\"edition\" value=\"").nth(1).unwrap_or_else(|| panic!("no form in {body}"));
    rest.split('"').next().unwrap().to_owned()
}

#[actix_web::test]
async fn an_organiser_says_how_judges_get_entries_and_what_they_must_have_seen() {
    let stage = Stage::new();
    let mut judged = stage.a_panel(2, 1).await;
    let rounds = format!("/manage/contests/{}/rounds", judged.contest.slug.as_str());
    let page = format!("{rounds}/{}/desk", judged.round.id);
    assert!(judged.officer.get(&rounds).await.body.contains(&page), "the list of rounds leads there");
    let shown = judged.officer.get(&page).await.body;
    assert!(shown.contains("value=\"drawn\" checked") || shown.contains("checked"), "{shown}");
    assert_eq!(desk(&stage, &judged).await, RoundDesk::plain(&judged.round.id));

    let first = edition(&mut judged.officer, &page).await;
    let fields = [
        ("edition", first.as_str()),
        ("reason", "Giám khảo chấm lúc rảnh"),
        ("assignment", "pull"),
        ("keeps_viewing", "1"),
        ("min_watched_percent", "60"),
        ("needs_all_pages", "1"),
        ("quorum", "2"),
    ];
    // Too much, without a reason, and on a form that somebody else changed meanwhile.
    for (change, status, said) in [
        (("min_watched_percent", "101"), StatusCode::UNPROCESSABLE_ENTITY, "từ 0 đến 100"),
        (("keeps_viewing", ""), StatusCode::UNPROCESSABLE_ENTITY, "bật ghi nhận việc xem bài"),
        (("quorum", "31"), StatusCode::UNPROCESSABLE_ENTITY, "từ 0 đến"),
        (("reason", ""), StatusCode::UNPROCESSABLE_ENTITY, "lý do"),
        (("edition", "1"), StatusCode::CONFLICT, ""),
    ] {
        let wrong: Vec<_> =
            fields.iter().map(|field| if field.0 == change.0 { change } else { *field }).collect();
        let answer = judged.officer.post(&page, &wrong).await;
        assert_eq!(answer.status, status, "{change:?} {}", answer.body);
        assert!(answer.body.contains(said), "{change:?} {}", answer.body);
        assert_eq!(desk(&stage, &judged).await, RoundDesk::plain(&judged.round.id));
    }
    let saved = judged.officer.post(&page, &fields).await;
    assert_eq!(
        (saved.status, saved.location.as_str()),
        (StatusCode::SEE_OTHER, rounds.as_str()),
        "{}",
        saved.body
    );
    let stands = desk(&stage, &judged).await;
    assert_eq!((stands.assignment, stands.keeps_viewing), (AssignmentWay::Pull, true));
    assert_eq!((stands.min_watched_percent, stands.needs_all_pages, stands.quorum), (60, true, 2));
    let shown = judged.officer.get(&page).await.body;
    assert!(shown.contains("value=\"60\""), "{shown}");
    let public = stage.anyone().get(&format!("/contests/{}", judged.contest.slug.as_str())).await.body;
    assert!(public.contains("ít nhất 2 phiếu"), "{public}");
    // Nothing is drawn any more, and the judge's sheet says what is asked for.
    let draw = format!("/manage/pools/{}/assignments/draw", judged.pool);
    assert_eq!(judged.officer.post(&draw, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let (officer, pool, now) = (stage.person_of(&judged.officer).await, judged.pool.clone(), stage.now());
    stage.write(move |db| hoithi::features::judging::open_judging(db, &officer, &pool, now)).await.unwrap();
    let next = judged.judges[0].1.post(&format!("/judge/pools/{}/next", judged.pool), &[]).await.location;
    let sheet = judged.judges[0].1.get(&next).await.body;
    assert!(sheet.contains("ít nhất 60%") && sheet.contains("mọi trang tài liệu"), "{sheet}");

    // From the first sheet on it stays.
    let (person, pool, entry, now) = (
        stage.person_of(&judged.judges[0].1).await,
        judged.pool.clone(),
        next.rsplit('/').next().unwrap().parse().unwrap(),
        stage.now(),
    );
    let typed = judged.typed(5);
    stage
        .write(move |db| hoithi::features::judging::save_sheet(db, &person, &pool, &entry, &typed, now))
        .await
        .unwrap();
    let later = edition(&mut judged.officer, &page).await;
    let late: Vec<_> = fields
        .iter()
        .map(|field| match field.0 {
            "edition" => ("edition", later.as_str()),
            "assignment" => ("assignment", "drawn"),
            _ => *field,
        })
        .collect();
    let refused = judged.officer.post(&page, &late).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("Đã có phiếu điểm"), "{}", refused.body);
    assert_eq!(desk(&stage, &judged).await.assignment, AssignmentWay::Pull);
    // A judge has no such page, and neither has a round that nobody scores.
    assert_eq!(judged.judges[0].1.get(&page).await.status, StatusCode::NOT_FOUND);
    stage.change_round(&judged, |round| round.method = hoithi::features::contests::RoundMethod::Decide).await;
    assert_eq!(judged.officer.get(&page).await.status, StatusCode::NOT_FOUND);
}
