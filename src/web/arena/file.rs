//! One file of a game.

use std::io::{Read, Seek};

use actix_files::NamedFile;
use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, ContentDisposition, DispositionType, HeaderValue},
    web::{self, Path},
};

use crate::{
    features::attachments::games::{self, PlayPass},
    web::form::AppData,
};

/// Pages of games are small; what is larger is handed out as it is.
const MAX_PAGE_BYTES: u64 = 16 << 20;

/// Goes before a game's own page. A page without an origin may not keep anything: reading `localStorage` breaks its
/// script off. Games that keep their best score there get a memory that ends with the game.
const MEMORY: &str = "<script>(()=>{const m=()=>{const d=new Map();return{getItem:k=>d.has(k+='')?d.get(k):null,\
setItem:(k,v)=>{d.set(k+'',v+'')},removeItem:k=>{d.delete(k+'')},clear:()=>d.clear(),key:n=>[...d.keys()][n]??null,\
get length(){return d.size}}};for(const n of['localStorage','sessionStorage'])try{void window[n]}catch{\
Object.defineProperty(window,n,{value:m(),configurable:true})}try{void document.cookie}catch{\
Object.defineProperty(document,'cookie',{get:()=>'',set:()=>{},configurable:true})}})()</script>";

pub async fn show(
    app: AppData,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, actix_web::Error> {
    let (pass, path) = path.into_inner();
    let nothing = || HttpResponse::NotFound().content_type("text/plain; charset=utf-8").body("404");
    let Some(game) = PlayPass::read(&app.sealer, &pass, app.clock.now()) else { return Ok(nothing()) };
    // No file has such a name, and PostgreSQL takes no text with one.
    if path.contains('\0') {
        return Ok(nothing());
    }
    let found = app.db.read(move |db| games::store::find_file(db, &game, &path)).await;
    let Some(found) = found.map_err(actix_web::error::ErrorServiceUnavailable)? else { return Ok(nothing()) };
    let copy = app.files.local_copy(found.file_hash.as_str()).await;
    let copy = copy.map_err(actix_web::error::ErrorServiceUnavailable)?;
    let place = copy.path().to_owned();
    let file = web::block(move || NamedFile::open(place)).await??;
    let is_page = found.media_type.starts_with("text/html");
    let mut response = if is_page && file.metadata().len() <= MAX_PAGE_BYTES {
        page(file, &found.media_type).await?
    } else {
        let disposition = ContentDisposition { disposition: DispositionType::Inline, parameters: Vec::new() };
        let media_type = found.media_type.parse().unwrap_or(actix_files::file_extension_to_mime("bin"));
        file.use_etag(false)
            .use_last_modified(false)
            .set_content_type(media_type)
            .set_content_disposition(disposition)
            .into_response(&request)
    };
    drop(copy);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=600"));
    Ok(response)
}

async fn page(mut file: NamedFile, media_type: &str) -> Result<HttpResponse, actix_web::Error> {
    let bytes = web::block(move || -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        file.rewind()?;
        Read::take(&mut *file, MAX_PAGE_BYTES).read_to_end(&mut bytes)?;
        Ok(bytes)
    })
    .await??;
    let at = after_doctype(&bytes);
    let (before, after) = bytes.split_at(at);
    let body = [before, MEMORY.as_bytes(), after].concat();
    Ok(HttpResponse::Ok().content_type(media_type).body(body))
}

/// Before the doctype it would change how the whole page is drawn.
fn after_doctype(page: &[u8]) -> usize {
    let head = page.get(..page.len().min(1024)).unwrap_or_default().to_ascii_lowercase();
    let start = head.windows(9).position(|window| window == b"<!doctype");
    let end =
        start.and_then(|start| Some(start + head.get(start..)?.iter().position(|byte| *byte == b'>')? + 1));
    end.unwrap_or(if page.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_goes_behind_the_doctype() {
        for (page, at) in [
            (&b"<!DOCTYPE html><p>"[..], 15),
            (b"<!-- words --><!doctype html>\n<p>", 29),
            (b"<html>", 0),
            (b"\xef\xbb\xbf<html>", 3),
            (b"<!doctype", 0),
            (b"", 0),
        ] {
            assert_eq!(after_doctype(page), at, "{page:?}");
        }
    }
}
