//! The front end's files, built into the program, under names that change with their content.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderValue},
    web::Path,
};

/// A built file; `br` and `gz` are the same bytes compressed when the program was built.
pub struct Asset {
    /// The name that templates use: `app.css`.
    pub name: &'static str,
    /// The name in the address: `app-3f2a91.css`.
    pub file: &'static str,
    pub media_type: &'static str,
    pub bytes: &'static [u8],
    pub br: Option<&'static [u8]>,
    pub gz: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

crate::addresses! {
    GET "/assets/{file}" => show,
}

/// The address of an asset, or of nothing when the front end was built without it.
pub fn address_of(name: &str) -> String {
    let asset = ASSETS.iter().find(|asset| asset.name == name);
    asset.map_or_else(|| format!("/assets/{name}"), |asset| format!("/assets/{}", asset.file))
}

async fn show(request: HttpRequest, file: Path<String>) -> HttpResponse {
    let Some(asset) = ASSETS.iter().find(|asset| asset.file == *file || asset.name == *file) else {
        return HttpResponse::NotFound().finish();
    };
    let accepted =
        request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let (bytes, encoding) = match (asset.br, asset.gz) {
        (Some(br), _) if accepted.contains("br") => (br, "br"),
        (_, Some(gz)) if accepted.contains("gzip") => (gz, "gzip"),
        _ => (asset.bytes, "identity"),
    };
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, asset.media_type))
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::VARY, "accept-encoding"))
        .insert_header((header::CONTENT_ENCODING, HeaderValue::from_static(encoding)))
        .body(bytes)
}
