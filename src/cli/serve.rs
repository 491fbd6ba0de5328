//! `hoithi serve`: until it is told to stop.

use crate::{
    app,
    base::{clock::Clock, config::Config},
    jobs::{self, LinkTools},
};

pub fn run(config: &Config) -> anyhow::Result<()> {
    let app = app::open(config, Clock::System)?;
    serve_until_stopped(&app, config, |address| println!("Hội Thi listens on http://{address}"))
}

/// Serves; `announce` is called once, when the address is bound.
pub fn serve_until_stopped(
    app: &crate::web::app::App,
    config: &Config,
    announce: impl FnOnce(std::net::SocketAddr),
) -> anyhow::Result<()> {
    actix_web::rt::System::new().block_on(async {
        let (server, address) = app::serve(app, config)?;
        if let Some(arena) = app::serve_arena(app, config)? {
            actix_web::rt::spawn(arena);
        }
        announce(address);
        let tools = jobs::Tools {
            db: app.db.clone(),
            clock: app.clock.clone(),
            files: app.files.clone(),
            links: LinkTools::public(config.link_repair_days),
        };
        jobs::start(&tools, config.long_jobs);
        Ok(server.await?)
    })
}
