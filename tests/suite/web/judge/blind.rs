use actix_web::http::StatusCode;

use crate::support::Stage;

#[actix_web::test]
async fn no_page_of_a_blind_round_says_who_made_an_entry() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(2, 2, 2).await;
    let list = format!("/judge/pools/{}", judged.pool);
    let entry = format!("{list}/entries/{}", judged.entries[0]);
    let lead = format!("/manage/pools/{}", judged.pool);
    let judge_pages = ["/judge".to_owned(), list.clone(), format!("{list}/scores"), entry.clone()];
    let head_pages = ["assignments", "progress", "standing"].map(|page| format!("{lead}/{page}"));

    // Open: the maker stands beside the work.
    stage.change_round(&judged, |round| round.is_blind = false).await;
    let page = judged.judges[0].1.get(&entry).await;
    assert!(["Bí Mật", "xã Kín", "Lộ Tên"].iter().all(|name| page.body.contains(name)), "{}", page.body);

    stage.change_round(&judged, |round| round.is_blind = true).await;
    for page in judge_pages.iter().chain(&head_pages) {
        // The first judge is the head.
        let found = judged.judges[0].1.get(page).await;
        assert_eq!(found.status, StatusCode::OK, "{page}");
        for planted in ["Bí Mật", "xã Kín", "Lộ Tên", "L%E1%BB%99"] {
            assert!(!found.body.contains(planted), "{page} says {planted}");
        }
    }
    // Whoever runs the pool knows where entries are from.
    let found = judged.officer.get(&format!("{lead}/standing")).await;
    assert!(found.body.contains("xã Kín"));
}
