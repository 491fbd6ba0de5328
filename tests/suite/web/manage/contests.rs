use actix_web::http::StatusCode;
use hoithi::{
    base::ids::UnitId,
    features::contests::{ContestStatus, Declared, views::find_by_slug},
};

use crate::support::{Guest, Stage};

const BASE: &str = "/manage/contests/ung-dung-cntt-trong-to-chuc-sinh-hoat-hoi";
const SLUG: &str = "ung-dung-cntt-trong-to-chuc-sinh-hoat-hoi";

async fn a_centre(stage: &Stage) -> UnitId {
    stage.a_unit("Trung ương Hội").level("central").make().await
}

async fn declared(stage: &Stage, slug: &'static str) -> Declared {
    let found = stage.read(move |db| {
        let contest = find_by_slug(db, slug)?.expect("the contest is there");
        Declared::load(db, contest)
    });
    found.await.unwrap().unwrap()
}

/// The edition that a page's forms carry.
async fn edition(guest: &mut Guest, path: &str) -> String {
    let page = guest.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
    let rest = page.body.split("name=\"edition\" value=\"").nth(1).expect("a form with an edition");
    rest.split('"').next().unwrap().to_owned()
}

#[actix_web::test]
async fn a_contest_is_made_from_nothing_in_small_steps_and_opened() {
    let stage = Stage::new();
    let centre = a_centre(&stage).await;
    let mut officer = stage.an_officer(&centre).await;
    assert!(officer.get("/manage").await.body.contains("/manage/contests/new"));
    assert!(officer.get("/manage/contests/new").await.body.contains("from=vwu_it_2024_proposed"));
    assert!(officer.get("/manage/contests/new?from=none").await.body.contains("Bước 2 trong 2"));
    let unit = centre.to_string();
    let made = officer
        .post(
            "/manage/contests/new",
            &[("from", "none"), ("unit", &unit), ("title", "Sổ tay số"), ("closes_date", "2024-04-30")],
        )
        .await;
    assert_eq!((made.status, made.location.as_str()), (StatusCode::SEE_OTHER, "/manage/contests/so-tay-so"));
    let base = "/manage/contests/so-tay-so";
    assert!(officer.get(base).await.body.contains("Cần có thể lệ."));

    for (page, fields) in [
        ("texts", vec![("title", "Sổ tay số"), ("slug", "so-tay-so"), ("rules", "## Thể lệ")]),
        ("dates", vec![("closes_date", "30/4/2024"), ("grace_minutes", "30")]),
        ("limits", vec![("kinds", "individual"), ("kinds", "collective"), ("code_prefix", "st")]),
        ("categories/new", vec![("name", "Tuyên truyền")]),
        ("fields/new", vec![("kind", "long_text"), ("label", "Mô tả"), ("is_public", "1")]),
        (
            "fields/new",
            vec![
                ("kind", "files"),
                ("label", "Tệp"),
                ("media", "video"),
                ("media", "picture"),
                ("max_megabytes", "200"),
                ("max_count", "3"),
            ],
        ),
        ("consents/new", vec![("purpose", "personal_data"), ("text", "Đồng ý"), ("is_required", "1")]),
        (
            "rounds/new",
            vec![
                ("name", "Chung khảo"),
                ("pool_level", "central"),
                ("method", "score"),
                ("judges_per_entry", "3"),
                ("aggregation", "mean"),
                ("tie_1", "head_to_head"),
                ("tie_2", "lot"),
                ("cut_policy", "chain"),
                ("quota_total", "5"),
            ],
        ),
    ] {
        let path = format!("{base}/{page}");
        let edition = edition(&mut officer, &path).await;
        let fields: Vec<_> = fields.into_iter().chain([("edition", edition.as_str())]).collect();
        let saved = officer.post(&path, &fields).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{page}: {}", saved.body);
    }
    let round = declared(&stage, "so-tay-so").await.rounds[0].round.id.to_string();
    let criteria = format!("{base}/rounds/{round}/criteria");
    let form_edition = edition(&mut officer, &criteria).await;
    let taken = officer.post(&criteria, &[("set", "vwu_it_2024_proposed"), ("edition", &form_edition)]).await;
    assert_eq!((taken.status, taken.location.as_str()), (StatusCode::SEE_OTHER, criteria.as_str()));
    let path = format!("{base}/awards/new");
    let form_edition = edition(&mut officer, &path).await;
    let award =
        [("name", "Giải Nhất"), ("round_id", &round), ("goes_to", "entry"), ("edition", &form_edition)];
    assert_eq!(officer.post(&path, &award).await.status, StatusCode::SEE_OTHER);

    let path = format!("{base}/ties");
    let ties = officer.get(&path).await.body;
    let chain = ties.split("name=\"chain\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert_eq!(officer.post(&path, &[("chain", chain)]).await.location, format!("{base}/awards"));
    let page = officer.get(base).await;
    assert!(page.body.contains("/open\">Mở cuộc thi"), "{}", page.body);
    assert_eq!(officer.post(&format!("{base}/open"), &[]).await.status, StatusCode::SEE_OTHER);
    let declared = declared(&stage, "so-tay-so").await;
    assert_eq!(declared.contest.status, ContestStatus::Open);
    assert_eq!(declared.contest.code_prefix, "ST");
    assert_eq!(declared.contest.closes_at.unwrap().to_string(), "2024-04-30 16:59:59");
    assert_eq!(declared.rounds[0].criteria.len(), 5);
    assert_eq!(stage.anyone().get("/contests/so-tay-so").await.status, StatusCode::OK);
}

#[actix_web::test]
async fn what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost() {
    let stage = Stage::new();
    let centre = a_centre(&stage).await;
    stage.a_draft_contest(&centre).await;
    let mut officer = stage.an_officer(&centre).await;
    let long = "a".repeat(10_000);
    for (page, fields, said) in [
        ("texts", vec![("title", long.as_str()), ("slug", "x")], "tối đa 200 ký tự"),
        ("texts", vec![("title", "A"), ("slug", "new")], "Tên trên địa chỉ gồm"),
        ("dates", vec![("opens_date", "2024-05-01"), ("closes_date", "2024-04-01")], "Lúc đóng phải sau"),
        ("dates", vec![("closes_date", "mai"), ("grace_minutes", "0")], "Ngày không đúng"),
        ("dates", vec![("closes_date", "2024-05-01"), ("grace_minutes", "99999")], "từ 0 đến 4320"),
        ("limits", vec![("code_prefix", "BT")], "ít nhất một loại hình"),
        ("limits", vec![("kinds", "individual"), ("code_prefix", "BẾN")], "chữ cái không dấu"),
        (
            "limits",
            vec![("kinds", "individual"), ("code_prefix", "B"), ("max_per_unit", "0")],
            "từ 1 đến 10000",
        ),
        ("categories/new", vec![("name", " ")], "Cần điền mục này"),
        (
            "fields/new",
            vec![("kind", "one_of"), ("label", "Loại"), ("options", "Một")],
            "ít nhất hai lựa chọn",
        ),
        ("fields/new", vec![("kind", "files"), ("label", "Tệp"), ("max_count", "51")], "từ 1 đến 50"),
        (
            "consents/new",
            vec![("purpose", "personal_data"), ("text", "Đồng ý")],
            "đã có nội dung về việc này",
        ),
        ("awards/new", vec![("name", "Nhất"), ("round_id", "x")], "Cần chọn một mục"),
    ] {
        let path = format!("{BASE}/{page}");
        let edition = edition(&mut officer, &path).await;
        let fields: Vec<_> = fields.into_iter().chain([("edition", edition.as_str())]).collect();
        let answer = officer.post(&path, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{page} {said}");
        assert!(answer.body.contains(said), "{page} {said}: {}", answer.body);
        let kept = fields
            .iter()
            .filter(|(name, value)| !value.trim().is_empty() && !["kinds", "round_id"].contains(name));
        for (name, value) in kept {
            assert!(answer.body.contains(*value), "{page}: {name} was lost");
        }
    }
}

#[actix_web::test]
async fn html_in_every_text_is_shown_as_text() {
    let stage = Stage::new();
    let centre = a_centre(&stage).await;
    stage.a_draft_contest(&centre).await;
    let mut officer = stage.an_officer(&centre).await;
    let path = format!("{BASE}/texts");
    let edition = edition(&mut officer, &path).await;
    let html = "<script>alert(1)</script>";
    let fields = [
        ("title", html),
        ("slug", SLUG),
        ("summary", html),
        ("rules", "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> [a](javascript:alert(1))"),
        ("edition", &edition),
    ];
    assert_eq!(officer.post(&path, &fields).await.status, StatusCode::SEE_OTHER);
    for page in [BASE.to_owned(), path, format!("/contests/{SLUG}"), "/manage".into()] {
        let body = officer.get(&page).await.body;
        assert!(body.contains("&lt;script&gt;"), "{page}");
        assert!(
            !body.contains("<script>alert")
                && !body.contains("href=\"javascript")
                && !body.contains("<img src=x")
        );
    }
}

#[actix_web::test]
async fn of_two_who_save_at_once_the_second_sees_what_stands_now() {
    let stage = Stage::new();
    let centre = a_centre(&stage).await;
    stage.a_draft_contest(&centre).await;
    let (mut first, mut second) = (stage.an_officer(&centre).await, stage.an_officer(&centre).await);
    let path = format!("{BASE}/limits");
    let seen = edition(&mut first, &path).await;
    let fields = |prefix: &'static str| {
        vec![("kinds", "individual"), ("code_prefix", prefix), ("edition", seen.as_str())]
    };
    assert_eq!(first.post(&path, &fields("MOT")).await.status, StatusCode::SEE_OTHER);
    let refused = second.post(&path, &fields("HAI")).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(
        refused.body.contains("value=\"HAI\"") && refused.body.contains("<dd>MOT</dd>"),
        "{}",
        refused.body
    );
    let now = refused.body.split("name=\"edition\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let again = [("kinds", "individual"), ("code_prefix", "HAI"), ("edition", now)];
    assert_eq!(second.post(&path, &again).await.status, StatusCode::SEE_OTHER);
}

#[actix_web::test]
async fn rows_are_moved_and_taken_out_by_plain_buttons() {
    let stage = Stage::new();
    let centre = a_centre(&stage).await;
    stage.a_draft_contest(&centre).await;
    let mut officer = stage.an_officer(&centre).await;
    let before: Vec<_> =
        declared(&stage, SLUG).await.fields.iter().map(|field| field.id.to_string()).collect();
    let list = format!("{BASE}/fields");
    let seen = edition(&mut officer, &list).await;
    let fields = [("part", "field"), ("id", &before[1]), ("direction", "up"), ("edition", &seen)];
    let moved = officer.post(&format!("{BASE}/move"), &fields).await;
    assert_eq!((moved.status, moved.location), (StatusCode::SEE_OTHER, list.clone()));
    // The same click again carries an edition that is past: nothing moves twice.
    officer.post(&format!("{BASE}/move"), &fields).await;
    assert!(officer.get(&list).await.body.contains("Người khác vừa sửa"));
    let seen = edition(&mut officer, &list).await;
    officer
        .post(&format!("{BASE}/remove"), &[("part", "field"), ("id", &before[0]), ("edition", &seen)])
        .await;
    let after: Vec<_> =
        declared(&stage, SLUG).await.fields.iter().map(|field| field.id.to_string()).collect();
    let expected: Vec<_> = [&before[1]].into_iter().chain(&before[2..]).cloned().collect();
    assert_eq!(after, expected);
}

#[actix_web::test]
async fn after_the_opening_a_change_needs_a_reason_and_the_address_stays() {
    let stage = Stage::new();
    let centre = a_centre(&stage).await;
    stage.a_contest(&centre).await;
    let mut officer = stage.an_officer(&centre).await;
    let path = format!("{BASE}/dates");
    let seen = edition(&mut officer, &path).await;
    let mut fields = vec![("closes_date", "2024-05-01"), ("grace_minutes", "0"), ("edition", seen.as_str())];
    let refused = officer.post(&path, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("cần ghi lý do"));
    fields.push(("reason", "Công văn số 12/BTV"));
    assert_eq!(officer.post(&path, &fields).await.status, StatusCode::SEE_OTHER);

    let path = format!("{BASE}/texts");
    let seen = edition(&mut officer, &path).await;
    let fields = [("title", "A"), ("slug", "khac"), ("reason", "x"), ("edition", seen.as_str())];
    let refused = officer.post(&path, &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("không đổi được tên trên địa chỉ"));
}

#[actix_web::test]
async fn the_settings_of_a_contest_are_not_there_for_others() {
    let stage = Stage::new();
    let centre = a_centre(&stage).await;
    let province = stage.a_unit("tỉnh Bến Tre").level("province").below(&centre).make().await;
    stage.a_contest(&centre).await;
    let pages =
        ["", "/texts", "/dates", "/limits", "/categories", "/fields", "/consents", "/rounds", "/awards"];
    for mut guest in [stage.a_member(&centre).await, stage.an_officer(&province).await] {
        for page in pages.iter().chain(&["/organisers", "/open", "/end", "/fields/new", "/rounds/new"]) {
            let path = format!("{BASE}{page}");
            assert_eq!(guest.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let answer =
            guest.post(&format!("{BASE}/texts"), &[("title", "A"), ("slug", "a"), ("edition", "2")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    let mut officer = stage.an_officer(&centre).await;
    for page in pages.iter().chain(&["/organisers", "/open", "/end", "/fields/new", "/rounds/new"]) {
        let path = format!("{BASE}{page}");
        assert_eq!(officer.get(&path).await.status, StatusCode::OK, "{path}");
    }
}

#[actix_web::test]
async fn an_organiser_is_added_by_phone_runs_the_contest_and_is_taken_out() {
    let stage = Stage::new();
    let centre = a_centre(&stage).await;
    stage.a_contest(&centre).await;
    let mut officer = stage.an_officer(&centre).await;
    let (id, mut helper) = stage.a_person("Ngô Thị Giúp").await;
    let account = id.clone();
    stage
        .write(move |db| -> Result<(), hoithi::infra::db::DbError> {
            let mut row = hoithi::features::accounts::store::find(db, &account)?.unwrap();
            row.phone = "0912345678".parse().ok();
            hoithi::features::accounts::store::save(db, &row)
        })
        .await
        .unwrap();
    let path = format!("{BASE}/organisers");
    for (sign_in, status) in [
        ("abc", StatusCode::UNPROCESSABLE_ENTITY),
        ("0999 999 999", StatusCode::CONFLICT),
        ("0912.345.678", StatusCode::SEE_OTHER),
        ("+84 912 345 678", StatusCode::CONFLICT),
    ] {
        let seen = edition(&mut officer, &path).await;
        let answer = officer.post(&path, &[("sign_in", sign_in), ("edition", &seen)]).await;
        assert_eq!(answer.status, status, "{sign_in}");
    }
    assert_eq!(helper.get(BASE).await.status, StatusCode::OK);
    assert!(officer.get(&path).await.body.contains("091* *** 678"));
    let seen = edition(&mut officer, &path).await;
    let fields = [("account", id.as_str()), ("edition", &seen)];
    officer.post(&format!("{path}/remove"), &fields).await;
    assert_eq!(helper.get(BASE).await.status, StatusCode::NOT_FOUND);
}

#[test]
fn every_state_and_kind_has_its_word_in_both_languages() {
    use hoithi::{
        base::lang::Lang,
        features::{
            contests::{
                Aggregation, CutPolicy, EntryKind, FieldKind, MediaKind, RoundMethod, change::PURPOSES,
                checklist::Part,
            },
            units::UnitKind,
        },
    };
    let mut keys = Vec::new();
    let mut add = |beginning: &str, words: Vec<&str>, end: &str| {
        keys.extend(words.into_iter().map(|word| format!("{beginning}-{word}{end}")));
    };
    add("contests-kind", EntryKind::ALL.iter().map(|kind| kind.as_str()).collect(), "");
    add("contests-unit-kind", UnitKind::ALL.iter().map(|kind| kind.as_str()).collect(), "");
    add("contests-field", FieldKind::ALL.iter().map(|kind| kind.as_str()).collect(), "");
    add("contests-media", MediaKind::ALL.iter().map(|kind| kind.as_str()).collect(), "");
    add("contests-purpose", PURPOSES.to_vec(), "");
    add("setup-method", RoundMethod::ALL.iter().map(|method| method.as_str()).collect(), "-help");
    add("setup-aggregation", Aggregation::ALL.iter().map(|way| way.as_str()).collect(), "");
    add("setup-cut", CutPolicy::ALL.iter().map(|policy| policy.as_str()).collect(), "");
    add("setup-part", Part::ALL.iter().map(|part| part.as_str()).collect(), "");
    for end in ["-lead", "-empty", "-add"] {
        add("setup", vec!["categories", "fields", "consents", "rounds", "criteria", "awards"], end);
    }
    for key in keys {
        assert!(Lang::Vi.knows(&key) && Lang::En.knows(&key), "{key} is not said");
    }
}
