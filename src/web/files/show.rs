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
    base::ids::AttachmentId,
    features::{
        accounts::Person,
        attachments::{self, Attachment, opens_in_browser},
        entries::{Entry, policy, rules},
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
        let found = app.db.read(move |db| attachments::store::find(db, &id)).await?;
        return send(&app, &request, &found.ok_or(WebError::NotFound)?, Seen::ByThoseConcerned).await;
    }
    let visitor = Visitor::extract(&request).await?;
    let person = visitor.person.clone();
    let found = app.db.read(move |db| find_seen(db, person.as_ref(), &id)).await?;
    let (attachment, seen) = found.ok_or(WebError::NotFound)?;
    send(&app, &request, &attachment, seen).await
}

async fn send(
    app: &AppData,
    request: &HttpRequest,
    attachment: &Attachment,
    seen: Seen,
) -> Result<HttpResponse, WebError> {
    let hash = match seen {
        Seen::Blindly => clean_hash(app, attachment).await?,
        Seen::ByAll | Seen::ByThoseConcerned => attachment.file_hash.clone(),
    };
    let etag = format!("\"{}\"", hash.as_str());
    let lifetime = lifetime(seen == Seen::ByAll);
    if has_already(request, &etag) {
        let mut response = HttpResponse::NotModified();
        response.insert_header((header::ETAG, etag));
        response.insert_header((header::CACHE_CONTROL, lifetime));
        return Ok(response.finish());
    }
    let mut response = send_file(app, request, hash.as_str(), &attachment.media_type).await?;
    let headers = response.headers_mut();
    if let Ok(disposition) = disposition(attachment, &shown_name(attachment, seen)).try_into_value() {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(lifetime));
    let policy = if attachment.media_type == "application/pdf" { FOR_PDF } else { SANDBOX };
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
    let Some((attachment, entry)) = attachments::views::find_with_entry(db, id)? else { return Ok(None) };
    let is_removed = attachment.removed_at.is_some();
    let is_veiled = judging::policy::is_veiled_from(db, person.map(|person| &**person), &entry.id)?;
    let seen = match person {
        Some(person) if is_veiled => {
            let is_theirs_to_judge = judging::policy::sight_of(db, person, &entry.id)?.is_some();
            (is_theirs_to_judge && !is_removed).then_some(Seen::Blindly)
        }
        _ if rules::is_public(&entry) && !is_removed => Some(Seen::ByAll),
        Some(person) if policy::may_deal_with(db, person, &entry)? => Some(Seen::ByThoseConcerned),
        Some(person) if !is_removed => seen_by_judge(db, person, &entry)?,
        _ => None,
    };
    Ok(seen.map(|seen| (attachment, seen)))
}

fn seen_by_judge(db: &mut Db, person: &Person, entry: &Entry) -> Result<Option<Seen>, DbError> {
    let sight = judging::policy::sight_of(db, person, &entry.id)?;
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

fn disposition(attachment: &Attachment, name: &str) -> ContentDisposition {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_graphic() || c == ' ' { c } else { '_' }).collect();
    let extended = ExtendedValue {
        charset: header::Charset::Ext("UTF-8".to_owned()),
        language_tag: None,
        value: name.as_bytes().to_vec(),
    };
    ContentDisposition {
        disposition: if opens_in_browser(&attachment.media_type) {
            DispositionType::Inline
        } else {
            DispositionType::Attachment
        },
        parameters: vec![DispositionParam::Filename(plain), DispositionParam::FilenameExt(extended)],
    }
}
