//! Signing in as every door does it, the page and the API alike: throttled, hashed off the threads that answer
//! requests, taking as long for a name that nobody has.

use actix_web::{HttpRequest, http::header, web};
use chrono::Duration;
use tokio::sync::Semaphore;

use super::{app::App, error::WebError};
use crate::{
    base::{contact::SignInName, ids::random_token, seal::hash_hex},
    features::accounts::{
        Account, Session, SessionKind, password,
        signing_in::{SignInOutcome, SignInTry, address_subject, is_closed, name_subject},
        views::find_by_sign_in,
    },
    infra::db::DbError,
};

pub const SESSION_DAYS: i64 = 30;

/// Each hash takes 19 MB, so a flood of sign-ins waits here and not in memory.
static HASHING: Semaphore = Semaphore::const_new(4);

/// What somebody typed, and where from.
pub struct Attempt<'a> {
    pub name: &'a str,
    pub password: &'a str,
    pub address: String,
    pub kind: SessionKind,
    pub label: String,
}

pub enum Outcome {
    Started {
        token: String,
        account: Box<Account>,
        session: Box<Session>,
    },
    Wrong,
    Disabled,
    /// Too many tries.
    Closed,
}

pub async fn sign_in(app: &App, attempt: Attempt<'_>) -> Result<Outcome, WebError> {
    let now = app.clock.now();
    // What is neither a number nor an address is nobody's name; it is counted like one that nobody has.
    let name: Option<SignInName> = attempt.name.parse().ok();
    let subject = name.as_ref().map_or_else(|| "name:".to_owned(), name_subject);
    let address = address_subject(&attempt.address);
    let asked = (subject.clone(), address.clone());
    let (closed, account) = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let account = match &name {
                Some(name) => find_by_sign_in(db, name)?,
                None => None,
            };
            // Names that cannot be anybody's are throttled by their address alone.
            let name = name.map_or("", |_| asked.0.as_str());
            Ok((is_closed(db, name, &asked.1, now)?, account))
        })
        .await?;
    if closed {
        return Ok(Outcome::Closed);
    }
    let stored = account.as_ref().and_then(|account| account.password_hash.clone());
    let is_right = is_right(attempt.password, stored).await?;
    let token = random_token();
    let attempt = SignInTry {
        name: subject,
        address,
        account: account.map(|account| account.id),
        is_right,
        kind: attempt.kind,
        label: attempt.label,
        token_hash: hash_hex(token.as_bytes()),
        lifetime: Duration::days(SESSION_DAYS),
    };
    let outcome =
        app.db.write(move |db| crate::features::accounts::signing_in::sign_in(db, &attempt, now)).await?;
    Ok(match outcome {
        SignInOutcome::Started { account, session } => Outcome::Started { token, account, session },
        SignInOutcome::Wrong => Outcome::Wrong,
        SignInOutcome::Disabled => Outcome::Disabled,
        SignInOutcome::Closed => Outcome::Closed,
    })
}

/// Compares a password off the answering threads, a few at a time.
pub async fn is_right(password: &str, stored: Option<String>) -> Result<bool, WebError> {
    let password = password.to_owned();
    off_thread(move || password::is_right(&password, stored.as_deref())).await
}

/// Hashes a password off the answering threads, a few at a time.
pub async fn hash(password: &str) -> Result<String, WebError> {
    let password = password.to_owned();
    off_thread(move || password::hash(&password)).await?.map_err(WebError::Internal)
}

async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, WebError> {
    let _permit = HASHING.acquire().await.map_err(|error| WebError::Internal(error.into()))?;
    web::block(work).await.map_err(|error| WebError::Internal(error.into()))
}

/// Where a request comes from. Only a proxy of ours is believed about it, and only its own word, the last one.
pub fn address_of(request: &HttpRequest, app: &App) -> String {
    let forwarded = request.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok());
    let told = forwarded.filter(|_| app.behind_proxy).and_then(|list| list.rsplit(',').next());
    match told.and_then(|text| text.trim().parse().ok()).or(request.peer_addr().map(|peer| peer.ip())) {
        Some(std::net::IpAddr::V4(address)) => address.to_string(),
        // One household has many addresses of version 6, all with the same first half.
        Some(std::net::IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        None => "unknown".to_owned(),
    }
}

/// What device asks, roughly and in words that people know: "Chrome, Android".
pub fn device_of(request: &HttpRequest) -> String {
    const BROWSERS: [(&str, &str); 8] = [
        ("Zalo", "Zalo"),
        ("FBAN", "Facebook"),
        ("coc_coc", "Cốc Cốc"),
        ("Edg", "Edge"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ];
    let agent = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or("");
    let named = |list: &[(&str, &'static str)]| {
        list.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    let words: Vec<&str> = [named(&BROWSERS), named(&SYSTEMS)].into_iter().flatten().collect();
    words.join(", ")
}
