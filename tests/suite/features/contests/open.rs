use hoithi::features::contests::{ContestStatus, OpenContestError, open_contest};

use crate::support::Stage;

#[actix_web::test]
async fn a_whole_contest_opens_once() {
    let stage = Stage::new();
    let centre = stage.a_unit("Trung ương Hội").level("central").make().await;
    let contest = stage.a_contest(&centre).await;
    assert_eq!((contest.status, contest.edition), (ContestStatus::Open, 2));
    let person = stage.person_of(&stage.an_officer(&centre).await).await;
    let now = stage.now();
    let again = stage.write(move |db| open_contest(db, &person, &contest.id, now)).await;
    assert!(matches!(again, Err(OpenContestError::NotADraft)));
}

#[actix_web::test]
async fn a_contest_with_gaps_stays_closed() {
    let stage = Stage::new();
    let centre = stage.a_unit("Trung ương Hội").level("central").make().await;
    let contest = stage.a_draft_contest(&centre).await;
    stage.clock_forward(chrono::Duration::days(40));
    let person = stage.person_of(&stage.an_officer(&centre).await).await;
    stage.show_chains(&contest, &person).await;
    let (id, now) = (contest.id.clone(), stage.now());
    let refused = stage.write(move |db| open_contest(db, &person, &id, now)).await;
    assert!(matches!(refused, Err(OpenContestError::StillMissing { count: 1 })), "{refused:?}");
}

#[actix_web::test]
async fn for_others_there_is_no_such_contest() {
    let stage = Stage::new();
    let centre = stage.a_unit("Trung ương Hội").level("central").make().await;
    let province = stage.a_unit("tỉnh Bến Tre").level("province").below(&centre).make().await;
    let contest = stage.a_draft_contest(&centre).await;
    let person = stage.person_of(&stage.an_officer(&province).await).await;
    let now = stage.now();
    let refused = stage.write(move |db| open_contest(db, &person, &contest.id, now)).await;
    assert!(matches!(refused, Err(OpenContestError::NotFound)));
}
