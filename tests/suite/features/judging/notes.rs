use hoithi::{
    base::{
        ids::{AccountId, AttachmentId, EntryId},
        sentence::FieldErrors,
    },
    features::{
        attachments,
        judging::notes::{self, AddNoteError, SheetNote, TypedNote, add_note, remove_note},
    },
    infra::db::DbError,
};

use crate::support::{JudgedPool, Stage};

struct Noted {
    stage: Stage,
    pool: JudgedPool,
    entry: EntryId,
    film: AttachmentId,
}

impl Noted {
    async fn new() -> Self {
        let stage = Stage::new();
        let pool = stage.a_judged_pool(1, 2, 2).await;
        let entry = pool.entries[0].clone();
        let of = entry.clone();
        let films = stage
            .write(move |db| -> Result<_, DbError> {
                let mut files = attachments::views::list_of_entry(db, &of)?;
                for file in &mut files {
                    file.media_type = "video/mp4".to_owned();
                    attachments::store::save(db, file)?;
                }
                Ok(files)
            })
            .await
            .unwrap();
        let film = films.first().expect("the entry has a file").id.clone();
        Self { stage, pool, entry, film }
    }

    async fn add(&self, judge: usize, moment: &str, content: &str) -> Result<SheetNote, AddNoteError> {
        let person = self.stage.person_of(&self.pool.judges[judge].1).await;
        let typed = TypedNote { moment: moment.into(), content: content.into() };
        let (pool, entry, film, now) =
            (self.pool.pool.clone(), self.entry.clone(), self.film.clone(), self.stage.now());
        let add = move |db: &mut _| add_note(db, &person, (&pool, &entry), &film, &typed, now);
        self.stage.write(add).await
    }

    async fn of(&self, judge: &AccountId) -> Vec<String> {
        let (pool, entry, judge) = (self.pool.pool.clone(), self.entry.clone(), judge.clone());
        let list = move |db: &mut _| notes::store::list_of_sheet(db, &pool, &entry, &judge);
        let notes = self.stage.read(list).await.unwrap();
        notes.into_iter().map(|note| format!("{} {}", note.at_ms, note.content)).collect()
    }
}

#[actix_web::test]
async fn a_judge_notes_moments_and_nobody_elses_notes_mix_in() {
    let noted = Noted::new().await;
    noted.add(1, "2:03", "hay").await.unwrap();
    noted.add(1, "0:05", "  mở đầu\nchậm ").await.unwrap();
    let twice = noted.add(1, "2:03", "hay").await.unwrap();
    noted.add(0, "9", "của người khác").await.unwrap();
    let (first, second) = (&noted.pool.judges[0].0, &noted.pool.judges[1].0);
    assert_eq!(noted.of(second).await, ["5000 mở đầu chậm", "123000 hay"]);
    assert_eq!(noted.of(first).await, ["9000 của người khác"]);

    let (pool, entry) = (noted.pool.pool.clone(), noted.entry.clone());
    let other = noted.stage.person_of(&noted.pool.judges[0].1).await;
    let own = noted.stage.person_of(&noted.pool.judges[1].1).await;
    for (person, left) in [(other, 2), (own.clone(), 1), (own, 1)] {
        let (pool, entry, id) = (pool.clone(), entry.clone(), twice.id.clone());
        noted.stage.write(move |db| remove_note(db, &person, (&pool, &entry), &id)).await.unwrap();
        assert_eq!(noted.of(second).await.len(), left);
    }
}

#[actix_web::test]
async fn a_note_that_cannot_be_read_is_refused_by_its_fields() {
    let noted = Noted::new().await;
    for (moment, content, fields) in [
        ("sớm", "x", vec!["moment"]),
        ("1:00", " ", vec!["note"]),
        ("99999:00", &*"dài ".repeat(200), vec!["moment", "note"]),
    ] {
        let Err(AddNoteError::Invalid(FieldErrors(errors))) = noted.add(0, moment, content).await else {
            panic!("{moment} was taken")
        };
        let named: Vec<&str> = errors.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(named, fields, "{moment}");
    }
}

#[actix_web::test]
async fn notes_are_on_the_judges_page_and_the_heads_and_on_nobody_elses() {
    let mut noted = Noted::new().await;
    let href = format!("/judge/pools/{}/entries/{}", noted.pool.pool, noted.entry);
    let film = noted.film.to_string();
    let fields = [("file", &*film), ("moment", "1:10"), ("note", "đoạn <hay>")];
    let answer = noted.pool.judges[1].1.post(&format!("{href}/notes"), &fields).await;
    assert_eq!(answer.location, format!("{href}#notes-{film}"), "{}", answer.body);
    let page = noted.pool.judges[1].1.get(&href).await;
    assert!(
        page.body.contains("đoạn &lt;hay&gt;") && page.body.contains("data-jump=\"70000\""),
        "{}",
        page.body
    );
    assert!(!noted.pool.judges[0].1.get(&href).await.body.contains("đoạn"));
    let wrong = [("file", &*film), ("moment", "mười"), ("note", "giữ lại chữ này")];
    let answer = noted.pool.judges[1].1.post(&format!("{href}/notes"), &wrong).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("giữ lại chữ này") && answer.body.contains("ví dụ 2:03"), "{}", answer.body);

    noted.pool.judges[1].1.post(&format!("{href}/autosave"), &[("edition", "0"), ("comment", "x")]).await;
    let (pool, entry, judge) = (noted.pool.pool.clone(), noted.entry.clone(), noted.pool.judges[1].0.clone());
    let sheet = noted
        .stage
        .read(move |db| hoithi::features::judging::store::find_sheet_of(db, &pool, &entry, &judge))
        .await
        .unwrap()
        .expect("a sheet was begun");
    let led = format!("/manage/pools/{}/sheets/{}", noted.pool.pool, sheet.id);
    let head = noted.pool.judges[0].1.get(&led).await;
    assert!(head.body.contains("đoạn &lt;hay&gt;") && head.body.contains("1:10"), "{}", head.body);
    let officer = noted.pool.officer.get(&led).await;
    assert_eq!(officer.status, 200);
    assert!(!officer.body.contains("đoạn"), "officers do not read a judge's own notes");
}
