//! Who calls: anyone, or the account behind a bearer token. Cookies count for nothing here, so a foreign page can
//! make no call in somebody's name.

use std::{future::Future, pin::Pin, sync::Arc};

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, http::header, web::Data};

use crate::{
    base::{lang::Lang, seal::hash_hex},
    features::accounts::{Person, SessionKind, views::find_person},
    web::{app::App, error::WebError, words::Words},
};

/// Anyone who calls.
pub struct Caller {
    pub words: Words,
    pub person: Option<Arc<Person>>,
}

/// Proof that the call carries a token that is alive.
pub struct KnownCaller {
    pub words: Words,
    pub person: Arc<Person>,
}

type Answer<T> = Pin<Box<dyn Future<Output = Result<T, WebError>>>>;

impl FromRequest for Caller {
    type Error = WebError;
    type Future = Answer<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { read_caller(&request).await })
    }
}

impl FromRequest for KnownCaller {
    type Error = WebError;
    type Future = Answer<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let caller = Caller::from_request(request, payload);
        Box::pin(async move {
            let Caller { words, person } = caller.await?;
            Ok(Self { words, person: person.ok_or(WebError::SignedOut)? })
        })
    }
}

/// A token that is wrong or has ended is an error, not an anonymous call: the program should notice.
async fn read_caller(request: &HttpRequest) -> Result<Caller, WebError> {
    let app =
        request.app_data::<Data<App>>().ok_or_else(|| WebError::Internal(anyhow::anyhow!("no app")))?.clone();
    let now = app.clock.now();
    let header_text = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let person = match header_text(header::AUTHORIZATION) {
        Some(text) => {
            let hash = hash_hex(text.strip_prefix("Bearer ").unwrap_or_default().trim().as_bytes());
            let found = app.db.read(move |db| find_person(db, &hash, now)).await?;
            let by_token = found.filter(|person| person.session.kind == SessionKind::Api);
            Some(Arc::new(by_token.ok_or(WebError::SignedOut)?))
        }
        None => None,
    };
    let wanted = header_text(header::ACCEPT_LANGUAGE).unwrap_or_default();
    let lang = if wanted.starts_with("en") { Lang::En } else { Lang::Vi };
    request.extensions_mut().insert(lang);
    Ok(Caller { words: Words { lang, zone: app.zone, now }, person })
}
