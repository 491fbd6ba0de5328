//! The form of a count: texts and a proof file, read piece by piece; shown again with nothing lost, the file included.

use actix_multipart::{Field, Multipart};
use futures_util::{StreamExt, TryStreamExt};
use serde::Serialize;

use crate::{
    base::{
        ids::FieldId,
        sentence::{FieldErrors, Sentence},
    },
    features::{
        attachments::{FileHash, NewFile},
        contests::MediaKind,
        voting::{NewCount, ProofFile},
    },
    infra::files::FileStoreError,
    web::{app::App, error::WebError, form::is_our_form, send::store_failed, visitor::Visitor},
};

const MAX_FILE_BYTES: i64 = 20_000_000;
const MAX_TEXT_BYTES: usize = 16 << 10;

/// What was typed, as it was typed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TypedCount {
    pub votes: String,
    pub source: String,
    pub proof_url: String,
    pub reason: String,
    pub replaces: String,
    /// A file that was taken in by an earlier try, sealed so that nobody can name another one.
    pub kept_file: String,
    pub kept_seal: String,
}

/// Without our `csrf` first nothing else is read.
pub async fn read(
    app: &App,
    visitor: &Visitor,
    mut parts: Multipart,
) -> Result<(TypedCount, Option<Sentence>), WebError> {
    let mut typed = TypedCount::default();
    let (mut is_ours, mut file_error) = (false, None);
    while let Some(part) = parts.next().await {
        let mut part = part.map_err(|_| WebError::ForeignForm)?;
        let name = part.name().unwrap_or_default().to_owned();
        if name == "csrf" {
            is_ours = is_our_form(visitor, &read_text(&mut part).await?);
        }
        if !is_ours {
            return Err(WebError::ForeignForm);
        }
        match name.as_str() {
            "votes" => typed.votes = read_text(&mut part).await?,
            "source" => typed.source = read_text(&mut part).await?,
            "proof_url" => typed.proof_url = read_text(&mut part).await?,
            "reason" => typed.reason = read_text(&mut part).await?,
            "replaces" => typed.replaces = read_text(&mut part).await?,
            "kept_file" => typed.kept_file = read_text(&mut part).await?,
            "kept_seal" => typed.kept_seal = read_text(&mut part).await?,
            "proof" => match read_file(app, &mut part).await? {
                Ok(Some(file)) => keep(app, &mut typed, &file),
                Ok(None) => {}
                Err(sentence) => file_error = Some(sentence),
            },
            _ => {}
        }
    }
    if is_ours { Ok((typed, file_error)) } else { Err(WebError::ForeignForm) }
}

async fn read_text(part: &mut Field) -> Result<String, WebError> {
    let mut text = Vec::new();
    while let Some(chunk) = part.try_next().await.map_err(|_| WebError::ForeignForm)? {
        text.extend_from_slice(&chunk);
        if text.len() > MAX_TEXT_BYTES {
            return Err(WebError::TooLarge);
        }
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// Nothing when no file was chosen; a sentence when it is no picture and no PDF.
async fn read_file(app: &App, part: &mut Field) -> Result<Result<Option<ProofFile>, Sentence>, WebError> {
    let name = part
        .content_disposition()
        .and_then(|disposition| disposition.get_filename())
        .unwrap_or_default()
        .to_owned();
    let mut incoming = app.files.receive(MAX_FILE_BYTES).map_err(internal)?;
    while let Some(chunk) = part.next().await {
        let Ok(chunk) = chunk else { return Ok(Err(Sentence::new("votes-invalid-cut-off"))) };
        match incoming.write(chunk).await {
            Ok(()) => {}
            Err(FileStoreError::TooLarge(max)) => {
                return Ok(Err(Sentence::new("votes-invalid-size").with("max", max / 1_000_000)));
            }
            Err(error) => return Err(internal(error)),
        }
    }
    if incoming.byte_count() == 0 && name.is_empty() {
        return Ok(Ok(None));
    }
    let look = incoming.look().await.map_err(internal)?;
    let file = match NewFile::read(&FieldId::generate(), &name, &look) {
        Ok(file) if file.kind == MediaKind::Picture || file.media_type == "application/pdf" => file,
        Ok(_) => return Ok(Err(Sentence::new("votes-invalid-type"))),
        Err(sentence) => return Ok(Err(sentence)),
    };
    let stored = app.files.keep(incoming).await.map_err(internal)?;
    let hash = FileHash::from_store(&stored.hash);
    Ok(Ok(Some(ProofFile { hash, byte_count: stored.byte_count, media_type: file.media_type })))
}

fn internal(error: FileStoreError) -> WebError {
    store_failed(error)
}

fn keep(app: &App, typed: &mut TypedCount, file: &ProofFile) {
    typed.kept_file = format!("{}|{}|{}", file.hash.as_str(), file.byte_count, file.media_type);
    typed.kept_seal = app.sealer.seal("proof", &typed.kept_file);
}

impl TypedCount {
    pub fn count(&self, app: &App) -> (NewCount, FieldErrors) {
        let mut errors = FieldErrors::default();
        // People write 1.234 for a thousand; a count has no decimals, so the marks mean nothing else.
        let digits: String =
            self.votes.chars().filter(|c| !matches!(c, '.' | ',' | ' ' | '\u{a0}')).collect();
        let votes = digits.parse().unwrap_or_else(|_| {
            errors.add("votes", Sentence::new("voting-invalid-votes"));
            0
        });
        let new = NewCount {
            votes,
            source: self.source.clone(),
            proof_url: self.proof_url.clone(),
            proof_file: self.kept(app),
            reason: self.reason.clone(),
            replaces: None,
        };
        (new, errors)
    }

    fn kept(&self, app: &App) -> Option<ProofFile> {
        if !app.sealer.is_sealed("proof", &self.kept_file, &self.kept_seal) {
            return None;
        }
        let mut parts = self.kept_file.splitn(3, '|');
        Some(ProofFile {
            hash: FileHash::from_store(parts.next()?),
            byte_count: parts.next()?.parse().ok()?,
            media_type: parts.next()?.to_owned(),
        })
    }
}

/// What a proof is called when it is fetched.
pub fn file_name(media_type: &str) -> String {
    let ending = match media_type {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/webp" => "webp",
        "image/gif" => "gif",
        "application/pdf" => "pdf",
        _ => "bin",
    };
    format!("minh-chung.{ending}")
}
