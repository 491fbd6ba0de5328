//! The database goes away and returns.

use std::path::Path;

use actix_web::{
    http::{StatusCode, header},
    test::TestRequest,
};
use diesel::{Connection, SqliteConnection, connection::SimpleConnection};
use hoithi::features::entries::Entry;

use super::forms::{FoundForm, forms_in};
use crate::support::{Answer, Guest, OwnPostgres, Stage, TestDatabase};

/// A member with a draft open in the browser.
async fn a_member_who_types(stage: &Stage) -> (Guest, Entry) {
    let province = stage.a_unit("tỉnh Bến Tre").level("province").make().await;
    let commune = stage.a_unit("xã An Hiệp").below(&province).make().await;
    let contest = stage.a_contest(&province).await;
    let mut member = stage.a_member(&commune).await;
    let person = stage.person_of(&member).await;
    let draft = stage.a_full_draft(&contest, &commune, &person, "Trước khi mất").await;
    assert_eq!(member.get(&format!("/my/entries/{}/edit", draft.id)).await.status, StatusCode::OK);
    (member, draft)
}

/// What the browser sends of the page that was open.
fn typed<'t>(csrf: &'t str, version: &'t str, title: &'t str) -> Vec<(&'t str, &'t str)> {
    vec![
        ("csrf", csrf),
        ("version", version),
        ("title", title),
        ("kind", "individual"),
        ("authors", "Chị \"Ba\" <i>ở</i> ấp 1\r\nvà chị Tư"),
        ("act", "next"),
    ]
}

/// The answer says that the database is away and holds the form, ready to be sent again.
fn the_form_in(answer: &Answer, path: &str) -> FoundForm {
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.body);
    assert!(answer.body.contains("Hệ thống tạm thời không truy cập được dữ liệu"), "{}", answer.body);
    assert!(!answer.body.contains("<i>ở</i>"), "what was typed is text: {}", answer.body);
    let form = forms_in(path, &answer.body).into_iter().find(|form| form.action == path);
    form.expect("the form can be sent again")
}

async fn send_again(member: &mut Guest, form: &FoundForm) -> Answer {
    let fields: Vec<(&str, &str)> =
        form.fields.iter().map(|field| (field.name.as_str(), field.value.as_str())).collect();
    member.post_without_csrf(&form.action, &fields).await
}

#[actix_web::test]
async fn while_postgresql_is_away_nothing_typed_is_lost_and_when_it_returns_work_goes_on() {
    if !Stage::new().is_postgres() {
        return;
    }
    let server = OwnPostgres::start();
    let stage = Stage::with(TestDatabase::on(&server.url), |_| {});
    let (mut member, draft) = a_member_who_types(&stage).await;
    let csrf = member.csrf().await;
    let path = format!("/my/entries/{}/edit", draft.id);
    let version = draft.edition.to_string();
    server.goes_away();

    let form =
        the_form_in(&member.post_without_csrf(&path, &typed(&csrf, &version, "Gõ lúc mất")).await, &path);
    // The script of the page reads that it is to try again.
    let by_script = TestRequest::post()
        .uri(&path.replace("/edit", "/autosave"))
        .insert_header((header::HeaderName::from_static("x-requested-with"), "fetch"))
        .set_form(typed(&csrf, &version, "Gõ lúc mất"));
    let answer = member.send(by_script).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.body);
    assert!(serde_json::from_str::<serde_json::Value>(&answer.body).unwrap()["message"].is_string());
    let page = member.get(&path).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{}", page.body);
    // Pressed too early, it is all still there.
    let form = the_form_in(&send_again(&mut member, &form).await, &path);

    server.returns();
    // A moment passes until the program notices; everybody can ask it.
    let began = std::time::Instant::now();
    while member.get("/readyz").await.status != StatusCode::OK {
        assert!(began.elapsed().as_secs() < 30, "it never noticed");
        tokio::task::yield_now().await;
    }
    let saved = send_again(&mut member, &form).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let page = member.get(&path).await;
    assert!(page.body.contains("Gõ lúc mất") && page.body.contains("&lt;i&gt;ở"), "{}", page.body);
}

/// A file does not go away, but another program may hold it: a copy that is being made, a mount that hangs.
#[actix_web::test]
async fn while_the_file_is_held_by_another_program_nothing_typed_is_lost_and_then_work_goes_on() {
    let stage = Stage::new();
    if stage.is_postgres() {
        return;
    }
    let (mut member, draft) = a_member_who_types(&stage).await;
    let csrf = member.csrf().await;
    let path = format!("/my/entries/{}/edit", draft.id);
    let version = draft.edition.to_string();
    let file: &Path = &stage.database.folder().join("test.db");
    let mut other = SqliteConnection::establish(file.to_str().unwrap()).unwrap();
    other.batch_execute("BEGIN IMMEDIATE").unwrap();

    let answer = member.post_without_csrf(&path, &typed(&csrf, &version, "Gõ lúc bị giữ")).await;
    let form = the_form_in(&answer, &path);
    let page = member.get(&path).await;
    assert!(
        page.status == StatusCode::OK && page.body.contains("Trước khi mất"),
        "it can be read: {}",
        page.body
    );

    other.batch_execute("ROLLBACK").unwrap();
    let saved = send_again(&mut member, &form).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    assert!(member.get(&path).await.body.contains("Gõ lúc bị giữ"));
}
