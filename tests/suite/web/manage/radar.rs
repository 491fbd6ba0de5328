use actix_web::http::StatusCode;
use hoithi::features::radar;

use crate::support::{Guest, Stage, Work};

const ESSAY: &str = "Chi hội tổ chức sinh hoạt hằng tháng bằng sổ tay số trên điện thoại. Mỗi chị em quét một mã để \
    điểm danh, xem tài liệu và góp ý ngay trong buổi họp. Ban chấp hành tổng hợp ý kiến thành bảng, gửi lại cho từng tổ \
    trước ngày mười lăm và theo dõi việc nào đã xong, việc nào còn chờ.";

struct Pair {
    stage: Stage,
    slug: String,
    href: String,
    entries: [hoithi::base::ids::EntryId; 2],
    inbox: String,
    province: Guest,
    communes: [Guest; 2],
    member: Guest,
}

/// Two communes of one province sent in the same words.
async fn a_pair() -> Pair {
    let stage = Stage::new();
    let unit = stage.a_unit("Hội LHPN tỉnh Bến Tre").level("province").make().await;
    let contest = stage.a_contest(&unit).await;
    let province = stage.an_officer(&unit).await;
    let organiser = stage.person_of(&province).await;
    let one = stage.a_unit("Hội LHPN xã Một").below(&unit).make().await;
    let two = stage.a_unit("Hội LHPN xã Hai").below(&unit).make().await;
    let first = stage.a_work(&contest, &one, &organiser, &Work::saying("Sổ tay gốc", ESSAY)).await;
    let second = stage.a_work(&contest, &two, &organiser, &Work::saying("Sổ tay chép", ESSAY)).await;
    stage.work_off().await;
    let of = first.clone();
    let found = stage.read(move |db| radar::views::list_of_entry(db, &of)).await.unwrap();
    let communes = [stage.an_officer(&one).await, stage.an_officer(&two).await];
    let member = stage.a_member(&one).await;
    Pair {
        slug: contest.slug.as_str().to_owned(),
        href: format!("/manage/likenesses/{}", found[0].id),
        entries: [first, second],
        inbox: format!("/manage/units/{unit}/entries"),
        province,
        communes,
        member,
        stage,
    }
}

#[actix_web::test]
async fn each_officer_sees_as_much_of_a_pair_as_is_theirs() {
    let mut pair = a_pair().await;
    let page = pair.province.get(&pair.href).await;
    assert_eq!(page.status, StatusCode::OK);
    for said in ["Sổ tay gốc", "Sổ tay chép", "xã Một", "xã Hai", "<mark>", "Khác đơn vị", "Cùng tác giả"]
    {
        assert!(page.body.contains(said), "{said}");
    }
    let page = pair.communes[0].get(&pair.href).await;
    assert!(page.body.contains("Sổ tay gốc") && page.body.contains("Một bài của đơn vị khác"));
    for hidden in ["Sổ tay chép", "xã Hai", "<mark>", "/dismiss"] {
        assert!(!page.body.contains(hidden), "{hidden}");
    }
    let entry = format!("/manage/entries/{}", pair.entries[0]);
    let page = pair.communes[0].get(&entry).await;
    assert!(page.body.contains(&pair.href) && !page.body.contains("Sổ tay chép"));
    assert_eq!(pair.member.get(&pair.href).await.status, StatusCode::NOT_FOUND);
    assert_eq!(pair.stage.anyone().get(&pair.href).await.status, StatusCode::SEE_OTHER);
    for wrong in ["/manage/likenesses/x", "/manage/likenesses/0190b7a4-0000-7000-8000-000000000000"] {
        assert_eq!(pair.province.get(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[actix_web::test]
async fn only_who_sees_both_says_that_it_is_no_copy_and_why() {
    let mut pair = a_pair().await;
    let dismiss = format!("{}/dismiss", pair.href);
    let refused = pair.communes[0].post(&dismiss, &[("reason", "không phải")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(pair.member.post(&dismiss, &[("reason", "không")]).await.status, StatusCode::NOT_FOUND);
    let empty = pair.province.post(&dismiss, &[("reason", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let seen = pair.province.post(&format!("{}/seen", pair.href), &[]).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER);
    let done = pair.province.post(&dismiss, &[("reason", "Hai chị viết chung")]).await;
    assert_eq!(done.location, pair.href);
    let page = pair.province.get(&pair.href).await;
    assert!(
        page.body.contains("Không phải sao chép: Trần Thị Cán Bộ")
            && page.body.contains("Hai chị viết chung")
    );
    assert!(!pair.province.get(&pair.inbox).await.body.contains("Giống 1 bài"), "nothing is open any more");
}

#[actix_web::test]
async fn the_inbox_and_the_contest_say_what_is_alike() {
    let mut pair = a_pair().await;
    let inbox = pair.province.get(&pair.inbox).await;
    assert_eq!(inbox.body.matches("Giống 1 bài").count(), 2);
    let contest = format!("/manage/contests/{}/radar", pair.slug);
    let page = pair.province.get(&contest).await;
    assert!(page.body.contains(&pair.href) && page.body.contains("Chữ gần giống nhau"));
    assert_eq!(pair.communes[0].get(&contest).await.status, StatusCode::NOT_FOUND);
    assert_eq!(pair.communes[0].post(&contest, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(pair.province.post(&contest, &[]).await.location, contest);
    let page = pair.province.get(&contest).await;
    assert!(page.body.contains("<progress"), "it waits for its turn");
    pair.stage.work_off().await;
    let page = pair.province.get(&contest).await;
    assert!(page.body.contains("Lần rà soát gần nhất xong lúc"));
}
