use actix_web::http::{StatusCode, header};
use hoithi::{
    base::ids::UnitId,
    features::contests::{self, Contest, Field, FieldKind},
};

use crate::support::{Guest, PICTURE, Stage};

struct Village {
    stage: Stage,
    commune: UnitId,
    contest: Contest,
    member: Guest,
    fields: Vec<Field>,
}

impl Village {
    async fn new() -> Self {
        let stage = Stage::new();
        let province = stage.a_unit("tỉnh Bến Tre").level("province").make().await;
        let commune = stage.a_unit("xã An Hiệp").level("commune").below(&province).make().await;
        let contest = stage.a_contest(&province).await;
        let member = stage.a_member(&commune).await;
        let of = contest.id.clone();
        let fields = stage.read(move |db| contests::views::list_fields(db, &of)).await.unwrap();
        Self { stage, commune, contest, member, fields }
    }

    /// Begins an entry through the first page and gives its address.
    async fn begin(&mut self, title: &str) -> String {
        let page = self.member.get(&format!("/my/entries/new?contest={}", self.contest.slug.as_str())).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let id = hidden(&page.body, "entry");
        let slug = self.contest.slug.as_str().to_owned();
        let unit = self.commune.to_string();
        let fields =
            [("contest", &*slug), ("entry", &id), ("unit", &unit), ("kind", "individual"), ("title", title)];
        for _ in 0..2 {
            // Sent twice, it is one entry.
            let answer = self.member.post("/my/entries/new", &fields).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
            assert_eq!(answer.location, format!("/my/entries/{id}/edit"));
        }
        format!("/my/entries/{id}")
    }

    fn slot(&self) -> &Field {
        self.fields.iter().find(|field| field.kind == FieldKind::Files).expect("the preset has a slot")
    }
}

fn hidden(page: &str, name: &str) -> String {
    let start = page.split(&format!("name=\"{name}\" value=\"")).nth(1).expect("a hidden field");
    start.split('"').next().unwrap().to_owned()
}

#[actix_web::test]
async fn a_member_makes_an_entry_from_the_first_page_to_the_receipt() {
    let mut village = Village::new().await;
    let entry = village.begin("Sổ tay <b>số</b>").await;
    let page = village.member.get(&format!("{entry}/edit")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("Sổ tay &lt;b&gt;số"), "{}", page.body);
    let version = hidden(&page.body, "version");

    let mut fields = vec![
        ("version".to_owned(), version),
        ("title".into(), "Sổ tay số".into()),
        ("kind".into(), "individual".into()),
        ("authors".into(), "Lê Thị Hội Viên".into()),
        ("act".into(), "next".into()),
    ];
    if let Some(category) = page.body.split("id=\"category\"").nth(1) {
        let value = category.split("<option value=\"").nth(2).unwrap().split('"').next().unwrap();
        fields.push(("category".into(), value.into()));
    }
    for field in village.fields.iter().filter(|field| field.kind != FieldKind::Files) {
        let option = field.settings.options.first().map(|option| option.value.clone());
        let typed = match field.kind {
            FieldKind::Number => "5".into(),
            FieldKind::Date => "2024-03-01".into(),
            FieldKind::Link => "https://example.com/bai".into(),
            _ => option.unwrap_or_else(|| "Nội dung".into()),
        };
        fields.push((format!("answer-{}", field.id), typed));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
    let answer = village.member.post(&format!("{entry}/edit"), &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(answer.location, format!("{entry}/attachments"));

    for slot in
        village.fields.clone().iter().filter(|field| field.kind == FieldKind::Files && field.is_required)
    {
        let (name, bytes) = a_file_for(slot);
        let answer = village
            .member
            .upload(
                &format!("{entry}/attachments"),
                &[("field", slot.id.as_str())],
                &[("file", name, &bytes)],
            )
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert!(village.member.get(&format!("{entry}/attachments")).await.body.contains(name));
    }

    let page = village.member.get(&format!("{entry}/submit")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("Sổ tay số"));
    let version = hidden(&page.body, "version");
    let refused = village.member.post(&format!("{entry}/submit"), &[("version", &version)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);

    let mut consents = vec![("version", version.as_str())];
    for part in page.body.split("name=\"consent-").skip(1) {
        consents.push((part.split('"').next().unwrap(), "1"));
    }
    let consents: Vec<(String, &str)> = consents
        .into_iter()
        .map(|(name, value)| (if name == "version" { name.into() } else { format!("consent-{name}") }, value))
        .collect();
    let consents: Vec<(&str, &str)> = consents.iter().map(|(name, value)| (&**name, *value)).collect();
    for _ in 0..2 {
        let answer = village.member.post(&format!("{entry}/submit"), &consents).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert_eq!(answer.location, format!("{entry}/receipts/1"));
    }
    let receipt = village.member.get(&format!("{entry}/receipts/1")).await;
    assert_eq!(receipt.status, StatusCode::OK, "{}", receipt.body);
    assert!(receipt.body.contains("-0001"), "{}", receipt.body);
    assert!(receipt.body.contains("xã An Hiệp → tỉnh Bến Tre"), "{}", receipt.body);
    let shown = village.member.get(&entry).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    assert!(shown.body.contains("xã An Hiệp") && shown.body.contains("class=\"path"), "{}", shown.body);
    for list in ["/my", "/my/entries"] {
        assert!(village.member.get(list).await.body.contains("Sổ tay số"), "{list}");
    }
    let mut stranger = village.stage.a_member(&village.commune).await;
    for address in ["", "/edit", "/submit", "/attachments", "/receipts/1"] {
        assert_eq!(
            stranger.get(&format!("{entry}{address}")).await.status,
            StatusCode::NOT_FOUND,
            "{address}"
        );
    }
}

fn a_file_for(slot: &Field) -> (&'static str, Vec<u8>) {
    use hoithi::features::contests::MediaKind::{Audio, Document, Game, Picture, Slides, Video};
    let read = |name: &str| std::fs::read(format!("demo/media/{name}")).unwrap();
    match slot.settings.media.first() {
        Some(Video) => ("clip.mp4", read("clip-an-toan-tren-mang.mp4")),
        Some(Audio) => ("nhac.m4a", read("nhac-hieu-chi-hoi.m4a")),
        Some(Document) => ("tai-lieu.pdf", b"%PDF-1.4\n%%EOF\n".to_vec()),
        Some(Game) => ("o-chu.html", read("o-chu-khoi-nghiep.html")),
        Some(Slides) => ("trinh-chieu.pptx", read("trinh-chieu.pptx")),
        Some(Picture) | None => ("anh.png", PICTURE.to_vec()),
    }
}

#[actix_web::test]
async fn what_is_typed_wrong_comes_back_as_it_was_typed() {
    let mut village = Village::new().await;
    let entry = village.begin("Bài").await;
    let long = "dài ".repeat(2_500);
    let answer = village
        .member
        .post(
            &format!("{entry}/edit"),
            &[("version", "1"), ("title", &long), ("kind", "individual"), ("authors", "Chị <i>Ba</i>")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains(long.trim()), "the title is lost");
    assert!(answer.body.contains("Chị &lt;i&gt;Ba"), "the author is lost");
    assert!(answer.body.contains("nhiều nhất là 200 ký tự"), "{}", answer.body);
}

#[actix_web::test]
async fn a_draft_saves_itself_and_says_when_another_window_came_first() {
    let mut village = Village::new().await;
    let entry = village.begin("Bài").await;
    let fields = [("version", "1"), ("title", "Tự lưu"), ("kind", "individual"), ("authors", "")];
    let saved = village.member.post(&format!("{entry}/autosave"), &fields).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    let json: serde_json::Value = serde_json::from_str(&saved.body).unwrap();
    assert_eq!((json["version"].as_i64(), json["saved_at"].as_str()), (Some(2), Some("19:00")));

    let fields = [("version", "1"), ("title", "Cửa sổ khác"), ("kind", "individual"), ("authors", "")];
    let refused = village.member.post(&format!("{entry}/autosave"), &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    let both = village.member.post(&format!("{entry}/edit"), &fields).await;
    assert_eq!(both.status, StatusCode::CONFLICT, "{}", both.body);
    assert!(both.body.contains("Cửa sổ khác") && both.body.contains("Tự lưu"), "{}", both.body);
}

#[actix_web::test]
async fn a_file_is_refused_in_words_and_nothing_of_it_is_left() {
    let mut village = Village::new().await;
    let entry = village.begin("Bài").await;
    let slot = village.slot().id.to_string();
    let address = format!("{entry}/attachments");
    let film = std::fs::read("demo/media/clip-an-toan-tren-mang.mp4").unwrap();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("trong.png", Vec::new(), "trống (0 byte)"),
        ("dut.mp4", film[..film.len() / 2].to_vec(), "không nguyên vẹn"),
        ("doi-ten.mp4", PICTURE.to_vec(), "có đuôi .mp4 nhưng nội dung là ảnh"),
        ("chuong-trinh.png", b"MZ\x90\x00\x03 this is a program".to_vec(), "không thuộc loại nào"),
    ];
    for (name, bytes, said) in cases {
        let answer = village.member.upload(&address, &[("field", &slot)], &[("file", name, &bytes)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", answer.body);
        assert!(answer.body.contains(said), "{name}: {}", answer.body);
        assert_eq!(
            files_in(&village.stage.database.folder().join("uploads")),
            Vec::<String>::new(),
            "{name}"
        );
    }
    let stranger_slot = hoithi::base::ids::FieldId::generate().to_string();
    let answer =
        village.member.upload(&address, &[("field", &stranger_slot)], &[("file", "a.png", PICTURE)]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let mut stranger = village.stage.a_member(&village.commune).await;
    let answer = stranger.upload(&address, &[("field", &slot)], &[("file", "a.png", PICTURE)]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(files_in(&village.stage.database.folder().join("uploads")), Vec::<String>::new());
}

fn files_in(folder: &std::path::Path) -> Vec<String> {
    let mut found = Vec::new();
    for item in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if item.path().is_dir() {
            found.extend(files_in(&item.path()));
        } else {
            found.push(item.path().display().to_string());
        }
    }
    found
}

#[actix_web::test]
async fn a_file_is_seen_by_whom_it_concerns_in_pieces_and_never_run() {
    let mut village = Village::new().await;
    let entry = village.begin("Bài").await;
    let (name, bytes) = a_file_for(village.slot());
    let slot = village.slot().id.to_string();
    let address = format!("{entry}/attachments");
    let answer = village.member.upload(&address, &[("field", &slot)], &[("file", name, &bytes)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let page = village.member.get(&address).await;
    let file = page.body.split("href=\"/files/").nth(1).unwrap().split('"').next().unwrap();
    let file = format!("/files/{file}");

    let whole = village.member.get(&file).await;
    assert_eq!((whole.status, whole.bytes == bytes), (StatusCode::OK, true));
    assert_eq!(whole.headers.get(header::X_CONTENT_TYPE_OPTIONS).unwrap(), "nosniff");
    assert_eq!(whole.headers.get(header::CACHE_CONTROL).unwrap(), "private, no-cache");
    let policy = whole.headers.get(header::CONTENT_SECURITY_POLICY).unwrap().to_str().unwrap();
    assert!(policy.contains("default-src 'none'"), "{policy}");
    let etag = whole.headers.get(header::ETAG).unwrap().clone();

    let piece = actix_web::test::TestRequest::get().uri(&file).insert_header((header::RANGE, "bytes=2-5"));
    let piece = village.member.send(piece).await;
    assert_eq!((piece.status, piece.bytes.as_slice()), (StatusCode::PARTIAL_CONTENT, &bytes[2..=5]));
    let again = actix_web::test::TestRequest::get().uri(&file).insert_header((header::IF_NONE_MATCH, etag));
    assert_eq!(village.member.send(again).await.status, StatusCode::NOT_MODIFIED);

    assert_eq!(village.stage.anyone().get(&file).await.status, StatusCode::NOT_FOUND);
    let mut stranger = village.stage.a_member(&village.commune).await;
    assert_eq!(stranger.get(&file).await.status, StatusCode::NOT_FOUND);
    let attachment = file.split('/').nth(2).unwrap().to_owned();
    let removed = village.member.post(&format!("{address}/{attachment}/remove"), &[]).await;
    assert_eq!(removed.status, StatusCode::SEE_OTHER, "{}", removed.body);
}

#[actix_web::test]
async fn a_draft_is_dropped_only_when_the_box_is_ticked() {
    let mut village = Village::new().await;
    let entry = village.begin("Bỏ đi").await;
    village.member.post(&format!("{entry}/withdraw"), &[]).await;
    assert!(village.member.get("/my/entries").await.body.contains("Bỏ đi"));
    let answer = village.member.post(&format!("{entry}/withdraw"), &[("sure", "1")]).await;
    assert_eq!(answer.location, "/my/entries");
    assert!(!village.member.get("/my/entries").await.body.contains("Bỏ đi"));
}

#[actix_web::test]
async fn a_broken_or_too_large_upload_leaves_nothing_and_programs_read_why() {
    let mut village = Village::new().await;
    let entry = village.begin("Bài").await;
    let mut slot = village.slot().clone();
    slot.settings.max_bytes = Some(1_000_000);
    let row = slot.clone();
    village.stage.write(move |db| contests::store::save_field(db, &row)).await.unwrap();
    let address = format!("{entry}/attachments");
    let csrf = village.member.csrf().await;
    let part = |name: &str, value: &str| {
        format!("--B\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let start = part("csrf", &csrf)
        + &part("field", slot.id.as_str())
        + "--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n";
    let send = |body: Vec<u8>| {
        actix_web::test::TestRequest::post()
            .uri(&address)
            .insert_header((header::CONTENT_TYPE, "multipart/form-data; boundary=B"))
            .insert_header(("x-requested-with", "fetch"))
            .set_payload(body)
    };
    let cut_off = [start.as_bytes(), &PICTURE[..PICTURE.len() / 2]].concat();
    let answer = village.member.send(send(cut_off)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert!(json["message"].as_str().unwrap().contains("chưa đến đủ"), "{json}");

    let large = [start.as_bytes(), PICTURE, &vec![0; 1_000_001], b"\r\n--B--\r\n"].concat();
    let answer = village.member.send(send(large)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    assert!(answer.body.contains("không quá 1 MB"), "{}", answer.body);

    let foreign = start.replace(&csrf, "not ours");
    let answer = village.member.send(send([foreign.as_bytes(), PICTURE, b"\r\n--B--\r\n"].concat())).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.body);
    let without_file = part("csrf", &csrf) + &part("field", slot.id.as_str()) + "--B--\r\n";
    let answer = village.member.send(send(without_file.into_bytes())).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    assert_eq!(files_in(&village.stage.database.folder().join("uploads")), Vec::<String>::new());
}
