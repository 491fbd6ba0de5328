use actix_web::http::{Method, StatusCode, header};
use actix_web::test::TestRequest;
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::Duration;
use hoithi::{
    features::{
        accounts::{self, Session, SessionKind},
        contests,
    },
    infra::db::DbError,
};
use sha2::Digest;

use crate::support::{S3, Slot, Stage, a_large_picture};

/// More than two parts of a bucket, and no multiple of anything.
const LARGE: usize = (17 << 20) + 12_345;

#[actix_web::test]
async fn a_file_comes_in_pieces_and_takes_its_place() {
    for stage in Stage::on_each_store() {
        let mut slot = Slot::on(stage).await;
        let picture = a_large_picture(LARGE);
        let at = slot.begin("ảnh bìa.png", LARGE).await;
        assert_eq!(slot.offset(&at).await, 0);
        let cuts = [0, 5 << 20, (5 << 20) + 1, 15 << 20, LARGE];
        for cut in cuts.windows(2) {
            let answer = slot.patch(&at, cut[0], &picture[cut[0]..cut[1]]).await;
            assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
            assert_eq!(answer.header("upload-offset"), cut[1].to_string());
            assert_eq!(answer.header("tus-resumable"), "1.0.0");
            assert!(answer.header("upload-expires").ends_with("GMT"));
            assert_eq!(slot.offset(&at).await, cut[1]);
        }
        let files = slot.files().await;
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].file_name, "ảnh bìa.png");
        assert_eq!(files[0].media_type, "image/png");
        assert_eq!(files[0].file_hash.as_str(), blake3::hash(&picture).to_hex().as_str());
        assert_eq!(slot.stored().await, [files[0].file_hash.as_str()], "nothing else is left");
        let sent = slot.member.get(&format!("/files/{}/a.png", files[0].id)).await;
        assert!(sent.bytes == picture);
        // Whoever asks once more is told that all is there.
        let again = slot.patch(&at, LARGE, b"").await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        assert_eq!(again.header("upload-offset"), LARGE.to_string());
    }
}

#[actix_web::test]
async fn the_same_bytes_are_stored_once() {
    for stage in Stage::on_each_store() {
        let mut slot = Slot::on(stage).await;
        let picture = a_large_picture(30_000);
        for _ in 0..2 {
            let at = slot.begin("ảnh.png", 30_000).await;
            assert_eq!(slot.patch(&at, 0, &picture).await.status, StatusCode::NO_CONTENT);
        }
        assert_eq!((slot.files().await.len(), slot.stored().await.len()), (1, 1));
        let person = slot.person.clone();
        slot.entry = slot.stage.a_draft(&slot.contest, &slot.commune, &person, "Bài khác").await;
        let at = slot.begin("ảnh khác.png", 30_000).await;
        assert_eq!(slot.patch(&at, 0, &picture).await.status, StatusCode::NO_CONTENT);
        assert_eq!((slot.files().await.len(), slot.stored().await.len()), (1, 1));
    }
}

#[actix_web::test]
async fn the_first_bytes_may_come_with_the_beginning() {
    for stage in Stage::on_each_store() {
        let mut slot = Slot::on(stage).await;
        let picture = a_large_picture(30_000);
        let begin = |bytes: &[u8], metadata: String| {
            TestRequest::post()
                .uri("/uploads")
                .insert_header(("tus-resumable", "1.0.0"))
                .insert_header(("upload-length", "30000"))
                .insert_header(("upload-metadata", metadata))
                .insert_header((header::CONTENT_TYPE, "application/offset+octet-stream"))
                .set_payload(bytes.to_vec())
        };
        let metadata = slot.metadata("ảnh.png", &[]);
        let answer = slot.member.send(begin(&picture[..4000], metadata.clone())).await;
        assert_eq!((answer.status, answer.header("upload-offset")), (StatusCode::CREATED, "4000"));
        let rest = slot.patch(&answer.location, 4000, &picture[4000..]).await;
        assert_eq!(rest.status, StatusCode::NO_CONTENT, "{}", rest.body);
        assert_eq!(slot.files().await.len(), 1);
    }
}

#[actix_web::test]
async fn what_is_wrong_is_said_and_nothing_is_lost() {
    for stage in Stage::on_each_store() {
        let mut slot = Slot::on(stage).await;
        let picture = a_large_picture(30_000);
        let at = slot.begin("ảnh.png", 30_000).await;
        assert_eq!(slot.patch(&at, 0, &picture[..4000]).await.status, StatusCode::NO_CONTENT);

        for lie in [0, 3999, 4001, 30_000] {
            let answer = slot.patch(&at, lie, &picture[4000..5000]).await;
            assert_eq!(
                (answer.status, answer.header("upload-offset")),
                (StatusCode::CONFLICT, "4000"),
                "{lie}"
            );
            assert!(answer.body.contains("4.000") || answer.body.contains("4000"), "{}", answer.body);
        }
        let too_much = slot.patch(&at, 4000, &picture).await;
        assert_eq!(too_much.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", too_much.body);
        let typed = slot.patch_with(&at, 4000, &picture[4000..], &[("content-type", "text/plain")]).await;
        assert_eq!(typed.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        let version = slot.patch_with(&at, 4000, &picture[4000..], &[("tus-resumable", "0.2.2")]).await;
        assert_eq!(version.status, StatusCode::PRECONDITION_FAILED);

        let sha256 = |bytes: &[u8]| STANDARD.encode(sha2::Sha256::digest(bytes));
        for (checksum, status) in [
            (format!("sha256 {}", sha256(&picture)), 460),
            ("sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=".to_owned(), 460),
            ("crc32 AAAA".to_owned(), 400),
            ("sha256 AAAA".to_owned(), 400),
        ] {
            let answer =
                slot.patch_with(&at, 4000, &picture[4000..6000], &[("upload-checksum", &checksum)]).await;
            assert_eq!(answer.status.as_u16(), status, "{checksum}: {}", answer.body);
            assert_eq!(slot.offset(&at).await, 4000, "{checksum}");
        }
        let right = format!("sha256 {}", sha256(&picture[4000..6000]));
        let answer = slot.patch_with(&at, 4000, &picture[4000..6000], &[("upload-checksum", &right)]).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
        let blake3 = format!("blake3 {}", STANDARD.encode(blake3::hash(&picture[6000..]).as_bytes()));
        let answer = slot.patch_with(&at, 6000, &picture[6000..], &[("upload-checksum", &blake3)]).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
        assert_eq!(slot.files().await[0].file_hash.as_str(), blake3::hash(&picture).to_hex().as_str());
    }
}

#[actix_web::test]
async fn a_file_is_begun_only_where_there_is_a_place_for_it() {
    let mut slot = Slot::on(Stage::new()).await;
    let max = usize::try_from(hoithi::features::attachments::slot::max_bytes(&slot.field)).unwrap();
    for (name, length, status) in [
        ("a.png", 0, 422),
        ("a.png", max + 1, 413),
        ("tên\u{0}\r\nlạ.png", max, 201),
        ("../../etc/passwd.png", 10, 201),
    ] {
        let answer = slot.create(name, length, &[]).await;
        assert_eq!(answer.status.as_u16(), status, "{name:?} {length}: {}", answer.body);
    }
    let declared = slot.create("a.png", 10, &[("pieces-sha256", "../x")]).await;
    assert_eq!(declared.status, StatusCode::BAD_REQUEST);
    let mut send = async |name: &'static str, value: &'static str| {
        let mut request = TestRequest::post().uri("/uploads").insert_header(("tus-resumable", "1.0.0"));
        request = request.insert_header(("upload-length", "10")).insert_header((name, value));
        slot.member.send(request).await.status.as_u16()
    };
    assert_eq!(send("upload-length", "-1").await, 400);
    assert_eq!(send("upload-length", "99999999999999999999").await, 400);
    assert_eq!(send("upload-defer-length", "1").await, 400);
    assert_eq!(send("upload-metadata", "entry !!!").await, 400);
    assert_eq!(send("upload-metadata", "entry YQ==").await, 404);
}

#[actix_web::test]
async fn an_upload_belongs_to_who_may_change_the_entry() {
    let mut slot = Slot::on(Stage::new()).await;
    let picture = a_large_picture(30_000);
    let at = slot.begin("ảnh.png", 30_000).await;
    let own = std::mem::replace(&mut slot.member, slot.stage.a_member(&slot.commune).await);
    for method in [Method::HEAD, Method::DELETE] {
        assert_eq!(slot.ask(method, &at).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(slot.patch(&at, 0, &picture).await.status, StatusCode::NOT_FOUND);
    assert_eq!(slot.create("a.png", 10, &[]).await.status, StatusCode::NOT_FOUND);
    let nowhere = format!("/uploads/{}", hoithi::base::ids::UploadId::generate());
    assert_eq!(slot.patch(&nowhere, 0, &picture).await.status, StatusCode::NOT_FOUND);
    slot.member = slot.stage.anyone();
    assert_eq!(slot.patch(&at, 0, &picture).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(slot.create("a.png", 10, &[]).await.status, StatusCode::UNAUTHORIZED);
    slot.member = own;

    // A foreign page cannot send the protocol's header; and what the browser says of the page is heard.
    let foreign = TestRequest::post().uri("/uploads").insert_header(("upload-length", "10"));
    assert_eq!(slot.member.send(foreign).await.status, StatusCode::FORBIDDEN);
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://elsewhere.example")] {
        let answer = slot.patch_with(&at, 0, &picture, &[(name, value)]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}");
    }
    let given_up = slot.ask(Method::DELETE, &at).await;
    assert_eq!(given_up.status, StatusCode::NO_CONTENT, "{}", given_up.body);
    assert_eq!(slot.patch(&at, 0, &picture).await.status, StatusCode::GONE);
    assert_eq!(slot.ask(Method::HEAD, &at).await.status, StatusCode::GONE);
}

#[actix_web::test]
async fn a_program_uploads_with_its_token() {
    let mut slot = Slot::on(Stage::new()).await;
    let session = Session {
        id: hoithi::base::ids::SessionId::generate(),
        account_id: slot.person.id.clone(),
        kind: SessionKind::Api,
        token_hash: hoithi::base::seal::hash_hex(b"a token"),
        label: "test".into(),
        created_at: slot.stage.now(),
        seen_at: slot.stage.now(),
        expires_at: slot.stage.now() + Duration::days(1),
        ended_at: None,
    };
    let insert = move |db: &mut _| -> Result<(), DbError> { accounts::store::insert_session(db, &session) };
    slot.stage.write(insert).await.unwrap();
    slot.member = slot.stage.anyone().with_bearer("a token");
    let at = slot.begin("ảnh.png", 30_000).await;
    assert_eq!(slot.patch(&at, 0, &a_large_picture(30_000)).await.status, StatusCode::NO_CONTENT);
    assert_eq!(slot.files().await.len(), 1);
    slot.member = slot.stage.anyone().with_bearer("another token");
    assert_eq!(slot.create("a.png", 10, &[]).await.status, StatusCode::UNAUTHORIZED);
}

#[actix_web::test]
async fn what_the_slot_does_not_take_is_refused_when_it_is_whole() {
    for stage in Stage::on_each_store() {
        let mut slot = Slot::on(stage).await;
        let script: &[u8] = b"#!/bin/sh\necho a picture that is a script\n";
        let polyglot = [b"\x89PNG\r\n\x1a\n".as_slice(), b"<script>alert(1)</script>"].concat();
        let film = std::fs::read("demo/media/clip-bao-ve-moi-truong.mp4").unwrap();
        for (name, bytes) in [
            ("ảnh.png", script),
            ("trang.html", &polyglot),
            ("phim.mp4", &film[..film.len() / 2]),
            ("ảnh.jpg", &a_large_picture(30_000)),
        ] {
            let at = slot.begin(name, bytes.len()).await;
            let answer = slot.patch(&at, 0, bytes).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", answer.body);
            assert!(answer.body.contains(name), "{}", answer.body);
            assert_eq!(slot.ask(Method::HEAD, &at).await.status, StatusCode::GONE);
        }
        assert_eq!(
            (slot.files().await.len(), slot.stored().await),
            (0, vec![]),
            "it left nothing and counts for nothing"
        );
    }
}

/// Silence: what a recorder writes, which says its length, or frames of MP3, of which the length is only known from the file's.
fn a_recording(name: &str, minutes: usize) -> Vec<u8> {
    if name == "ghi.mp3" {
        let mut frame = vec![0xff, 0xfb, 0x90, 0xc0];
        frame.resize(417, 0);
        return frame.repeat(minutes * 60 * 16_000 / 417);
    }
    let length = u32::try_from(minutes * 60 * 8000).unwrap();
    let mut wav = b"RIFF".to_vec();
    wav.extend((length + 36).to_le_bytes());
    wav.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data");
    wav.extend(length.to_le_bytes());
    wav.resize(wav.len() + length as usize, 0x80);
    wav
}

#[actix_web::test]
async fn the_length_of_a_recording_is_held_against_the_slot_wherever_it_is_stored() {
    for stage in Stage::on_each_store() {
        let mut slot = Slot::on(stage).await;
        let field = slot.field.id.clone();
        let ten_minutes = move |db: &mut _| -> Result<(), DbError> {
            let mut field = contests::store::find_field(db, &field)?.unwrap();
            field.settings.0.media = Vec::new();
            field.settings.0.max_minutes = Some(10);
            contests::store::save_field(db, &field)
        };
        slot.stage.write(ten_minutes).await.unwrap();
        // The longer ones are more than what is fetched of a file elsewhere to be looked at.
        for (name, minutes) in [("ghi.wav", 9), ("ghi.wav", 24), ("ghi.mp3", 9), ("ghi.mp3", 12)] {
            let recording = a_recording(name, minutes);
            let at = slot.begin(name, recording.len()).await;
            let answer = slot.patch(&at, 0, &recording).await;
            let is_taken = answer.status == StatusCode::NO_CONTENT;
            assert_eq!(is_taken, minutes < 10, "{name} {minutes}: {}", answer.body);
            assert!(is_taken || answer.body.contains(&format!("{minutes} phút")), "{}", answer.body);
        }
        let files = slot.files().await;
        assert_eq!(files.len(), 2);
        for file in files {
            let duration = file.media.0.duration_ms.unwrap();
            assert!((539_000..541_000).contains(&duration), "{}: {duration}", file.file_name);
        }
    }
}

#[actix_web::test]
async fn bytes_that_are_not_what_was_declared_are_refused() {
    for stage in Stage::on_each_store() {
        let mut slot = Slot::on(stage).await;
        let picture = a_large_picture((8 << 20) + 100);
        let pieces: Vec<u8> =
            picture.chunks(8 << 20).flat_map(|piece| sha2::Sha256::digest(piece).to_vec()).collect();
        let declared = hoithi::base::seal::hash_hex(&pieces);
        let mut other = picture.clone();
        other[5_000_000] ^= 1;
        for (bytes, status) in [(&other, 422), (&picture, 204)] {
            let at = slot.create("ảnh.png", bytes.len(), &[("pieces-sha256", &declared)]).await.location;
            assert_eq!(slot.patch(&at, 0, bytes).await.status.as_u16(), status);
        }
        assert_eq!(slot.files().await.len(), 1);
    }
}

#[actix_web::test]
async fn an_upload_goes_on_after_a_restart_and_ends_after_a_week() {
    for stage in Stage::on_each_store() {
        let mut slot = Slot::on(stage).await;
        let picture = a_large_picture(LARGE);
        let at = slot.begin("ảnh.png", LARGE).await;
        let other = slot.begin("ảnh khác.png", 30_000).await;
        let half = 9 << 20;
        assert_eq!(slot.patch(&at, 0, &picture[..half]).await.status, StatusCode::NO_CONTENT);
        // Another process knows nothing of what this one had in memory.
        let app = hoithi::app::open(&slot.stage.config, slot.stage.app.clock.clone()).unwrap();
        slot.stage.app = app;
        slot.member = slot.stage.guest_with_token(&slot.member.token());
        slot.stage.clock_forward(Duration::days(6));
        assert_eq!(slot.offset(&at).await, half);
        let listed = slot.member.get("/uploads").await;
        assert!(listed.body.contains(&format!("\"saved_bytes\":{half}")), "{}", listed.body);
        assert_eq!(slot.patch(&at, half, &picture[half..]).await.status, StatusCode::NO_CONTENT);
        assert_eq!(slot.files().await[0].file_hash.as_str(), blake3::hash(&picture).to_hex().as_str());
        slot.stage.clock_forward(Duration::days(2));
        assert_eq!(slot.patch(&other, 0, b"x").await.status, StatusCode::GONE);
        assert_eq!(slot.member.get("/uploads").await.body, "[]");
    }
}

#[actix_web::test]
async fn the_server_tells_what_it_can_do() {
    let stage = Stage::new();
    let answer = stage.anyone().send(TestRequest::default().method(Method::OPTIONS).uri("/uploads")).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(answer.header("tus-version"), "1.0.0");
    assert_eq!(
        answer.header("tus-extension"),
        "creation,creation-with-upload,checksum,expiration,termination"
    );
    assert_eq!(answer.header("tus-checksum-algorithm"), "sha1,sha256,blake3");
}

#[actix_web::test]
async fn a_store_that_goes_away_is_said_and_the_program_goes_on() {
    let mut s3 = S3::start();
    let mut slot = Slot::on(s3.stage()).await;
    let picture = a_large_picture(LARGE);
    let at = slot.begin("ảnh.png", LARGE).await;
    assert_eq!(slot.patch(&at, 0, &picture[..1000]).await.status, StatusCode::NO_CONTENT);
    s3.stop();
    let answer = slot.patch(&at, 1000, &picture[1000..]).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.body);
    assert!(answer.body.contains("Kho lưu tệp"), "{}", answer.body);
    assert_eq!(slot.member.get("/my/entries").await.status, StatusCode::OK);
    assert_eq!(slot.offset(&at).await, 1000);
}
