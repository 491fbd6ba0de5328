//! One look at an address: does something answer there, and where does it lead?

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use reqwest::{
    Client, Method, Response, Url,
    header::{self, HeaderValue},
    redirect::Policy,
};

use super::is_public;

const MAX_REDIRECTS: usize = 5;
const MAX_BODY_BYTES: usize = 64 << 10;
const CONNECT_TIME: Duration = Duration::from_secs(6);
const WHOLE_TIME: Duration = Duration::from_secs(20);
const NAME: &str = "HoiThi-LinkCheck/1";

/// What may be asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Allowance {
    #[default]
    Public,
    /// A test's own servers, on these ports of this machine, and nothing else: no name is looked up.
    OnlyLoopback(Vec<u16>),
}

#[derive(Debug, Clone, Default)]
pub struct Fetcher {
    allowance: Allowance,
}

/// Something answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub status: u16,
    /// Where the redirects ended.
    pub address: String,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    #[error("not an address that may be asked")]
    Refused,
    #[error("it redirects for ever")]
    TooManyRedirects,
    /// Nobody answered: there, or on the way there.
    #[error("no answer: {0}")]
    Unreachable(String),
}

/// Connections are sealed with ring. Whoever came first has chosen; the choice is the same.
pub fn install_crypto() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

impl Fetcher {
    pub fn new(allowance: Allowance) -> Self {
        Self { allowance }
    }

    /// Follows redirects by itself, each checked like the first.
    pub async fn look(&self, address: &str) -> Result<Seen, FetchError> {
        install_crypto();
        let looked = tokio::time::timeout(WHOLE_TIME, self.follow(address)).await;
        looked.unwrap_or_else(|_| Err(FetchError::Unreachable("it took too long".to_owned())))
    }

    async fn follow(&self, address: &str) -> Result<Seen, FetchError> {
        let mut url = Url::parse(address).map_err(|_| FetchError::Refused)?;
        for _ in 0..=MAX_REDIRECTS {
            let answer = self.ask(&url).await?;
            let next = answer.headers().get(header::LOCATION).filter(|_| answer.status().is_redirection());
            let Some(next) = next.and_then(|next| next.to_str().ok()) else {
                return Ok(Seen { status: answer.status().as_u16(), address: url.to_string() });
            };
            url = url.join(next).map_err(|_| FetchError::Refused)?;
        }
        Err(FetchError::TooManyRedirects)
    }

    /// A short question first; servers that do not know it are asked for the first bytes.
    async fn ask(&self, url: &Url) -> Result<Response, FetchError> {
        let client = self.client_for(url).await?;
        let head = client.request(Method::HEAD, url.clone()).send().await.map_err(unreachable)?;
        if head.status().is_success() || head.status().is_redirection() {
            return Ok(head);
        }
        let get = client.get(url.clone()).header(header::RANGE, "bytes=0-1023");
        let mut answer = get.send().await.map_err(unreachable)?;
        let mut n_bytes = 0;
        while n_bytes < MAX_BODY_BYTES {
            match answer.chunk().await {
                Ok(Some(chunk)) => n_bytes += chunk.len(),
                Ok(None) | Err(_) => break,
            }
        }
        Ok(answer)
    }

    /// A client for one host, bound to what its name meant when it was checked.
    async fn client_for(&self, url: &Url) -> Result<Client, FetchError> {
        let (host, addresses) = self.checked(url).await?;
        let mut headers = header::HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static("*/*"));
        Client::builder()
            .user_agent(NAME)
            .default_headers(headers)
            .redirect(Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT_TIME)
            .timeout(WHOLE_TIME)
            .pool_max_idle_per_host(0)
            .referer(false)
            .resolve_to_addrs(&host, &addresses)
            .build()
            .map_err(unreachable)
    }

    /// All the addresses behind a name must be public: one that is not makes the whole name one to leave alone.
    async fn checked(&self, url: &Url) -> Result<(String, Vec<SocketAddr>), FetchError> {
        let port = url.port_or_known_default().ok_or(FetchError::Refused)?;
        let is_web = ["http", "https"].contains(&url.scheme());
        let has_password = !url.username().is_empty() || url.password().is_some();
        if !is_web || has_password || !self.may_use(port) {
            return Err(FetchError::Refused);
        }
        let host = url.host_str().ok_or(FetchError::Refused)?.trim_matches(['[', ']']).to_owned();
        let found = match host.parse::<IpAddr>() {
            Ok(address) => vec![SocketAddr::new(address, port)],
            Err(_) if self.allowance != Allowance::Public => {
                return Err(FetchError::Unreachable("no name is looked up here".to_owned()));
            }
            Err(_) => tokio::net::lookup_host((host.as_str(), port))
                .await
                .map_err(|error| FetchError::Unreachable(error.to_string()))?
                .collect(),
        };
        if found.is_empty() {
            return Err(FetchError::Unreachable("the name leads nowhere".to_owned()));
        }
        if !found.iter().all(|address| self.may_ask(address)) {
            return Err(FetchError::Refused);
        }
        Ok((host, found))
    }

    fn may_use(&self, port: u16) -> bool {
        match &self.allowance {
            Allowance::Public => [80, 443].contains(&port),
            Allowance::OnlyLoopback(ports) => [80, 443].contains(&port) || ports.contains(&port),
        }
    }

    fn may_ask(&self, address: &SocketAddr) -> bool {
        match &self.allowance {
            Allowance::Public => is_public(address.ip()),
            Allowance::OnlyLoopback(ports) => address.ip().is_loopback() && ports.contains(&address.port()),
        }
    }
}

fn unreachable(error: reqwest::Error) -> FetchError {
    FetchError::Unreachable(error.without_url().to_string())
}
