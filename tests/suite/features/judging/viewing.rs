use std::collections::HashMap;

use chrono::Duration;
use hoithi::{
    base::ids::{AttachmentId, EntryId},
    features::{
        attachments,
        contests::{self, RoundDesk},
        judging::{
            self,
            sheets::SaveSheetError,
            store,
            viewing::{Ranges, RecordViewingError, WaiveViewingError, record_viewing, waive_viewing},
        },
    },
    infra::db::DbError,
};

use crate::support::{JudgedPool, Stage};

/// A pool of films of a hundred seconds, of which half must be watched.
async fn watched(stage: &Stage) -> (JudgedPool, EntryId, AttachmentId) {
    let judged = stage.a_judged_pool(1, 2, 2).await;
    let desk =
        RoundDesk { keeps_viewing: true, min_watched_percent: 50, ..RoundDesk::plain(&judged.round.id) };
    let entry = judged.entries[0].clone();
    let of = entry.clone();
    let file = stage
        .write(move |db| {
            contests::store::put_round_desk(db, &desk)?;
            let mut file = attachments::views::list_of_entry(db, &of)?.remove(0);
            file.media_type = "video/mp4".into();
            file.media.0.duration_ms = Some(100_000);
            attachments::store::save(db, &file)?;
            Ok::<_, DbError>(file.id)
        })
        .await
        .unwrap();
    (judged, entry, file)
}

async fn tell(
    stage: &Stage,
    judged: &JudgedPool,
    judge: usize,
    file: &AttachmentId,
    seen: &str,
) -> Result<(), RecordViewingError> {
    let (person, pool, entry, now) = (
        stage.person_of(&judged.judges[judge].1).await,
        judged.pool.clone(),
        judged.entries[0].clone(),
        stage.now(),
    );
    let batch: HashMap<AttachmentId, Ranges> = [(file.clone(), Ranges::read(seen))].into();
    stage.write(move |db| record_viewing(db, &person, &pool, &entry, &batch, now)).await
}

async fn amount(stage: &Stage, judged: &JudgedPool) -> i32 {
    let pool = judged.pool.clone();
    let rows = stage.read(move |db| store::list_viewings(db, &pool)).await.unwrap();
    rows.iter().map(|row| row.amount).sum()
}

async fn submit(stage: &Stage, judged: &JudgedPool, judge: usize) -> Result<(), SaveSheetError> {
    let (person, pool, entry, now) = (
        stage.person_of(&judged.judges[judge].1).await,
        judged.pool.clone(),
        judged.entries[0].clone(),
        stage.now(),
    );
    let typed = judged.typed(5);
    stage.write(move |db| judging::submit_sheet(db, &person, &pool, &entry, &typed, now)).await.map(drop)
}

#[actix_web::test]
async fn what_was_watched_only_grows_and_no_faster_than_time() {
    let stage = Stage::new();
    let (judged, _, file) = watched(&stage).await;
    tell(&stage, &judged, 0, &file, "0-20").await.unwrap();
    assert_eq!(amount(&stage, &judged).await, 20);
    // The same batch again, and one that knows less.
    tell(&stage, &judged, 0, &file, "0-20").await.unwrap();
    tell(&stage, &judged, 0, &file, "5-6").await.unwrap();
    assert_eq!(amount(&stage, &judged).await, 20);
    // Nobody watches eighty seconds in five.
    stage.clock_forward(Duration::seconds(5));
    tell(&stage, &judged, 0, &file, "0-100").await.unwrap();
    assert_eq!(amount(&stage, &judged).await, 40);
    stage.clock_forward(Duration::minutes(5));
    tell(&stage, &judged, 0, &file, "0-999999").await.unwrap();
    assert_eq!(amount(&stage, &judged).await, 100);
    // A file of another entry is nobody's evidence.
    tell(&stage, &judged, 0, &AttachmentId::generate(), "0-10").await.unwrap();
    assert_eq!(amount(&stage, &judged).await, 100);
}

#[actix_web::test]
async fn a_sheet_waits_for_the_share_that_is_asked_for_or_for_a_waiver() {
    let stage = Stage::new();
    let (judged, entry, file) = watched(&stage).await;
    let refused = submit(&stage, &judged, 0).await;
    let Err(SaveSheetError::NotSeen { n: 1, files }) = refused else { panic!("{refused:?}") };
    assert_eq!(files, "1 (0/50)");
    tell(&stage, &judged, 0, &file, "10-60").await.unwrap();
    submit(&stage, &judged, 0).await.unwrap();

    // The other judge's browser has no script: the head waives it, with a reason, but not for the head's own.
    let mut people = Vec::new();
    for (_, guest) in &judged.judges {
        people.push(stage.person_of(guest).await);
    }
    let waive = |by: usize, judge: usize, reason: &'static str| {
        let (pool, entry, account, now) =
            (judged.pool.clone(), entry.clone(), judged.judges[judge].0.clone(), stage.now());
        let person = people[by].clone();
        stage.write(move |db| waive_viewing(db, &person, &pool, &entry, &account, reason, now))
    };
    assert!(matches!(waive(0, 1, " ").await, Err(WaiveViewingError::Invalid(_))));
    assert!(matches!(waive(1, 0, "Tự miễn").await, Err(WaiveViewingError::NotFound)));
    assert!(matches!(waive(0, 0, "Tự miễn").await, Err(WaiveViewingError::OwnViewing)));
    assert!(matches!(submit(&stage, &judged, 1).await, Err(SaveSheetError::NotSeen { .. })));
    waive(0, 1, "Cả ban cùng xem").await.unwrap();
    assert!(matches!(waive(0, 1, "Lần nữa").await, Err(WaiveViewingError::AlreadyWaived)));
    submit(&stage, &judged, 1).await.unwrap();
}

#[actix_web::test]
async fn a_round_that_does_not_ask_keeps_nothing() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(1, 1, 1).await;
    let of = judged.entries[0].clone();
    let file = stage.read(move |db| attachments::views::list_of_entry(db, &of)).await.unwrap().remove(0).id;
    assert!(matches!(tell(&stage, &judged, 0, &file, "0-5").await, Err(RecordViewingError::NotKept)));
    assert_eq!(amount(&stage, &judged).await, 0);
}
