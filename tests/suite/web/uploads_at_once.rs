//! Two who write one upload, in one program or in two, and a program that ends where it should not.

use std::time::Duration;

use actix_web::http::{Method, StatusCode};
use hoithi::{
    features::attachments::uploads::{LEASE, UploadError, store},
    infra::files::{FileStoreError, Leave, Parts},
    jobs::{SAFE_AGE, Swept, sweep},
};
use sha2::Digest;

use crate::support::{OtherWriter, Slot, Stage, a_large_picture, a_part, upload_at};

/// More than two parts of a bucket, and no multiple of anything.
const LARGE: usize = (17 << 20) + 12_345;
const LONG: Duration = Duration::from_hours(1);

fn other_bytes(bytes: usize) -> bytes::Bytes {
    vec![b'x'; bytes].into()
}

#[actix_web::test]
async fn one_writes_at_a_time() {
    let mut slot = Slot::on(Stage::new()).await;
    let at = slot.begin("ảnh.png", 30_000).await;
    let place = format!("up-{}", upload_at(&at));
    let held = slot.stage.app.files.take(&place, Parts::default(), Leave::endless()).await.unwrap();
    let answer = slot.patch(&at, 0, &a_large_picture(30_000)).await;
    assert_eq!(answer.status, StatusCode::LOCKED, "{}", answer.body);
    drop(held);
    assert_eq!(slot.patch(&at, 0, &a_large_picture(30_000)).await.status, StatusCode::NO_CONTENT);
}

#[actix_web::test]
async fn one_of_all_programs_writes_into_a_bucket_at_a_time() {
    let mut slot = Slot::on(Stage::on_a_bucket()).await;
    let picture = a_large_picture(LARGE);
    let at = slot.begin("ảnh.png", LARGE).await;
    let mut other = OtherWriter::take(&slot, &at, LONG).await;
    assert_eq!(slot.patch(&at, 0, &picture).await.status, StatusCode::LOCKED);
    other.arrival.write(picture[..3_000_000].to_vec().into()).await.unwrap();
    slot.stage.clock_forward(LEASE - chrono::Duration::seconds(1));
    assert_eq!(other.save().await.unwrap(), 3_000_000);
    // What it saved prolonged its turn.
    slot.stage.clock_forward(LEASE - chrono::Duration::seconds(1));
    let answer = slot.patch(&at, 3_000_000, &picture[3_000_000..]).await;
    assert_eq!(answer.status, StatusCode::LOCKED, "{}", answer.body);
    assert_eq!(slot.offset(&at).await, 3_000_000);
    other.give_back().await;
    let answer = slot.patch(&at, 3_000_000, &picture[3_000_000..]).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
    assert_eq!(slot.files().await[0].file_hash.as_str(), blake3::hash(&picture).to_hex().as_str());
    assert_eq!(slot.stored().await, [slot.files().await[0].file_hash.as_str()], "nothing else is left");
}

#[actix_web::test]
async fn a_writer_that_was_given_up_takes_nothing_from_the_next_one() {
    let mut slot = Slot::on(Stage::on_a_bucket().in_the_present()).await;
    let picture = a_large_picture(LARGE);
    let at = slot.begin("ảnh.png", LARGE).await;
    let mut stale = OtherWriter::take(&slot, &at, LONG).await;
    stale.arrival.write(picture[..2_000_000].to_vec().into()).await.unwrap();
    stale.save().await.unwrap();
    slot.stage.clock_forward(LEASE);
    let answer = slot.patch(&at, 2_000_000, &picture[2_000_000..3_000_000]).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);

    // It never heard that it was given up, and saves a tail of the same part.
    stale.arrival.write(other_bytes(500_000)).await.unwrap();
    assert!(matches!(stale.save().await, Err(UploadError::WrittenElsewhere)));
    assert_eq!(slot.offset(&at).await, 3_000_000, "what was acknowledged stays");
    let answer = slot.patch(&at, 3_000_000, &picture[3_000_000..]).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
    assert_eq!(slot.files().await[0].file_hash.as_str(), blake3::hash(&picture).to_hex().as_str());
    let sent = slot.member.get(&format!("/files/{}/a.png", slot.files().await[0].id)).await;
    assert!(sent.bytes == picture);
    assert_eq!(slot.stored().await.len(), 2, "the tail of the stale writer");
    slot.stage.clock_forward(SAFE_AGE);
    assert_eq!(sweep(&slot.stage.tools()).await.unwrap(), Swept { uploads: 0, files: 1 });
}

#[actix_web::test]
async fn nothing_is_sent_to_a_bucket_without_leave() {
    let mut slot = Slot::on(Stage::on_a_bucket()).await;
    let picture = a_large_picture(LARGE);
    let at = slot.begin("ảnh.png", LARGE).await;
    assert_eq!(slot.patch(&at, 0, &picture[..9 << 20]).await.status, StatusCode::NO_CONTENT);
    let mut late = OtherWriter::take(&slot, &at, Duration::ZERO).await;
    slot.stage.clock_forward(LEASE);
    assert_eq!(slot.patch(&at, 9 << 20, &picture[9 << 20..16 << 20]).await.status, StatusCode::NO_CONTENT);
    let sent = late.arrival.write(other_bytes(7 << 20)).await;
    assert!(matches!(sent, Err(FileStoreError::Busy)), "{sent:?}");
    assert_eq!(slot.patch(&at, 16 << 20, &picture[16 << 20..]).await.status, StatusCode::NO_CONTENT);
    assert_eq!(slot.files().await[0].file_hash.as_str(), blake3::hash(&picture).to_hex().as_str());
}

/// The one thing that no leave can hold back is what was on its way already.
#[actix_web::test]
async fn a_part_that_came_over_another_is_found_out_at_the_end() {
    let mut slot = Slot::on(Stage::on_a_bucket()).await;
    let picture = a_large_picture(LARGE);
    let pieces: Vec<u8> =
        picture.chunks(8 << 20).flat_map(|piece| sha2::Sha256::digest(piece).to_vec()).collect();
    let declared = hoithi::base::seal::hash_hex(&pieces);
    for declared in [Some(declared.as_str()), None] {
        let more: Vec<(&str, &str)> = declared.iter().map(|hash| ("pieces-sha256", *hash)).collect();
        let at = slot.create("ảnh.png", LARGE, &more).await.location;
        assert_eq!(slot.patch(&at, 0, &picture[..9 << 20]).await.status, StatusCode::NO_CONTENT);
        let mut stale = OtherWriter::take(&slot, &at, LONG).await;
        slot.stage.clock_forward(LEASE);
        let part = slot.patch(&at, 9 << 20, &picture[9 << 20..16 << 20]).await;
        assert_eq!(part.status, StatusCode::NO_CONTENT);
        stale.arrival.write(other_bytes(7 << 20)).await.unwrap();
        let end = slot.patch(&at, 16 << 20, &picture[16 << 20..]).await;
        let files = slot.files().await;
        if declared.is_some() {
            assert!(!end.status.is_success() && files.is_empty(), "{}", end.status);
        } else if let Some(file) = files.first() {
            // Nobody said what it should be; its name is that of the bytes that are there.
            let sent = slot.member.get(&format!("/files/{}/a.png", file.id)).await;
            assert_eq!(file.file_hash.as_str(), blake3::hash(&sent.bytes).to_hex().as_str());
        }
    }
}

#[actix_web::test]
async fn of_two_who_send_the_same_at_once_one_is_taken() {
    for stage in Stage::on_each_store() {
        let mut slot = Slot::on(stage).await;
        let picture = a_large_picture(LARGE);
        let at = slot.begin("ảnh.png", LARGE).await;
        let other = hoithi::app::open(&slot.stage.config, slot.stage.app.clock.clone()).unwrap();
        let here = std::mem::replace(&mut slot.stage.app, other);
        let mut there = slot.stage.same_guest(&slot.member);
        slot.stage.app = here;
        let mut offset = 0;
        while offset < LARGE {
            let rest = &picture[offset..LARGE.min(offset + (6 << 20))];
            let (one, other) = futures_util::future::join(
                slot.member.send(a_part(&at, offset, rest)),
                there.send(a_part(&at, offset, rest)),
            )
            .await;
            let statuses = [one.status.as_u16(), other.status.as_u16()];
            assert_eq!(statuses.iter().filter(|status| **status == 204).count(), 1, "{statuses:?}");
            assert!(statuses.iter().all(|status| [204, 409, 423].contains(status)), "{statuses:?}");
            offset += rest.len();
        }
        assert_eq!(slot.files().await[0].file_hash.as_str(), blake3::hash(&picture).to_hex().as_str());
        assert_eq!(slot.stored().await, [slot.files().await[0].file_hash.as_str()]);
    }
}

/// How far the program came with a file that is all there, before it was killed.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Came {
    Saved,
    Sealed,
    Kept,
}

#[actix_web::test]
async fn a_whole_file_whose_end_nobody_saw_through_takes_its_place_when_it_is_asked_for() {
    for came in [Came::Saved, Came::Sealed, Came::Kept] {
        for length in [30_000, LARGE] {
            for stage in Stage::on_each_store() {
                let mut slot = Slot::on(stage).await;
                let picture = a_large_picture(length);
                let at = slot.begin("ảnh.png", length).await;
                assert_eq!(slot.patch(&at, 0, &picture[..4000]).await.status, StatusCode::NO_CONTENT);
                end_in_the_middle(&slot, &at, &picture, came).await;
                slot.stage.clock_forward(LEASE);
                assert_eq!(slot.offset(&at).await, length, "{came:?}");
                let files = slot.files().await;
                assert_eq!(files.len(), 1, "{came:?}");
                assert_eq!(files[0].file_hash.as_str(), blake3::hash(&picture).to_hex().as_str());
                assert_eq!(slot.stored().await, [files[0].file_hash.as_str()], "{came:?}");
                assert_eq!(slot.ask(Method::DELETE, &at).await.status, StatusCode::GONE);
            }
        }
    }
}

async fn end_in_the_middle(slot: &Slot, at: &str, picture: &[u8], came: Came) {
    let rest = picture[4000..].to_vec();
    let arrival = if slot.stage.app.files.is_folder() {
        let id = upload_at(at);
        let upload = slot.stage.read(move |db| store::find(db, &id)).await.unwrap().unwrap();
        let taken = slot.stage.app.files.take(&upload.place(), Parts::default(), Leave::endless()).await;
        let mut arrival = taken.unwrap();
        arrival.write(rest.into()).await.unwrap();
        arrival.save().await;
        arrival
    } else {
        let mut writer = OtherWriter::take(slot, at, LONG).await;
        writer.arrival.write(rest.into()).await.unwrap();
        writer.save().await.unwrap();
        writer.arrival
    };
    if came == Came::Saved {
        return;
    }
    let whole = arrival.seal(false).await.unwrap();
    if came == Came::Kept {
        whole.keep().await.unwrap();
    }
}
