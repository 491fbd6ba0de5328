//! What a line of a list shows of an entry's files stands in the entry's row, and is true after every change.

use std::sync::Arc;

use hoithi::{
    base::ids::EntryId,
    features::{
        attachments::{
            self,
            upkeep::store::list_without_work,
            views::{list_works, look_at_works},
        },
        contests,
        entries::{self, Work},
    },
    jobs::sweep,
};

use crate::support::{PICTURE, Stage};

/// What is kept, which is what the files themselves say.
async fn kept(stage: &Stage, entry: &EntryId) -> Work {
    let of = [entry.clone()];
    let (unknown, mut kept, mut seen) = stage
        .read(move |db| -> Result<_, hoithi::infra::db::DbError> {
            Ok((list_without_work(db, 10)?, list_works(db, &of)?, look_at_works(db, &of)?))
        })
        .await
        .unwrap();
    assert!(unknown.is_empty(), "{unknown:?}");
    let kept = kept.remove(entry).unwrap();
    assert_eq!(kept, seen.remove(entry).unwrap_or_default());
    kept
}

#[actix_web::test]
async fn what_lists_show_of_files_follows_every_change() {
    let stage = Stage::new();
    let drafted = stage.a_drafted_entry().await;
    let entry = drafted.entry.id.clone();
    assert_eq!(kept(&stage, &entry).await, Work::default());

    let film = stage.attach_demo(&drafted, "clip-an-toan-giao-thong.mp4").await;
    let work = kept(&stage, &entry).await;
    assert_eq!((work.media_type.as_str(), work.cover), ("video/mp4", None));
    assert!(work.duration_ms.is_some_and(|length| length > 1000), "{:?}", work.duration_ms);

    stage.render(&film).await;
    let cover = kept(&stage, &entry).await.cover.unwrap();
    assert_eq!(cover.attachment_id, film.id);
    assert!(cover.width > 0 && cover.height > 0, "{cover:?}");

    let picture = stage.attach(&drafted, "anh.png", PICTURE).await;
    let (person, now, id) = (Arc::clone(&drafted.person), stage.now(), film.id.clone());
    let of = entry.clone();
    stage.write(move |db| attachments::remove(db, &person, &of, &id, now)).await.unwrap();
    let work = kept(&stage, &entry).await;
    assert_eq!((work.media_type.as_str(), work.duration_ms, work.cover), ("image/png", None, None));
    stage.render(&picture).await;
    assert_eq!(kept(&stage, &entry).await.cover.unwrap().attachment_id, picture.id);
}

#[actix_web::test]
async fn what_was_forgotten_is_seen_at_once_and_put_down_by_the_sweep() {
    let stage = Stage::new();
    let drafted = stage.a_drafted_entry().await;
    stage.attach(&drafted, "anh.png", PICTURE).await;
    let (contest, entry) = (drafted.entry.contest_id.clone(), drafted.entry.id.clone());
    stage.write(move |db| contests::store::forget_works(db, &contest)).await.unwrap();
    let of = [entry.clone()];
    let mut works = stage.read(move |db| list_works(db, &of)).await.unwrap();
    assert_eq!(works.remove(&entry).unwrap().media_type, "image/png");
    let unknown = stage.read(|db| list_without_work(db, 10)).await.unwrap();
    assert_eq!(unknown, std::slice::from_ref(&entry));
    sweep(&stage.tools()).await.unwrap();
    assert_eq!(kept(&stage, &entry).await.media_type, "image/png");
}

#[actix_web::test]
async fn what_lists_show_of_tools_follows_every_change() {
    let stage = Stage::new();
    let drafted = stage.a_drafted_entry().await;
    let (contest, entry) = (drafted.entry.contest_id.clone(), drafted.entry.id.clone());
    let use_tools = |tools: &[&str]| {
        let (of, tools) = (entry.clone(), tools.iter().map(|tool| (*tool).to_owned()).collect::<Vec<_>>());
        stage.write(move |db| entries::store::save_tools(db, &of, tools.clone()))
    };
    use_tools(&["Zalo", "Canva", "Zalo"]).await.unwrap();
    assert_eq!(kept(&stage, &entry).await.tools, ["Canva", "Zalo"]);
    stage.attach(&drafted, "anh.png", PICTURE).await;
    let work = kept(&stage, &entry).await;
    assert_eq!((work.media_type.as_str(), work.tools), ("image/png", vec!["Canva".into(), "Zalo".into()]));
    use_tools(&["Padlet"]).await.unwrap();
    let work = kept(&stage, &entry).await;
    assert_eq!((work.media_type.as_str(), work.tools), ("image/png", vec!["Padlet".into()]));
    // Forgotten and then changed: what is unknown stays unknown until it is looked at.
    stage.write(move |db| contests::store::forget_works(db, &contest)).await.unwrap();
    use_tools(&["Canva"]).await.unwrap();
    let of = [entry.clone()];
    let mut works = stage.read(move |db| list_works(db, &of)).await.unwrap();
    let work = works.remove(&entry).unwrap();
    assert_eq!((work.media_type.as_str(), work.tools), ("image/png", vec!["Canva".into()]));
}
