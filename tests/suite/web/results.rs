use actix_web::http::{StatusCode, header};
use hoithi::{
    base::ids::PoolId,
    features::{
        awards::{self, Winner},
        contests::{AwardTarget, EntryKind, RoundMethod},
        entries,
        selection::Outcome,
    },
};

use crate::support::{SmallContest, Stage};

/// A winner whose title looks like a formula, and a commended unit; nothing is published yet.
async fn awarded(stage: &Stage) -> (SmallContest, PoolId) {
    let small = stage.a_small_contest(&[("province", RoundMethod::Decide, None)]).await;
    let title = "=HYPERLINK(\"http://x\") <script>";
    let entry = stage.an_entry_in(&small, title, &small.branch, EntryKind::Individual).await;
    let pool = stage.pool_at(&small, 0, &small.province).await;
    stage.decided(&small.provincial, &pool, &[(&entry, Outcome::Chosen)]).await;
    let prize = stage.an_award(&small, 0, "Giải Ba", AwardTarget::Entry, None).await;
    let commendation = stage.an_award(&small, 0, "Đơn vị tiêu biểu", AwardTarget::Unit, None).await;
    let (person, now) = (stage.person_of(&small.provincial).await, stage.now());
    let (of, winner, unit) = (pool.clone(), Winner::Entry(entry), small.province.clone());
    stage
        .write(move |db| {
            awards::grant_award(db, &person, &of, &commendation, &Winner::Unit(unit.clone()), "", now)?;
            awards::grant_award(db, &person, &of, &prize, &winner, "", now)
        })
        .await
        .unwrap();
    (small, pool)
}

#[actix_web::test]
async fn results_are_published_in_the_browser_and_read_by_everyone() {
    let stage = Stage::new();
    let (mut small, pool) = awarded(&stage).await;
    let mut anyone = stage.anyone();
    let page = anyone.get("/contests/hoi-thi-nho/results").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Chưa công bố kết quả"));
    assert_eq!(anyone.get("/contests/hoi-thi-nho/awards.csv").await.status, StatusCode::NOT_FOUND);
    assert_eq!(anyone.get(&format!("/pools/{pool}/results")).await.status, StatusCode::NOT_FOUND);

    let send = "/manage/contests/hoi-thi-nho/publish";
    let unconfirmed = small.organiser.post(send, &[("replaces", "0")]).await;
    assert_eq!(unconfirmed.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = small.organiser.post(send, &[("replaces", "0"), ("confirm", "1")]).await;
    assert_eq!(
        (answer.status, answer.location.as_str()),
        (StatusCode::SEE_OTHER, "/contests/hoi-thi-nho/results")
    );
    let twice = small.organiser.post(send, &[("replaces", "0"), ("confirm", "1")]).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);

    let page = anyone.get("/contests/hoi-thi-nho/results").await;
    assert!(page.body.contains("Giải Ba") && page.body.contains("Chi hội ấp 1"), "{}", page.body);
    assert!(!page.body.contains("<script>\u{20}") && !page.body.contains("\") <script>"));
    assert!(page.body.contains("class=\"won\""), "the path says where it was won");
    let old = anyone.get("/contests/hoi-thi-nho/results/1").await;
    assert_eq!(old.status, StatusCode::OK);
    for missing in
        ["/contests/hoi-thi-nho/results/2", "/contests/hoi-thi-nho/results/x", "/contests/nowhere/results"]
    {
        assert_eq!(anyone.get(missing).await.status, StatusCode::NOT_FOUND, "{missing}");
    }
    let json = anyone.get("/contests/hoi-thi-nho/results/1/content.json").await;
    let hash = hoithi::base::seal::hash_hex(&json.bytes);
    assert!(page.body.contains(&hash), "anyone can compute the hash that the page shows");
}

/// Pictures of winners are shown beside the results: of no entry that is not for everyone.
#[actix_web::test]
async fn only_published_entries_lend_their_pictures_to_the_results() {
    let stage = Stage::new();
    let (mut small, _) = awarded(&stage).await;
    let of = small.contest.id.clone();
    let shown = async || {
        let of = of.clone();
        let codes: Vec<String> = (1..=9).map(|n| format!("BT-{n:04}")).collect();
        stage.read(move |db| entries::views::public_by_code(db, &of, &codes)).await.unwrap()
    };
    assert!(shown().await.is_empty());
    let send = "/manage/contests/hoi-thi-nho/publish";
    small.organiser.post(send, &[("replaces", "0"), ("confirm", "1")]).await;
    let found = shown().await;
    let page = stage.anyone().get("/contests/hoi-thi-nho/results").await;
    assert_eq!(found.len(), 1);
    for code in found.keys() {
        assert!(page.body.contains(code), "{code}: {}", page.body);
    }
}

#[actix_web::test]
async fn the_award_list_opens_in_a_spreadsheet_and_runs_nothing() {
    let stage = Stage::new();
    let (mut small, _) = awarded(&stage).await;
    let send = "/manage/contests/hoi-thi-nho/publish";
    small.organiser.post(send, &[("replaces", "0"), ("confirm", "1")]).await;
    let mut anyone = stage.anyone();
    let csv = anyone.get("/contests/hoi-thi-nho/awards.csv").await;
    assert!(csv.bytes.starts_with("\u{feff}STT,".as_bytes()), "{}", csv.body);
    assert!(csv.body.contains("\"'=HYPERLINK("), "{}", csv.body);
    let name = csv.headers.get(header::CONTENT_DISPOSITION).unwrap().to_str().unwrap();
    assert_eq!(name, "attachment; filename=\"hoi-thi-nho-1.csv\"");
    let xlsx = anyone.get("/contests/hoi-thi-nho/awards.xlsx").await;
    assert!(xlsx.bytes.starts_with(b"PK"));
}

#[actix_web::test]
async fn the_figures_of_a_contest_are_for_everyone_and_say_that_they_add_up() {
    let stage = Stage::new();
    let (_small, _) = awarded(&stage).await;
    let page = stage.anyone().get("/contests/hoi-thi-nho/statistics").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Cộng lại: 1 = 1 bài, khớp với tổng số."), "{}", page.body);
    assert!(page.body.contains("1 trong 3 cơ sở có bài dự thi."), "{}", page.body);
    let mut english = stage.anyone();
    english.post("/language", &[("lang", "en"), ("back", "/")]).await;
    let page = english.get("/contests/hoi-thi-nho/statistics").await;
    assert!(page.body.contains("Round 1"));
}

#[actix_web::test]
async fn a_pool_shows_its_own_result() {
    let stage = Stage::new();
    let (mut small, pool) = awarded(&stage).await;
    let send = format!("/manage/pools/{pool}/publish");
    let answer = small.provincial.post(&send, &[("replaces", "0"), ("confirm", "1")]).await;
    assert_eq!(answer.location, format!("/pools/{pool}/results"));
    let page = stage.anyone().get(&answer.location).await;
    assert!(page.body.contains("Được chọn"), "{}", page.body);
    let missing = stage.anyone().get(&format!("/pools/{pool}/results?version=7")).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}
