use actix_web::{
    http::{StatusCode, header},
    test::TestRequest,
};
use hoithi::{base::ids::EntryId, features::judging::sheets::field_of};

use crate::support::{Answer, Guest, JudgedPool, Stage};

fn address(judged: &JudgedPool, entry: &EntryId) -> String {
    format!("/judge/pools/{}/entries/{entry}", judged.pool)
}

/// The form as it stands when every criterion has full marks.
fn full_marks(judged: &JudgedPool) -> Vec<(String, String)> {
    let typed = judged.typed(10);
    typed.marks.into_iter().map(|(criterion, mark)| (field_of(&criterion), mark)).collect()
}

fn pairs<'f>(fields: &'f [(String, String)], more: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let mut pairs: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    pairs.extend(more);
    pairs
}

async fn autosave(guest: &mut Guest, address: &str, fields: &[(&str, &str)]) -> Answer {
    let csrf = guest.csrf().await;
    let mut fields = fields.to_vec();
    fields.push(("csrf", &csrf));
    let request = TestRequest::post()
        .uri(&format!("{address}/autosave"))
        .insert_header((header::HeaderName::from_static("x-requested-with"), "fetch"))
        .set_form(fields);
    guest.send(request).await
}

#[actix_web::test]
async fn a_judge_goes_from_the_first_entry_to_the_last() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(2, 1, 1).await;
    let desk = stage.desk_of(&judged, 0).await;
    let (first, second) = (address(&judged, &desk[0]), address(&judged, &desk[1]));
    let list = format!("/judge/pools/{}", judged.pool);
    let fields = full_marks(&judged);
    let judge = &mut judged.judges[0].1;

    let home = judge.get("/judge").await;
    assert_eq!(home.status, StatusCode::OK);
    assert!(home.body.contains(&list) && home.body.contains("0 trong 2"), "{}", home.body);
    assert!(judge.get(&list).await.body.contains(&first));

    let page = judge.get(&first).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Bài 1 trong 2"));
    for (name, _) in &fields {
        assert!(page.body.contains(&format!("name=\"{name}\"")), "{name}");
    }

    // Something is missing: the page again, with what was typed.
    let mut incomplete = pairs(&fields[1..], &[("comment", "Rõ ràng, dễ dùng"), ("edition", "0")]);
    incomplete.push(("act", "submit"));
    let page = judge.post(&format!("{first}/submit"), &incomplete).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("Rõ ràng, dễ dùng") && page.body.contains("Chưa cho điểm tiêu chí"));

    let whole = pairs(&fields, &[("comment", "Tốt"), ("edition", "0"), ("act", "submit")]);
    let page = judge.post(&format!("{first}/submit"), &whole).await;
    assert_eq!((page.status, page.location.as_str()), (StatusCode::SEE_OTHER, second.as_str()));
    let page = judge.get(&first).await;
    assert!(page.body.contains("Đã chốt") && page.body.contains("disabled"));

    let page = judge.post(&format!("{second}/submit"), &whole).await;
    assert_eq!((page.status, page.location.as_str()), (StatusCode::SEE_OTHER, list.as_str()));
    let scores = judge.get(&format!("{list}/scores")).await;
    assert!(scores.body.contains("100,00"), "{}", scores.body);
    assert!(judge.get("/judge").await.body.contains("2 trong 2"));

    // Reopened with a reason, never without one.
    let page = judge.post(&format!("{first}/reopen"), &[("reason", " ")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = judge.post(&format!("{first}/reopen"), &[("reason", "Cho nhầm điểm")]).await;
    assert_eq!(page.location, first);
    assert!(judge.get("/judge").await.body.contains("1 trong 2"));
}

#[actix_web::test]
async fn two_tabs_see_each_other() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(1, 1, 1).await;
    let entry = address(&judged, &judged.entries[0]);
    let fields = full_marks(&judged);
    let judge = &mut judged.judges[0].1;
    let saved = autosave(judge, &entry, &pairs(&fields, &[("comment", "Tab một"), ("edition", "0")])).await;
    assert_eq!(saved.status, StatusCode::OK);
    let json: serde_json::Value = serde_json::from_str(&saved.body).unwrap();
    assert_eq!(json, serde_json::json!({ "saved_at": "19:00", "edition": 1 }));

    let second = [("comment", "Tab hai"), ("edition", "0")];
    let refused = autosave(judge, &entry, &second).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("\"message\""), "{}", refused.body);

    // The button shows both, and the next press replaces what was saved.
    let page = judge.post(&format!("{entry}/submit"), &pairs(&fields, &second)).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.body.contains("Tab một") && page.body.contains("Tab hai"));
    assert!(page.body.contains("name=\"edition\" value=\"1\""));
    let page = judge
        .post(&format!("{entry}/submit"), &pairs(&fields, &[("comment", "Tab hai"), ("edition", "1")]))
        .await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert!(judge.get(&entry).await.body.contains("Tab hai"));
}

#[actix_web::test]
async fn marks_that_cannot_be_are_named_in_words() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(1, 1, 1).await;
    let entry = address(&judged, &judged.entries[0]);
    let field = field_of(&judged.criteria[0].id);
    let judge = &mut judged.judges[0].1;
    for (wrong, said) in [("NaN", "phải là một số"), ("-3", "phải từ 0"), ("0,0001", "tăng theo bước")]
    {
        let refused = autosave(judge, &entry, &[(&field, wrong), ("edition", "0")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(refused.body.contains(said), "{wrong}: {}", refused.body);
    }
    let kept = judge.post(&format!("{entry}/submit"), &[(&field, "0,0001"), ("edition", "0")]).await;
    assert!(kept.body.contains("value=\"0,0001\""), "what was typed stays");
}

#[actix_web::test]
async fn an_entry_of_another_judge_is_not_there() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(4, 2, 1).await;
    let mine = stage.desk_of(&judged, 0).await;
    let theirs = stage.desk_of(&judged, 1).await;
    let (mine, theirs) = (address(&judged, &mine[0]), address(&judged, &theirs[0]));
    let province = judged.province.clone();
    let mut officer = stage.an_officer(&province).await;
    let judge = &mut judged.judges[0].1;
    assert_eq!(judge.get(&mine).await.status, StatusCode::OK);
    for (guest, address) in [(judge, &theirs), (&mut officer, &mine)] {
        assert_eq!(guest.get(address).await.status, StatusCode::NOT_FOUND);
        let refused = autosave(guest, address, &[("edition", "0")]).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
        let refused = guest.post(&format!("{address}/submit"), &[("edition", "0")]).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(stage.anyone().get(&mine).await.status, StatusCode::SEE_OTHER);
}

#[actix_web::test]
async fn a_declared_conflict_takes_the_entry_off_every_page() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(2, 1, 1).await;
    let desk = stage.desk_of(&judged, 0).await;
    let entry = address(&judged, &desk[0]);
    let list = format!("/judge/pools/{}", judged.pool);
    let judge = &mut judged.judges[0].1;
    let page = judge.post(&format!("{entry}/conflict"), &[("reason", "")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = judge.post(&format!("{entry}/conflict"), &[("reason", "Tác giả là người nhà")]).await;
    assert_eq!((page.status, page.location.as_str()), (StatusCode::SEE_OTHER, list.as_str()));
    for page in ["/judge".to_owned(), list.clone(), format!("{list}/scores")] {
        assert!(!judge.get(&page).await.body.contains(desk[0].as_str()), "{page}");
    }
    assert_eq!(judge.get(&entry).await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn the_sheet_costs_the_same_queries_for_many_entries_as_for_few() {
    let mut costs = Vec::new();
    for n_entries in [2, 8] {
        let stage = Stage::new();
        let mut judged = stage.a_judged_pool(n_entries, 1, 1).await;
        let entry = address(&judged, &judged.entries[0]);
        let list = format!("/judge/pools/{}", judged.pool);
        let judge = &mut judged.judges[0].1;
        let mut cost = Vec::new();
        for page in [entry, list.clone(), format!("{list}/scores"), "/judge".into()] {
            cost.push(
                stage
                    .count_queries(async || {
                        assert_eq!(judge.get(&page).await.status, StatusCode::OK);
                    })
                    .await,
            );
        }
        costs.push(cost);
    }
    assert_eq!(costs[0], costs[1]);
    // The sheet itself, and one each for what stands around it: desks, makers, renditions, captions, notes, games, links.
    // Two of them begin and end what is read on PostgreSQL.
    assert!(costs[0][0] <= 20, "{costs:?}");
}

#[actix_web::test]
async fn a_judge_puts_an_entry_aside_reviews_all_and_submits_all() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(3, 1, 1).await;
    let desk = stage.desk_of(&judged, 0).await;
    let addresses: Vec<String> = desk.iter().map(|entry| address(&judged, entry)).collect();
    let list = format!("/judge/pools/{}", judged.pool);
    let fields = full_marks(&judged);
    let note = hoithi::features::judging::sheets::note_field_of(&judged.criteria[0].id);
    let judge = &mut judged.judges[0].1;

    let aside = judge.post(&format!("{}/submit", addresses[0]), &[("edition", "0"), ("act", "save")]).await;
    assert_eq!(aside.location, addresses[1]);
    let page = judge.get(&list).await.body;
    assert!(page.contains("Để sau") && page.contains("1 bài để sau"), "{page}");
    assert!(page.contains(&format!("class=\"button main\" href=\"{}\"", addresses[1])));

    for entry in &addresses[1..] {
        let more = [("edition", "0"), (note.as_str(), "Cách làm mới")];
        let saved = autosave(judge, entry, &pairs(&fields, &more)).await;
        assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    }
    let review = format!("{list}/review");
    let page = judge.get(&review).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Cách làm mới") && page.body.contains("Chưa cho điểm tiêu chí nào."));
    assert!(page.body.contains("Chốt 2 phiếu đã đủ điểm"), "{}", page.body);

    let names: Vec<String> = desk.iter().map(|entry| format!("edition-{entry}")).collect();
    let editions: Vec<(&str, &str)> =
        names.iter().zip(["0", "1", "1"]).map(|(name, edition)| (name.as_str(), edition)).collect();
    let all = [editions.as_slice(), &[("act", "all")]].concat();
    let refused = judge.post(&review, &all).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("Chưa chốt phiếu nào"), "{}", refused.body);
    let complete = [editions.as_slice(), &[("act", "complete")]].concat();
    let done = judge.post(&review, &complete).await;
    assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, list.as_str()));
    assert!(judge.get("/judge").await.body.contains("2 trong 3"));
}

#[actix_web::test]
async fn own_scores_are_sorted_by_their_headings() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(3, 1, 1).await;
    for (at, tenths) in [(0, 5), (1, 10)] {
        let entry = judged.entries[at].clone();
        stage.give_sheet(&judged, 0, &entry, tenths).await;
    }
    let scores = format!("/judge/pools/{}/scores", judged.pool);
    let judge = &mut judged.judges[0].1;
    for (sort, order) in [
        ("-score", ["BT-0002", "BT-0001", "BT-0003"]),
        ("score", ["BT-0001", "BT-0002", "BT-0003"]),
        ("-1", ["BT-0002", "BT-0001", "BT-0003"]),
        ("-code", ["BT-0003", "BT-0002", "BT-0001"]),
    ] {
        let page = judge.get(&format!("{scores}?sort={sort}")).await.body;
        let found: Vec<usize> = order.iter().map(|code| page.find(code).unwrap()).collect();
        assert!(found.is_sorted(), "{sort}: {found:?}");
        assert!(page.contains("aria-sort"), "{sort}");
    }
    let page = judge.get(&format!("{scores}?sort=%00nothing")).await;
    assert_eq!(page.status, StatusCode::OK);
}
