use std::sync::Arc;

use actix_web::http::StatusCode;
use chrono::Duration;
use hoithi::{
    base::ids::UnitId,
    features::{
        accounts::Person,
        contests::Contest,
        entries::{self, Entry, store::find_current_pool},
    },
    infra::db::DbError,
};

use crate::support::{Guest, Stage};

struct Village {
    stage: Stage,
    province: UnitId,
    commune: UnitId,
    contest: Contest,
    member: Arc<Person>,
    officer: Guest,
}

impl Village {
    async fn new() -> Self {
        let stage = Stage::new();
        let province = stage.a_unit("tỉnh Bến Tre").level("province").make().await;
        let commune = stage.a_unit("xã An Hiệp").level("commune").below(&province).make().await;
        let contest = stage.a_contest(&province).await;
        let guest = stage.a_member(&commune).await;
        let member = stage.person_of(&guest).await;
        let officer = stage.an_officer(&province).await;
        Self { stage, province, commune, contest, member, officer }
    }

    async fn an_entry(&self, title: &str) -> Entry {
        self.stage.a_submitted_entry(&self.contest, &self.commune, &self.member, title).await.entry
    }

    async fn publish(&self, entry: &Entry) {
        let id = entry.id.clone();
        self.stage
            .write(move |db| -> Result<(), DbError> {
                let mut entry = entries::store::find(db, &id)?.unwrap();
                entry.status = entries::EntryStatus::Accepted;
                entry.is_published = true;
                entries::store::save(db, &entry)
            })
            .await
            .unwrap();
    }
}

#[actix_web::test]
async fn an_officer_finds_and_accepts_what_came_in() {
    let mut village = Village::new().await;
    let one = village.an_entry("Ô chữ <khởi nghiệp>").await;
    village.an_entry("Bảo vệ môi trường").await;
    let inbox = format!("/manage/units/{}/entries", village.province);
    let page = village.officer.get(&inbox).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("Ô chữ &lt;khởi nghiệp&gt;") && page.body.contains("Bảo vệ môi trường"));
    let page = village.officer.get(&format!("{inbox}?q=o+chu&kind=individual&level=commune&per=200")).await;
    assert!(page.body.contains("khởi nghiệp") && !page.body.contains("Bảo vệ môi trường"), "{}", page.body);

    let here = format!("{inbox}?q=o+chu");
    let fields = [("one", one.id.as_str()), ("back", &here)];
    let answer = village.officer.post(&format!("{inbox}/accept"), &fields).await;
    assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, here.as_str()));
    let page = village.officer.get(&format!("{inbox}?status=accepted")).await;
    assert!(page.body.contains("khởi nghiệp") && !page.body.contains("Bảo vệ môi trường"), "{}", page.body);

    let mut stranger = village.stage.an_officer(&village.commune).await;
    assert_eq!(stranger.get(&inbox).await.status, StatusCode::NOT_FOUND);
    let own = format!("/manage/units/{}/entries", village.commune);
    assert_eq!(stranger.get(&own).await.status, StatusCode::OK);
    let mut member = village.stage.a_member(&village.commune).await;
    assert_eq!(member.get(&own).await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn an_entry_is_returned_with_a_reason_and_a_day() {
    let mut village = Village::new().await;
    let entry = village.an_entry("Cần sửa").await;
    let address = format!("/manage/entries/{}", entry.id);
    let page = village.officer.get(&address).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let refused = village
        .officer
        .post(&format!("{address}/return"), &[("reason", "Thiếu <ảnh>"), ("due", "1/1/2020")])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert!(refused.body.contains("Thiếu &lt;ảnh&gt;"), "what was typed is lost: {}", refused.body);
    let fields = [("reason", "Thiếu ảnh"), ("due", "2024-03-20")];
    let answer = village.officer.post(&format!("{address}/return"), &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let page = village.officer.get(&address).await;
    assert!(page.body.contains("Thiếu ảnh") && page.body.contains("23:59 ngày 20/03/2024"), "{}", page.body);
    let again = village.officer.post(&format!("{address}/return"), &fields).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.body);
    let rejected = village.officer.post(&format!("{address}/reject"), &[("reason", "")]).await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", rejected.body);
    let mut stranger = village.stage.a_member(&village.commune).await;
    for action in ["accept", "return", "reject", "disqualify"] {
        let answer = stranger.post(&format!("{address}/{action}"), &fields).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{action}");
    }
}

#[actix_web::test]
async fn an_officer_enters_for_a_member_and_the_record_says_so() {
    let mut village = Village::new().await;
    let address = format!("/manage/units/{}/entries/new", village.province);
    let page = village.officer.get(&address).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let unit = village.commune.to_string();
    let fields = [
        ("contest", village.contest.slug.as_str()),
        ("unit", &unit),
        ("kind", "individual"),
        ("title", "Của bà Năm"),
        ("member_name", ""),
    ];
    let refused = village.officer.post(&address, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert!(refused.body.contains("Của bà Năm"));
    let mut fields = fields.to_vec();
    fields[4] = ("member_name", "Nguyễn Thị Năm");
    let answer = village.officer.post(&address, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let entry = answer.location.trim_end_matches("/edit").to_owned();
    let page = village.officer.get(&entry).await;
    assert!(page.body.contains("Nguyễn Thị Năm") && page.body.contains("nhập bài giúp"), "{}", page.body);
}

#[actix_web::test]
async fn the_inbox_costs_the_same_queries_for_many_entries_as_for_few() {
    let mut village = Village::new().await;
    let inbox = format!("/manage/units/{}/entries?per=200", village.province);
    let mut counted = Vec::new();
    for n in [1, 6] {
        for at in 0..n {
            village.an_entry(&format!("Bài {n}.{at}")).await;
        }
        let before = village.stage.app.db.queries().total();
        assert_eq!(village.officer.get(&inbox).await.status, StatusCode::OK);
        counted.push(village.stage.app.db.queries().total() - before);
    }
    assert_eq!(counted[0], counted[1], "{counted:?}");
}

#[actix_web::test]
async fn the_gallery_shows_what_is_published_and_nothing_else() {
    let village = Village::new().await;
    let shown = village.an_entry("Được công bố").await;
    let hidden = village.an_entry("Chưa công bố").await;
    village.publish(&shown).await;
    let gallery = format!("/contests/{}/entries", village.contest.slug.as_str());
    let mut anyone = village.stage.anyone();
    let page = anyone.get(&gallery).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("Được công bố") && !page.body.contains("Chưa công bố"), "{}", page.body);
    assert!(anyone.get(&format!("{gallery}?q=duoc+cong")).await.body.contains("Được công bố"));
    assert!(!anyone.get(&format!("{gallery}?q=khong+co")).await.body.contains("Được công bố"));

    let address = |entry: &Entry| format!("{gallery}/{}", entry.code.as_deref().unwrap());
    let page = anyone.get(&address(&shown)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("xã An Hiệp") && page.body.contains("class=\"path"), "{}", page.body);
    assert_eq!(anyone.get(&address(&hidden)).await.status, StatusCode::NOT_FOUND);
    if let Some(file) = page.body.split("/files/").nth(1) {
        let file = format!("/files/{}", file.split('"').next().unwrap());
        assert_eq!(anyone.get(&file).await.status, StatusCode::OK);
    }
}

#[actix_web::test]
async fn a_gallery_costs_the_same_queries_for_many_entries_as_for_few() {
    let village = Village::new().await;
    let gallery = format!("/contests/{}/entries", village.contest.slug.as_str());
    let mut counted = Vec::new();
    for n in [1, 6] {
        for at in 0..n {
            let entry = village.an_entry(&format!("Bài {n}.{at}")).await;
            village.publish(&entry).await;
        }
        // What is declared of the contest is read by the first who asks.
        village.stage.anyone().get(&gallery).await;
        let before = village.stage.app.db.queries().total();
        assert_eq!(village.stage.anyone().get(&gallery).await.status, StatusCode::OK);
        counted.push(village.stage.app.db.queries().total() - before);
    }
    assert_eq!(counted[0], counted[1], "{counted:?}");
}

#[actix_web::test]
async fn a_pool_gets_more_time_with_a_reason_and_never_less() {
    let mut village = Village::new().await;
    let entry = village.an_entry("Bài").await;
    let pool = village.stage.read(move |db| find_current_pool(db, &entry.id)).await.unwrap().unwrap();
    let address = format!("/manage/pools/{}/extend", pool.id);
    assert_eq!(village.officer.get(&address).await.status, StatusCode::OK);
    let day = (village.stage.now() + Duration::days(60)).format("%Y-%m-%d").to_string();
    let refused = village.officer.post(&address, &[("deadline", &day), ("reason", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    let fields = [("deadline", day.as_str()), ("reason", "Theo công văn số 519/BTV-TG")];
    let answer = village.officer.post(&address, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let again = village.officer.post(&address, &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "a deadline moves to later only");
    assert!(village.officer.get(&address).await.body.contains("519/BTV-TG"));
    let mut stranger = village.stage.a_member(&village.commune).await;
    assert_eq!(stranger.get(&address).await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn the_inbox_goes_out_as_a_file_with_its_filters() {
    let mut village = Village::new().await;
    village.an_entry("=1+1 Ô chữ").await;
    village.an_entry("Bảo vệ \"môi trường\"").await;
    let inbox = format!("/manage/units/{}/entries", village.province);
    let page = village.officer.get(&format!("{inbox}?q=o+chu")).await;
    assert!(
        page.body.contains(&format!("{inbox}.csv?q=o+chu").replace('/', "&#x2F;"))
            || page.body.contains(&format!("{inbox}.csv?q=o+chu")),
        "{}",
        page.body
    );
    let all = village.officer.get(&format!("{inbox}.csv")).await;
    assert_eq!(all.status, StatusCode::OK);
    assert!(all.body.starts_with("\u{feff}Mã số,"), "{}", all.body);
    assert_eq!(all.body.lines().count(), 3, "{}", all.body);
    assert!(
        all.body.contains("'=1+1 Ô chữ") && all.body.contains("\"Bảo vệ \"\"môi trường\"\"\""),
        "{}",
        all.body
    );
    assert!(all.body.contains("xã An Hiệp") && all.body.contains("tỉnh Bến Tre"), "{}", all.body);
    let some = village.officer.get(&format!("{inbox}.csv?q=o+chu")).await;
    assert!(some.body.contains("Ô chữ") && !some.body.contains("môi trường"), "{}", some.body);
    let sheet = village.officer.get(&format!("{inbox}.xlsx?q=o+chu")).await;
    assert!(sheet.bytes.starts_with(b"PK"), "an XLSX is a ZIP");
    let mut stranger = village.stage.an_officer(&village.commune).await;
    assert_eq!(stranger.get(&format!("{inbox}.csv")).await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn of_two_officers_who_deal_with_an_entry_at_once_the_second_sees_what_the_first_did() {
    let mut village = Village::new().await;
    let entry = village.an_entry("Sổ tay số").await;
    let mut other = village.stage.an_officer(&village.province).await;
    let (accept, reject) =
        (format!("/manage/entries/{}/accept", entry.id), format!("/manage/entries/{}/reject", entry.id));
    let fields = [("reason", "Bài gửi trùng với bài khác, đã báo hội viên.")];
    // Both have the page open; the one accepts, the other is still typing a reason.
    for page in [
        village.officer.get(&accept.replace("/accept", "")).await,
        other.get(&reject.replace("/reject", "")).await,
    ] {
        assert_eq!(page.status, StatusCode::OK);
    }
    assert_eq!(village.officer.post(&accept, &[]).await.status, StatusCode::SEE_OTHER);
    let refused = other.post(&reject, &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    assert!(refused.body.contains("Bài gửi trùng với bài khác"), "{}", refused.body);
    let again = village.officer.post(&accept, &[]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "the same form twice does no harm: {}", again.body);
    let id = entry.id.clone();
    let stands = village.stage.read(move |db| entries::store::find(db, &id)).await.unwrap().unwrap();
    assert_eq!(stands.status, entries::EntryStatus::Accepted);
}
