use actix_web::http::StatusCode;

use crate::support::Stage;

#[actix_web::test]
async fn the_front_page_is_in_vietnamese_until_english_is_chosen() {
    let stage = Stage::new();
    let mut anyone = stage.anyone();
    let page = anyone.get("/").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("<html lang=\"vi\""));

    let page = anyone.post("/language", &[("lang", "en"), ("back", "/")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert!(anyone.get("/").await.body.contains("<html lang=\"en\""));
}

#[actix_web::test]
async fn a_form_that_is_not_ours_is_refused() {
    let stage = Stage::new();
    let mut anyone = stage.anyone();
    anyone.get("/").await;
    let page = anyone.post_without_csrf("/language", &[("lang", "en")]).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
}

#[actix_web::test]
async fn an_unknown_address_has_a_page_that_says_so() {
    let stage = Stage::new();
    let page = stage.anyone().get("/nowhere").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.body.contains("Không tìm thấy"), "{}", page.body);
}
