//! Who is asking: anyone, or somebody signed in. Extractors are proofs: a handler that takes [`SignedIn`] cannot
//! run without.

use std::{future::Future, pin::Pin, sync::Arc};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder,
    cookie::{Cookie, SameSite, time::Duration},
    dev::Payload,
    http::header,
    web::Data,
};
use serde::{Deserialize, Serialize};

use super::{app::App, error::WebError, words::Words};
use crate::{
    base::{ids::random_token, lang::Lang, seal::hash_hex, sentence::Sentence},
    features::accounts::{Person, SessionKind, signing_in::touch_session, views::find_person},
};

pub const SESSION_COOKIE: &str = "hoithi_session";
pub const VISITOR_COOKIE: &str = "hoithi_visitor";
pub const LANGUAGE_COOKIE: &str = "hoithi_language";
const FLASH_COOKIE: &str = "hoithi_flash";

/// A sentence that the next page says once.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Flash {
    /// `ok`, `wait` or `no`.
    pub kind: String,
    pub text: String,
}

/// Anyone who asks, read once for each request.
#[derive(Clone)]
pub struct Visitor {
    pub words: Words,
    pub person: Option<Arc<Person>>,
    /// What forms carry to prove that they are ours.
    pub csrf: String,
    /// The address that is asked for, with its query.
    pub path: String,
    pub flash: Option<Flash>,
    /// The cookie that a visitor without one gets, so that their forms can be told from foreign ones.
    new_visitor_token: Option<String>,
}

/// Proof that someone is signed in.
pub struct SignedIn {
    pub visitor: Visitor,
    pub person: Arc<Person>,
}

type Answer<T> = Pin<Box<dyn Future<Output = Result<T, WebError>>>>;

impl FromRequest for Visitor {
    type Error = WebError;
    type Future = Answer<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            if let Some(visitor) = request.extensions().get::<Self>() {
                return Ok(visitor.clone());
            }
            let visitor = read_visitor(&request).await?;
            request.extensions_mut().insert(visitor.clone());
            Ok(visitor)
        })
    }
}

impl FromRequest for SignedIn {
    type Error = WebError;
    type Future = Answer<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let visitor = Visitor::from_request(request, payload);
        let is_way_out = ["/my/account/password", "/sign-out"].contains(&request.path());
        Box::pin(async move {
            let visitor = visitor.await?;
            let person = visitor.person.clone().ok_or(WebError::SignedOut)?;
            if person.password_must_change && !is_way_out {
                return Err(WebError::PasswordMustChange);
            }
            Ok(Self { visitor, person })
        })
    }
}

async fn read_visitor(request: &HttpRequest) -> Result<Visitor, WebError> {
    let app =
        request.app_data::<Data<App>>().ok_or_else(|| WebError::Internal(anyhow::anyhow!("no app")))?.clone();
    let now = app.clock.now();
    let cookie = |name: &str| request.cookie(name).map(|cookie| cookie.value().to_owned());
    let token = cookie(SESSION_COOKIE);
    let person = match &token {
        Some(token) => {
            let hash = hash_hex(token.as_bytes());
            let found = app.db.read_briefly(move |db| find_person(db, &hash, now)).await?;
            found.filter(|person| person.session.kind == SessionKind::Browser)
        }
        None => None,
    };
    if let Some(session) = person.as_ref().map(|person| &person.session).filter(|s| s.is_to_be_touched(now)) {
        let id = session.id.clone();
        if let Err(error) = app.db.write(move |db| touch_session(db, &id, now)).await {
            // The page itself can still be shown.
            tracing::warn!(%error, "a session was not written down as seen");
        }
    }
    let visitor_token = cookie(VISITOR_COOKIE).filter(|token| token.len() == 64);
    let new_visitor_token = (person.is_none() && visitor_token.is_none()).then(random_token);
    // A form belongs to the session, or to the browser while nobody is signed in.
    let csrf_subject = match (&person, token) {
        (Some(_), Some(token)) => token,
        _ => visitor_token.or_else(|| new_visitor_token.clone()).unwrap_or_default(),
    };
    let chosen = cookie(LANGUAGE_COOKIE).and_then(|word| word.parse().ok());
    let lang = person.as_ref().map(|person| person.language).or(chosen).unwrap_or(Lang::Vi);
    Ok(Visitor {
        words: Words { lang, zone: app.zone, now },
        person: person.map(Arc::new),
        csrf: app.sealer.seal("csrf", &csrf_subject),
        path: request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
        flash: cookie(FLASH_COOKIE).and_then(|text| read_flash(&app, &text)),
        new_visitor_token,
    })
}

fn read_flash(app: &App, text: &str) -> Option<Flash> {
    let (seal, hexed) = text.split_once('.')?;
    let bytes: Option<Vec<u8>> =
        (0..hexed.len()).step_by(2).map(|at| u8::from_str_radix(hexed.get(at..at + 2)?, 16).ok()).collect();
    let json = String::from_utf8(bytes?).ok()?;
    if app.sealer.is_sealed("flash", &json, seal) { serde_json::from_str(&json).ok() } else { None }
}

impl Visitor {
    pub fn set_cookies(&self, response: &mut HttpResponseBuilder, app: &App) {
        if let Some(token) = &self.new_visitor_token {
            response.cookie(app.cookie(VISITOR_COOKIE, token, Duration::days(180)));
        }
        if self.flash.is_some() {
            response.cookie(app.cookie(FLASH_COOKIE, "", Duration::ZERO));
        }
    }

    /// See other: after a form that did what it should, with a sentence for the next page.
    pub fn redirect(&self, app: &App, to: &str, said: Option<(&str, Sentence)>) -> HttpResponse {
        let mut response = HttpResponse::SeeOther();
        response.insert_header((header::LOCATION, to));
        if let Some((kind, sentence)) = said {
            response.cookie(self.flash_cookie(app, kind, &sentence));
        }
        response.finish()
    }

    /// What the next page says on top.
    pub fn flash_cookie(&self, app: &App, kind: &str, sentence: &Sentence) -> Cookie<'static> {
        let flash = Flash { kind: kind.to_owned(), text: sentence.said(self.words.lang) };
        let json = serde_json::to_string(&flash).unwrap_or_default();
        let text = format!("{}.{}", app.sealer.seal("flash", &json), crate::base::seal::hex(json.as_bytes()));
        app.cookie(FLASH_COOKIE, &text, Duration::minutes(5))
    }
}

impl App {
    pub fn cookie(&self, name: &str, value: &str, lifetime: Duration) -> Cookie<'static> {
        Cookie::build(name.to_owned(), value.to_owned())
            .path("/")
            .http_only(true)
            .secure(self.base_url.starts_with("https://"))
            .same_site(SameSite::Lax)
            .max_age(lifetime)
            .finish()
    }
}
