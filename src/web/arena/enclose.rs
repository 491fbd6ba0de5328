//! The walls around a game: what a browser is told with every answer of the arena.

use actix_web::{
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderName, HeaderValue},
    middleware::Next,
    web::Data,
};
use anyhow::{Context, ensure};

use crate::{
    infra::browser::policy_of_games,
    web::{app::App, headers},
};

/// The arena's address and the policies that name it.
#[derive(Debug, Clone)]
pub struct Arena {
    /// Without a slash at the end.
    pub url: String,
    /// What our own pages may frame: themselves and the arena.
    pub policy_of_pages: HeaderValue,
    policy_of_games: HeaderValue,
}

/// Every sensor and every power of a page, switched off.
const PERMISSIONS: &str = "accelerometer=(), autoplay=(self), browsing-topics=(), camera=(), \
    clipboard-read=(), clipboard-write=(), display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(self), \
    geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), idle-detection=(), local-fonts=(), \
    magnetometer=(), microphone=(), midi=(), otp-credentials=(), payment=(), picture-in-picture=(), \
    publickey-credentials-create=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), \
    storage-access=(), usb=(), window-management=(), xr-spatial-tracking=()";

impl Arena {
    /// Refuses an arena on the pages' own origin: there a game could act as its visitor.
    pub fn parse(url: &str, base_url: &str) -> anyhow::Result<Self> {
        let url = url.trim_end_matches('/');
        let arena = origin(url)
            .with_context(|| format!("ARENA_URL is {url:?}: an origin such as https://games.example.vn"))?;
        ensure!(arena == url, "ARENA_URL is {url:?}: an origin without a path, such as {arena}");
        let pages = origin(base_url).with_context(|| format!("HOITHI_BASE_URL is {base_url:?}"))?;
        ensure!(arena != pages, "ARENA_URL must be another origin than the pages' own, {pages}");
        let with_arena = format!("frame-src 'self' {arena};");
        let policy_of_pages = headers::POLICY.replace("frame-src 'self';", &with_arena);
        Ok(Self {
            policy_of_games: HeaderValue::from_str(&policy_of_games(&arena, &framing(&pages)))?,
            policy_of_pages: HeaderValue::from_str(&policy_of_pages)?,
            url: arena,
        })
    }
}

/// Who may frame a game: the pages, by each name that their machine has.
fn framing(pages: &str) -> String {
    match pages.strip_prefix("http://127.0.0.1:") {
        // The same machine by its other name.
        Some(port) => format!("{pages} http://localhost:{port}"),
        None => pages.to_owned(),
    }
}

/// "https://name:port" of an address; nothing for other schemes.
fn origin(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest
        .split(['/', '?', '#'])
        .next()
        .filter(|host| !host.is_empty() && !host.contains(['@', ' ', ';', ',']))?;
    ["http", "https"].contains(&scheme).then(|| format!("{scheme}://{}", host.to_lowercase()))
}

/// Every answer of the arena, also that there is nothing.
pub async fn enclose(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let policy = request
        .app_data::<Data<App>>()
        .and_then(|app| app.arena.as_ref().map(|arena| arena.policy_of_games.clone()))
        .unwrap_or(HeaderValue::from_static("default-src 'none'; sandbox"));
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_DNS_PREFETCH_CONTROL, "off"),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS),
        (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
        // A page in a sandbox has no origin, and modules and letters are asked for with one. There is nothing to
        // read here that the pass in the address does not open anyway.
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arena_is_another_origin_or_none() {
        let base = "https://hoithi.example.vn";
        for (url, is_right) in [
            ("https://choi.example.vn", true),
            ("https://choi.example.vn/", true),
            ("https://hoithi.example.vn:8443", true),
            ("https://HOITHI.example.vn", false),
            ("https://choi.example.vn/play", false),
            ("https://a;script-src", false),
            ("ftp://choi.example.vn", false),
            ("choi.example.vn", false),
            ("", false),
        ] {
            assert_eq!(Arena::parse(url, base).is_ok(), is_right, "{url}");
        }
        let arena = Arena::parse("https://choi.example.vn", base).unwrap();
        let pages = arena.policy_of_pages.to_str().unwrap();
        assert!(pages.contains("frame-src 'self' https://choi.example.vn;"), "{pages}");
        let games = arena.policy_of_games.to_str().unwrap();
        assert!(games.contains("frame-ancestors https://hoithi.example.vn;"), "{games}");
    }
}
