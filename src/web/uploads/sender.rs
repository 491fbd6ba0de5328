//! Who sends: the account behind a bearer token, or behind a session whose own page sends.

use std::sync::Arc;

use actix_web::{FromRequest, HttpRequest, http::header};

use super::answer::{Refusal, VERSION};
use crate::{
    features::accounts::Person,
    web::{api::KnownCaller, error::WebError, visitor::SignedIn},
};

#[derive(Clone)]
pub struct Sender {
    pub person: Arc<Person>,
}

impl Sender {
    /// Signed in, and speaking our version of the protocol.
    pub async fn read(request: &HttpRequest) -> Result<Self, Refusal> {
        let sender = Self::anyone_signed_in(request).await?;
        match text(request, "tus-resumable") {
            Some(VERSION) => Ok(sender),
            _ => Err(Refusal::Version),
        }
    }

    pub async fn anyone_signed_in(request: &HttpRequest) -> Result<Self, WebError> {
        if request.headers().contains_key(header::AUTHORIZATION) {
            let caller = KnownCaller::extract(request).await?;
            return Ok(Self { person: caller.person });
        }
        let signed = SignedIn::extract(request).await?;
        if !is_from_our_page(request) {
            return Err(WebError::ForeignForm);
        }
        Ok(Self { person: signed.person })
    }
}

/// A foreign page cannot send this header without asking first, and is never told that it may. What the browser itself
/// says of the page is heard too.
fn is_from_our_page(request: &HttpRequest) -> bool {
    let is_same_site = match (text(request, "sec-fetch-site"), text(request, "origin")) {
        (Some(site), _) => site == "same-origin" || site == "none",
        (None, Some(origin)) => {
            origin.split("//").nth(1).is_some_and(|host| host == request.connection_info().host())
        }
        (None, None) => true,
    };
    is_same_site && (request.method().is_safe() || request.headers().contains_key("tus-resumable"))
}

pub fn text<'r>(request: &'r HttpRequest, name: &str) -> Option<&'r str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}
