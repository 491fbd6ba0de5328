use actix_web::http::StatusCode;
use chrono::Duration;
use hoithi::{
    features::{
        attachments::uploads::{self, rules::Arriving, views::list_promised},
        contests::{self, FieldKind},
        entries::{self, Submission},
    },
    infra::db::DbError,
    jobs::{Swept, scrub, sweep},
};
use sha2::Digest;

use crate::support::{Slot, Stage, a_large_picture};

const GRACE_MINUTES: i32 = 30;

/// A slot in an entry in which nothing is missing but this file, of a contest with some grace.
async fn a_promising_slot() -> Slot {
    let mut slot = Slot::on(Stage::new()).await;
    let person = slot.person.clone();
    slot.entry = slot.stage.a_full_draft(&slot.contest, &slot.commune, &person, "Bài đủ").await;
    let (contest, field, entry) = (slot.contest.id.clone(), slot.field.id.clone(), slot.entry.id.clone());
    let now = slot.stage.now();
    let prepare = move |db: &mut _| -> Result<_, DbError> {
        let mut found = contests::store::find(db, &contest)?.unwrap();
        found.grace_minutes = GRACE_MINUTES;
        contests::store::save(db, &found)?;
        let mut field = contests::store::find_field(db, &field)?.unwrap();
        field.is_required = true;
        contests::store::save_field(db, &field)?;
        for mut file in hoithi::features::attachments::views::list_of_entry(db, &entry)? {
            if file.field_id == field.id {
                file.removed_at = Some(now);
                hoithi::features::attachments::store::save(db, &file)?;
            }
        }
        Ok(found)
    };
    slot.contest = slot.stage.write(prepare).await.unwrap();
    assert_eq!(slot.field.kind, FieldKind::Files);
    slot
}

async fn submit(slot: &Slot) -> Result<Submission, entries::SubmitEntryError> {
    let request = slot.stage.consent_to_all(&slot.contest, slot.entry.edition).await;
    let (person, entry, now) = (slot.person.clone(), slot.entry.id.clone(), slot.stage.now());
    slot.stage.write(move |db| entries::submit_entry(db, &person, &entry, &request, now)).await
}

async fn standing(slot: &Slot) -> Arriving {
    let entry = slot.entry.id.clone();
    let promised = slot.stage.read(move |db| list_promised(db, &entry)).await.unwrap();
    uploads::rules::arriving(&promised[0], &slot.contest, slot.stage.now())
}

fn pieces(bytes: &[u8]) -> String {
    let digests: Vec<u8> =
        bytes.chunks(8 << 20).flat_map(|piece| sha2::Sha256::digest(piece).to_vec()).collect();
    hoithi::base::seal::hash_hex(&digests)
}

#[actix_web::test]
async fn an_entry_is_sent_in_before_its_file_is_all_there_and_the_bytes_follow_in_the_grace() {
    let mut slot = a_promising_slot().await;
    let picture = a_large_picture(50_000);
    assert!(submit(&slot).await.is_err(), "without the file and without a promise");
    let declared = pieces(&picture);
    let at = slot.create("ảnh.png", 50_000, &[("pieces-sha256", &declared)]).await.location;
    assert_eq!(slot.patch(&at, 0, &picture[..20_000]).await.status, StatusCode::NO_CONTENT);
    let page = slot.member.get(&format!("/my/entries/{}/submit", slot.entry.id)).await;
    assert!(page.body.contains("ảnh.png") && page.body.contains(&declared), "{}", page.body);

    slot.stage.app.clock.set(slot.contest.closes_at.unwrap() - Duration::minutes(1));
    let submission = submit(&slot).await.unwrap();
    assert!(!submission.entry.is_late);
    let content: serde_json::Value = serde_json::from_str(&submission.revision.content).unwrap();
    assert_eq!(content["arriving"][0]["file_name"], "ảnh.png");
    assert_eq!(content["arriving"][0]["byte_count"], 50_000);
    assert_eq!(content["arriving"][0]["pieces_sha256"], declared);
    let receipt = slot.member.get(&format!("/my/entries/{}/receipts/1", slot.entry.id)).await;
    assert!(receipt.body.contains(&declared), "{}", receipt.body);
    assert_eq!(standing(&slot).await, Arriving::InTime);

    slot.stage.clock_forward(Duration::minutes(10));
    assert_eq!(standing(&slot).await, Arriving::LateProvable);
    let page = slot.member.get(&format!("/my/entries/{}", slot.entry.id)).await;
    assert!(page.body.contains("trễ nhưng chứng minh được đã sẵn sàng"), "{}", page.body);
    let begun_now = slot.create("khác.png", 10, &[]).await;
    assert_eq!(begun_now.status, StatusCode::CONFLICT, "nothing new is begun in what was sent in");
    let go_on = slot.member.get(&format!("/my/entries/{}/attachments", slot.entry.id)).await;
    assert!(go_on.status == StatusCode::OK && go_on.body.contains("ảnh.png"), "{}", go_on.body);
    assert_eq!(slot.patch(&at, 20_000, &picture[20_000..]).await.status, StatusCode::NO_CONTENT);
    assert_eq!(standing(&slot).await, Arriving::CameLateProven);
    let hash = blake3::hash(&picture).to_hex().to_string();
    assert!(slot.files().await.iter().any(|file| file.file_hash.as_str() == hash));
}

#[actix_web::test]
async fn after_the_grace_the_file_is_missing_and_everyone_concerned_sees_it() {
    let mut slot = a_promising_slot().await;
    let picture = a_large_picture(50_000);
    let at = slot.begin("ảnh.png", 50_000).await;
    assert_eq!(slot.patch(&at, 0, &picture[..20_000]).await.status, StatusCode::NO_CONTENT);
    submit(&slot).await.unwrap();
    slot.stage.app.clock.set(slot.contest.closes_at.unwrap() + Duration::minutes(10));
    // Without a declared hash nothing can be proven.
    assert_eq!(standing(&slot).await, Arriving::Late);
    slot.stage.clock_forward(Duration::minutes(20));
    assert_eq!(slot.patch(&at, 20_000, &picture[20_000..]).await.status, StatusCode::GONE);
    assert_eq!(standing(&slot).await, Arriving::Missing);
    let mut officer = slot.stage.an_officer(&slot.commune).await;
    let theirs = slot.member.get(&format!("/my/entries/{}", slot.entry.id)).await;
    let officers = officer.get(&format!("/manage/entries/{}", slot.entry.id)).await;
    for page in [theirs, officers] {
        assert!(page.body.contains("còn thiếu") && page.body.contains("ảnh.png"), "{}", page.body);
    }
    let swept = sweep(&slot.stage.tools()).await.unwrap();
    assert_eq!(swept.uploads, 1);
    assert_eq!(standing(&slot).await, Arriving::Missing);
}

#[actix_web::test]
async fn what_no_row_names_goes_after_a_safe_age_and_nothing_else() {
    for stage in Stage::on_each_store() {
        let mut slot = Slot::on(stage.in_the_present()).await;
        let picture = a_large_picture(9 << 20);
        let kept = slot.begin("ảnh.png", 9 << 20).await;
        assert_eq!(slot.patch(&kept, 0, &picture).await.status, StatusCode::NO_CONTENT);
        let half = slot.begin("nửa.png", 9 << 20).await;
        assert_eq!(slot.patch(&half, 0, &picture[..9_000_000]).await.status, StatusCode::NO_CONTENT);
        let stray = slot.stage.app.files.keep_bytes(b"nobody names this").unwrap();
        let before = slot.stored().await;
        assert_eq!(sweep(&slot.stage.tools()).await.unwrap(), Swept::default(), "all of it is new");
        assert_eq!(slot.stored().await, before);

        slot.stage.clock_forward(Duration::days(2));
        assert_eq!(sweep(&slot.stage.tools()).await.unwrap(), Swept { uploads: 0, files: 1 });
        assert!(!slot.stored().await.contains(&stray.hash));
        assert_eq!(slot.offset(&half).await, 9_000_000, "an open upload is kept");

        slot.stage.clock_forward(Duration::days(6));
        assert_eq!(sweep(&slot.stage.tools()).await.unwrap().uploads, 1);
        assert_eq!(slot.stored().await, [blake3::hash(&picture).to_hex().to_string()]);
    }
}

#[actix_web::test]
async fn a_scrub_finds_what_is_missing_and_what_rots() {
    let mut slot = Slot::on(Stage::new()).await;
    for n in 0..3 {
        let at = slot.begin(&format!("{n}.png"), 30_000 + n).await;
        assert_eq!(slot.patch(&at, 0, &a_large_picture(30_000 + n)).await.status, StatusCode::NO_CONTENT);
        let person = slot.person.clone();
        slot.entry = slot.stage.a_draft(&slot.contest, &slot.commune, &person, "Bài").await;
    }
    let (tools, now) = (slot.stage.tools(), slot.stage.now() + Duration::seconds(1));
    let well = scrub(&tools, now, i64::MAX).await.unwrap();
    assert_eq!((well.n_read, well.bad.len()), (3, 0));
    let names = slot.stored().await;
    let place = |hash: &str| slot.stage.config.uploads().join(&hash[..2]).join(&hash[2..]);
    std::fs::remove_file(place(&names[0])).unwrap();
    std::fs::write(place(&names[1]), b"other bytes").unwrap();
    slot.stage.clock_forward(Duration::days(31));
    let little = scrub(&slot.stage.tools(), slot.stage.now(), 1).await.unwrap();
    assert_eq!(little.n_read, 1, "a little at a time");
    scrub(&slot.stage.tools(), slot.stage.now(), i64::MAX).await.unwrap();
    let page = slot.stage.an_administrator().await.get("/admin/files").await;
    for (hash, is_bad) in names.iter().zip([true, true, false]) {
        assert_eq!(page.body.contains(hash.as_str()), is_bad, "{}", page.body);
    }
    assert!(page.body.contains("Không còn trong kho") && page.body.contains("Nội dung đã bị hỏng"));
}

/// What the table `files` knows is spared by the sweep; a table that names its files by itself must be asked for them in
/// `upkeep::store::list_named`.
#[test]
fn whatever_names_a_stored_file_is_known_to_the_sweep() {
    let mut strays = Vec::new();
    let mut n_names = 0;
    for folder in std::fs::read_dir("migrations/common").unwrap().flatten() {
        let text = std::fs::read_to_string(folder.path().join("up.sql")).unwrap();
        let mut table = String::new();
        for line in text.lines().map(str::trim) {
            if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
                table = rest.split(' ').next().unwrap().to_owned();
            }
            let column = line.split(' ').next().unwrap_or_default();
            if column.ends_with("file_hash") {
                n_names += 1;
                if !line.contains("REFERENCES files (hash)") && table != "games" {
                    strays.push(format!("{table}.{column}"));
                }
            }
        }
    }
    assert!(n_names >= 4 && strays.is_empty(), "{n_names} names, unknown to the sweep: {strays:?}");
}
