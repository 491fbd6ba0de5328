//! A blind pool whose entries say who made them in every place that a leak could come from.

use std::collections::BTreeMap;

use hoithi::{
    base::ids::{AccountId, EntryId, PublicationId},
    features::{
        accounts::OfficeRole,
        attachments::{self, FileHash, keep_cleaned},
        entries,
        judging::{self, PanelRole, remove_judge},
        publication::{self, Publication, Scope},
        radar,
    },
    infra::{db::DbError, files::StoredFile},
};

use crate::support::{Guest, JudgedPool, Stage, Work, a_document, a_likeness, media};

/// Inside files, where people do not look.
const MARK: &str = "DauVetTrongTep";

pub struct World {
    stage: Stage,
    judged: JudgedPool,
    guests: BTreeMap<&'static str, Guest>,
    entries: Vec<EntryId>,
    pub markers: Vec<String>,
    pub names: BTreeMap<&'static str, Vec<String>>,
}

impl World {
    pub async fn new() -> Self {
        let stage = Stage::new();
        let mut judged = stage.a_panel(1, 2).await;
        stage.change_round(&judged, |round| round.is_blind = true).await;
        let district =
            stage.a_unit("Hội LHPN huyện Khuất Nẻo").level("district").below(&judged.province).make().await;
        let commune = stage.a_unit("Hội LHPN xã Kín Bưng").below(&district).make().await;
        let organiser = stage.person_of(&judged.officer).await;
        let mut works = vec![Work {
            title: "Sáng kiến của Trần Thị Bí Mật ở xã Kín Bưng".into(),
            words: "Chị Bi Mat (Tran Thi Bi Mat), huyện Khuất Nẻo, gọi 0987 651 234 hoặc bimat@kinbung.vn, cùng Võ Thị Thành Viên.".into(),
            authors: "Trần Thị Bí Mật".into(),
            members: vec!["Võ Thị Thành Viên".into()],
            files: Vec::new(),
        }];
        works[0].files = planted_files();
        works.push(
            Work::saying("Bài thứ hai của xã Kín Bưng", "Nội dung")
                .with("Chị Lộ Tên 2.png", &media("ma-qr-an-toan-giao-thong.png")),
        );
        let mut entries = judged.entries.clone();
        for work in &works {
            entries.push(stage.a_work(&judged.contest, &commune, &organiser, work).await);
        }
        judged.entries.clone_from(&entries);
        let (double, double_guest) = stage.a_person("Nguyễn Kiêm Nhiệm").await;
        stage.give_office(&double, &judged.province, OfficeRole::Officer).await;
        stage.seat(&judged, &double, PanelRole::Judge).await;
        stage.draw_and_open(&judged, 3).await;
        // An earlier round published one of them, with its maker's unit.
        publish_earlier(&stage, &judged, &entries[1]).await;
        let likeness = a_likeness(&entries[1], &entries[2], stage.now());
        stage.write(move |db| radar::store::insert_likeness(db, &likeness)).await.unwrap();

        let elsewhere = stage.a_unit("Hội LHPN tỉnh Trà Vinh").level("province").make().await;
        let names = names(&stage, &judged, &entries).await;
        let mut judges = std::mem::take(&mut judged.judges);
        let (judge_id, judge) = judges.pop().unwrap();
        let (head_id, head) = judges.pop().unwrap();
        // The API knows tokens alone, so each carries both.
        let judge = judge.with_bearer(&stage.an_api_token(&judge_id).await);
        let head = head.with_bearer(&stage.an_api_token(&head_id).await);
        let double_guest = double_guest.with_bearer(&stage.an_api_token(&double).await);
        let organiser = stage.an_officer(&judged.province).await;
        let guests = BTreeMap::from([
            ("judge", judge),
            ("head", head),
            ("officer who judges", double_guest),
            ("anyone", stage.anyone()),
            ("member from elsewhere", stage.a_member(&elsewhere).await),
            ("officer from elsewhere", stage.an_officer(&elsewhere).await),
            ("organiser", organiser),
        ]);
        let markers = [
            "Trần Thị Bí Mật",
            "xã Kín Bưng",
            "huyện Khuất Nẻo",
            "Võ Thị Thành Viên",
            "Lộ Tên",
            "0987 651 234",
            "bimat@kinbung.vn",
            MARK,
        ];
        Self { stage, judged, guests, entries, markers: markers.map(str::to_owned).to_vec(), names }
    }

    pub fn guest(&mut self, role: &str) -> &mut Guest {
        self.guests.get_mut(role).unwrap()
    }

    /// The answer, without what was asked for, and how many queries it took. Asked twice: the first time may note a session.
    pub async fn ask(&mut self, role: &str, address: &str) -> (u16, String, u64) {
        let guest = self.guests.get_mut(role).unwrap();
        let (mut status, mut body, mut queries) = (0, String::new(), 0);
        for _ in 0..2 {
            queries = self
                .stage
                .count_queries(async || {
                    let answer = guest.get(address).await;
                    (status, body) = (answer.status.as_u16(), answer.body);
                })
                .await;
        }
        let asked = address.rsplit(['=', '/']).next().unwrap_or_default();
        for asked in [address, asked, &asked.replace('+', " ")] {
            body = body.replace(asked, "?");
        }
        (status, body, queries)
    }

    pub async fn unpublish(&mut self) {
        let ids = self.entries.clone();
        self.stage
            .write(move |db| -> Result<(), DbError> {
                for id in &ids {
                    let mut entry = entries::store::find(db, id)?.unwrap();
                    entry.is_published = false;
                    entries::store::save(db, &entry)?;
                }
                Ok(())
            })
            .await
            .unwrap();
        let contest = self.judged.contest.id.clone();
        self.stage
            .write(move |db| -> Result<(), DbError> {
                let mut of = publication::views::latest(db, &Scope::Contest(contest.clone()))?.unwrap();
                of.content = r#"{"version":1,"published_at":"","awards":[]}"#.into();
                publication::store::save(db, &of)
            })
            .await
            .unwrap();
    }

    /// Something goes wrong, on purpose.
    pub async fn plant(&mut self, what: &str) {
        match what {
            "a round that is not blind" => {
                self.stage.change_round(&self.judged, |round| round.is_blind = false).await;
            }
            "a copy of a file that was not cleaned" => {
                let (entry, now) = (self.entries[1].clone(), self.stage.now());
                self.stage
                    .write(move |db| -> Result<(), DbError> {
                        for file in attachments::views::list_of_entry(db, &entry)? {
                            let dirty = StoredFile {
                                hash: file.file_hash.as_str().to_owned(),
                                byte_count: file.byte_count,
                                head: Vec::new(),
                            };
                            let of = FileHash::from_store(&dirty.hash);
                            keep_cleaned(db, &of, &file.media_type, Some(&dirty), now)?;
                        }
                        Ok(())
                    })
                    .await
                    .unwrap();
            }
            "a word that the veil does not know" => {
                let entry = self.entries[1].clone();
                self.stage
                    .write(move |db| -> Result<(), DbError> {
                        let mut entry = entries::store::find(db, &entry)?.unwrap();
                        entry.code = Some("Lo-Ten-7".into());
                        entries::store::save(db, &entry)
                    })
                    .await
                    .unwrap();
            }
            "a panel that was left" => {
                let officer = self.stage.person_of(&self.judged.officer).await;
                let judge: AccountId = self.stage.person_of(&self.guests["judge"]).await.id.clone();
                let (pool, now) = (self.judged.pool.clone(), self.stage.now());
                self.stage
                    .write(move |db| remove_judge(db, &officer, &pool, &judge, "rời ban", now))
                    .await
                    .unwrap();
            }
            what => panic!("how to plant {what}?"),
        }
    }
}

fn planted_files() -> Vec<(String, Vec<u8>)> {
    let mut jpeg = media("anh-khoi-nghiep.jpg");
    let comment = [b"\xff\xfe\x00\x10".as_slice(), MARK.as_bytes()].concat();
    jpeg.splice(2..2, comment);
    let pdf = format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 90 90]>>endobj\n4 0 obj<</Author({MARK})/Company({MARK})>>endobj\n\
         trailer<</Root 1 0 R/Info 4 0 R>>\n%%EOF"
    );
    let mut game = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    game.set_comment(MARK).unwrap();
    game.start_file("index.html", zip::write::SimpleFileOptions::default()).unwrap();
    let page = format!("<!doctype html><meta name=\"author\" content=\"{MARK}\"><!-- {MARK} --><p>Chơi</p>");
    std::io::Write::write_all(&mut game, page.as_bytes()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let film = folder.path().join("film.mp4");
    let args = ["-v", "error", "-i", "demo/media/clip-bao-ve-moi-truong.mp4", "-c", "copy", "-metadata"];
    let artist = format!("artist={MARK}");
    let done = std::process::Command::new("ffmpeg").args(args).arg(&artist).arg(&film).status().unwrap();
    assert!(done.success());
    vec![
        ("Chị Lộ Tên.jpg".into(), jpeg),
        ("Lộ Tên xã Kín Bưng.pdf".into(), pdf.into_bytes()),
        ("lo-ten.docx".into(), a_document("Sổ tay số", MARK)),
        ("Lộ Tên.zip".into(), game.finish().unwrap().into_inner()),
        ("Lộ Tên.mp4".into(), std::fs::read(&film).unwrap()),
    ]
}

async fn publish_earlier(stage: &Stage, judged: &JudgedPool, entry: &EntryId) {
    let (contest, entry, now) = (judged.contest.id.clone(), entry.clone(), stage.now());
    let by = stage.person_of(&judged.officer).await.id.clone();
    stage
        .write(move |db| -> Result<(), DbError> {
            let mut row = entries::store::find(db, &entry)?.unwrap();
            row.is_published = true;
            entries::store::save(db, &row)?;
            let content = serde_json::json!({
                "version": 1, "published_at": "2024-03-01T00:00:00Z",
                "awards": [{ "award": "Giải Nhất", "round": 1, "round_name": "Vòng xã", "unit": "Hội LHPN xã Kín Bưng",
                    "to": { "entry": { "code": row.code, "title": row.title, "kind": "individual",
                        "unit": row.unit_name, "path": [row.unit_name] } } }],
            });
            let publication = Publication {
                id: PublicationId::generate(),
                contest_id: contest.clone(),
                scope: Scope::Contest(contest.clone()).word(),
                pool_id: None,
                version: 1,
                content: content.to_string(),
                content_hash: "0".repeat(64),
                previous_hash: String::new(),
                reason: String::new(),
                published_by: by.clone(),
                published_at: now,
            };
            publication::store::insert(db, &publication)
        })
        .await
        .unwrap();
}

/// Everything that somebody could know or guess of the world.
async fn names(
    stage: &Stage,
    judged: &JudgedPool,
    entries: &[EntryId],
) -> BTreeMap<&'static str, Vec<String>> {
    let (of, pool, slug) = (entries.to_vec(), judged.pool.clone(), judged.contest.slug.as_str().to_owned());
    let (files, codes, sheets, units, likenesses) = stage
        .read(move |db| -> Result<_, DbError> {
            let mut files = Vec::new();
            let mut codes = Vec::new();
            let (mut units, mut likenesses) = (Vec::new(), Vec::new());
            for id in &of {
                files.extend(attachments::views::list_of_entry(db, id)?);
                let entry = entries::store::find(db, id)?.unwrap();
                codes.push(entry.code.unwrap_or_default());
                units.push(entry.unit_id.to_string());
                let found = radar::views::list_of_entry(db, id)?;
                likenesses.extend(found.iter().map(|likeness| likeness.id.to_string()));
            }
            let assignments = judging::store::list_assignments(db, &pool)?;
            let mut sheets = Vec::new();
            for row in assignments {
                let sheet = judging::store::find_sheet_of(db, &pool, &row.entry_id, &row.judge_id)?;
                sheets.extend(sheet.map(|sheet| sheet.id.to_string()));
            }
            Ok((files, codes, sheets, units, likenesses))
        })
        .await
        .unwrap();
    let nobody = "01900000-0000-7000-8000-000000000000".to_owned();
    let mut units = [units, vec![judged.province.to_string()]].concat();
    units.dedup();
    BTreeMap::from([
        ("slug", vec![slug]),
        ("entry", entries.iter().map(ToString::to_string).chain([nobody.clone()]).collect()),
        ("attachment", files.iter().map(|file| file.id.to_string()).chain([nobody.clone()]).collect()),
        ("name", vec!["tep".to_owned()]),
        ("code", codes),
        ("pool", vec![judged.pool.to_string()]),
        ("unit", units),
        ("sheet", [sheets, vec![nobody.clone()]].concat()),
        ("likeness", [likenesses, vec![nobody.clone()]].concat()),
        ("nomination", vec![nobody.clone()]),
        ("count", vec![nobody.clone()]),
        ("version", vec!["1".to_owned(), "2".to_owned()]),
        ("number", vec!["1".to_owned()]),
        ("round", vec![judged.round.id.to_string()]),
        ("account", vec![nobody]),
    ])
}
