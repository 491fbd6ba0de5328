//! One file: asked for anew each time whether it may be seen, never run, in pieces when a player wants pieces.

use std::sync::Arc;

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    http::header::{
        self, ContentDisposition, DispositionParam, DispositionType, ExtendedValue, HeaderValue,
        TryIntoHeaderValue,
    },
    web::Path,
};

use super::{blind::clean_hash, signed::is_signed};
use crate::{
    base::{
        ids::{AttachmentId, EntryId},
        sentence::Sentence,
    },
    features::{
        accounts::Person,
        attachments::{
            self, Attachment, FileHash, opens_in_browser,
            renditions::{self, Recipe, Rendition, policy::needs_copy},
        },
        entries::{policy, rules},
        judging::{self, policy::Sight},
    },
    infra::db::{Db, DbError},
    web::{error::WebError, form::AppData, send::send_file, visitor::Visitor},
};

/// Nothing in a file of a stranger may run or load anything, even when a browser opens it as a page of ours.
const SANDBOX: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";
/// Browsers refuse to show PDF inside a sandbox; their viewers run no script of the document in our name.
const FOR_PDF: &str =
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";

pub async fn show(
    app: AppData,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let id: AttachmentId = path.0.parse().map_err(|_| WebError::NotFound)?;
    if is_signed(&app, &id, &request) {
        let found = app.db.read_briefly(move |db| attachments::store::find(db, &id)).await?;
        return send(&app, &request, &found.ok_or(WebError::NotFound)?, Seen::ByThoseConcerned).await;
    }
    let visitor = Visitor::extract(&request).await?;
    let person = visitor.person.clone();
    let found = app.db.read_briefly(move |db| find_seen(db, person.as_ref(), &id)).await?;
    let (attachment, seen) = found.ok_or(WebError::NotFound)?;
    send(&app, &request, &attachment, seen).await
}

/// Bytes of the store, as an answer shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub hash: String,
    pub media_type: String,
}

/// What stands for a file, for those who get a copy of it: what a file says of place, device and author is not for everyone.
async fn piece_for(app: &AppData, attachment: &Attachment, seen: Seen) -> Result<Piece, WebError> {
    let of = |hash: &FileHash, media_type: &str| Piece {
        hash: hash.as_str().to_owned(),
        media_type: media_type.to_owned(),
    };
    match seen {
        Seen::ByThoseConcerned => Ok(of(&attachment.file_hash, &attachment.media_type)),
        Seen::Blindly => Ok(of(&clean_hash(app, attachment).await?, &attachment.media_type)),
        Seen::ByAll => {
            let file = attachment.clone();
            match app.db.read_briefly(move |db| find_copy(db, &file)).await? {
                PublicCopy::Itself => Ok(of(&attachment.file_hash, &attachment.media_type)),
                PublicCopy::Made(copy) => Ok(of(&copy.file_hash, &copy.media_type)),
                PublicCopy::NotMade => Err(WebError::Refused(Sentence::new("renditions-refused-not-made"))),
            }
        }
    }
}

enum PublicCopy {
    Itself,
    Made(Box<Rendition>),
    NotMade,
}

fn find_copy(db: &mut Db, attachment: &Attachment) -> Result<PublicCopy, DbError> {
    let rendering = renditions::store::find(db, &attachment.file_hash)?;
    let recipe =
        Recipe::of(&attachment.media_type).filter(|_| needs_copy(&attachment.media_type, rendering.as_ref()));
    let Some(recipe) = recipe else { return Ok(PublicCopy::Itself) };
    let copy = renditions::store::find_rendition(db, &attachment.file_hash, recipe.copy())?;
    Ok(copy.map_or(PublicCopy::NotMade, |copy| PublicCopy::Made(Box::new(copy))))
}

async fn send(
    app: &AppData,
    request: &HttpRequest,
    attachment: &Attachment,
    seen: Seen,
) -> Result<HttpResponse, WebError> {
    let piece = piece_for(app, attachment, seen).await?;
    hand_out(app, request, &piece, &shown_name(attachment, seen), seen).await
}

pub(in crate::web) async fn hand_out(
    app: &AppData,
    request: &HttpRequest,
    piece: &Piece,
    name: &str,
    seen: Seen,
) -> Result<HttpResponse, WebError> {
    let etag = format!("\"{}\"", piece.hash);
    let lifetime = lifetime(seen == Seen::ByAll);
    if has_already(request, &etag) {
        let mut response = HttpResponse::NotModified();
        response.insert_header((header::ETAG, etag));
        response.insert_header((header::CACHE_CONTROL, lifetime));
        response.insert_header((header::VARY, "cookie"));
        return Ok(response.finish());
    }
    let mut response = send_file(app, request, &piece.hash, &piece.media_type).await?;
    let headers = response.headers_mut();
    if let Ok(disposition) = disposition(&piece.media_type, name).try_into_value() {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(lifetime));
    // The same address is a copy for everyone and the file itself for those who deal with the entry.
    headers.insert(header::VARY, HeaderValue::from_static("cookie"));
    let policy = if piece.media_type == "application/pdf" { FOR_PDF } else { SANDBOX };
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    Ok(response)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Seen {
    ByAll,
    ByThoseConcerned,
    /// By a judge who must not learn whose it is: names of files say it.
    Blindly,
}

/// A file that was taken out of its entry is still part of what was sent in before, for those who deal with the entry.
pub(in crate::web) fn find_seen(
    db: &mut Db,
    person: Option<&Arc<Person>>,
    id: &AttachmentId,
) -> Result<Option<(Attachment, Seen)>, DbError> {
    let Some((attachment, entry)) = attachments::views::find_with_access(db, id)? else { return Ok(None) };
    let is_removed = attachment.removed_at.is_some();
    let is_veiled = judging::policy::is_veiled_from(db, person.map(|person| &**person), &entry.id)?;
    let seen = match person {
        Some(person) if is_veiled => {
            let is_theirs_to_judge = judging::policy::sight_of(db, person, &entry.id)?.is_some();
            (is_theirs_to_judge && !is_removed).then_some(Seen::Blindly)
        }
        Some(person) if policy::may_deal_with(db, person, entry.access())? => Some(Seen::ByThoseConcerned),
        _ if rules::is_public(entry.access()) && !is_removed => Some(Seen::ByAll),
        Some(person) if !is_removed => seen_by_judge(db, person, &entry.id)?,
        _ => None,
    };
    Ok(seen.map(|seen| (attachment, seen)))
}

fn seen_by_judge(db: &mut Db, person: &Person, entry: &EntryId) -> Result<Option<Seen>, DbError> {
    let sight = judging::policy::sight_of(db, person, entry)?;
    Ok(sight.map(|sight| match sight {
        Sight::Open => Seen::ByThoseConcerned,
        Sight::Blind => Seen::Blindly,
    }))
}

fn shown_name(attachment: &Attachment, seen: Seen) -> String {
    match (seen, attachment.file_name.rsplit_once('.')) {
        (Seen::Blindly, Some((_, ending))) => format!("{}.{ending}", attachment.position),
        (Seen::Blindly, None) => attachment.position.to_string(),
        _ => attachment.file_name.clone(),
    }
}

fn has_already(request: &HttpRequest, etag: &str) -> bool {
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    known.is_some_and(|known| known.split(',').any(|one| one.trim().trim_start_matches("W/") == etag))
}

/// The bytes behind an address never change; who may see them does.
fn lifetime(is_public: bool) -> &'static str {
    if is_public { "public, max-age=3600" } else { "private, no-cache" }
}

fn disposition(media_type: &str, name: &str) -> ContentDisposition {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_graphic() || c == ' ' { c } else { '_' }).collect();
    let extended = ExtendedValue {
        charset: header::Charset::Ext("UTF-8".to_owned()),
        language_tag: None,
        value: name.as_bytes().to_vec(),
    };
    ContentDisposition {
        disposition: if opens_in_browser(media_type) {
            DispositionType::Inline
        } else {
            DispositionType::Attachment
        },
        parameters: vec![DispositionParam::Filename(plain), DispositionParam::FilenameExt(extended)],
    }
}
