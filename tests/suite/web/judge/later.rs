//! Sheets that a device hands in later, as its script does.

use actix_web::{
    http::{StatusCode, header},
    test::TestRequest,
};
use hoithi::{
    base::ids::EntryId,
    features::{
        attachments::renditions::Recipe,
        contests::{self, RoundDesk},
        judging::{self, SheetStatus, sheets::field_of, store},
    },
    infra::db::DbError,
};

use crate::support::{Answer, JudgedPool, Stage};

async fn sends(judged: &mut JudgedPool, where_to: &str, tenths: i64, more: &[(&str, &str)]) -> Answer {
    let address = format!("/judge/pools/{}/entries/{}/{where_to}", judged.pool, judged.entries[0]);
    let marks = judged.typed(tenths).marks;
    let named: Vec<(String, String)> =
        marks.into_iter().map(|(criterion, mark)| (field_of(&criterion), mark)).collect();
    let guest = &mut judged.judges[0].1;
    let csrf = guest.csrf().await;
    let mut fields: Vec<(&str, &str)> =
        named.iter().map(|(name, mark)| (name.as_str(), mark.as_str())).collect();
    fields.extend(more);
    fields.push(("csrf", &csrf));
    let request = TestRequest::post()
        .uri(&address)
        .insert_header((header::HeaderName::from_static("x-requested-with"), "fetch"))
        .set_form(fields);
    guest.send(request).await
}

fn later<'f>(edition: &'f str, save: &'f str) -> [(&'f str, &'f str); 3] {
    [("edition", edition), ("save", save), ("act", "later")]
}

fn json(answer: &Answer) -> serde_json::Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{} {}", answer.status, answer.body))
}

async fn events(stage: &Stage, judged: &JudgedPool) -> usize {
    let (pool, entry, judge) = (judged.pool.clone(), judged.entries[0].clone(), judged.judges[0].0.clone());
    let found = stage
        .read(move |db| -> Result<_, DbError> {
            let sheet = store::find_sheet_of(db, &pool, &entry, &judge)?;
            sheet.map(|sheet| judging::views::list_events(db, &sheet.id)).transpose()
        })
        .await
        .unwrap();
    found.map_or(0, |events| events.len())
}

async fn status(stage: &Stage, judged: &JudgedPool, entry: &EntryId) -> Option<SheetStatus> {
    let (pool, entry, judge) = (judged.pool.clone(), entry.clone(), judged.judges[0].0.clone());
    stage
        .read(move |db| store::find_sheet_of(db, &pool, &entry, &judge))
        .await
        .unwrap()
        .map(|sheet| sheet.status)
}

#[actix_web::test]
async fn a_sheet_handed_in_later_is_given_once_however_often_it_arrives() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(1, 1, 1).await;
    let first = sends(&mut judged, "submit", 7, &later("0", "last-word")).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.body);
    assert_eq!(json(&first)["edition"], 1);
    assert!(first.headers.get(header::SET_COOKIE).is_none(), "the device says it itself");
    // The answer was lost: the same again, also after the judging was closed.
    let again = sends(&mut judged, "submit", 7, &later("0", "last-word")).await;
    assert_eq!((again.status, &json(&again)["edition"]), (StatusCode::OK, &1.into()));
    let (officer, pool, now) = (stage.person_of(&judged.officer).await, judged.pool.clone(), stage.now());
    let by = officer.clone();
    stage.write(move |db| judging::close_judging(db, &by, &pool, "Đủ", now)).await.unwrap();
    let closed = sends(&mut judged, "submit", 7, &later("0", "last-word")).await;
    assert_eq!((closed.status, &json(&closed)["edition"]), (StatusCode::OK, &1.into()));
    assert_eq!(events(&stage, &judged).await, 1);
    // Another last word is too late.
    let other = sends(&mut judged, "submit", 9, &later("1", "another")).await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    assert!(json(&other)["message"].as_str().unwrap().contains("Đã kết thúc chấm điểm"), "{}", other.body);

    // Reopened and changed elsewhere: the old one was answered once, and is answered so again.
    let pool = judged.pool.clone();
    stage.write(move |db| judging::reopen_judging(db, &officer, &pool, "Sửa", now)).await.unwrap();
    let href = format!("/judge/pools/{}/entries/{}", judged.pool, judged.entries[0]);
    let reopened = judged.judges[0].1.post(&format!("{href}/reopen"), &[("reason", "Chấm lại")]).await;
    assert_eq!(reopened.status, StatusCode::SEE_OTHER, "{}", reopened.body);
    let changed = sends(&mut judged, "autosave", 4, &[("edition", "2"), ("save", "changed")]).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
    let old = sends(&mut judged, "submit", 7, &later("0", "last-word")).await;
    assert_eq!((old.status, &json(&old)["edition"]), (StatusCode::OK, &1.into()));
    let entry = judged.entries[0].clone();
    assert_eq!(status(&stage, &judged, &entry).await, Some(SheetStatus::Draft), "it gave nothing anew");
    // The id of a draft gives nothing, even if it is known.
    let forged = sends(&mut judged, "submit", 7, &later("0", "changed")).await;
    assert_eq!((forged.status, &json(&forged)["both"]), (StatusCode::CONFLICT, &true.into()));
}

#[actix_web::test]
async fn what_is_refused_later_is_said_and_can_still_be_saved() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(1, 1, 1).await;
    let desk = RoundDesk { keeps_viewing: true, needs_all_pages: true, ..RoundDesk::plain(&judged.round.id) };
    let entry = judged.entries[0].clone();
    let of = entry.clone();
    stage
        .write(move |db| -> Result<(), DbError> {
            contests::store::put_round_desk(db, &desk)?;
            let mut file = hoithi::features::attachments::views::list_of_entry(db, &of)?.remove(0);
            file.media_type = "application/pdf".into();
            hoithi::features::attachments::store::save(db, &file)
        })
        .await
        .unwrap();
    let refused = sends(&mut judged, "submit", 7, &later("0", "last-word")).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let said = json(&refused);
    assert!(said["message"].as_str().unwrap().contains("tệp số 1 (0/1)"), "{said}");
    assert_eq!(said["both"], serde_json::Value::Null);
    let saved = sends(&mut judged, "autosave", 7, &[("edition", "0"), ("save", "last-word-draft")]).await;
    assert_eq!((saved.status, &json(&saved)["edition"]), (StatusCode::OK, &1.into()));
    assert_eq!(status(&stage, &judged, &entry).await, Some(SheetStatus::Draft));
    // Missing marks are named, for the device to show.
    let address = format!("/judge/pools/{}/entries/{}/submit", judged.pool, judged.entries[0]);
    let guest = &mut judged.judges[0].1;
    let csrf = guest.csrf().await;
    let request = TestRequest::post()
        .uri(&address)
        .insert_header((header::HeaderName::from_static("x-requested-with"), "fetch"))
        .set_form([("edition", "1"), ("csrf", csrf.as_str()), ("act", "later")]);
    let missing = guest.send(request).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(json(&missing)["errors"].as_array().unwrap().len(), judged.criteria.len());
}

#[actix_web::test]
async fn the_small_pieces_are_taken_along_and_not_the_originals() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(1, 1, 1).await;
    stage.change_round(&judged, |round| round.is_blind = true).await;
    let address = format!("/judge/pools/{}/entries/{}/along", judged.pool, judged.entries[0]);
    let before = json(&judged.judges[0].1.get(&address).await);
    // Nothing was made yet: the picture itself, which is small; in a blind round a clean copy without its name.
    let original = before["small"][0]["hrefs"][0].as_str().unwrap().to_owned();
    assert!(original.ends_with("/1.png"), "{before}");
    let pieces = [("w1280".to_owned(), 900_000), ("w640".to_owned(), 40_000)];
    let file = stage.pieces_are_made(&judged.entries[0], Recipe::Picture, &pieces).await;
    let along = json(&judged.judges[0].1.get(&address).await);
    let small = &along["small"][0];
    assert_eq!(small["hrefs"], serde_json::json!([format!("/files/{}/renditions/w640", file.id)]));
    assert_eq!((&small["bytes"], &small["viewer"]), (&40_000.into(), &"picture".into()));
    assert_eq!(along["small"].as_array().unwrap().len(), 1);
    assert!(!along["small"].to_string().contains("Lộ Tên"), "{along}");
}
