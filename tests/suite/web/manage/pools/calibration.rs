//! Calibration entries at the door, and what the panel and its head see of the judges afterwards.

use actix_web::http::StatusCode;

use crate::support::{JudgedPool, PICTURE, Stage};

fn address(judged: &JudgedPool, page: &str) -> String {
    format!("/manage/pools/{}/{page}", judged.pool)
}

#[actix_web::test]
async fn the_panel_sees_its_spread_after_the_own_sheet_and_without_names() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(3, 4, 1).await;
    let (assignments, calibrate) =
        (address(&judged, "assignments"), address(&judged, "assignments/calibrate"));
    let unknown = judged.officer.post(&calibrate, &[("code", "BT-9999"), ("reason", "Thử")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let unsaid = judged.officer.post(&calibrate, &[("code", "BT-0002"), ("reason", " ")]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("code", "BT-0002"), ("reason", "Thống nhất cách chấm"), ("act", "mark")];
    let marked = judged.officer.post(&calibrate, &fields).await;
    assert_eq!((marked.status, marked.location.as_str()), (StatusCode::SEE_OTHER, assignments.as_str()));
    let page = judged.officer.get(&assignments).await.body;
    assert!(page.contains("thêm 3 giám khảo được phân công"), "{page}");

    let entry = judged.entries[1].clone();
    let sheet = format!("/judge/pools/{}/entries/{entry}", judged.pool);
    let list = judged.judges[3].1.get(&format!("/judge/pools/{}", judged.pool)).await.body;
    assert!(list.contains(&sheet) && list.contains("Bài hiệu chỉnh"), "{list}");
    for (judge, tenths) in [(0, 2), (1, 6)] {
        stage.give_sheet(&judged, judge, &entry, tenths).await;
    }
    // Of two sheets everybody could tell whose the other is.
    let early = judged.judges[0].1.get(&sheet).await.body;
    assert!(
        early.contains("ít nhất ba phiếu") && !early.contains("Độ chênh của ban giám khảo</caption>"),
        "{early}"
    );
    stage.give_sheet(&judged, 2, &entry, 9).await;
    let spread = judged.judges[0].1.get(&sheet).await.body;
    assert!(spread.contains("<caption>Độ chênh của ban giám khảo</caption>"), "{spread}");
    let criterion = &judged.criteria[0];
    let of = |tenths: i64| {
        let typed = judged.typed(tenths);
        typed.marks[&criterion.id].clone()
    };
    let cells = [of(2), of(2), of(6), of(9)].map(|mark| format!("<td class=\"n\">{mark}</td>"));
    let own = format!("<td class=\"n\"><strong>{}</strong></td>", of(2));
    let row = format!("{own}{}{}{}<td class=\"n\">3</td>", cells[1], cells[2], cells[3]);
    assert!(spread.contains(&row), "{row} is not in {spread}");
    for number in 2..=4 {
        assert!(!spread.contains(&format!("Nguyễn Giám Khảo {number}")), "it names nobody");
    }
    // Whoever has not given the own sheet sees nothing of the others'.
    let waiting = judged.judges[3].1.get(&sheet).await.body;
    assert!(!waiting.contains("<caption>Độ chênh") && waiting.contains("Bài hiệu chỉnh"), "{waiting}");

    let over = [("code", "BT-0002"), ("reason", "Đủ rồi"), ("act", "unmark")];
    assert_eq!(judged.officer.post(&calibrate, &over).await.status, StatusCode::SEE_OTHER);
    assert!(!judged.judges[0].1.get(&sheet).await.body.contains("<caption>Độ chênh"));
}

#[actix_web::test]
async fn the_head_reads_about_a_judge_in_words_and_by_number() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(12, 4, 4).await;
    let judges = address(&judged, "judges");
    let empty = judged.judges[0].1.get(&judges).await;
    assert_eq!(empty.status, StatusCode::OK);
    // The fourth judge gives everything two tenths less and never leaves the middle of a panel that does.
    for (number, entry) in judged.entries.clone().iter().enumerate() {
        let quality = 3 + i64::try_from(number % 6).unwrap();
        for (judge, less) in [(0, 0), (1, 0), (2, -1), (3, 3)] {
            stage.give_sheet(&judged, judge, entry, (quality - less).clamp(0, 10)).await;
        }
    }
    let page = judged.judges[0].1.get(&judges).await.body;
    for number in 1..=4 {
        assert!(page.contains(&format!("Giám khảo {number}")), "{page}");
    }
    assert!(!page.contains("Nguyễn Giám Khảo 2"), "judges know each other by number");
    assert!(judged.officer.get(&judges).await.body.contains("Giám khảo 2: Nguyễn Giám Khảo 2"));
    // The severe one is worth a look, and the way to the standing without that judge is there.
    let of = |number: usize| {
        let begins = format!("<h2>Giám khảo {number}");
        page.split(&begins).nth(1).and_then(|rest| rest.split("</section>").next()).unwrap().to_owned()
    };
    assert!(of(4).contains("chip wait") && of(4).contains("certainty?without=4"), "{}", of(4));
    assert!(!of(1).contains("chip wait"), "{}", of(1));
    let without = judged.officer.get(&address(&judged, "certainty?without=4")).await;
    assert_eq!(without.status, StatusCode::OK);
    // Nobody who does not lead.
    assert_eq!(judged.judges[1].1.get(&judges).await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn a_panel_makes_its_own_sample_and_nobody_else_sees_it() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(3, 3, 1).await;
    let (sample, assignments) = (address(&judged, "sample"), address(&judged, "assignments"));
    // The head may: it takes nothing out of the standing. A judge may not.
    assert!(judged.judges[0].1.get(&assignments).await.body.contains(&sample));
    assert_eq!(judged.judges[0].1.get(&sample).await.status, StatusCode::OK);
    assert_eq!(judged.judges[1].1.get(&sample).await.status, StatusCode::NOT_FOUND);
    let fields =
        [("title", "Bài mẫu <thử>"), ("text", "Mô tả để chấm thử"), ("reason", "Thống nhất cách chấm")];
    assert_eq!(judged.judges[1].1.upload(&sample, &fields, &[]).await.status, StatusCode::NOT_FOUND);
    let head = &mut judged.judges[0].1;
    for (fields, files, said) in [
        (vec![("title", ""), ("text", "Mô tả"), ("reason", "Thử")], vec![], "value=\"\""),
        (vec![("title", "Bài mẫu"), ("text", " "), ("reason", "Thử")], vec![], "cần có nội dung hoặc tệp"),
        (vec![("title", "Bài mẫu"), ("text", "Mô tả"), ("reason", "")], vec![], "lý do"),
        (
            vec![("title", "Bài mẫu"), ("text", "Mô tả"), ("reason", "Thử")],
            vec![("file", "virus.exe", &b"MZ\x90\x00"[..])],
            "virus.exe",
        ),
    ] {
        let wrong = head.upload(&sample, &fields, &files).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?} {}", wrong.body);
        assert!(wrong.body.contains(said), "{said} is not in {}", wrong.body);
        let typed = fields[0].1;
        assert!(wrong.body.contains(&format!("value=\"{typed}\"")), "what was typed stays: {}", wrong.body);
    }
    let made = head.upload(&sample, &fields, &[("file", "mau.png", PICTURE)]).await;
    assert_eq!(
        (made.status, made.location.as_str()),
        (StatusCode::SEE_OTHER, assignments.as_str()),
        "{}",
        made.body
    );
    assert!(head.get(&assignments).await.body.contains("Đã tạo bài mẫu BT-M1"));

    // Everybody has it, the head too, with its words and its file; before all others.
    let mut first = None;
    for judge in 0..3 {
        let desk = stage.desk_of(&judged, judge).await;
        assert!(!judged.entries.contains(&desk[0]), "the sample comes first");
        assert_eq!(*first.get_or_insert(desk[0].clone()), desk[0]);
    }
    let entry = first.unwrap();
    let sheet = format!("/judge/pools/{}/entries/{entry}", judged.pool);
    let page = judged.judges[1].1.get(&sheet).await.body;
    assert!(page.contains("Bài mẫu &lt;thử&gt;") && page.contains("Mô tả để chấm thử"), "{page}");
    let file = page.split("href=\"/files/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let file = format!("/files/{file}");
    assert_eq!(judged.judges[1].1.get(&file).await.status, StatusCode::OK);
    assert_eq!(stage.anyone().get(&file).await.status, StatusCode::NOT_FOUND);
    for judge in 0..3 {
        stage.give_sheet(&judged, judge, &entry, 3 + i64::try_from(judge).unwrap()).await;
    }
    assert!(
        judged.judges[1].1.get(&sheet).await.body.contains("<caption>Độ chênh của ban giám khảo</caption>")
    );

    // It stands in no standing, no decision, no count and no public page.
    for page in ["standing", "certainty", "decision"] {
        let page = judged.officer.get(&address(&judged, page)).await.body;
        assert!(!page.contains("BT-M1"), "{page}");
    }
    let slug = judged.contest.slug.as_str();
    for public in [
        format!("/contests/{slug}"),
        format!("/contests/{slug}/entries"),
        format!("/contests/{slug}/statistics"),
    ] {
        assert!(!stage.anyone().get(&public).await.body.contains("Bài mẫu"), "{public}");
    }
    assert_eq!(
        stage.anyone().get(&format!("/contests/{slug}/entries/BT-M1")).await.status,
        StatusCode::NOT_FOUND
    );
    // The next entry takes the next number, as if there had been no sample.
    let organiser = stage.person_of(&judged.officer).await;
    let (contest, commune) = (judged.contest.clone(), judged.communes[0].clone());
    let next = stage.an_accepted_entry(&contest, &commune, &organiser, 4).await;
    let next =
        stage.read(move |db| hoithi::features::entries::store::find(db, &next)).await.unwrap().unwrap();
    assert_eq!(next.code.as_deref(), Some("BT-0004"));
}

#[actix_web::test]
async fn a_sample_that_is_not_needed_any_more_is_gone_with_its_mark() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(2, 2, 1).await;
    let sample = address(&judged, "sample");
    let fields = [("title", "Bài mẫu"), ("text", "Mô tả"), ("reason", "Thử")];
    let made = judged.judges[0].1.upload(&sample, &fields, &[]).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let before = stage.desk_of(&judged, 1).await.len();
    let over = [("code", "BT-M1"), ("reason", "Không cần nữa"), ("act", "unmark")];
    let unmarked = judged.officer.post(&address(&judged, "assignments/calibrate"), &over).await;
    assert_eq!(unmarked.status, StatusCode::SEE_OTHER, "{}", unmarked.body);
    assert_eq!(stage.desk_of(&judged, 1).await.len(), before - 1);
    assert!(!judged.officer.get(&address(&judged, "assignments")).await.body.contains("BT-M1"));
    assert!(!judged.officer.get(&address(&judged, "standing")).await.body.contains("BT-M1"));
    // Its name is not given again.
    judged.judges[0].1.upload(&sample, &fields, &[]).await;
    assert!(judged.officer.get(&address(&judged, "assignments")).await.body.contains("BT-M2"));
}
