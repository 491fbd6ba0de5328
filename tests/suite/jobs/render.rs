use hoithi::{
    features::attachments::renditions::{self, RenderingStatus, Trouble, Viewing},
    infra::{db::DbError, tools},
    jobs::{WORKS, run_due},
};

use crate::support::Stage;

fn names(viewing: &Viewing) -> Vec<&str> {
    viewing.renditions.iter().map(|rendition| rendition.name.as_str()).collect()
}

/// What ffmpeg finds in a file, as words.
fn told(path: &std::path::Path) -> String {
    let args = ["-v", "error", "-show_streams", "-show_format", path.to_str().unwrap()].map(str::to_owned);
    let said = tools::run("ffprobe", &args, std::path::Path::new("/tmp"), &tools::Limits::default(), |_| {});
    String::from_utf8(said.unwrap().stdout).unwrap()
}

fn made_by(program: &str, args: &[&str], folder: &std::path::Path) {
    let args: Vec<String> = args.iter().map(|word| (*word).to_owned()).collect();
    tools::run(program, &args, folder, &tools::Limits::default(), |_| {}).unwrap();
}

#[actix_web::test]
async fn a_film_gets_its_sizes_its_pictures_and_loses_where_it_was_made() {
    let stage = Stage::new();
    let drafted = stage.a_drafted_entry().await;
    let folder = tempfile::tempdir().unwrap();
    made_by(
        "ffmpeg",
        &[
            "-loglevel",
            "error",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=1280x720:r=30:d=5",
            "-f",
            "lavfi",
            "-i",
            "sine=d=5",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-c:a",
            "aac",
            "-metadata",
            "location=+10.2415+106.3759/",
            "-metadata",
            "title=Nhà chị Lan",
            "clip.mp4",
        ],
        folder.path(),
    );
    let bytes = std::fs::read(folder.path().join("clip.mp4")).unwrap();
    let file = stage.attach(&drafted, "clip.mp4", &bytes).await;
    assert_eq!(stage.viewing(&file).await.rendering.status, RenderingStatus::Waiting);
    let viewing = stage.render(&file).await;
    assert_eq!(viewing.rendering.status, RenderingStatus::Done, "{:?}", viewing.rendering.trouble);
    assert_eq!(
        names(&viewing),
        [
            "480p",
            "cover",
            "cover-small",
            "hls",
            "hls-240p",
            "hls-240p-data",
            "hls-480p",
            "hls-480p-data",
            "hls-720p",
            "hls-720p-data",
            "poster",
            "storyboard"
        ]
    );
    let plain = viewing.find("480p").unwrap();
    assert_eq!((plain.facts.width, plain.facts.height), (Some(852), Some(480)));
    for name in ["480p", "hls-240p-data", "hls-720p-data"] {
        let said = told(&stage.place_of(viewing.find(name).unwrap().file_hash.as_str()).await);
        assert!(said.contains("codec_name=h264") && said.contains("codec_name=aac"), "{name}: {said}");
        assert!(!said.contains("106.3759") && !said.contains("Lan"), "{name}: {said}");
    }
    let master = String::from_utf8(stage.bytes_of(viewing.find("hls").unwrap()).await).unwrap();
    assert!(master.contains("RESOLUTION=1280x720\nhls-720p\n"), "{master}");
    let list = String::from_utf8(stage.bytes_of(viewing.find("hls-480p").unwrap()).await).unwrap();
    assert!(list.contains("#EXT-X-BYTERANGE") && list.contains("\nhls-480p-data\n"), "{list}");
    assert!(!list.contains('/'), "{list}");
    let storyboard = viewing.find("storyboard").unwrap();
    assert_eq!((storyboard.facts.n_tiles, storyboard.facts.step_ms), (Some(5), Some(1000)));
    let cover = image::load_from_memory(&stage.bytes_of(viewing.find("cover").unwrap()).await).unwrap();
    assert_eq!((cover.width(), cover.height()), (240, 135));

    // The original is as it was sent in, and the same bytes are not made again.
    assert_eq!(std::fs::read(stage.place_of(file.file_hash.as_str()).await).unwrap(), bytes);
    let again = stage.attach(&drafted, "lần hai.mp4", &bytes).await;
    assert_eq!(run_due(&stage.tools(), WORKS).await.unwrap(), 0);
    assert_eq!(stage.viewing(&again).await, viewing);
}

#[actix_web::test]
async fn sound_gets_a_wave_and_plays_everywhere() {
    let stage = Stage::new();
    let drafted = stage.a_drafted_entry().await;
    let file = stage.attach_demo(&drafted, "nhac-hieu-chi-hoi.m4a").await;
    let viewing = stage.render(&file).await;
    assert_eq!(names(&viewing), ["aac", "waveform"], "{:?}", viewing.rendering.trouble);
    let said = told(&stage.place_of(viewing.find("aac").unwrap().file_hash.as_str()).await);
    assert!(said.contains("codec_name=aac"), "{said}");
    assert!(viewing.rendering.facts.duration_ms.is_some());
}

/// A JPEG that says "turn me" and where it was taken.
pub fn photo() -> Vec<u8> {
    let mut plain = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(900, 600).write_to(&mut plain, image::ImageFormat::Jpeg).unwrap();
    let tiff = [
        &b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02"[..],
        b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0",
        b"\x01\x0e\0\x02\0\0\0\x10\0\0\0\x26",
        b"\0\0\0\0",
        b"GPS nha chi Lan\0",
    ]
    .concat();
    let length = u16::try_from(tiff.len() + 2).unwrap().to_be_bytes();
    let plain = plain.into_inner();
    [&plain[..2], b"\xff\xe1", &length, &tiff, &plain[2..]].concat()
}

#[actix_web::test]
async fn a_picture_is_turned_and_its_copies_hold_pixels_alone() {
    let stage = Stage::new();
    let drafted = stage.a_drafted_entry().await;
    let file = stage.attach(&drafted, "ảnh.jpg", &photo()).await;
    let viewing = stage.render(&file).await;
    // Upright it is 600 wide, and nothing is made larger than it came.
    assert_eq!(names(&viewing), ["clean", "cover", "cover-small", "w320"], "{:?}", viewing.rendering.trouble);
    for rendition in &viewing.renditions {
        let bytes = stage.bytes_of(rendition).await;
        for secret in [&b"Lan"[..], b"Exif", b"EXIF"] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret), "{}", rendition.name);
        }
    }
    let clean = image::load_from_memory(&stage.bytes_of(viewing.find("clean").unwrap()).await).unwrap();
    assert_eq!((clean.width(), clean.height()), (600, 900), "it stands upright");
}

#[actix_web::test]
async fn documents_and_slides_get_pages_with_their_words() {
    let stage = Stage::new();
    let drafted = stage.a_drafted_entry().await;
    let slides = stage.attach_demo(&drafted, "trinh-chieu-cham-soc-tre-em.pptx").await;
    let viewing = stage.render(&slides).await;
    assert_eq!(viewing.rendering.status, RenderingStatus::Done, "{:?}", viewing.rendering.trouble);
    assert_eq!(viewing.rendering.facts.n_pages, Some(5));
    let page = viewing.find("page-0001").unwrap();
    assert!(page.facts.text.contains("Cùng con lớn lên an toàn"), "{}", page.facts.text);
    assert_eq!(page.facts.width, Some(1600));
    assert_eq!(viewing.find("page-0001-w800").unwrap().facts.width, Some(800));
    assert!(viewing.find("thumb-0005").is_some() && viewing.find("cover").is_some());

    let folder = tempfile::tempdir().unwrap();
    std::fs::copy("demo/media/trinh-chieu-cham-soc-tre-em.pptx", folder.path().join("a.pptx")).unwrap();
    std::fs::write(folder.path().join("b.html"), "<h1>Tài liệu chi hội</h1><p>Lời mở đầu</p>").unwrap();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    for (from, to) in [("a.pptx", "odp"), ("b.html", "odt"), ("b.html", "docx:MS Word 2007 XML")] {
        let args = [&profile, "--headless", "--writer", "--convert-to", to, from];
        let args: Vec<&str> =
            args.into_iter().filter(|word| *word != "--writer" || from == "b.html").collect();
        made_by("soffice", &args, folder.path());
    }
    for (made, name, words) in
        [("a.odp", "b.odp", "Cùng con"), ("b.odt", "c.odt", "Lời mở đầu"), ("b.docx", "d.docx", "Lời mở đầu")]
    {
        let bytes = std::fs::read(folder.path().join(made)).unwrap();
        let file = stage.attach(&drafted, name, &bytes).await;
        let viewing = stage.render(&file).await;
        assert_eq!(
            viewing.rendering.status,
            RenderingStatus::Done,
            "{name}: {:?}",
            viewing.rendering.trouble
        );
        assert!(viewing.find("page-0001").unwrap().facts.text.contains(words), "{name}");
    }
}

#[actix_web::test]
async fn of_a_document_without_end_the_first_pages_are_shown() {
    let stage = Stage::new();
    let drafted = stage.a_drafted_entry().await;
    let file = stage.attach(&drafted, "dài.pdf", &a_pdf(5000)).await;
    let viewing = stage.render(&file).await;
    assert_eq!(viewing.rendering.status, RenderingStatus::Done, "{:?}", viewing.rendering.trouble);
    assert_eq!(viewing.rendering.facts.n_pages, Some(5000));
    assert!(viewing.find("page-0300").is_some() && viewing.find("page-0301").is_none());
}

/// A PDF with so many empty pages.
pub fn a_pdf(n_pages: usize) -> Vec<u8> {
    let mut text = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    let mut object = |text: &mut String, words: String| {
        places.push(text.len());
        let number = places.len();
        text.push_str(&format!("{number} 0 obj\n{words}\nendobj\n"));
    };
    object(&mut text, "<< /Type /Catalog /Pages 2 0 R >>".to_owned());
    let kids: Vec<String> = (3..n_pages + 3).map(|number| format!("{number} 0 R")).collect();
    object(&mut text, format!("<< /Type /Pages /Count {n_pages} /Kids [{}] >>", kids.join(" ")));
    for _ in 0..n_pages {
        object(&mut text, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 40 60] >>".to_owned());
    }
    let start = text.len();
    text.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1));
    for place in &places {
        text.push_str(&format!("{place:010} 00000 n \n"));
    }
    text.push_str(&format!(
        "trailer << /Root 1 0 R /Size {} >>\nstartxref\n{start}\n%%EOF\n",
        places.len() + 1
    ));
    text.into_bytes()
}

#[actix_web::test]
async fn what_cannot_be_read_is_given_up_in_words_and_tried_again_when_asked() {
    let stage = Stage::new();
    let mut drafted = stage.a_drafted_entry().await;
    let file = stage.attach(&drafted, "hỏng.pdf", b"%PDF-1.4\n%%EOF\n").await;
    let viewing = stage.render(&file).await;
    assert_eq!(viewing.rendering.trouble, Some(Trouble::Broken));
    let page = drafted.member.get(&format!("/my/entries/{}/attachments", drafted.entry.id)).await;
    assert!(page.body.contains("Không đọc được nội dung tệp này"), "{}", page.body);
    let again = format!("/files/{}/renditions/again", file.id);
    assert_eq!(drafted.member.post(&again, &[]).await.status, 404, "it is for officers");
    let now = stage.now();
    let (person, id) = (stage.person_of(&drafted.officer).await, file.id.clone());
    let asked = stage.write(move |db| renditions::try_again(db, &person, &id, now)).await;
    assert!(asked.is_err(), "a draft is nobody else's");

    let locked = Stage::new();
    let drafted = locked.a_drafted_entry().await;
    let folder = tempfile::tempdir().unwrap();
    let html = folder.path().join("a.html");
    std::fs::write(&html, "<p>Mật</p>").unwrap();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let options = "pdf:writer_web_pdf_Export:{\"EncryptFile\":{\"type\":\"boolean\",\"value\":\"true\"},\"DocumentOpenPassword\":{\"type\":\"string\",\"value\":\"mat\"}}";
    made_by("soffice", &[&profile, "--headless", "--convert-to", options, "a.html"], folder.path());
    let bytes = std::fs::read(folder.path().join("a.pdf")).unwrap();
    let file = locked.attach(&drafted, "mật.pdf", &bytes).await;
    assert_eq!(locked.render(&file).await.rendering.trouble, Some(Trouble::Locked));
}

#[actix_web::test]
async fn files_of_before_are_planned_and_want_of_a_program_is_made_good() {
    let stage = Stage::new();
    let drafted = stage.a_drafted_entry().await;
    let file = stage.attach(&drafted, "một.pdf", &a_pdf(1)).await;
    let (source, now) = (file.file_hash.clone(), stage.now());
    stage.write(move |db| renditions::give_up(db, &source, Trouble::NoProgram, now)).await.unwrap();
    let planned = stage
        .write(move |db| -> Result<_, DbError> {
            let before = renditions::plan_missing(db, now)?;
            let after = renditions::plan_what_lacked_programs(db, renditions::Recipe::Document, now)?;
            Ok((before, after))
        })
        .await
        .unwrap();
    assert_eq!(planned, (0, 1));
    assert_eq!(stage.render(&file).await.rendering.status, RenderingStatus::Done);
}
