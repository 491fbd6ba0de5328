//! Entries with words and files of their own, for the radar and the veil.

use std::{collections::BTreeMap, io::Write, path::Path, sync::Arc};

use hoithi::{
    base::{
        clock::Moment,
        ids::{AccountId, EntryId, LikenessId, SessionId, UnitId, random_token},
        json::Json,
        seal::hash_hex,
    },
    features::{
        accounts::{self, Person, Session, SessionKind},
        attachments::{ImportedEntry, NewFile, import_entry},
        contests::{self, Contest, EntryKind, FieldKind},
        entries::{Answer, Answers, ask_radar},
        radar::{Evidence, Likeness, LikenessKind, LikenessStatus},
    },
    infra::files::look_at,
    jobs::WORKS,
};

use super::Stage;

/// Two works that are alike, as the radar writes it down.
pub fn a_likeness(first: &EntryId, second: &EntryId, now: Moment) -> Likeness {
    Likeness {
        id: LikenessId::generate(),
        first_entry_id: first.clone(),
        second_entry_id: second.clone(),
        kind: LikenessKind::Text,
        score: 80,
        evidence: Json(Evidence::default()),
        status: LikenessStatus::Open,
        status_reason: None,
        status_by: None,
        status_at: now,
        found_at: now,
    }
}

/// What an entry of a test says and holds.
#[derive(Debug, Clone, Default)]
pub struct Work {
    pub title: String,
    pub words: String,
    pub authors: String,
    pub members: Vec<String>,
    pub files: Vec<(String, Vec<u8>)>,
}

impl Work {
    pub fn saying(title: &str, words: &str) -> Self {
        Self {
            title: title.into(),
            words: words.into(),
            authors: "Trần Thị Bí Mật".into(),
            ..Self::default()
        }
    }

    pub fn with(mut self, name: &str, bytes: &[u8]) -> Self {
        self.files.push((name.into(), bytes.to_vec()));
        self
    }
}

impl Stage {
    /// Sent in and accepted, with what it says in the first long field of the form. The radar has not looked yet.
    pub async fn a_work(
        &self,
        contest: &Contest,
        unit: &UnitId,
        organiser: &Arc<Person>,
        work: &Work,
    ) -> EntryId {
        let id = contest.id.clone();
        let fields = self.read(move |db| contests::views::list_fields(db, &id)).await.unwrap();
        let slot = fields.iter().find(|field| field.kind == FieldKind::Files).unwrap().id.clone();
        let field = fields.iter().find(|field| field.kind == FieldKind::LongText).unwrap().id.clone();
        let mut files = Vec::new();
        for (name, bytes) in &work.files {
            let stored = self.app.files.keep_bytes(bytes).unwrap();
            let look = look_at(self.app.files.local_copy(&stored.hash).await.unwrap().path()).unwrap();
            files.push((NewFile::read(&slot, name, &look).unwrap(), stored));
        }
        let imported = ImportedEntry {
            contest_id: contest.id.clone(),
            unit_id: unit.clone(),
            code: None,
            kind: EntryKind::Individual,
            category_id: None,
            title: work.title.clone(),
            authors: work.authors.clone(),
            members: work.members.clone(),
            answers: Answers(BTreeMap::from([(field, Answer::Text(work.words.clone()))])),
            tools: Vec::new(),
            files,
            is_accepted: true,
            submitted_at: self.now(),
        };
        let organiser = Arc::clone(organiser);
        let (entry, now) = (
            self.write(move |db| import_entry(db, &organiser, &imported)).await.unwrap().entry.id,
            self.now(),
        );
        let of = entry.clone();
        self.write(move |db| ask_radar(db, &of, now)).await.unwrap();
        entry
    }

    /// A token for the API, as somebody gets one by signing in there.
    pub async fn an_api_token(&self, account: &AccountId) -> String {
        let token = random_token();
        let session = Session {
            id: SessionId::generate(),
            account_id: account.clone(),
            kind: SessionKind::Api,
            token_hash: hash_hex(token.as_bytes()),
            label: "test".into(),
            created_at: self.now(),
            seen_at: self.now(),
            expires_at: self.now() + chrono::Duration::days(365),
            ended_at: None,
        };
        self.write(move |db| accounts::store::insert_session(db, &session)).await.unwrap();
        token
    }

    /// Everything that waits is done.
    pub async fn work_off(&self) {
        hoithi::jobs::run_due(&self.tools(), WORKS).await.unwrap();
    }
}

/// A DOCX with these words and properties.
pub fn a_document(words: &str, maker: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.set_comment(maker.to_owned()).unwrap();
    let core = format!(
        "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\"><dc:creator>{maker}</dc:creator><cp:lastModifiedBy>{maker}</cp:lastModifiedBy></cp:coreProperties>"
    );
    let document = format!(
        "<w:document xmlns:w=\"w\"><w:body><w:ins w:author=\"{maker}\"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:ins></w:body></w:document>"
    );
    for (name, xml) in [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        ("word/document.xml", document),
        ("docProps/core.xml", core),
        ("docProps/app.xml", format!("<Properties><Company>{maker}</Company></Properties>")),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(xml.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub fn media(name: &str) -> Vec<u8> {
    std::fs::read(Path::new("demo/media").join(name)).unwrap()
}
