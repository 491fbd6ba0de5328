//! The panel at the door: judges limited to categories, and replaced in the middle.

use actix_web::http::StatusCode;
use hoithi::{
    base::ids::CategoryId,
    features::{contests, entries},
    infra::db::DbError,
};

use crate::support::{JudgedPool, Stage};

fn address(judged: &JudgedPool, page: &str) -> String {
    format!("/manage/pools/{}/{page}", judged.pool)
}

/// Two categories; the first entries are in the first, the others in the second.
async fn two_categories(stage: &Stage, judged: &JudgedPool, of_first: usize) -> Vec<CategoryId> {
    let (contest, all) = (judged.contest.id.clone(), judged.entries.clone());
    stage
        .write(move |db| -> Result<_, DbError> {
            let mut ids = Vec::new();
            for (position, name) in [(91, "Video"), (92, "Trò chơi")] {
                let category = contests::Category {
                    id: CategoryId::generate(),
                    contest_id: contest.clone(),
                    position,
                    name: name.into(),
                    name_en: String::new(),
                    description: String::new(),
                    is_retired: false,
                };
                contests::store::insert_category(db, &category)?;
                ids.push(category.id);
            }
            for (number, id) in all.iter().enumerate() {
                let mut entry = entries::store::find(db, id)?.unwrap();
                entry.category_id = Some(ids[usize::from(number >= of_first)].clone());
                entries::store::save(db, &entry)?;
            }
            Ok(ids)
        })
        .await
        .unwrap()
}

#[actix_web::test]
async fn a_judge_who_takes_one_category_gets_no_other() {
    let stage = Stage::new();
    let mut judged = stage.a_panel(4, 2).await;
    let categories = two_categories(&stage, &judged, 3).await;
    let (panel, account) = (address(&judged, "panel"), judged.judges[1].0.to_string());
    let limit = format!("{panel}/{account}/categories");
    let page = judged.officer.get(&panel).await.body;
    assert!(page.contains(&limit) && page.contains(categories[0].as_str()), "{page}");
    assert!(!page.contains("chỉ chấm"), "nobody is limited yet");
    let saved = judged.officer.post(&limit, &[("category", categories[1].as_str())]).await;
    assert_eq!((saved.status, saved.location.as_str()), (StatusCode::SEE_OTHER, panel.as_str()));
    let page = judged.officer.get(&panel).await.body;
    assert!(page.contains("chỉ chấm: Trò chơi"), "{page}");
    assert!(page.contains(&format!("value=\"{}\" checked", categories[1])), "{page}");

    // Two judges for every entry can't be: the answer names entries, and whose categories stand in the way.
    let draw = address(&judged, "assignments/draw");
    let short = judged.officer.post(&draw, &[("judges_per_entry", "2")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.body.contains("bài không đủ giám khảo: BT-000"), "{}", short.body);
    assert!(short.body.contains("hoặc hạng mục: giám khảo 2 (Nguyễn Giám Khảo 2)"), "{}", short.body);
    let drawn = judged.officer.post(&draw, &[("judges_per_entry", "1"), ("seed", "2024")]).await;
    assert_eq!(drawn.status, StatusCode::SEE_OTHER, "{}", drawn.body);
    let desk = stage.desk_of(&judged, 1).await;
    assert!(desk.iter().all(|entry| *entry == judged.entries[3]), "{desk:?}");
    // By hand neither.
    let assignments = address(&judged, "assignments");
    let refused = judged.officer.post(&assignments, &[("code", "BT-0001"), ("judge", &account)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);

    // Full judges are named too.
    judged.officer.post(&limit, &[]).await;
    assert!(!judged.officer.get(&panel).await.body.contains("chỉ chấm"), "none chosen means all");
    let change = format!("{panel}/{account}/change");
    judged.officer.post(&change, &[("max_entries", "1"), ("role", "judge")]).await;
    let short = judged.officer.post(&draw, &[("judges_per_entry", "2")]).await;
    assert!(
        short.body.contains("Đã nhận đủ số bài tối đa: giám khảo 2 (Nguyễn Giám Khảo 2)"),
        "{}",
        short.body
    );
    // A category of another contest is nobody's here; and a head doesn't set what judges take.
    let unknown = judged.officer.post(&limit, &[("category", CategoryId::generate().as_str())]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let head = judged.judges[0].1.post(&limit, &[("category", categories[0].as_str())]).await;
    assert_eq!(head.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn a_judge_is_replaced_in_the_middle_and_what_was_given_stays() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(4, 2, 1).await;
    let desk = stage.desk_of(&judged, 1).await;
    stage.give_sheet(&judged, 1, &desk[0], 7).await;
    let (newcomer, mut guest) = stage.a_person("Lê Thị Thay").await;
    let replace = address(&judged, &format!("panel/{}/replace", judged.judges[1].0));
    let panel = address(&judged, "panel");
    assert!(judged.officer.get(&panel).await.body.contains(&replace));
    let page = judged.officer.get(&replace).await;
    assert!(page.body.contains("Thay giám khảo 2: Nguyễn Giám Khảo 2"), "{}", page.body);
    assert!(!page.body.contains("Lê Thị Thay"), "who is not looked for is not shown");
    let found = judged.officer.get(&format!("{replace}?q=le+thi+thay")).await.body;
    assert!(found.contains(&format!("value=\"{newcomer}\"")), "{found}");

    for (fields, said) in [
        (vec![("q", "le thi thay"), ("reason", "Ốm")], "Chọn người thay"),
        (vec![("q", "le thi thay"), ("account", newcomer.as_str()), ("reason", " ")], "lý do"),
    ] {
        let wrong = judged.officer.post(&replace, &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains(said), "{}", wrong.body);
        assert!(wrong.body.contains("value=\"le thi thay\""), "what was searched stays");
    }
    // Only whoever runs the pool, not its head.
    let fields = [("account", newcomer.as_str()), ("reason", "Ốm")];
    assert_eq!(judged.judges[0].1.get(&replace).await.status, StatusCode::NOT_FOUND);
    assert_eq!(judged.judges[0].1.post(&replace, &fields).await.status, StatusCode::NOT_FOUND);

    let list = format!("/judge/pools/{}", judged.pool);
    assert_eq!(guest.get(&list).await.status, StatusCode::NOT_FOUND);
    let done = judged.officer.post(&replace, &fields).await;
    assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, panel.as_str()));
    let page = judged.officer.get(&panel).await.body;
    assert!(page.contains(&format!("Giám khảo 3 đã nhận {} bài.", desk.len() - 1)), "{page}");
    assert!(page.contains("Ốm"), "why the other left stands there");
    // The newcomer finds what was not given; the one who left finds nothing; the sheet still counts.
    let own = guest.get(&list).await.body;
    assert!(own.contains(desk[1].as_str()) && !own.contains(desk[0].as_str()), "{own}");
    assert_eq!(judged.judges[1].1.get(&list).await.status, StatusCode::NOT_FOUND);
    let standing = judged.officer.get(&address(&judged, "standing")).await.body;
    assert!(standing.contains("70,00"), "{standing}");
    assert_eq!(judged.officer.get(&replace).await.status, StatusCode::NOT_FOUND, "that seat is empty");
}
