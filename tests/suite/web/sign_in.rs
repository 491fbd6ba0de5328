use actix_web::http::StatusCode;
use hoithi::features::accounts::{self, AccountStatus};

use crate::support::{PASSWORD, Stage};

#[actix_web::test]
async fn one_signs_in_with_a_number_in_any_writing_and_goes_on_to_where_one_wanted() {
    let stage = Stage::new();
    stage.an_account("Nguyễn Thị An", "0912345678").await;
    let mut guest = stage.anyone();
    let page = guest.get("/my/account").await;
    assert_eq!(
        (page.status, page.location.as_str()),
        (StatusCode::SEE_OTHER, "/sign-in?next=%2Fmy%2Faccount")
    );
    assert!(guest.get(&page.location).await.body.contains("name=\"next\" value=\"/my/account\""));

    let fields = [("name", " +84 912.345.678"), ("password", PASSWORD), ("next", "/my/account")];
    let answer = guest.post("/sign-in", &fields).await;
    assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/my/account"));
    let page = guest.get("/my/account").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("Nguyễn Thị An") && page.body.contains("0912 345 678"));

    let answer = guest.post("/sign-out", &[]).await;
    assert_eq!(answer.location, "/");
    assert_eq!(guest.get("/my/account").await.status, StatusCode::SEE_OTHER);
}

#[actix_web::test]
async fn signing_in_leads_to_no_foreign_address() {
    let stage = Stage::new();
    stage.an_account("Nguyễn Thị An", "0912345678").await;
    for next in ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"] {
        let fields = [("name", "0912345678"), ("password", PASSWORD), ("next", next)];
        assert_eq!(stage.anyone().post("/sign-in", &fields).await.location, "/my", "{next}");
    }
}

#[actix_web::test]
async fn a_wrong_name_and_a_wrong_password_get_the_same_answer_and_the_name_is_kept() {
    let stage = Stage::new();
    stage.an_account("Nguyễn Thị An", "0912345678").await;
    let mut guest = stage.anyone();
    for name in ["0912345678", "0987654321", "an@example.vn", "<script>", &"9".repeat(10_000)] {
        let page = guest.post("/sign-in", &[("name", name), ("password", "sai")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(page.body.contains("Số điện thoại, thư điện tử hoặc mật khẩu chưa đúng."), "{name}");
        assert!(!page.body.contains("<script>"), "{name}");
    }
    let page = guest.post("/sign-in", &[("name", "0912345678"), ("password", "sai")]).await;
    assert!(page.body.contains("value=\"0912345678\""));
    let page = guest.post("/sign-in", &[("name", ""), ("password", "")]).await;
    assert!(page.body.contains("Cần nhập mật khẩu."));
}

#[actix_web::test]
async fn guessing_closes_the_door_even_for_the_right_password_and_waiting_opens_it() {
    let stage = Stage::new();
    stage.an_account("Nguyễn Thị An", "0912345678").await;
    stage.an_account("Trần Thị Bình", "0912345679").await;
    let mut guest = stage.anyone();
    for _ in 0..10 {
        let page = guest.post("/sign-in", &[("name", "0912345678"), ("password", "sai")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let page = guest.post("/sign-in", &[("name", "0912345678"), ("password", PASSWORD)]).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(page.body.contains("Vui lòng đợi 15 phút"), "{}", page.body);
    stage.signed_in("0912345679").await;

    stage.clock_forward(chrono::Duration::minutes(16));
    stage.signed_in("0912345678").await;
}

#[actix_web::test]
async fn guesses_at_once_are_counted_like_guesses_in_turn() {
    let stage = Stage::new();
    stage.an_account("Nguyễn Thị An", "0912345678").await;
    let guesses = (0..14).map(|_| {
        let mut guest = stage.anyone();
        async move { guest.post("/sign-in", &[("name", "0912345678"), ("password", "sai")]).await.status }
    });
    let statuses = futures_util::future::join_all(guesses).await;
    let wrong = statuses.iter().filter(|status| **status == StatusCode::UNPROCESSABLE_ENTITY).count();
    assert_eq!(wrong, 10, "{statuses:?}");
}

#[actix_web::test]
async fn a_closed_account_cannot_sign_in_and_is_signed_out_everywhere() {
    let stage = Stage::new();
    let id = stage.an_account("Nguyễn Thị An", "0912345678").await;
    let mut guest = stage.signed_in("0912345678").await;
    stage
        .write(move |db| {
            let mut account = accounts::store::find(db, &id)?.unwrap();
            account.status = AccountStatus::Disabled;
            accounts::store::save(db, &account)
        })
        .await
        .unwrap();
    assert_eq!(guest.get("/my/account").await.status, StatusCode::SEE_OTHER);
    let page = stage.anyone().post("/sign-in", &[("name", "0912345678"), ("password", PASSWORD)]).await;
    assert!(page.body.contains("Tài khoản này đã bị khóa"), "{}", page.body);
}

#[actix_web::test]
async fn a_session_ends_after_thirty_days() {
    let stage = Stage::new();
    stage.an_account("Nguyễn Thị An", "0912345678").await;
    let mut guest = stage.signed_in("0912345678").await;
    stage.clock_forward(chrono::Duration::days(29));
    assert_eq!(guest.get("/my/account").await.status, StatusCode::OK);
    stage.clock_forward(chrono::Duration::days(2));
    assert_eq!(guest.get("/my/account").await.status, StatusCode::SEE_OTHER);
}
