use actix_web::http::StatusCode;
use hoithi::{
    base::ids::UnitId,
    features::accounts::{OfficeRole, views},
};

use crate::support::{Guest, PASSWORD, Stage};

struct World {
    stage: Stage,
    province: UnitId,
    commune: UnitId,
    other: UnitId,
}

async fn world() -> World {
    let stage = Stage::new();
    let province = stage.a_unit("Tỉnh P").level("province").make().await;
    let commune = stage.a_unit("Xã A").below(&province).make().await;
    let other = stage.a_unit("Xã B").below(&province).make().await;
    World { stage, province, commune, other }
}

/// What is shown this once: a password or a link.
fn shown_once(body: &str) -> String {
    let marked = body.split("data-copy=\"").nth(1).expect("something is shown once");
    marked.split('"').next().unwrap().replace("&#x2F;", "/")
}

async fn invite(officer: &mut Guest, unit: &UnitId, role: &str) -> String {
    let fields = [("full_name", "Người <b>mới</b>"), ("role", role), ("title", "Chủ tịch"), ("days", "14")];
    let page = officer.post(&format!("/manage/units/{unit}/invitations"), &fields).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(!page.body.contains("<b>mới</b>"));
    shown_once(&page.body).replace("http://hoithi.test", "")
}

#[actix_web::test]
async fn an_officer_adds_a_member_whose_first_password_is_shown_once() {
    let World { stage, commune, .. } = world().await;
    let mut officer = stage.an_officer(&commune).await;
    let href = format!("/manage/units/{commune}/people");
    let fields = [("full_name", "Lê Thị Cúc"), ("phone", "0912 345 678"), ("email", ""), ("role", "member")];
    let page = officer.post(&href, &fields).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let password = shown_once(&page.body);
    assert!(page.headers.get("cache-control").is_some_and(|value| value == "no-store"));
    assert!(!officer.get(&href).await.body.contains(&password));

    let mut member = stage.anyone();
    let answer = member.post("/sign-in", &[("name", "0912345678"), ("password", &password)]).await;
    assert_eq!(answer.location, "/my/account/password?next=%2Fmy");

    let page = officer.post(&href, &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("đã có tài khoản") && page.body.contains("value=\"Lê Thị Cúc\""));
}

#[actix_web::test]
async fn the_people_of_a_unit_are_nobody_else_s_business() {
    let World { stage, province, commune, other } = world().await;
    let href = format!("/manage/units/{commune}/people");
    assert_eq!(stage.an_officer(&commune).await.get(&href).await.status, StatusCode::OK);
    assert_eq!(stage.an_officer(&province).await.get(&href).await.status, StatusCode::OK);
    assert_eq!(stage.an_administrator().await.get(&href).await.status, StatusCode::OK);
    let mut stranger = stage.an_officer(&other).await;
    assert_eq!(stranger.get(&href).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stage.a_member(&commune).await.get(&href).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stage.anyone().get(&href).await.status, StatusCode::SEE_OTHER);
    let fields = [("full_name", "X"), ("phone", "0912345678"), ("role", "officer")];
    assert_eq!(stranger.post(&href, &fields).await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn a_new_person_accepts_an_invitation_once() {
    let World { stage, commune, .. } = world().await;
    let mut officer = stage.an_officer(&commune).await;
    let link = invite(&mut officer, &commune, "officer").await;
    let mut guest = stage.anyone();
    let page = guest.get(&link).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("Xã A") && page.body.contains("Chủ tịch"));

    let wrong = [("full_name", ""), ("phone", "12"), ("email", ""), ("password", "ngắn")];
    let page = guest.post(&link, &wrong).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("value=\"12\"") && page.body.contains("ít nhất 8 ký tự"), "{}", page.body);

    let right = [("full_name", "Lê Thị Mới"), ("phone", "0912345678"), ("email", ""), ("password", PASSWORD)];
    let answer = guest.post(&link, &right).await;
    assert_eq!(
        (answer.status, answer.location.as_str()),
        (StatusCode::SEE_OTHER, "/manage"),
        "{}",
        answer.body
    );
    assert_eq!(guest.get(&format!("/manage/units/{commune}/people")).await.status, StatusCode::OK);

    let page = stage.anyone().get(&link).await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(page.body.contains("đã được dùng"));
    assert_eq!(stage.anyone().get("/invitations/nonsense").await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn somebody_known_accepts_with_their_own_account() {
    let World { stage, commune, other, .. } = world().await;
    let mut officer = stage.an_officer(&commune).await;
    let link = invite(&mut officer, &commune, "member").await;
    let mut member = stage.a_member(&other).await;
    assert!(member.get(&link).await.body.contains("Lê Thị Hội Viên"));
    assert_eq!(member.post(&link, &[]).await.location, "/my");
    let person = stage.person_of(&member).await;
    assert_eq!(person.member_units(), [&other, &commune]);

    let second = invite(&mut officer, &commune, "member").await;
    let page = member.post(&second, &[]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.body.contains("đang giữ chức trách đó"), "{}", page.body);
}

#[actix_web::test]
async fn an_invitation_ends_by_itself_or_is_taken_back() {
    let World { stage, commune, .. } = world().await;
    let mut officer = stage.an_officer(&commune).await;
    let link = invite(&mut officer, &commune, "officer").await;
    let page = officer.get(&format!("/manage/units/{commune}/people")).await;
    let cancel = page.body.split("action=\"").filter_map(|part| part.split('"').next());
    let cancel = cancel.into_iter().find(|href| href.ends_with("/cancel")).unwrap().to_owned();
    assert_eq!(officer.post(&cancel, &[]).await.status, StatusCode::SEE_OTHER);
    assert!(stage.anyone().get(&link).await.body.contains("đã bị hủy"));

    let link = invite(&mut officer, &commune, "officer").await;
    stage.clock_forward(chrono::Duration::days(15));
    assert!(stage.anyone().get(&link).await.body.contains("đã hết hạn"));
    let fields = [("full_name", ""), ("role", "officer"), ("title", ""), ("days", "900")];
    let page = officer.post(&format!("/manage/units/{commune}/invitations"), &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[actix_web::test]
async fn an_officer_resets_a_member_s_password_but_not_that_of_somebody_who_holds_more() {
    let World { stage, province, commune, .. } = world().await;
    let mut officer = stage.an_officer(&commune).await;
    let member = stage.an_account("Nguyễn Thị An", "0912345678").await;
    stage.give_office(&member, &commune, OfficeRole::Member).await;
    let mut signed_in = stage.signed_in("0912345678").await;
    let href = format!("/manage/units/{commune}/people/{member}/reset");
    assert_eq!(officer.get(&href).await.status, StatusCode::OK);
    let page = officer.post(&href, &[]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let password = shown_once(&page.body);
    assert_eq!(signed_in.get("/my/account").await.status, StatusCode::SEE_OTHER, "signed out everywhere");
    let answer = stage.anyone().post("/sign-in", &[("name", "0912345678"), ("password", &password)]).await;
    assert!(answer.location.starts_with("/my/account/password"));

    stage.give_office(&member, &province, OfficeRole::Officer).await;
    let page = officer.post(&href, &[]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.body.contains("ngoài phạm vi đơn vị"), "{}", page.body);
}

#[actix_web::test]
async fn an_ended_office_is_gone_from_the_list_and_from_what_it_allowed() {
    let World { stage, commune, .. } = world().await;
    let mut officer = stage.an_officer(&commune).await;
    let mut second = stage.an_officer(&commune).await;
    let href = format!("/manage/units/{commune}/people");
    let page = officer.get(&href).await;
    let end = page.body.split("action=\"").filter_map(|part| part.split('"').next());
    let end: Vec<&str> = end.filter(|href| href.contains("/offices/") && href.ends_with("/end")).collect();
    assert_eq!(end.len(), 1, "one's own office is not ended by oneself");
    assert_eq!(officer.post(end[0], &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(second.get(&href).await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn people_are_sorted_as_in_a_vietnamese_dictionary_and_pages_cost_the_same() {
    let World { stage, commune, .. } = world().await;
    for (number, name) in ["Lê Thị Ưng", "Trần Đa", "Vũ Thị An", "Bùi Ăn"].iter().enumerate() {
        let account = stage.an_account(name, &format!("091234560{number}")).await;
        stage.give_office(&account, &commune, OfficeRole::Member).await;
    }
    let unit = commune.clone();
    let now = stage.now();
    let people = stage
        .read(move |db| {
            views::list_people(db, &unit, None, "", hoithi::base::page::PageRequest::new(None, 3), now)
        })
        .await
        .unwrap();
    let names: Vec<String> = people.rows.into_iter().map(|row| row.account.full_name).collect();
    assert_eq!((names, people.total), (vec!["Vũ Thị An".into(), "Bùi Ăn".into(), "Trần Đa".into()], 4));

    let mut officer = stage.an_officer(&commune).await;
    let href = format!("/manage/units/{commune}/people");
    let few = stage.count_queries(async || drop(officer.get(&href).await)).await;
    for number in 10..30 {
        let account = stage.an_account("Lê Thị Nữa", &format!("09123456{number}")).await;
        stage.give_office(&account, &commune, OfficeRole::Member).await;
    }
    let many = stage.count_queries(async || drop(officer.get(&href).await)).await;
    assert_eq!(few, many);
}

#[actix_web::test]
async fn an_office_and_an_invitation_end_only_under_their_own_unit() {
    let World { stage, province, commune, other } = world().await;
    let (account, guest) = stage.a_person("Lê Thị Cúc").await;
    stage.give_office(&account, &commune, OfficeRole::Member).await;
    let office = stage.person_of(&guest).await.offices[0].id.clone();
    let mut officer = stage.an_officer(&province).await;
    invite(&mut officer, &commune, "member").await;
    let page = officer.get(&format!("/manage/units/{commune}/people")).await;
    let invitation = page.body.split("/invitations/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    for unit in [&other, &province] {
        for what in [format!("offices/{office}/end"), format!("invitations/{invitation}/cancel")] {
            let answer = officer.post(&format!("/manage/units/{unit}/{what}"), &[]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{what}");
        }
        let reset = format!("/manage/units/{unit}/people/{account}/reset");
        assert_eq!(officer.post(&reset, &[]).await.status, StatusCode::NOT_FOUND);
    }
    for what in [format!("offices/{office}/end"), format!("invitations/{invitation}/cancel")] {
        let answer = officer.post(&format!("/manage/units/{commune}/{what}"), &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{what}");
    }
}
