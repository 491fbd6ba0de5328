//! Things that the demonstration lacks, put beside those that it has.

use chrono::Duration;
use hoithi::{
    base::{
        clock::Moment,
        ids::{AttachmentId, LinkCheckId, LinkRepairId, UploadId},
        json::Json,
        lang::Lang,
    },
    features::{
        attachments::{
            self, Attachment, FileHash,
            captions::{self, Captions},
            games::{self, Game, GameState, Trial},
            renditions::{self, Recipe, Rendering, RenderingStatus},
            uploads::{self, Upload, UploadStatus},
        },
        contests::{self, FieldKind},
        entries::Entry,
        links::{self, LinkCheck, LinkRepair, LinkSource, LinkState, RepairState},
    },
    infra::{
        db::{Db, DbError},
        files::StoredFile,
        media::{Facts, Made},
    },
};

/// A piece and a caption beside a file, whatever it is.
pub fn dress(db: &mut Db, file: &Attachment, stored: &StoredFile, now: Moment) -> Result<(), DbError> {
    let rendering = Rendering {
        source_hash: file.file_hash.clone(),
        recipe: Recipe::Film,
        status: RenderingStatus::Waiting,
        trouble: None,
        facts: Json::default(),
        queued_at: now,
        ended_at: None,
    };
    renditions::store::insert_once(db, &rendering)?;
    let made =
        Made { name: "cover".into(), path: "x".into(), media_type: "image/png", facts: Facts::default() };
    renditions::keep(db, &file.file_hash, &made, stored, now)?;
    let captions = Captions {
        attachment_id: file.id.clone(),
        lang: Lang::Vi,
        content: "WEBVTT\n".to_owned(),
        n_cues: 1,
        added_by: file.added_by.clone(),
        added_at: now,
    };
    captions::store::insert(db, &captions)
}

/// A game beside a file, unpacked.
pub fn a_game(db: &mut Db, file: &Attachment, stored: &StoredFile, now: Moment) -> Result<String, DbError> {
    let page = Attachment {
        id: AttachmentId::generate(),
        position: file.position + 1,
        file_hash: FileHash::from_store(&stored.hash),
        file_name: "trò chơi.html".into(),
        media_type: "text/html".into(),
        ..file.clone()
    };
    attachments::store::insert(db, &page)?;
    let game = Game {
        file_hash: page.file_hash,
        state: GameState::Ready,
        start_path: "index.html".into(),
        file_count: 1,
        byte_count: stored.byte_count,
        trial: Trial::Started,
        trial_reason: String::new(),
        unpacked_at: now,
        tried_at: Some(now),
    };
    games::store::insert_once(db, &game)?;
    Ok(page.id.to_string())
}

/// A film beside a file. It is called one; what is in it is not looked at.
pub fn a_film(db: &mut Db, file: &Attachment) -> Result<String, DbError> {
    let film = Attachment {
        id: AttachmentId::generate(),
        position: file.position + 2,
        file_name: "phim.mp4".into(),
        media_type: "video/mp4".into(),
        ..file.clone()
    };
    attachments::store::insert(db, &film)?;
    Ok(film.id.to_string())
}

/// A file of the same slot that is still coming, named when the entry was sent in.
pub fn an_upload(db: &mut Db, file: &Attachment, now: Moment) -> Result<String, DbError> {
    let upload = Upload {
        id: UploadId::generate(),
        entry_id: file.entry_id.clone(),
        field_id: file.field_id.clone(),
        account_id: file.added_by.clone(),
        file_name: "đang đến.png".into(),
        byte_count: 1_000,
        declared_hash: None,
        metadata: Json::default(),
        status: UploadStatus::Open,
        saved_bytes: 0,
        parts: Json::default(),
        reason: None,
        begun_at: now,
        expires_at: now + Duration::days(7),
        ended_at: None,
        attachment_id: None,
        promised_at: Some(now),
        promised_in: Some(1),
        leased_to: None,
        leased_until: None,
    };
    uploads::store::insert(db, &upload)?;
    Ok(upload.id.to_string())
}

/// A dead link that may be mended.
pub fn a_repair(db: &mut Db, entry: &Entry, now: Moment) -> Result<String, DbError> {
    let field = contests::views::list_fields(db, &entry.contest_id)?;
    let field = field.into_iter().find(|field| field.kind == FieldKind::Link).unwrap();
    let repair = LinkRepair {
        id: LinkRepairId::generate(),
        entry_id: entry.id.clone(),
        place: field.id.to_string(),
        address: "https://example.com/gone".into(),
        state: RepairState::Open,
        asked_at: now,
        due_at: now + Duration::days(7),
        new_address: None,
        ended_at: None,
        ended_by: None,
    };
    links::store::insert_repair(db, &repair)?;
    let check = LinkCheck {
        id: LinkCheckId::generate(),
        entry_id: entry.id.clone(),
        source: LinkSource::Answer,
        place: repair.place.clone(),
        address: repair.address.clone(),
        state: LinkState::Dead,
        status_code: Some(404),
        failure_count: 2,
        failing_since: Some(now),
        checked_at: Some(now),
        found_at: now,
    };
    links::store::insert(db, &check)?;
    Ok(repair.id.to_string())
}
