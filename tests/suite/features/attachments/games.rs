use std::sync::Arc;

use actix_web::{
    App as ActixApp,
    http::{StatusCode, header},
    middleware::from_fn,
    test::{self, TestRequest},
    web::Data,
};
use hoithi::{
    base::{ids::EntryId, lang::Lang},
    features::{
        accounts::Person,
        attachments::{
            self, Attachment, FileHash, FileRow, NewFile,
            games::{self, Game, GameFile, GameState, PlayPass, Trial},
            renditions::RenderingStatus,
        },
        contests::{self, Contest, FieldKind},
    },
    infra::{db::DbError, files::look_at},
    jobs::{WORKS, run_due},
    web::arena,
};

use crate::support::{Answer, Guest, Stage};

const GAME: &[u8] = include_bytes!("../../../../demo/media/game-phan-loai-rac.zip");
const PAGE: &[u8] = include_bytes!("../../../../demo/media/o-chu-khoi-nghiep.html");

struct Play {
    stage: Stage,
    contest: Contest,
    member: Guest,
    person: Arc<Person>,
    entry: EntryId,
}

impl Play {
    async fn new() -> Self {
        let stage = Stage::new();
        let province = stage.a_unit("tỉnh Bến Tre").level("province").make().await;
        let commune = stage.a_unit("xã An Hiệp").level("commune").below(&province).make().await;
        let contest = stage.a_contest(&province).await;
        let member = stage.a_member(&commune).await;
        let person = stage.person_of(&member).await;
        let entry = stage.a_draft(&contest, &commune, &person, "Trò chơi").await.id;
        Self { stage, contest, member, person, entry }
    }

    /// Into the slot for works, as the upload does it.
    async fn attach(&self, name: &str, bytes: &[u8]) -> Result<Attachment, &'static str> {
        let stored = self.stage.app.files.keep_bytes(bytes).unwrap();
        let look = look_at(self.stage.app.files.local_copy(&stored.hash).await.unwrap().path()).unwrap();
        let of = self.contest.id.clone();
        let fields = self.stage.read(move |db| contests::views::list_fields(db, &of)).await.unwrap();
        let slot = fields.iter().find(|field| field.kind == FieldKind::Files).unwrap();
        let file = NewFile::read(&slot.id, name, &look).map_err(|sentence| sentence.key)?;
        let (person, entry, now) = (Arc::clone(&self.person), self.entry.clone(), self.stage.now());
        Ok(self
            .stage
            .write(move |db| attachments::attach(db, &person, &entry, &file, &stored, now))
            .await
            .unwrap())
    }

    async fn run_jobs(&self) {
        run_due(&self.stage.tools(), WORKS).await.unwrap();
    }

    async fn game(&self, hash: &FileHash) -> Option<games::Game> {
        let hash = hash.clone();
        self.stage.read(move |db| games::store::find(db, &hash)).await.unwrap()
    }

    async fn arena(&self, address: &str) -> Answer {
        arena_of(&self.stage, address).await
    }
}

/// What the arena answers to a browser that has no cookies.
async fn arena_of(stage: &Stage, address: &str) -> Answer {
    let data = Data::new(stage.app.clone());
    let service = test::init_service(
        ActixApp::new()
            .configure(|config| {
                config.app_data(data);
                arena::routes(config);
            })
            .wrap(from_fn(arena::enclose)),
    )
    .await;
    let path = address.strip_prefix("http://arena.test").unwrap_or(address);
    let answer = test::call_service(&service, TestRequest::get().uri(path).to_request()).await;
    assert_eq!(answer.response().cookies().count(), 0, "the arena knows no cookies");
    let (status, headers) = (answer.status(), answer.headers().clone());
    let bytes = test::read_body(answer).await.to_vec();
    Answer {
        status,
        body: String::from_utf8_lossy(&bytes).into_owned(),
        bytes,
        location: String::new(),
        headers,
    }
}

#[actix_web::test]
async fn a_game_is_unpacked_once_and_played_with_a_pass() {
    let mut play = Play::new().await;
    let attachment = play.attach("rac.zip", GAME).await.unwrap();
    assert_eq!(play.game(&attachment.file_hash).await, None);
    play.run_jobs().await;
    let game = play.game(&attachment.file_hash).await.unwrap();
    assert_eq!((game.state, game.start_path.as_str(), game.file_count), (GameState::Ready, "index.html", 3));
    // The same bytes again ask for nothing.
    play.attach("lai.zip", GAME).await.unwrap();
    assert_eq!(run_due(&play.stage.tools(), WORKS).await.unwrap(), 0);

    let start = play.member.get(&format!("/play/{}/start", attachment.id)).await;
    assert_eq!(start.status, StatusCode::SEE_OTHER, "{}", start.body);
    let page = play.arena(&start.location).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.starts_with("<!doctype html><script>"), "{}", page.body);
    assert!(page.body.contains("tro-choi.js"));
    let policy = told(&page, header::CONTENT_SECURITY_POLICY);
    for rule in [
        "default-src 'none'",
        "connect-src 'none'",
        "worker-src 'none'",
        "form-action 'none'",
        "frame-ancestors http://hoithi.test;",
        "sandbox allow-scripts allow-forms",
    ] {
        assert!(policy.contains(rule), "{rule} in {policy}");
    }
    let script = play.arena(&start.location.replace("index.html", "tro-choi.js")).await;
    assert_eq!(script.status, StatusCode::OK);
    assert_eq!(told(&script, header::CONTENT_TYPE), "text/javascript; charset=utf-8");
    assert_eq!(told(&script, header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    for wrong in ["khac.js", "../index.html", "", "%2e%2e/index.html", "index.html%00"] {
        let answer = play.arena(&start.location.replace("index.html", wrong)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
        assert!(answer.headers.contains_key(header::CONTENT_SECURITY_POLICY), "{wrong}");
    }
}

#[actix_web::test]
async fn a_game_is_tried_in_a_browser_which_keeps_its_picture() {
    let play = Play::new().await;
    for (page, trial, reason) in [
        (
            "<!doctype html><h1>Chơi</h1><script>localStorage.setItem('a', 1); alert('Xin chào')</script>",
            Trial::Started,
            "",
        ),
        (
            "<!doctype html><h1>Chơi</h1><script>fetch('https://example.com/').catch(() => document.body.append('x'))</script>",
            Trial::Started,
            "",
        ),
        (
            "<!doctype html><h1>Chơi</h1><script>khong_co()</script>",
            Trial::Failed,
            "broke ReferenceError: khong_co is not defined",
        ),
        ("<!doctype html><script>let a = 1</script>", Trial::Failed, "empty "),
        ("<!doctype html><h1>Chơi</h1><img src=\"ảnh 1.png\">", Trial::Failed, "lacks ảnh 1.png"),
    ] {
        let attachment = play.attach("tro-choi.html", page.as_bytes()).await.unwrap();
        play.run_jobs().await;
        let game = play.game(&attachment.file_hash).await.unwrap();
        assert_eq!((game.trial, game.trial_reason.as_str()), (trial, reason), "{page}");
        assert_eq!(game.trial_sentence(true).is_some(), trial == Trial::Failed, "{page}");
        // Names of files are not for those who must not know whose it is.
        let plain = game.trial_sentence(false).map(|sentence| sentence.said(Lang::Vi)).unwrap_or_default();
        assert_eq!(plain.is_empty(), trial == Trial::Started, "{page}");
        assert!(!plain.contains("khong_co") && !plain.contains("ảnh"), "{plain}");
        let viewing = play.stage.viewing(&attachment).await;
        assert_eq!(viewing.rendering.status, RenderingStatus::Done, "{page}");
        let names: Vec<&str> = viewing.renditions.iter().map(|rendition| rendition.name.as_str()).collect();
        assert_eq!(names, ["clean", "cover", "cover-small", "w320", "w640"], "{page}");
    }
    let play = Play::new().await;
    let attachment = play.attach("rac.zip", GAME).await.unwrap();
    play.run_jobs().await;
    let game = play.game(&attachment.file_hash).await.unwrap();
    assert_eq!((game.trial, game.trial_reason.as_str()), (Trial::Started, ""));
}

#[actix_web::test]
async fn one_page_of_html_is_a_game_too() {
    let mut play = Play::new().await;
    let attachment = play.attach("o-chu.html", PAGE).await.unwrap();
    play.run_jobs().await;
    let start = play.member.get(&format!("/play/{}/start", attachment.id)).await;
    let page = play.arena(&start.location).await;
    assert_eq!(told(&page, header::CONTENT_TYPE), "text/html; charset=utf-8");
    assert!(page.body.contains("Trò chơi ô chữ"));
}

#[actix_web::test]
async fn only_who_may_see_the_entry_gets_a_pass_and_it_ends() {
    let mut play = Play::new().await;
    let attachment = play.attach("rac.zip", GAME).await.unwrap();
    let address = format!("/play/{}", attachment.id);
    let early = play.member.get(&format!("{address}/start")).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "it is not unpacked yet");
    play.run_jobs().await;
    let stranger = play.stage.a_person("Người lạ").await.1;
    for mut guest in [play.stage.anyone(), stranger] {
        assert_eq!(guest.get(&address).await.status, StatusCode::NOT_FOUND);
        assert_eq!(guest.get(&format!("{address}/start")).await.status, StatusCode::NOT_FOUND);
    }
    let page = play.member.get(&address).await;
    assert_eq!(page.status, StatusCode::OK);
    let policy = told(&page, header::CONTENT_SECURITY_POLICY);
    assert!(policy.contains("frame-src 'self' http://arena.test;"), "{policy}");
    let start = play.member.get(&format!("{address}/start")).await.location;
    assert_eq!(play.arena(&start).await.status, StatusCode::OK);
    let other =
        PlayPass::issue(&hoithi::base::seal::Sealer::new("another"), &attachment.file_hash, play.stage.now());
    let forged = format!("/play/{}/index.html", other.as_str());
    assert_eq!(play.arena(&forged).await.status, StatusCode::NOT_FOUND);
    play.stage.clock_forward(chrono::Duration::hours(7));
    assert_eq!(play.arena(&start).await.status, StatusCode::NOT_FOUND);
}

/// What judges of a blind round see of a game is its work, not what its folders are called.
#[actix_web::test]
async fn the_address_of_a_game_names_nobody_to_a_judge_of_a_blind_round() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(1, 1, 1).await;
    stage.change_round(&judged, |round| round.is_blind = true).await;
    let files = &stage.app.files;
    let (page, picture) = (
        files.keep_bytes(b"<!doctype html><img src='img/a.png'>").unwrap(),
        files.keep_bytes(b"png").unwrap(),
    );
    let (of, now) = (judged.entries[0].clone(), stage.now());
    let attachment = stage
        .write(move |db| -> Result<_, DbError> {
            let mut file = attachments::views::list_of_entry(db, &of)?.remove(0);
            file.media_type = "application/zip".into();
            attachments::store::save(db, &file)?;
            let game = Game {
                file_hash: file.file_hash.clone(),
                state: GameState::Ready,
                start_path: "xã Kín 1/Chị Bí Mật.html".into(),
                file_count: 2,
                byte_count: 40,
                trial: Trial::Started,
                trial_reason: String::new(),
                unpacked_at: now,
                tried_at: Some(now),
            };
            games::store::insert_once(db, &game)?;
            for (path, stored, media_type) in [
                ("xã Kín 1/Chị Bí Mật.html", &page, "text/html; charset=utf-8"),
                ("xã Kín 1/img/a.png", &picture, "image/png"),
            ] {
                let bytes = FileRow {
                    hash: FileHash::from_store(&stored.hash),
                    byte_count: stored.byte_count,
                    media_type: media_type.into(),
                    stored_at: now,
                };
                attachments::store::insert_file_row_once(db, &bytes)?;
                let row = GameFile {
                    game_hash: file.file_hash.clone(),
                    path: path.into(),
                    file_hash: FileHash::from_store(&stored.hash),
                    media_type: media_type.into(),
                };
                games::store::insert_file_once(db, &row)?;
            }
            Ok(file)
        })
        .await
        .unwrap();
    let play = format!("/play/{}", attachment.id);
    let shown = judged.judges[0].1.get(&play).await;
    assert_eq!(shown.status, StatusCode::OK);
    let start = judged.judges[0].1.get(&format!("{play}/start")).await.location;
    for text in [&shown.body, &start] {
        assert!(["K%C3%ADn", "Kín", "M%E1%BA%ADt", "Mật"].iter().all(|name| !text.contains(name)), "{text}");
    }
    assert!(start.ends_with("/~/~"), "{start}");
    // The game works there: its page, and what stands beside it.
    let page = arena_of(&stage, &start).await;
    assert!(page.status.is_success() && page.body.contains("img/a.png"), "{}", page.body);
    let beside = arena_of(&stage, &start.replace("/~/~", "/~/img/a.png")).await;
    assert_eq!((beside.status, beside.body.as_str()), (StatusCode::OK, "png"));
    for wrong in ["/~", "/~/~/~", "/~/%2e%2e/img/a.png", "/~/khac.png", "/"] {
        let answer = arena_of(&stage, &start.replace("/~/~", wrong)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    // Whoever may know whose it is gets it by its own names.
    let known = judged.officer.get(&format!("{play}/start")).await.location;
    assert!(known.ends_with("/x%C3%A3%20K%C3%ADn%201/Ch%E1%BB%8B%20B%C3%AD%20M%E1%BA%ADt.html"), "{known}");
    assert_eq!(arena_of(&stage, &known).await.status, StatusCode::OK);
}

#[actix_web::test]
async fn without_an_arena_a_game_is_offered_as_a_file() {
    let mut play = Play::new().await;
    let attachment = play.attach("rac.zip", GAME).await.unwrap();
    play.run_jobs().await;
    play.stage.app.arena = None;
    let mut member = play.stage.same_guest(&play.member);
    let page = member.get(&format!("/play/{}", attachment.id)).await;
    assert!(page.body.contains("chỉ tải về được"), "{}", page.body);
    assert!(!page.body.contains("<iframe"), "{}", page.body);
}

#[actix_web::test]
async fn a_zip_that_nobody_should_unpack_is_refused_in_words() {
    let play = Play::new().await;
    let refused = |bytes: Vec<u8>| {
        let play = &play;
        async move { play.attach("game.zip", &bytes).await.map(|file| file.file_name) }
    };
    let with = |name: &str| zip_of(&[("index.html", b"<!doctype html>"), (name, b"x")]);
    let zeros = vec![0_u8; 40 << 20];
    for (bytes, key) in [
        (with("../x.js"), "games-refused-path"),
        (with("/etc/passwd"), "games-refused-path"),
        (with("C:\\x"), "games-refused-path"),
        (with(&"a/".repeat(20)), "games-refused-deep"),
        (with(&"a".repeat(300)), "games-refused-long"),
        (zip_of(&[("index.html", b"<!doctype html>"), ("a.bin", &zeros)]), "games-refused-bomb"),
        (zip_of(&[("index.html", b"<!doctype html>"), ("a.bin", &with("b"))]), "games-refused-nested"),
        (many(3_000), "games-refused-many"),
        (many(100_000), "games-refused-many"),
    ] {
        assert_eq!(refused(bytes).await, Err(key));
    }
    assert_eq!(refused(with("a.js")).await, Ok("game.zip".to_owned()));
}

fn told(answer: &Answer, name: header::HeaderName) -> &str {
    answer.headers.get(name).unwrap().to_str().unwrap()
}

fn many(count: usize) -> Vec<u8> {
    let names: Vec<String> = (0..count).map(|n| format!("f{n}")).collect();
    let mut files: Vec<(&str, &[u8])> = vec![("index.html", b"<!doctype html>")];
    files.extend(names.iter().map(|name| (name.as_str(), &b""[..])));
    zip_packed(&files, zip::CompressionMethod::Stored)
}

fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    zip_packed(files, zip::CompressionMethod::Deflated)
}

fn zip_packed(files: &[(&str, &[u8])], method: zip::CompressionMethod) -> Vec<u8> {
    use std::io::Write;
    let options = zip::write::SimpleFileOptions::default().compression_method(method);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
