//! What was made of a file, for exactly those who may see the file; how far the making is; and trying it again.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web::Path};

use super::show::{Piece, find_seen, hand_out};
use crate::{
    base::{ids::AttachmentId, sentence::Sentence},
    features::attachments::{
        self,
        renditions::{self, RenderingStatus},
    },
    infra::{
        db::{Db, DbError},
        media::SMALL_COVER,
    },
    web::{
        entry_parts::{percent_said, trouble_said},
        error::WebError,
        form::{AppData, Form},
        visitor::{SignedIn, Visitor},
    },
};

pub async fn show(
    app: AppData,
    visitor: Visitor,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let (id, name) = path.into_inner();
    let id: AttachmentId = id.parse().map_err(|_| WebError::NotFound)?;
    // PostgreSQL refuses to look for a text with a zero byte.
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Err(WebError::NotFound);
    }
    let (person, wanted) = (visitor.person.clone(), name.clone());
    let read = move |db: &mut Db| -> Result<_, DbError> {
        let Some((attachment, seen)) = find_seen(db, person.as_ref(), &id)? else { return Ok(None) };
        let found = match wanted.as_str() {
            SMALL_COVER => renditions::store::find_small_cover(db, &attachment.file_hash)?,
            name => renditions::store::find_rendition(db, &attachment.file_hash, name)?,
        };
        Ok(found.map(|rendition| (rendition, seen)))
    };
    let (rendition, seen) = app.db.read_briefly(read).await?.ok_or(WebError::NotFound)?;
    let piece = Piece { hash: rendition.file_hash.as_str().to_owned(), media_type: rendition.media_type };
    hand_out(&app, &request, &piece, &name, seen).await
}

/// For the script of a page that waits: what is said, and whether the page has more to show now.
pub async fn status(app: AppData, visitor: Visitor, path: Path<String>) -> Result<HttpResponse, WebError> {
    let id: AttachmentId = path.parse().map_err(|_| WebError::NotFound)?;
    let person = visitor.person.clone();
    let read = move |db: &mut Db| -> Result<_, DbError> {
        let Some((attachment, _)) = find_seen(db, person.as_ref(), &id)? else { return Ok(None) };
        let mut viewings = renditions::views::list_of(db, std::slice::from_ref(&attachment))?;
        Ok(viewings.remove(&attachment.file_hash))
    };
    let viewing = app.db.read(read).await?.ok_or(WebError::NotFound)?;
    let words = &visitor.words;
    let said = match viewing.rendering.trouble {
        Some(trouble) => trouble_said(trouble, words),
        None => percent_said(viewing.percent, words),
    };
    Ok(HttpResponse::Ok().insert_header(("cache-control", "no-store")).json(serde_json::json!({
        "is_waiting": viewing.rendering.status == RenderingStatus::Waiting,
        "percent": viewing.percent,
        "n_made": viewing.renditions.len(),
        "said": said,
    })))
}

pub async fn again(
    app: AppData,
    signed: SignedIn,
    path: Path<String>,
    _form: Form,
) -> Result<HttpResponse, WebError> {
    let id: AttachmentId = path.parse().map_err(|_| WebError::NotFound)?;
    let (person, now, of) = (Arc::clone(&signed.person), app.clock.now(), id.clone());
    app.db.write(move |db| renditions::try_again(db, &person, &of, now)).await?;
    let found = app.db.read(move |db| attachments::views::find_with_entry(db, &id)).await?;
    let (_, entry) = found.ok_or(WebError::NotFound)?;
    let said = Sentence::new("renditions-said-again");
    Ok(signed.visitor.redirect(&app, &format!("/manage/entries/{}", entry.id), Some(("ok", said))))
}
