//! Pages are compressed with gzip alone: brotli, which browsers would rather have, costs more processor time for a page
//! than everything else together and saves a kilobyte. Assets are compressed when the program is built.

use actix_web::{
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderValue},
    middleware::Next,
};

pub async fn prefer_gzip(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let is_asset = request.path().starts_with("/assets/");
    let headers = request.headers_mut();
    let takes_gzip = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accepted| accepted.contains("gzip"));
    if takes_gzip && !is_asset {
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    }
    next.call(request).await
}
