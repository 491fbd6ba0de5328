//! What was typed, kept beside the request: when nothing behind it could deal with the form (the database is away), the
//! answer gives it back, to be sent again.

use actix_web::{
    HttpMessage,
    dev::{Payload, ServiceRequest},
    http::{Method, header},
    web::Bytes,
};
use futures_util::StreamExt;
use serde::Serialize;

use super::{error::WebError, form::MAX_FORM_BYTES};

/// A form as it came, ready to be sent once more.
#[derive(Debug, Serialize)]
pub struct KeptForm {
    pub action: String,
    /// Names and values.
    pub fields: Vec<(String, String)>,
}

/// Reads a form without files and puts it back for the handler. One that is too large is left to the handler to refuse,
/// with no more of it read than is needed to see that.
pub async fn read(request: &mut ServiceRequest) -> Result<Option<Bytes>, WebError> {
    let kind = request.headers().get(header::CONTENT_TYPE).map(header::HeaderValue::as_bytes);
    let is_form = kind.is_some_and(|kind| kind.starts_with(b"application/x-www-form-urlencoded"));
    if request.method() != Method::POST || !is_form {
        return Ok(None);
    }
    let mut payload = request.take_payload();
    let mut body = Vec::new();
    while body.len() <= MAX_FORM_BYTES
        && let Some(chunk) = payload.next().await
    {
        body.extend_from_slice(&chunk.map_err(|error| WebError::Internal(error.into()))?);
    }
    let body = Bytes::from(body);
    request.set_payload(Payload::from(body.clone()));
    Ok((body.len() <= MAX_FORM_BYTES).then_some(body))
}

impl KeptForm {
    /// None for a form with a password in it, which no page may hold.
    pub fn of(action: &str, body: &[u8]) -> Option<Self> {
        let fields: Vec<(String, String)> = serde_html_form::from_bytes(body).ok()?;
        let holds_secret = fields.iter().any(|(name, _)| name.contains("password"));
        (!holds_secret).then(|| Self { action: action.to_owned(), fields })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_kept_as_it_came_but_no_password() {
        let kept = KeptForm::of("/my", "a=1&a=%3Cb%3E&c=d%0D%0Ae".as_bytes()).unwrap();
        let fields: Vec<(&str, &str)> = kept.fields.iter().map(|(name, value)| (&**name, &**value)).collect();
        assert_eq!(fields, [("a", "1"), ("a", "<b>"), ("c", "d\r\ne")]);
        assert!(KeptForm::of("/sign-in", b"name=x&new_password=y").is_none());
    }
}
