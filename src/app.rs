//! Wiring: settings become an `App`, an `App` becomes a server.

use std::{io, net::SocketAddr, path::Path, sync::Arc};

use actix_web::{
    App as ActixApp,
    dev::Server,
    middleware::{Compress, NormalizePath, from_fn},
    web::{Data, ServiceConfig},
};
use anyhow::Context;

use crate::{
    base::{clock::Clock, config::Config, ids::random_token, seal::Sealer},
    features::attachments::renditions::KeptViewings,
    infra::{
        db::Database,
        files::{BucketSettings, FileStore},
    },
    web::{self, app::App, arena, arena::Arena, connection, metrics::Metrics, render::Templates},
};

/// Opens the database and the file store and reads the secret.
pub fn open(config: &Config, clock: Clock) -> anyhow::Result<App> {
    std::fs::create_dir_all(&config.data)?;
    let secret = match &config.secret {
        Some(secret) => secret.clone(),
        None => own_secret(&config.data.join("secret"))?,
    };
    let base_url = config.base_url().trim_end_matches('/').to_owned();
    let arena = config.arena_url.as_deref().map(|url| Arena::parse(url, &base_url)).transpose()?;
    Ok(App {
        db: Database::open(&config.database_url())?,
        files: open_files(config)?,
        clock,
        sealer: Sealer::new(&secret),
        templates: Arc::new(Templates::load()?),
        zone: config.time_zone,
        base_url,
        behind_proxy: config.behind_proxy,
        arena: arena.map(Arc::new),
        demo_accounts: None,
        metrics: Arc::new(Metrics::new()?),
        viewings: KeptViewings::default(),
    })
}

/// A folder of this machine, or a bucket elsewhere.
fn open_files(config: &Config) -> anyhow::Result<FileStore> {
    let Some(url) = &config.files_url else { return Ok(FileStore::open(&config.uploads())?) };
    let bucket = url.strip_prefix("s3://").map(|rest| rest.trim_end_matches('/'));
    let bucket = bucket.filter(|bucket| !bucket.is_empty() && !bucket.contains('/'));
    let settings = BucketSettings {
        bucket: bucket.context("FILES_URL must be s3://BUCKET")?.to_owned(),
        endpoint: config.files_endpoint.clone(),
        region: config.files_region.clone(),
        access_key: config.files_access_key_id.clone().context("FILES_ACCESS_KEY_ID is not set")?,
        secret_key: config.files_secret_access_key.clone().context("FILES_SECRET_ACCESS_KEY is not set")?,
    };
    // The choice of a library for TLS is the whole program's; somebody may have made it already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    FileStore::open_bucket(&settings, &config.data.join("parts"))
}

/// The secret of a server that was given none: made once, readable by its owner alone.
fn own_secret(place: &Path) -> io::Result<String> {
    match std::fs::read_to_string(place) {
        Ok(secret) => Ok(secret.trim().to_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let secret = random_token();
            let mut options = std::fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            io::Write::write_all(&mut options.open(place)?, secret.as_bytes())?;
            Ok(secret)
        }
        Err(error) => Err(error),
    }
}

/// Everything but the middleware: what the server and the tests share.
pub fn configure(app: &App) -> impl FnOnce(&mut ServiceConfig) + Clone + use<> {
    let data = Data::new(app.clone());
    move |config| {
        config.app_data(data);
        web::routes(config);
    }
}

/// Wraps an actix application in the middleware that every answer goes through.
#[macro_export]
macro_rules! with_middleware {
    ($application:expr) => {
        $application
            .wrap(actix_web::middleware::from_fn($crate::web::failure::show))
            .wrap(actix_web::middleware::from_fn($crate::web::headers::secure))
    };
}

/// How long what is being answered may take when the server is told to stop.
const PARTING_SECONDS: u64 = 10;

pub fn serve(app: &App, config: &Config) -> io::Result<(Server, SocketAddr)> {
    let configure = configure(app);
    connection::listen(config.listen, config.workers, PARTING_SECONDS, move || {
        with_middleware!(ActixApp::new().configure(configure.clone()))
            .wrap(from_fn(web::metrics::count))
            .wrap(NormalizePath::trim())
            .wrap(Compress::default())
            .wrap(from_fn(web::compress::prefer_gzip))
    })
}

/// The second listener, for games alone; none without an address for it.
pub fn serve_arena(app: &App, config: &Config) -> io::Result<Option<Server>> {
    if app.arena.is_none() {
        return Ok(None);
    }
    let data = Data::new(app.clone());
    // Games are small and few play at once.
    let (server, _) = connection::listen(config.arena_listen, Some(1), 2, move || {
        let data = data.clone();
        ActixApp::new()
            .configure(move |config| {
                config.app_data(data);
                arena::routes(config);
            })
            .wrap(from_fn(arena::enclose))
    })?;
    Ok(Some(server))
}
