use actix_web::http::StatusCode;

use crate::support::Stage;

#[actix_web::test]
async fn an_unknown_contest_is_said_in_json_and_in_the_callers_language() {
    let stage = Stage::new();
    let answer = stage.anyone().get("/api/v1/contests/khong-co").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(json["status"], 404);
    assert!(json["message"].as_str().unwrap().starts_with("Không có gì"), "{json}");
}

#[actix_web::test]
async fn a_browsers_cookie_is_no_token() {
    let stage = Stage::new();
    let (_, mut person) = stage.a_person("Lê Thị Thử").await;
    assert_eq!(person.get("/api/v1/contests").await.status, StatusCode::OK);
    let mut with_wrong_token = stage.anyone().with_bearer("0".repeat(64).as_str());
    assert_eq!(with_wrong_token.get("/api/v1/contests").await.status, StatusCode::UNAUTHORIZED);
}

#[actix_web::test]
async fn the_description_names_every_address_of_the_api() {
    let stage = Stage::new();
    let answer = stage.anyone().get("/api/openapi.json").await;
    let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    for (method, path) in hoithi::web::api::ADDRESSES {
        if path.starts_with("/api/v1/") {
            let operation = &json["paths"][path][method.to_lowercase()];
            assert!(operation.is_object(), "{method} {path} is not described");
        }
    }
}
