//! A pool from the decision to the publication, through the browser's forms.

use actix_web::http::StatusCode;
use hoithi::{
    base::ids::{EntryId, PoolId},
    features::{
        contests::{AwardTarget, EntryKind, RoundMethod},
        selection::views::list_incoming,
    },
};

use crate::support::{PICTURE, SmallContest, Stage};

/// Two entries in the province's pool of a vote round; one may go up.
async fn small(stage: &Stage) -> (SmallContest, PoolId, EntryId, EntryId) {
    let small = stage
        .a_small_contest(&[("province", RoundMethod::Vote, Some(1)), ("central", RoundMethod::Decide, None)])
        .await;
    let first = stage.an_entry_in(&small, "Sổ tay <b>số</b>", &small.branch, EntryKind::Individual).await;
    let second = stage.an_entry_in(&small, "Ô chữ", &small.communes[1], EntryKind::Collective).await;
    let pool = stage.pool_at(&small, 0, &small.province).await;
    (small, pool, first, second)
}

#[actix_web::test]
async fn every_page_of_a_pool_shows_and_is_not_found_by_others() {
    let stage = Stage::new();
    let (mut small, pool, ..) = small(&stage).await;
    for part in ["", "/decision", "/nominations", "/votes", "/awards", "/publish"] {
        let path = format!("/manage/pools/{pool}{part}");
        let page = small.provincial.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
        assert!(!page.body.contains("<b>số</b>"), "{path} lets HTML through");
        assert_eq!(small.district_officer.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(stage.anyone().get(&path).await.status, StatusCode::SEE_OTHER, "{path}");
    }
    let contest = "/manage/contests/hoi-thi-nho/publish";
    assert_eq!(small.organiser.get(contest).await.status, StatusCode::OK);
    assert_eq!(small.provincial.get(contest).await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn a_decision_that_is_refused_keeps_what_was_typed() {
    let stage = Stage::new();
    let (mut small, pool, first, second) = small(&stage).await;
    let path = format!("/manage/pools/{pool}/decision");
    let (one, other) = (format!("outcome-{first}"), format!("outcome-{second}"));
    let fields = [
        (one.as_str(), "nominated"),
        (other.as_str(), "nominated"),
        ("body_name", "Ban Thường vụ Hội LHPN tỉnh"),
        ("members_present", "Trần Thị A\nLê Thị B"),
        ("minutes", "Thống nhất **cả hai**."),
        ("document_date", "không phải ngày"),
        ("replaces", "0"),
    ];
    let page = small.provincial.post(&path, &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("Thống nhất **cả hai**."), "the minutes are kept");
    assert!(page.body.contains("Ngày chưa đúng"));
    assert!(page.body.contains("Cần đánh dấu xác nhận"));

    let mut fields = fields.to_vec();
    fields.retain(|(name, _)| *name != "document_date");
    fields.push(("document_date", "05/04/2024"));
    fields.push(("confirm", "1"));
    let page = small.provincial.post(&path, &fields).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.body.contains("Chỉ tiêu gửi lên là 1 bài, quyết định này đề cử 2 bài."), "{}", page.body);
    assert!(page.body.contains("Thống nhất **cả hai**."));

    fields[1] = (other.as_str(), "chosen");
    let answer = small.provincial.post(&path, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let page = small.provincial.get(&path).await;
    assert!(page.body.contains("<strong>cả hai</strong>"), "minutes are Markdown");
    assert!(page.body.contains("05/04/2024"));

    // Who had the empty form open still has what they typed, and sees what was decided.
    let late = small.organiser.post(&path, &fields).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("vừa có quyết định lần 1"));
    assert!(late.body.contains("name=\"replaces\" value=\"1\""));
    assert!(late.body.contains("Thống nhất **cả hai**."));
}

#[actix_web::test]
async fn votes_are_recorded_with_a_proof_file_that_survives_an_error() {
    let stage = Stage::new();
    let (mut small, pool, first, second) = small(&stage).await;
    let path = format!("/manage/pools/{pool}/votes/{first}");
    let files: &[(&str, &str, &[u8])] = &[("proof", "anh.png", PICTURE)];
    let page = small.provincial.upload(&path, &[("votes", "1.234"), ("source", "")], files).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.body);
    assert!(page.body.contains("value=\"1.234\""));
    let hidden = |name: &str| -> String {
        let rest = page.body.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
        rest.split('"').next().unwrap().replace("&#x2F;", "/")
    };
    let (kept, seal) = (hidden("kept_file"), hidden("kept_seal"));
    let fields = [("votes", "1.234"), ("source", "Fanpage"), ("kept_file", &kept), ("kept_seal", &seal)];
    let answer = small.provincial.upload(&path, &fields, &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let page = small.provincial.get(&path).await;
    assert!(page.body.contains("<strong>1.234</strong>"));
    let proof = page.body.split("href=\"").find(|rest| rest.contains("/proof\"")).unwrap();
    let proof = proof.split('"').next().unwrap().to_owned();
    let file = small.provincial.get(&proof).await;
    assert_eq!(file.bytes, PICTURE);
    assert_eq!(small.district_officer.get(&proof).await.status, StatusCode::NOT_FOUND);

    // Another file than a picture or PDF, and a form that is not ours.
    let wrong = small.provincial.upload(&path, &fields[..2], &[("proof", "a.png", b"<html>")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let forged = [("votes", "1"), ("source", "F"), ("kept_file", "00|1|image/png"), ("kept_seal", "00")];
    let other = format!("/manage/pools/{pool}/votes/{second}");
    let forged = small.provincial.upload(&other, &forged, &[]).await;
    assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[actix_web::test]
async fn a_nomination_is_accepted_and_an_award_granted_in_the_browser() {
    let stage = Stage::new();
    let (mut small, pool, first, second) = small(&stage).await;
    use hoithi::features::selection::Outcome::{Chosen, Nominated};
    stage.decided(&small.provincial, &pool, &[(&first, Nominated), (&second, Chosen)]).await;
    let above = stage.pool_at(&small, 1, &small.central).await;
    let of = above.clone();
    let incoming = stage.read(move |db| list_incoming(db, &of)).await.unwrap();
    let id = incoming[0].nomination.id.to_string();
    let list = format!("/manage/pools/{above}/nominations");
    let page = small.organiser.get(&list).await;
    assert!(page.body.contains("Hội LHPN tỉnh Bến Tre"));
    let dossier = small.organiser.get(&format!("{list}/{id}")).await;
    assert!(dossier.body.contains("Thống nhất chọn các bài có tên."), "{}", dossier.body);
    let empty = small.organiser.post(&format!("{list}/{id}/return"), &[("reason", "  ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = small.organiser.post(&format!("{list}/accept"), &[("nomination", &id)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let foreign = small.district_officer.post(&format!("{list}/accept"), &[("nomination", &id)]).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);

    let prize = stage.an_award(&small, 0, "Giải Nhất", AwardTarget::Entry, Some(1)).await.to_string();
    let awards = format!("/manage/pools/{pool}/awards");
    let nobody =
        small.provincial.post(&awards, &[("award", &prize), ("entry", ""), ("citation", "giữ")]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nobody.body.contains("value=\"giữ\""));
    let fields = [("award", prize.as_str()), ("entry", second.as_str()), ("citation", "")];
    assert_eq!(small.provincial.post(&awards, &fields).await.status, StatusCode::SEE_OTHER);
    let again = small.provincial.post(&awards, &fields).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let page = small.provincial.get(&awards).await;
    assert!(page.body.contains("Đã trao 1 trong 1"));
}

#[actix_web::test]
async fn lists_of_a_pool_cost_the_same_however_long_they_are() {
    let stage = Stage::new();
    let (mut small, pool, first, _) = small(&stage).await;
    use hoithi::features::selection::Outcome::Chosen;
    stage.decided(&small.provincial, &pool, &[(&first, Chosen)]).await;
    let parts = ["", "/decision", "/nominations", "/votes", "/awards", "/publish"];
    let mut few = Vec::new();
    for part in parts {
        let path = format!("/manage/pools/{pool}{part}");
        few.push(stage.count_queries(async || drop(small.provincial.get(&path).await)).await);
    }
    for n in 0..8 {
        stage.an_entry_in(&small, &format!("Bài {n}"), &small.communes[0], EntryKind::Individual).await;
    }
    for (part, before) in parts.into_iter().zip(few) {
        let path = format!("/manage/pools/{pool}{part}");
        let now = stage.count_queries(async || drop(small.provincial.get(&path).await)).await;
        assert_eq!(now, before, "{part}");
    }
}
