//! Files of entries for tests: real ones, put into their slots through the act, and made ready to be shown.

use std::{path::Path, sync::Arc};

use hoithi::{
    base::{ids::EntryId, sentence::Sentence},
    features::{
        accounts::Person,
        attachments::{
            self, Attachment, FileHash, NewFile,
            renditions::{self, Recipe, Rendering, RenderingStatus, Rendition, Viewing},
        },
        contests::{self, Field, FieldKind},
        entries::Entry,
    },
    infra::{db::DbError, files::look_at},
    jobs::{WORKS, run_due},
};

use super::{Guest, Stage};

/// A commune's draft and whoever made it.
pub struct Drafted {
    pub entry: Entry,
    pub member: Guest,
    pub person: Arc<Person>,
    pub officer: Guest,
    pub slot: Field,
}

impl Stage {
    pub async fn a_drafted_entry(&self) -> Drafted {
        let province = self.a_unit("tỉnh Bến Tre").level("province").make().await;
        let commune = self.a_unit("xã An Hiệp").level("commune").below(&province).make().await;
        let contest = self.a_contest(&province).await;
        let member = self.a_member(&commune).await;
        let officer = self.an_officer(&commune).await;
        let person = self.person_of(&member).await;
        let entry = self.a_draft(&contest, &commune, &person, "Sổ tay số").await;
        let of = contest.id.clone();
        let fields = self.read(move |db| contests::views::list_fields(db, &of)).await.unwrap();
        let slot = fields.into_iter().find(|field| field.kind == FieldKind::Files).unwrap();
        Drafted { entry, member, person, officer, slot }
    }

    /// Told by its content, as an upload is.
    pub async fn try_attach(
        &self,
        drafted: &Drafted,
        name: &str,
        bytes: &[u8],
    ) -> Result<Attachment, Sentence> {
        let stored = self.app.files.keep_bytes(bytes).unwrap();
        let look = look_at(&self.place_of(&stored.hash).await).unwrap();
        let file = NewFile::read(&drafted.slot.id, name, &look)?;
        let (person, now, id) = (Arc::clone(&drafted.person), self.now(), drafted.entry.id.clone());
        Ok(self.write(move |db| attachments::attach(db, &person, &id, &file, &stored, now)).await.unwrap())
    }

    pub async fn attach(&self, drafted: &Drafted, name: &str, bytes: &[u8]) -> Attachment {
        self.try_attach(drafted, name, bytes).await.unwrap()
    }

    /// One of the demo's files.
    pub async fn attach_demo(&self, drafted: &Drafted, name: &str) -> Attachment {
        let bytes = std::fs::read(Path::new("demo/media").join(name)).unwrap();
        self.attach(drafted, name, &bytes).await
    }

    /// Does all that is queued and answers what there is of the file then.
    pub async fn render(&self, file: &Attachment) -> Viewing {
        run_due(&self.tools(), WORKS).await.unwrap();
        self.viewing(file).await
    }

    /// The first file of an entry, with these pieces made of it: their names and bytes.
    pub async fn pieces_are_made(
        &self,
        entry: &EntryId,
        recipe: Recipe,
        pieces: &[(String, i64)],
    ) -> Attachment {
        let (of, now, pieces) = (entry.clone(), self.now(), pieces.to_vec());
        self.write(move |db| -> Result<_, DbError> {
            let file = attachments::views::list_of_entry(db, &of)?.remove(0);
            let rendering = Rendering {
                source_hash: file.file_hash.clone(),
                recipe,
                status: RenderingStatus::Done,
                trouble: None,
                facts: Default::default(),
                queued_at: now,
                ended_at: Some(now),
            };
            if !renditions::store::insert_once(db, &rendering)? {
                renditions::store::save(db, &rendering)?;
            }
            for (name, byte_count) in &pieces {
                let rendition = Rendition {
                    source_hash: file.file_hash.clone(),
                    name: name.clone(),
                    file_hash: FileHash::from_store(file.file_hash.as_str()),
                    byte_count: *byte_count,
                    media_type: "image/webp".into(),
                    facts: Default::default(),
                    made_at: now,
                };
                renditions::store::insert_rendition(db, &rendition)?;
            }
            Ok(file)
        })
        .await
        .unwrap()
    }

    pub async fn viewing(&self, file: &Attachment) -> Viewing {
        let files = [file.clone()];
        let mut found =
            self.read(move |db| attachments::renditions::views::list_of(db, &files)).await.unwrap();
        found.remove(&file.file_hash).expect("it was planned").as_ref().clone()
    }

    /// Where a file of the store lies on this disk.
    pub async fn place_of(&self, hash: &str) -> std::path::PathBuf {
        self.app.files.local_copy(hash).await.unwrap().path().to_owned()
    }

    /// The bytes of a rendition.
    pub async fn bytes_of(&self, rendition: &Rendition) -> Vec<u8> {
        std::fs::read(self.place_of(rendition.file_hash.as_str()).await).unwrap()
    }

    pub async fn publish(&self, entry: &EntryId) {
        let id = entry.clone();
        self.write(move |db| -> Result<(), hoithi::infra::db::DbError> {
            let mut entry = hoithi::features::entries::store::find(db, &id)?.unwrap();
            entry.status = hoithi::features::entries::EntryStatus::Accepted;
            entry.is_published = true;
            entry.submitted_at = Some(entry.created_at);
            hoithi::features::entries::store::save(db, &entry)
        })
        .await
        .unwrap();
    }
}
