use actix_web::{
    http::{StatusCode, header},
    test::TestRequest,
};
use chrono::Duration;
use hoithi::web::files::signed_address;

use crate::support::{Slot, Stage, a_large_picture};

const LENGTH: usize = 600_000;

async fn with_a_file(stage: Stage) -> (Slot, Vec<u8>) {
    let mut slot = Slot::on(stage).await;
    let picture = a_large_picture(LENGTH);
    let at = slot.begin("ảnh.png", LENGTH).await;
    assert_eq!(slot.patch(&at, 0, &picture).await.status, StatusCode::NO_CONTENT);
    (slot, picture)
}

#[actix_web::test]
async fn a_file_is_sent_in_the_piece_that_was_asked_for() {
    for stage in Stage::on_each_store() {
        let (mut slot, picture) = with_a_file(stage).await;
        let file = slot.files().await.remove(0);
        let at = format!("/files/{}/a.png", file.id);
        let etag = format!("\"{}\"", file.file_hash.as_str());
        let whole = slot.member.get(&at).await;
        assert!(whole.bytes == picture);
        assert_eq!(whole.header("etag"), etag);
        assert_eq!(whole.header("accept-ranges"), "bytes");
        assert_eq!(whole.header("content-type"), "image/png");
        assert_eq!(whole.header("cache-control"), "private, no-cache");
        let ask = async |slot: &mut Slot, headers: &[(&'static str, &str)]| {
            let mut request = TestRequest::get().uri(&at);
            for (name, value) in headers {
                request = request.insert_header((*name, *value));
            }
            slot.member.send(request).await
        };
        for (range, from, to) in [
            ("bytes=0-0", 0, 1),
            ("bytes=2-5", 2, 6),
            ("bytes=300000-", 300_000, LENGTH),
            ("bytes=-10", LENGTH - 10, LENGTH),
            ("bytes=599999-900000", LENGTH - 1, LENGTH),
            ("bytes=100000-499999", 100_000, 500_000),
        ] {
            let piece = ask(&mut slot, &[("range", range)]).await;
            assert_eq!(piece.status, StatusCode::PARTIAL_CONTENT, "{range}");
            assert!(piece.bytes == picture[from..to], "{range}");
            assert_eq!(piece.header("content-range"), format!("bytes {from}-{}/{LENGTH}", to - 1));
        }
        for range in ["bytes=600000-", "bytes=900000-900001", "bytes=5-2"] {
            let answer = ask(&mut slot, &[("range", range)]).await;
            assert_eq!(answer.status, StatusCode::RANGE_NOT_SATISFIABLE, "{range}");
            assert_eq!(answer.header("content-range"), format!("bytes */{LENGTH}"));
        }
        assert_eq!(ask(&mut slot, &[("if-none-match", &etag)]).await.status, StatusCode::NOT_MODIFIED);
        let other = ask(&mut slot, &[("range", "bytes=0-9"), ("if-range", "\"other\"")]).await;
        assert_eq!((other.status, other.bytes.len()), (StatusCode::OK, LENGTH));
        let same = ask(&mut slot, &[("range", "bytes=0-9"), ("if-range", &etag)]).await;
        assert_eq!((same.status, same.bytes.len()), (StatusCode::PARTIAL_CONTENT, 10));
    }
}

#[actix_web::test]
async fn a_signed_address_opens_for_anyone_until_it_ends() {
    let (slot, picture) = with_a_file(Stage::new()).await;
    let file = slot.files().await.remove(0);
    let until = slot.stage.now() + Duration::minutes(10);
    let address = signed_address(&slot.stage.app, &file, until);
    let mut anyone = slot.stage.anyone();
    assert_eq!(anyone.get(address.split('?').next().unwrap()).await.status, StatusCode::NOT_FOUND);
    let sent = anyone.get(&address).await;
    assert!(sent.status == StatusCode::OK && sent.bytes == picture);
    assert_eq!(sent.header(header::CACHE_CONTROL.as_str()), "private, no-cache");
    let later = address.replace("until=", "until=1");
    let other = address.replace(file.id.as_str(), hoithi::base::ids::AttachmentId::generate().as_str());
    for wrong in [later, other, address.replace("seal=", "seal=0")] {
        assert_eq!(anyone.get(&wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    slot.stage.clock_forward(Duration::minutes(10));
    assert_eq!(anyone.get(&address).await.status, StatusCode::NOT_FOUND);
}
