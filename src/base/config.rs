//! The settings: from flags, the environment and `.env`, each with a default that runs. Nobody else reads the
//! environment. Every setting is explained in `.env.example`.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use chrono_tz::Tz;
use clap::Args;

#[derive(Debug, Clone, Args)]
pub struct Config {
    /// Where the server listens.
    #[arg(long, env = "HOITHI_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Folder for the database (when it is SQLite), files and the secret.
    #[arg(long = "data", env = "HOITHI_DATA", default_value = "data")]
    pub data: PathBuf,
    /// `sqlite://FILE` or `postgres://…`; by default `hoithi.db` in the data folder.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// Folder of the file store; by default `uploads` in the data folder.
    #[arg(long, env = "HOITHI_UPLOADS")]
    pub uploads: Option<PathBuf>,
    /// A store of files elsewhere: `s3://BUCKET`; by default files are in the folder.
    #[arg(long, env = "FILES_URL")]
    pub files_url: Option<String>,
    /// Where the store is, when it is not Amazon's.
    #[arg(long, env = "FILES_ENDPOINT")]
    pub files_endpoint: Option<String>,
    /// The store's region.
    #[arg(long, env = "FILES_REGION", default_value = "us-east-1")]
    pub files_region: String,
    /// The name of the store's key.
    #[arg(long, env = "FILES_ACCESS_KEY_ID", hide_env_values = true)]
    pub files_access_key_id: Option<String>,
    /// The store's key.
    #[arg(long, env = "FILES_SECRET_ACCESS_KEY", hide_env_values = true)]
    pub files_secret_access_key: Option<String>,
    /// The address people type, for links in invitations and receipts; by default the listening address.
    #[arg(long, env = "HOITHI_BASE_URL")]
    pub base_url: Option<String>,
    /// The key of all seals; by default made once and kept in the data folder.
    #[arg(long, env = "HOITHI_SECRET", hide_env_values = true)]
    pub secret: Option<String>,
    /// The organisation's time zone.
    #[arg(long, env = "HOITHI_TIME_ZONE", default_value = "Asia/Ho_Chi_Minh")]
    pub time_zone: Tz,
    /// How many threads answer requests; by default one for each core.
    #[arg(long, env = "HOITHI_WORKERS")]
    pub workers: Option<usize>,
    /// The address of the arena, an origin of its own on which games are played; without it they can only be kept.
    #[arg(long, env = "ARENA_URL")]
    pub arena_url: Option<String>,
    /// Where the arena listens, when it has an address.
    #[arg(long, env = "HOITHI_ARENA_LISTEN", default_value = "127.0.0.1:8081")]
    pub arena_listen: SocketAddr,
    /// How many long background jobs (making films and documents ready to be shown) run here at a time; 0 leaves them to
    /// `hoithi worker`.
    #[arg(long, env = "HOITHI_LONG_JOBS", default_value_t = 1)]
    pub long_jobs: usize,
    /// How many days there are to replace a link of an entry that no longer opens.
    #[arg(long, env = "HOITHI_LINK_REPAIR_DAYS", default_value_t = 7, value_parser = clap::value_parser!(i64).range(1..=90))]
    pub link_repair_days: i64,
    /// Behind a proxy that sets `X-Forwarded-For` and `X-Forwarded-Proto`.
    #[arg(long, env = "HOITHI_BEHIND_PROXY")]
    pub behind_proxy: bool,
}

impl Config {
    /// Everything in one folder, on a port of this machine; nothing from the environment.
    pub fn for_folder(folder: &Path, port: u16) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], port)),
            data: folder.to_owned(),
            database_url: None,
            uploads: None,
            files_url: None,
            files_endpoint: None,
            files_region: "us-east-1".to_owned(),
            files_access_key_id: None,
            files_secret_access_key: None,
            base_url: None,
            secret: None,
            time_zone: chrono_tz::Asia::Ho_Chi_Minh,
            workers: None,
            arena_url: None,
            arena_listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            long_jobs: 1,
            link_repair_days: 7,
            behind_proxy: false,
        }
    }

    pub fn database_url(&self) -> String {
        self.database_url
            .clone()
            .unwrap_or_else(|| format!("sqlite://{}", self.data.join("hoithi.db").display()))
    }

    pub fn uploads(&self) -> PathBuf {
        self.uploads.clone().unwrap_or_else(|| self.data.join("uploads"))
    }

    pub fn base_url(&self) -> String {
        self.base_url.clone().unwrap_or_else(|| format!("http://{}", self.listen))
    }
}

/// Reads `.env` into the environment, once, before anything else: what is set already stays.
pub fn load_dotenv() {
    let _ = dotenvy::dotenv();
}
