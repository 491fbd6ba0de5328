use actix_web::http::StatusCode;
use hoithi::{
    features::attachments::{
        self,
        games::{self, Game, GameState, Trial},
    },
    infra::db::DbError,
};

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

/// Files in a game are called after people and places, and a trial says which of them is missing.
#[actix_web::test]
async fn what_a_trial_found_in_a_game_names_nobody_in_a_blind_round() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(1, 1, 1).await;
    let (of, now) = (judged.entries[0].clone(), stage.now());
    let file = stage
        .write(move |db| -> Result<_, DbError> {
            let mut file = attachments::views::list_of_entry(db, &of)?.remove(0);
            file.media_type = "text/html".into();
            attachments::store::save(db, &file)?;
            let game = Game {
                file_hash: file.file_hash.clone(),
                state: GameState::Ready,
                start_path: "index.html".into(),
                file_count: 1,
                byte_count: 1,
                trial: Trial::Failed,
                trial_reason: "lacks Chị Lan/anh.png".into(),
                unpacked_at: now,
                tried_at: Some(now),
            };
            games::store::insert_once(db, &game)?;
            Ok(file.id)
        })
        .await
        .unwrap();
    let pages =
        [format!("/judge/pools/{}/entries/{}", judged.pool, judged.entries[0]), format!("/play/{file}")];
    for (is_blind, says_whose) in [(false, true), (true, false)] {
        stage.change_round(&judged, move |round| round.is_blind = is_blind).await;
        for page in &pages {
            let found = judged.judges[0].1.get(page).await;
            assert_eq!(found.status, StatusCode::OK, "{page}");
            assert!(found.body.contains("Khi chạy thử"), "{page}: {}", found.body);
            assert_eq!(found.body.contains("Chị Lan"), says_whose, "{page} with blind {is_blind}");
        }
    }
}
