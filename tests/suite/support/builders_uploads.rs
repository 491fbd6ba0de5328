//! A draft with a slot that takes pictures, and what a client of the upload protocol sends.

use std::sync::Arc;

use actix_web::{
    http::{Method, header},
    test::TestRequest,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use hoithi::{
    base::ids::UnitId,
    features::{
        accounts::Person,
        contests::{self, Contest, Field, FieldKind, MediaKind},
        entries::Entry,
    },
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
        let mut request = TestRequest::patch()
            .uri(at)
            .insert_header(("tus-resumable", "1.0.0"))
            .insert_header(("upload-offset", offset.to_string()))
            .insert_header((header::CONTENT_TYPE, "application/offset+octet-stream"))
            .insert_header((header::CONTENT_LENGTH, bytes.len()))
            .set_payload(bytes.to_vec());
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
