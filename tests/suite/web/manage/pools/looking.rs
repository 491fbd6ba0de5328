//! What judges looked at, as the head reads it, and a gate of pages.

use actix_web::http::StatusCode;
use hoithi::{
    base::ids::AttachmentId,
    features::{
        attachments::{self, renditions::Recipe},
        contests::{self, RoundDesk},
        judging::sheets::field_of,
    },
    infra::db::DbError,
};

use crate::support::{JudgedPool, Stage};

/// The first entry's file is a document; every page must be opened before a sheet is given.
async fn a_document_to_read(stage: &Stage, judged: &JudgedPool) -> AttachmentId {
    let desk = RoundDesk { keeps_viewing: true, needs_all_pages: true, ..RoundDesk::plain(&judged.round.id) };
    let of = judged.entries[0].clone();
    stage
        .write(move |db| -> Result<_, DbError> {
            contests::store::put_round_desk(db, &desk)?;
            let mut file = attachments::views::list_of_entry(db, &of)?.remove(0);
            file.media_type = "application/pdf".into();
            attachments::store::save(db, &file)?;
            Ok(file.id)
        })
        .await
        .unwrap()
}

async fn pages_are_made(stage: &Stage, judged: &JudgedPool, n_pages: u32) {
    let names = (1..=n_pages).flat_map(|page| [format!("page-{page:04}"), format!("thumb-{page:04}")]);
    let pieces: Vec<(String, i64)> = names.map(|name| (name, 1_000)).collect();
    stage.pieces_are_made(&judged.entries[0], Recipe::Document, &pieces).await;
}

#[actix_web::test]
async fn every_page_that_is_shown_must_have_been_opened_and_the_head_sees_how_many_were() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(1, 2, 2).await;
    let file = a_document_to_read(&stage, &judged).await;
    pages_are_made(&stage, &judged, 4).await;
    let sheet = format!("/judge/pools/{}/entries/{}", judged.pool, judged.entries[0]);
    let viewing = format!("/manage/pools/{}/viewing", judged.pool);
    let named: Vec<(String, String)> =
        judged.typed(5).marks.into_iter().map(|(criterion, mark)| (field_of(&criterion), mark)).collect();
    let mut fields: Vec<(&str, &str)> =
        named.iter().map(|(name, mark)| (name.as_str(), mark.as_str())).collect();
    fields.push(("edition", "0"));
    let submit = format!("{sheet}/submit");

    let progress = judged.officer.get(&format!("/manage/pools/{}/progress", judged.pool)).await.body;
    assert!(progress.contains(&viewing), "the progress leads there");
    let before = judged.officer.get(&viewing).await.body;
    assert!(before.contains("Tệp 1: 0/4 trang"), "{before}");
    // A line for each judge; what it sums up is folded away.
    assert_eq!(before.matches("1 bài: 0 đã xem hết, 0 xem một phần, 1 chưa xem").count(), 2, "{before}");
    assert_eq!(before.matches("1 bài chưa đủ để chốt").count(), 2);
    assert_eq!(before.matches("<details class=\"fold-away\"><summary>").count(), 2);
    // Three of four, and pages that there are not.
    let seen = format!("seen-{file}");
    let told = judged.judges[1].1.post(&format!("{sheet}/viewing"), &[(&seen, "0-3,7-9")]).await;
    assert_eq!(told.status, StatusCode::NO_CONTENT);
    let refused = judged.judges[1].1.post(&submit, &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("tệp số 1 (3/4)"), "{}", refused.body);
    let part = judged.officer.get(&viewing).await.body;
    assert!(part.contains("Tệp 1: 3/4 trang") && part.contains("0 đã xem hết, 1 xem một phần, 0 chưa xem"));
    judged.judges[1].1.post(&format!("{sheet}/viewing"), &[(&seen, "3-4")]).await;
    let given = judged.judges[1].1.post(&submit, &fields).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    let whole = judged.officer.get(&viewing).await.body;
    assert!(whole.contains("Tệp 1: 4/4 trang") && whole.contains("1 đã xem hết, 0 xem một phần, 0 chưa xem"));
    assert_eq!(whole.matches("1 bài chưa đủ để chốt").count(), 1, "the other judge's");

    // The head's own browser has no script; only somebody else may waive it, with a reason.
    let (head, code) = (judged.judges[0].0.to_string(), "BT-0001");
    let waive = [("judge", head.as_str()), ("code", code), ("reason", "Cả ban cùng xem")];
    let own = judged.judges[0].1.post(&viewing, &waive).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", own.body);
    let unsaid = judged.officer.post(&viewing, &[("judge", head.as_str()), ("code", code)]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsaid.body.contains("value=\"BT-0001\""), "what was typed stays");
    let unknown = judged.officer.post(&viewing, &[("judge", head.as_str()), ("code", "BT-9")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(judged.judges[0].1.post(&submit, &fields).await.status, StatusCode::CONFLICT);
    let waived = judged.officer.post(&viewing, &waive).await;
    assert_eq!((waived.status, waived.location.as_str()), (StatusCode::SEE_OTHER, viewing.as_str()));
    let after = judged.officer.get(&viewing).await.body;
    assert!(after.contains("Cả ban cùng xem") && after.contains("1 bài được miễn"));
    assert!(!after.contains("chưa đủ để chốt"));
    assert_eq!(judged.judges[0].1.post(&submit, &fields).await.status, StatusCode::SEE_OTHER);
    // Judges who do not lead read nothing of it.
    assert_eq!(judged.judges[1].1.get(&viewing).await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn a_document_without_page_images_must_have_been_opened() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(1, 1, 1).await;
    let file = a_document_to_read(&stage, &judged).await;
    let sheet = format!("/judge/pools/{}/entries/{}", judged.pool, judged.entries[0]);
    let viewing = format!("/manage/pools/{}/viewing", judged.pool);
    assert!(judged.officer.get(&viewing).await.body.contains("Tệp 1: chưa mở"));
    let seen = format!("seen-{file}");
    judged.judges[0].1.post(&format!("{sheet}/viewing"), &[(&seen, "0-1")]).await;
    assert!(judged.officer.get(&viewing).await.body.contains("Tệp 1: đã mở"));
    stage.give_sheet(&judged, 0, &judged.entries[0], 5).await;
}
