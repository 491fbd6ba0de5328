//! A draft with a slot that takes pictures, and what a client of the upload protocol sends.

use std::sync::Arc;

use actix_web::{
    http::{Method, header},
    test::TestRequest,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use hoithi::{
    base::ids::{UnitId, UploadId, WriterId},
    features::{
        accounts::Person,
        attachments::uploads,
        contests::{self, Contest, Field, FieldKind, MediaKind},
        entries::Entry,
    },
    infra::{
        db::DbError,
        files::{Arrival, Leave},
    },
    web::app::App,
};

use super::{Answer, Guest, PICTURE, Stage};

pub struct Slot {
    pub stage: Stage,
    pub contest: Contest,
    pub commune: UnitId,
    pub member: Guest,
    pub person: Arc<Person>,
    pub entry: Entry,
    pub field: Field,
}

/// A picture that is what it says, with so many bytes that mean nothing behind it.
pub fn a_large_picture(bytes: usize) -> Vec<u8> {
    assert!(bytes >= PICTURE.len(), "the picture itself has {} bytes", PICTURE.len());
    let mut picture = PICTURE.to_vec();
    picture.extend((picture.len()..bytes).map(|n| u8::try_from(n % 251).unwrap()));
    picture
}

/// Bytes that go on with an upload.
pub fn a_part(at: &str, offset: usize, bytes: &[u8]) -> TestRequest {
    TestRequest::patch()
        .uri(at)
        .insert_header(("tus-resumable", "1.0.0"))
        .insert_header(("upload-offset", offset.to_string()))
        .insert_header((header::CONTENT_TYPE, "application/offset+octet-stream"))
        .insert_header((header::CONTENT_LENGTH, bytes.len()))
        .set_payload(bytes.to_vec())
}

/// What comes back for an upload, by its address.
pub fn upload_at(at: &str) -> UploadId {
    at.rsplit('/').next().unwrap().parse().unwrap()
}

/// A writer of an upload into a bucket, as there is one in another program: it has its turn for as long as it likes.
pub struct OtherWriter {
    app: App,
    id: UploadId,
    pub writer: WriterId,
    pub arrival: Arrival,
}

impl OtherWriter {
    /// `leave` is how long it may go on sending, by its own clock.
    pub async fn take(slot: &Slot, at: &str, leave: std::time::Duration) -> Self {
        let app = hoithi::app::open(&slot.stage.config, slot.stage.app.clock.clone()).unwrap();
        let (id, writer) = (upload_at(at), WriterId::generate());
        let (of, by, person, now) = (id.clone(), writer.clone(), slot.person.clone(), app.clock.now());
        let leased = app.db.write(move |db| uploads::lease_upload(db, &person, &of, &by, now)).await.unwrap();
        let leave = Leave::until(writer.clone(), tokio::time::Instant::now() + leave);
        let arrival = app.files.take(&leased.upload.place(), leased.upload.parts.0, leave).await.unwrap();
        Self { app, id, writer, arrival }
    }

    /// Saves what it wrote, and writes it down unless the upload is another's by now.
    pub async fn save(&mut self) -> Result<i64, uploads::UploadError> {
        let saved = self.arrival.save().await;
        assert!(saved.failed.is_none());
        let (id, by, now) = (self.id.clone(), self.writer.clone(), self.app.clock.now());
        let parts = saved.parts;
        self.app.db.write(move |db| uploads::note_progress(db, &id, &by, &parts, now)).await?;
        self.arrival.tidy().await;
        Ok(saved.saved_bytes)
    }

    pub async fn give_back(self) {
        let (id, by) = (self.id, self.writer);
        self.app.db.write(move |db| uploads::give_back_upload(db, &id, &by)).await.unwrap();
    }
}

impl Slot {
    pub async fn on(stage: Stage) -> Self {
        let province = stage.a_unit("tỉnh Bến Tre").level("province").make().await;
        let commune = stage.a_unit("xã An Hiệp").level("commune").below(&province).make().await;
        let contest = stage.a_contest(&province).await;
        let member = stage.a_member(&commune).await;
        let person = stage.person_of(&member).await;
        let of = contest.id.clone();
        let fields = stage.read(move |db| contests::views::list_fields(db, &of)).await.unwrap();
        let takes_pictures = |field: &&Field| {
            let media = &field.settings.media;
            field.kind == FieldKind::Files && (media.is_empty() || media.contains(&MediaKind::Picture))
        };
        let field = fields.iter().find(takes_pictures).expect("a slot for pictures").clone();
        let entry = stage.a_draft(&contest, &commune, &person, "Bài dự thi").await;
        Self { stage, contest, commune, member, person, entry, field }
    }

    pub fn metadata(&self, name: &str, more: &[(&str, &str)]) -> String {
        let own = [("entry", self.entry.id.as_str()), ("field", self.field.id.as_str()), ("filename", name)];
        let pair = |(key, value): &(&str, &str)| format!("{key} {}", STANDARD.encode(value));
        own.iter().chain(more).map(pair).collect::<Vec<_>>().join(",")
    }

    /// Begins an upload and gives its address.
    pub async fn begin(&mut self, name: &str, length: usize) -> String {
        let answer = self.create(name, length, &[]).await;
        assert_eq!(answer.status.as_u16(), 201, "{}", answer.body);
        answer.location
    }

    pub async fn create(&mut self, name: &str, length: usize, more: &[(&str, &str)]) -> Answer {
        let request = TestRequest::post()
            .uri("/uploads")
            .insert_header(("tus-resumable", "1.0.0"))
            .insert_header(("upload-length", length.to_string()))
            .insert_header(("upload-metadata", self.metadata(name, more)));
        self.member.send(request).await
    }

    pub async fn patch(&mut self, at: &str, offset: usize, bytes: &[u8]) -> Answer {
        self.patch_with(at, offset, bytes, &[]).await
    }

    pub async fn patch_with(
        &mut self,
        at: &str,
        offset: usize,
        bytes: &[u8],
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut request = a_part(at, offset, bytes);
        for (name, value) in headers {
            request = request.insert_header((*name, *value));
        }
        self.member.send(request).await
    }

    pub async fn ask(&mut self, method: Method, at: &str) -> Answer {
        let request = TestRequest::default().method(method).uri(at).insert_header(("tus-resumable", "1.0.0"));
        self.member.send(request).await
    }

    /// What the server calls saved.
    pub async fn offset(&mut self, at: &str) -> usize {
        let answer = self.ask(Method::HEAD, at).await;
        assert_eq!(answer.status.as_u16(), 200);
        assert_eq!(answer.headers.get(header::CACHE_CONTROL).unwrap(), "no-store");
        answer.header("upload-offset").parse().unwrap()
    }

    /// As if the writer before had not been heard of for long: one that was killed gives nothing back.
    pub async fn give_up_writer(&self, at: &str) {
        let id = upload_at(at);
        let give_up = move |db: &mut _| -> Result<(), DbError> {
            let mut upload = uploads::store::find(db, &id)?.unwrap();
            upload.leased_until = upload.leased_until.map(|until| until - uploads::LEASE);
            uploads::store::save(db, &upload)
        };
        self.stage.write(give_up).await.unwrap();
    }

    /// The files in the slot, by their addresses.
    pub async fn files(&self) -> Vec<hoithi::features::attachments::Attachment> {
        let entry = self.entry.id.clone();
        let list = move |db: &mut _| hoithi::features::attachments::views::list_of_entry(db, &entry);
        self.stage.read(list).await.unwrap()
    }

    /// Everything in the store, whole or not.
    pub async fn stored(&self) -> Vec<String> {
        let mut names: Vec<String> =
            self.stage.app.files.list().await.unwrap().into_iter().map(|found| found.name).collect();
        names.sort();
        names
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}
