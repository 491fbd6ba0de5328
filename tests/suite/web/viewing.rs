use actix_web::{
    http::{StatusCode, header},
    test::TestRequest,
};
use hoithi::{
    features::attachments::{
        Attachment,
        renditions::{self, RenderingStatus, Trouble},
    },
    jobs::{WORKS, run_due},
};

use crate::{
    jobs::render::{a_pdf, photo},
    support::{Answer, Drafted, Stage},
};

fn address(file: &Attachment) -> String {
    format!("/files/{}/tep", file.id)
}

fn piece(file: &Attachment, name: &str) -> String {
    format!("/files/{}/renditions/{name}", file.id)
}

/// What the answer says in a line of its head.
fn told(answer: &Answer, name: header::HeaderName) -> &str {
    answer.headers.get(name).map_or("", |value| value.to_str().unwrap())
}

fn holds(answer: &Answer, secret: &[u8]) -> bool {
    answer.bytes.windows(secret.len()).any(|window| window == secret)
}

#[actix_web::test]
async fn everyone_gets_a_copy_that_does_not_say_where_it_was_made() {
    let stage = Stage::new();
    let mut drafted = stage.a_drafted_entry().await;
    let file = stage.attach(&drafted, "ảnh.jpg", &photo()).await;
    stage.publish(&drafted.entry.id).await;
    let mut anyone = stage.anyone();
    let early = anyone.get(&address(&file)).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "not before the copy is made");
    assert!(!holds(&early, b"GPS"), "{}", early.body);

    stage.render(&file).await;
    let copy = anyone.get(&address(&file)).await;
    assert_eq!(copy.status, StatusCode::OK);
    assert_eq!(told(&copy, header::CONTENT_TYPE), "image/webp");
    assert_eq!(told(&copy, header::CACHE_CONTROL), "public, max-age=3600");
    assert!(!holds(&copy, b"GPS"));
    for guest in [&mut drafted.member, &mut drafted.officer] {
        let original = guest.get(&address(&file)).await;
        assert_eq!(told(&original, header::CONTENT_TYPE), "image/jpeg");
        assert!(holds(&original, b"GPS nha chi Lan"), "theirs is the file itself");
        assert_eq!(told(&original, header::CACHE_CONTROL), "private, no-cache");
        assert_eq!(told(&original, header::VARY), "cookie");
    }
}

#[actix_web::test]
async fn a_list_gets_the_smaller_cover_and_of_files_of_before_the_larger() {
    let stage = Stage::new();
    let mut drafted = stage.a_drafted_entry().await;
    let file = stage.attach(&drafted, "ảnh.jpg", &photo()).await;
    stage.render(&file).await;
    let cover = drafted.member.get(&piece(&file, "cover")).await;
    let small = drafted.member.get(&piece(&file, "cover-small")).await;
    assert_eq!((cover.status, small.status), (StatusCode::OK, StatusCode::OK));
    assert!(small.bytes.len() < cover.bytes.len(), "{} and {}", small.bytes.len(), cover.bytes.len());

    let of = file.file_hash.clone();
    stage.write(move |db| renditions::store::delete_rendition(db, &of, "cover-small")).await.unwrap();
    let instead = drafted.member.get(&piece(&file, "cover-small")).await;
    assert_eq!((instead.status, instead.bytes), (StatusCode::OK, cover.bytes));
}

#[actix_web::test]
async fn a_rendition_is_seen_by_those_who_see_the_file_and_comes_in_pieces() {
    let stage = Stage::new();
    let mut drafted = stage.a_drafted_entry().await;
    let file = stage.attach_demo(&drafted, "clip-an-toan-tren-mang.mp4").await;
    let viewing = stage.render(&file).await;
    assert_eq!(viewing.rendering.status, RenderingStatus::Done, "{:?}", viewing.rendering.trouble);
    let (mut anyone, mut stranger) = (stage.anyone(), stage.a_person("Người Lạ").await.1);
    for name in ["480p", "hls", "poster", "hls-240p-data"] {
        assert_eq!(anyone.get(&piece(&file, name)).await.status, StatusCode::NOT_FOUND, "{name}");
        assert_eq!(stranger.get(&piece(&file, name)).await.status, StatusCode::NOT_FOUND, "{name}");
        let own = drafted.member.get(&piece(&file, name)).await;
        assert_eq!(own.status, StatusCode::OK, "{name}");
        assert_eq!(told(&own, header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert_eq!(told(&own, header::CACHE_CONTROL), "private, no-cache");
        let etag = told(&own, header::ETAG).to_owned();
        let request =
            TestRequest::get().uri(&piece(&file, name)).insert_header((header::IF_NONE_MATCH, etag));
        assert_eq!(drafted.member.send(request).await.status, StatusCode::NOT_MODIFIED, "{name}");
    }
    let whole = drafted.member.get(&piece(&file, "480p")).await;
    let request = TestRequest::get().uri(&piece(&file, "480p")).insert_header((header::RANGE, "bytes=10-19"));
    let part = drafted.member.send(request).await;
    assert_eq!((part.status, &part.bytes[..]), (StatusCode::PARTIAL_CONTENT, &whole.bytes[10..20]));
    let playlist = drafted.member.get(&piece(&file, "hls")).await;
    assert_eq!(told(&playlist, header::CONTENT_TYPE), "application/vnd.apple.mpegurl");
    for name in ["nothing", "..", "480p%2F..%2Fx", "%00"] {
        assert_eq!(drafted.member.get(&piece(&file, name)).await.status, StatusCode::NOT_FOUND, "{name}");
    }
}

#[actix_web::test]
async fn the_page_plays_what_is_made_and_says_what_is_not() {
    let stage = Stage::new();
    let mut drafted = stage.a_drafted_entry().await;
    let film = stage.attach_demo(&drafted, "clip-an-toan-tren-mang.mp4").await;
    let slides = stage.attach_demo(&drafted, "trinh-chieu-kien-thuc-phap-luat.pptx").await;
    let own = format!("/my/entries/{}", drafted.entry.id);
    let before = drafted.member.get(&own).await;
    assert!(before.body.contains("Đang chuẩn bị để xem trên trang"), "{}", before.body);
    assert!(before.body.contains(&format!("data-rendering=\"/files/{}/renditions\"", film.id)));
    let status = drafted.member.get(&format!("/files/{}/renditions", film.id)).await;
    let status: serde_json::Value = serde_json::from_str(&status.body).unwrap();
    assert_eq!((&status["is_waiting"], &status["percent"]), (&true.into(), &0.into()));
    run_due(&stage.tools(), WORKS).await.unwrap();
    let after = drafted.member.get(&own).await;
    for expected in [
        format!("src=\"{}\"", piece(&film, "480p")),
        format!("poster=\"{}\"", piece(&film, "poster")),
        format!("data-hls=\"{}\"", piece(&film, "hls")),
        format!("src=\"{}\"", piece(&slides, "page-0001")),
        format!("srcset=\"{} 800w, ", piece(&slides, "page-0001-w800")),
        format!("href=\"#page-{}-5\"", slides.id),
        "alt=\"Trang 1: ".to_owned(),
    ] {
        assert!(after.body.contains(&expected), "{expected}: {}", after.body);
    }
    assert!(!after.body.contains("data-rendering="), "{}", after.body);
    let status = drafted.member.get(&format!("/files/{}/renditions", film.id)).await;
    assert!(status.body.contains("\"is_waiting\":false"), "{}", status.body);

    // To everyone a document is its pages; the film's name leads to the copy.
    stage.publish(&drafted.entry.id).await;
    let request = TestRequest::get().uri(&address(&slides));
    let copy = stage.anyone().send(request).await;
    assert_eq!(told(&copy, header::CONTENT_TYPE), "image/webp", "the first page stands for it");
    assert_eq!(told(&stage.anyone().get(&address(&film)).await, header::CONTENT_TYPE), "video/mp4");
}

#[actix_web::test]
async fn where_a_program_is_missing_the_original_is_shown_with_a_sentence() {
    let stage = Stage::new();
    let mut drafted = stage.a_drafted_entry().await;
    let film = stage.attach_demo(&drafted, "clip-an-toan-tren-mang.mp4").await;
    let (source, now) = (film.file_hash.clone(), stage.now());
    stage.write(move |db| renditions::give_up(db, &source, Trouble::NoProgram, now)).await.unwrap();
    let page = drafted.member.get(&format!("/my/entries/{}", drafted.entry.id)).await;
    assert!(page.body.contains("Máy chủ chưa cài chương trình"), "{}", page.body);
    assert!(page.body.contains(&format!("src=\"/files/{}/clip-an-toan-tren-mang.mp4\"", film.id)));
    stage.publish(&drafted.entry.id).await;
    let original = stage.anyone().get(&address(&film)).await;
    assert_eq!((original.status, original.bytes.len()), (StatusCode::OK, 78_672));
}

#[actix_web::test]
async fn officers_have_it_tried_again() {
    let stage = Stage::new();
    let mut drafted = stage.a_drafted_entry().await;
    let file = stage.attach(&drafted, "một.pdf", &a_pdf(1)).await;
    run_due(&stage.tools(), WORKS).await.unwrap();
    let (source, now) = (file.file_hash.clone(), stage.now());
    stage.write(move |db| renditions::give_up(db, &source, Trouble::TookTooLong, now)).await.unwrap();
    let again = format!("/files/{}/renditions/again", file.id);
    assert_eq!(drafted.officer.post(&again, &[]).await.status, StatusCode::NOT_FOUND, "not of a draft");
    stage.publish(&drafted.entry.id).await;
    let mut organiser = stage.an_administrator().await;
    let page = organiser.get(&format!("/manage/entries/{}", drafted.entry.id)).await;
    assert!(page.body.contains("mất quá nhiều thời gian") && page.body.contains(&again), "{}", page.body);
    assert_eq!(drafted.member.post(&again, &[]).await.status, StatusCode::NOT_FOUND, "not for the maker");
    for _ in 0..2 {
        let answer = organiser.post(&again, &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
    assert_eq!(run_due(&stage.tools(), WORKS).await.unwrap(), 1);
    assert_eq!(stage.viewing(&file).await.rendering.status, RenderingStatus::Done);
}

async fn upload_captions(drafted: &mut Drafted, file: &Attachment, lang: &str, bytes: &[u8]) -> Answer {
    let address = format!("/files/{}/captions", file.id);
    drafted.member.upload(&address, &[("lang", lang)], &[("captions", "loi.vtt", bytes)]).await
}

#[actix_web::test]
async fn captions_stand_beside_a_film_as_plain_words() {
    let stage = Stage::new();
    let mut drafted = stage.a_drafted_entry().await;
    let film = stage.attach_demo(&drafted, "clip-an-toan-tren-mang.mp4").await;
    let vtt =
        "WEBVTT\n\nSTYLE\n::cue{background:url(x)}\n\n00:01.000 --> 00:02.000\n<b>Xin</b> chào <script>\n";
    for _ in 0..2 {
        let answer = upload_captions(&mut drafted, &film, "vi", vtt.as_bytes()).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
    stage.render(&film).await;
    let shown = drafted.member.get(&format!("/files/{}/captions/vi", film.id)).await;
    assert_eq!(told(&shown, header::CONTENT_TYPE), "text/vtt; charset=utf-8");
    assert_eq!(shown.body, "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nXin chào\n");
    let page = drafted.member.get(&format!("/my/entries/{}", drafted.entry.id)).await;
    assert!(page.body.contains("<track kind=\"captions\" srclang=\"vi\""), "{}", page.body);
    assert_eq!(
        stage.anyone().get(&format!("/files/{}/captions/vi", film.id)).await.status,
        StatusCode::NOT_FOUND
    );
    for (bytes, said) in [
        (b"MZ program".to_vec(), "Không đọc được phụ đề"),
        (vec![0xff; 100], "UTF-8"),
        (b"00:01.000 --> 00:02.000\nx\n".repeat(30_000), "quá 500 kB"),
        (Vec::new(), "Chưa chọn tệp"),
    ] {
        let answer = upload_captions(&mut drafted, &film, "en", &bytes).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(answer.body.contains(said), "{said}: {}", answer.body);
        // The form again, with the language as it was chosen.
        let form = format!("action=\"/files/{}/captions\"", film.id);
        assert!(
            answer.body.contains(&form) && answer.body.contains("value=\"en\" selected"),
            "{}",
            answer.body
        );
    }
    let mut stranger = stage.a_person("Người Lạ").await.1;
    let refused = stranger
        .upload(
            &format!("/files/{}/captions", film.id),
            &[("lang", "vi")],
            &[("captions", "a.vtt", vtt.as_bytes())],
        )
        .await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let remove = format!("/files/{}/captions/remove", film.id);
    for _ in 0..2 {
        assert_eq!(drafted.member.post(&remove, &[("lang", "vi")]).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(
        drafted.member.get(&format!("/files/{}/captions/vi", film.id)).await.status,
        StatusCode::NOT_FOUND
    );
}

/// A PNG of this size by its header alone.
fn huge_png(width: u32, height: u32) -> Vec<u8> {
    let mut body = b"IHDR".to_vec();
    body.extend(width.to_be_bytes());
    body.extend(height.to_be_bytes());
    body.extend([8, 2, 0, 0, 0]);
    let mut crc = 0xffff_ffff_u32;
    for byte in &body {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    [b"\x89PNG\r\n\x1a\n\0\0\0\x0d".as_slice(), &body, &(!crc).to_be_bytes()].concat()
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[actix_web::test]
async fn what_is_meant_to_hurt_is_refused_with_a_sentence() {
    let stage = Stage::new();
    let mut drafted = stage.a_drafted_entry().await;
    let address = format!("/my/entries/{}/attachments", drafted.entry.id);
    let film = std::fs::read("demo/media/clip-an-toan-tren-mang.mp4").unwrap();
    let mut tall = film.clone();
    // The second box says that it goes on for ten gigabytes.
    let at = usize::try_from(u32::from_be_bytes(film[..4].try_into().unwrap())).unwrap();
    tall.splice(at..at + 4, 1_u32.to_be_bytes());
    tall.splice(at + 8..at + 16, 10_000_000_000_u64.to_be_bytes());
    let macros = zipped(&[("word/document.xml", b"<w/>"), ("word/vbaProject.bin", b"x")]);
    let mut bomb = zipped(&[("word/document.xml", b"<w/>")]);
    // Its directory says that it unpacks to two gigabytes.
    let at = bomb.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    bomb[at + 24..at + 28].copy_from_slice(&0x7fff_ffff_u32.to_le_bytes());
    let polyglot = [b"\x89PNG\r\n\x1a\n".as_slice(), b"<html><script>alert(1)</script>"].concat();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("anh.png", b"#!/bin/sh\nrm -rf /\n".to_vec(), "không thuộc loại nào"),
        ("anh.png", b"<script>alert(1)</script>".to_vec(), "không thuộc loại nào"),
        ("anh.png", huge_png(60_000, 60_000), "quá lớn khi mở ra"),
        ("anh.png", huge_png(60_000, 1), "quá lớn khi mở ra"),
        ("dai.mp4", tall, "không nguyên vẹn"),
        ("dut.mp4", film[..film.len() - 1000].to_vec(), "không nguyên vẹn"),
        (
            "dut.webm",
            b"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1f\x42\x82\x84webm".to_vec(),
            "không thuộc loại nào",
        ),
        ("macro.docx", macros, "có macro"),
        ("bom.docx", bomb, "quá lớn khi mở ra"),
    ];
    for (name, bytes, said) in cases {
        let field = drafted.slot.id.to_string();
        let answer = drafted.member.upload(&address, &[("field", &field)], &[("file", name, &bytes)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name} {said}: {}", answer.body);
        assert!(answer.body.contains(said), "{name} {said}: {}", answer.body);
    }
    // A picture with a page inside is stored as the picture that it says it is, and never made into anything.
    let odd = "a\r\nb\0c.png";
    let file = match stage.try_attach(&drafted, odd, &polyglot).await {
        Ok(file) => file,
        Err(sentence) => panic!("{sentence:?}"),
    };
    assert_eq!((file.file_name.as_str(), file.media_type.as_str()), ("a bc.png", "image/png"));
    assert_eq!(stage.render(&file).await.rendering.trouble, Some(Trouble::Broken));
    stage.publish(&drafted.entry.id).await;
    let answer = stage.anyone().get(&self::address(&file)).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "strangers never get it");
}

#[actix_web::test]
async fn small_and_cut_off_pictures_end_in_a_sentence_and_nothing_else() {
    let stage = Stage::new();
    let mut drafted = stage.a_drafted_entry().await;
    let mut dot = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(1, 1).write_to(&mut dot, image::ImageFormat::Png).unwrap();
    let dot = stage.attach(&drafted, "chấm.png", &dot.into_inner()).await;
    let cut = stage.attach(&drafted, "đứt.png", &crate::support::PICTURE[..2000]).await;
    // Within the limits by its header, with nothing behind it.
    let empty = stage.attach(&drafted, "rỗng.png", &huge_png(8000, 8000)).await;
    assert_eq!(stage.render(&dot).await.rendering.status, RenderingStatus::Done);
    for file in [&cut, &empty] {
        assert_eq!(stage.viewing(file).await.rendering.trouble, Some(Trouble::Broken), "{}", file.file_name);
    }
    let page = drafted.member.get(&format!("/my/entries/{}", drafted.entry.id)).await;
    assert!(page.body.contains("Không đọc được nội dung tệp này"), "{}", page.body);
}

#[actix_web::test]
async fn a_document_that_swells_while_it_is_unpacked_is_given_up() {
    let stage = Stage::new();
    let drafted = stage.a_drafted_entry().await;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let zeros = vec![0; 1 << 20];
    for _ in 0..520 {
        std::io::Write::write_all(&mut zip, &zeros).unwrap();
    }
    let bomb = zip.finish().unwrap().into_inner();
    let file = stage.attach(&drafted, "phình.docx", &bomb).await;
    assert_eq!(stage.render(&file).await.rendering.trouble, Some(Trouble::TooLarge));
}
