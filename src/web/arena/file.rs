//! One file of a game.

use std::io::{Read, Seek};

use actix_files::NamedFile;
use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, ContentDisposition, DispositionType, HeaderValue},
    web::{self, Path},
};

use crate::{
    features::attachments::{
        FileHash,
        games::{self, GameFile, PlayPass},
    },
    infra::{
        browser::with_memory,
        db::{Db, DbError},
    },
    web::form::AppData,
};

/// Pages of games are small; what is larger is handed out as it is.
const MAX_PAGE_BYTES: u64 = 16 << 20;

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
    let found = app.db.read(move |db| find(db, &game, &path)).await;
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

fn find(db: &mut Db, game: &FileHash, path: &str) -> Result<Option<GameFile>, DbError> {
    if !games::is_alias(path) {
        return games::store::find_file(db, game, path);
    }
    let start = games::store::find(db, game)?.map(|game| game.start_path);
    match start.and_then(|start| games::behind_alias(&start, path)) {
        Some(real) => games::store::find_file(db, game, &real),
        None => Ok(None),
    }
}

async fn page(mut file: NamedFile, media_type: &str) -> Result<HttpResponse, actix_web::Error> {
    let bytes = web::block(move || -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        file.rewind()?;
        Read::take(&mut *file, MAX_PAGE_BYTES).read_to_end(&mut bytes)?;
        Ok(bytes)
    })
    .await??;
    Ok(HttpResponse::Ok().content_type(media_type).body(with_memory(&bytes)))
}
