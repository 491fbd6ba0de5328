use actix_web::http::StatusCode;

use crate::support::{PASSWORD, Stage};

const NEW: &str = "một mật khẩu khác";

#[actix_web::test]
async fn a_changed_password_ends_the_other_sessions() {
    let stage = Stage::new();
    stage.an_account("Nguyễn Thị An", "0912345678").await;
    let mut phone = stage.signed_in("0912345678").await;
    let mut computer = stage.signed_in("0912345678").await;
    let fields = [("old_password", PASSWORD), ("password", NEW), ("password_again", NEW)];
    let answer = phone.post("/my/account/password", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(phone.get("/my/account").await.status, StatusCode::OK);
    assert_eq!(computer.get("/my/account").await.status, StatusCode::SEE_OTHER);
    let answer = stage.anyone().post("/sign-in", &[("name", "0912345678"), ("password", NEW)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[actix_web::test]
async fn a_wrong_password_form_says_what_is_wrong_with_it() {
    let stage = Stage::new();
    stage.an_account("Nguyễn Thị An", "0912345678").await;
    let mut guest = stage.signed_in("0912345678").await;
    for (fields, said) in [
        ([("old_password", ""), ("password", NEW), ("password_again", NEW)], "Cần nhập mật khẩu hiện tại."),
        (
            [("old_password", "sai"), ("password", NEW), ("password_again", NEW)],
            "Mật khẩu hiện tại chưa đúng.",
        ),
        ([("old_password", PASSWORD), ("password", "ngắn"), ("password_again", "ngắn")], "ít nhất 8 ký tự"),
        ([("old_password", PASSWORD), ("password", NEW), ("password_again", "x")], "không giống nhau"),
        ([("old_password", PASSWORD), ("password", PASSWORD), ("password_again", PASSWORD)], "phải khác"),
    ] {
        let page = guest.post("/my/account/password", &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
}

#[actix_web::test]
async fn nothing_goes_on_before_a_one_time_password_is_changed() {
    let stage = Stage::new();
    stage.an_account_with("Nguyễn Thị An", "0912345678", |new| new.password_must_change = true).await;
    let mut guest = stage.anyone();
    let fields = [("name", "0912345678"), ("password", PASSWORD), ("next", "/my/sessions")];
    let answer = guest.post("/sign-in", &fields).await;
    assert_eq!(answer.location, "/my/account/password?next=%2Fmy%2Fsessions");
    let page = guest.get("/my/sessions").await;
    assert_eq!(page.location, "/my/account/password?next=%2Fmy%2Fsessions");
    let page = guest.get(&page.location).await;
    assert!(page.body.contains("mật khẩu cấp một lần"), "{}", page.body);
    let refused = guest.post("/my/sessions/end-others", &[]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);

    let fields =
        [("old_password", PASSWORD), ("password", NEW), ("password_again", NEW), ("next", "/my/sessions")];
    assert_eq!(guest.post("/my/account/password", &fields).await.location, "/my/sessions");
    assert_eq!(guest.get("/my/sessions").await.status, StatusCode::OK);
}

#[actix_web::test]
async fn sign_ins_are_listed_and_can_be_ended_but_only_one_s_own() {
    let stage = Stage::new();
    stage.an_account("Nguyễn Thị An", "0912345678").await;
    stage.an_account("Trần Thị Bình", "0912345679").await;
    let mut phone = stage.signed_in("0912345678").await;
    let mut computer = stage.signed_in("0912345678").await;
    let mut other = stage.signed_in("0912345679").await;
    let page = phone.get("/my/sessions").await;
    let end = page.body.split("action=\"/my/sessions/").filter_map(|part| part.split('"').next());
    let end: Vec<String> =
        end.filter(|part| part.ends_with("/end")).map(|part| format!("/my/sessions/{part}")).collect();
    assert_eq!(end.len(), 1, "the session in use has no button");

    assert_eq!(other.post(&end[0], &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(other.post("/my/sessions/nonsense/end", &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(computer.get("/my/sessions").await.status, StatusCode::OK);
    for _ in 0..2 {
        assert_eq!(phone.post(&end[0], &[]).await.location, "/my/sessions");
    }
    assert_eq!(computer.get("/my/sessions").await.status, StatusCode::SEE_OTHER);
    assert_eq!(other.get("/my/sessions").await.status, StatusCode::OK);
}

#[actix_web::test]
async fn details_change_with_the_password_and_a_taken_number_is_refused() {
    let stage = Stage::new();
    stage.an_account("Nguyễn Thị An", "0912345678").await;
    stage.an_account("Trần Thị Bình", "0912345679").await;
    let mut guest = stage.signed_in("0912345678").await;
    let taken = [("full_name", "An <b>"), ("phone", "0912345679"), ("email", ""), ("password", PASSWORD)];
    let page = guest.post("/my/account", &taken).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("đã có tài khoản") && page.body.contains("An &lt;b&gt;"), "{}", page.body);
    let wrong = [("full_name", "An"), ("phone", "0912345678"), ("email", ""), ("password", "sai")];
    assert_eq!(guest.post("/my/account", &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let right = [("full_name", "An"), ("phone", ""), ("email", "an@example.vn"), ("password", PASSWORD)];
    assert_eq!(guest.post("/my/account", &right).await.location, "/my/account");
    assert!(guest.get("/my/account").await.body.contains("an@example.vn"));
}
