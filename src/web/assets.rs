//! The front end's files, built into the program. Styles and script have names that change with their content.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderValue},
    web::Path,
};

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

crate::addresses! {
    GET "/assets/{file}" => show,
    GET "/sw.js" => worker,
}

pub fn css() -> String {
    format!("/assets/{CSS}")
}

pub fn js() -> String {
    format!("/assets/{JS}")
}

pub fn offline_js() -> String {
    format!("/assets/{OFFLINE_JS}")
}

async fn show(request: HttpRequest, file: Path<String>) -> HttpResponse {
    let is_twin = matches!(file.rsplit('.').next(), Some("br" | "gz"));
    let Some(bytes) = find(&file).filter(|_| !is_twin) else {
        return HttpResponse::NotFound().finish();
    };
    let accepted =
        request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let smaller = [("br", ".br"), ("gzip", ".gz")].into_iter().find_map(|(encoding, ending)| {
        let bytes = find(&format!("{file}{ending}"))?;
        accepted.contains(encoding).then_some((encoding, bytes))
    });
    let (encoding, bytes) = smaller.unwrap_or(("identity", bytes));
    // Icons and the manifest keep their names, so browsers ask for them again after a day.
    let lifetime = if file.as_str() == CSS
        || file.as_str() == JS
        || file.starts_with("part-")
        || file.as_str() == OFFLINE_JS
        || file.ends_with(".woff2")
    {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=86400"
    };
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, media_type(&file)))
        .insert_header((header::CACHE_CONTROL, lifetime))
        .insert_header((header::VARY, "accept-encoding"))
        .insert_header((header::CONTENT_ENCODING, HeaderValue::from_static(encoding)))
        .body(bytes)
}

/// The service worker stands at the root, so that it may look after the judge's pages; browsers ask for it again each time.
async fn worker() -> HttpResponse {
    match find("sw.js") {
        Some(bytes) => HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, media_type("sw.js")))
            .insert_header((header::CACHE_CONTROL, "no-cache"))
            .body(bytes),
        None => HttpResponse::NotFound().finish(),
    }
}

fn find(name: &str) -> Option<&'static [u8]> {
    let at = FILES.binary_search_by(|(file, _)| (*file).cmp(name)).ok()?;
    FILES.get(at).map(|(_, bytes)| *bytes)
}

fn media_type(file: &str) -> &'static str {
    match file.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
