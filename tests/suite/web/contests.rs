use actix_web::http::StatusCode;
use chrono::Duration;

use crate::support::Stage;

const SLUG: &str = "/contests/ung-dung-cntt-trong-to-chuc-sinh-hoat-hoi";

#[actix_web::test]
async fn a_contest_page_offers_each_visitor_their_own_next_step() {
    let stage = Stage::new();
    let centre = stage.a_unit("Trung ương Hội").level("central").make().await;
    let province = stage.a_unit("tỉnh Bến Tre").level("province").below(&centre).make().await;
    let elsewhere = stage.a_unit("Đơn vị khác").level("central").make().await;
    stage.a_contest(&centre).await;
    let member = format!("/my/entries/new?contest={}", &SLUG["/contests/".len()..]);
    let manage = format!("/manage{SLUG}");
    for (mut guest, main) in [
        (stage.anyone(), "/sign-in?next="),
        (stage.a_member(&province).await, member.as_str()),
        (stage.an_officer(&province).await, "/manage/units/"),
        (stage.an_officer(&centre).await, manage.as_str()),
    ] {
        let page = guest.get(SLUG).await;
        assert_eq!(page.status, StatusCode::OK);
        let button = page.body.split("button main\" href=\"").nth(1).expect("a main action");
        assert!(button.starts_with(main), "{main}: {}", &button[..80]);
    }
    let page = stage.a_member(&elsewhere).await.get(SLUG).await;
    assert!(page.body.contains("không thuộc đơn vị nào trong phạm vi"));
}

#[actix_web::test]
async fn a_contest_page_says_what_was_declared() {
    let stage = Stage::new();
    let centre = stage.a_unit("Trung ương Hội").level("central").make().await;
    stage.a_contest(&centre).await;
    let body = stage.anyone().get(SLUG).await.body;
    for text in [
        "Vòng cấp tỉnh",
        "Hiệu quả thực tế với hội viên",
        "Giải Khuyến khích",
        "tối đa 5 bài",
        "Niêm phong bốc thăm",
        "<h2>Ai được dự thi</h2>",
        "bốc thăm",
    ] {
        assert!(body.contains(text), "{text}");
    }
    let mut english = stage.anyone();
    english.get("/").await;
    english.post("/language", &[("lang", "en"), ("back", SLUG)]).await;
    assert!(english.get(SLUG).await.body.contains("IT in association activities"));
}

#[actix_web::test]
async fn a_contest_that_is_being_prepared_is_seen_by_those_who_run_it() {
    let stage = Stage::new();
    let centre = stage.a_unit("Trung ương Hội").level("central").make().await;
    let province = stage.a_unit("tỉnh Bến Tre").level("province").below(&centre).make().await;
    stage.a_draft_contest(&centre).await;
    assert_eq!(stage.an_officer(&centre).await.get(SLUG).await.status, StatusCode::OK);
    for mut guest in [stage.anyone(), stage.a_member(&centre).await, stage.an_officer(&province).await] {
        assert_eq!(guest.get(SLUG).await.status, StatusCode::NOT_FOUND);
    }
    assert!(!stage.anyone().get("/contests").await.body.contains(SLUG));
}

#[actix_web::test]
async fn contests_are_found_by_words_without_marks_and_by_where_they_stand() {
    let stage = Stage::new();
    let centre = stage.a_unit("Trung ương Hội").level("central").make().await;
    stage.a_contest(&centre).await;
    for (query, found) in [
        ("", true),
        ("?q=ung+dung+cntt", true),
        ("?q=Trung%20%C6%B0%C6%A1ng", true),
        ("?q=khong+co", false),
        ("?q=%25", true),
        ("?phase=taking", true),
        ("?phase=ended", false),
        ("?phase=coming", false),
        ("?phase=nonsense&page=-3", true),
    ] {
        let page = stage.anyone().get(&format!("/contests{query}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(page.body.contains(SLUG), found, "{query}");
    }
    assert!(stage.anyone().get("/").await.body.contains(SLUG));
    stage.clock_forward(Duration::days(31));
    assert!(stage.anyone().get(SLUG).await.body.contains("Đang chấm, chọn"));
}

#[actix_web::test]
async fn the_list_costs_the_same_number_of_queries_however_long_it_is() {
    let stage = Stage::new();
    let centre = stage.a_unit("Trung ương Hội").level("central").make().await;
    stage.a_contest(&centre).await;
    let mut anyone = stage.anyone();
    anyone.get("/contests").await;
    let one = stage.count_queries(async || drop(anyone.get("/contests").await)).await;
    for _ in 0..3 {
        stage.a_contest(&centre).await;
    }
    let four = stage.count_queries(async || drop(anyone.get("/contests").await)).await;
    assert_eq!(one, four);
}
