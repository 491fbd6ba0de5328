//! `hoithi worker`: the background work without the server, until it is told to stop.

use crate::{
    app,
    base::{clock::Clock, config::Config},
    jobs,
};

pub fn run(config: &Config) -> anyhow::Result<()> {
    let app = app::open(config, Clock::System)?;
    let n_long = config.long_jobs.max(1);
    actix_web::rt::System::new().block_on(async {
        let tools = jobs::Tools {
            db: app.db.clone(),
            clock: app.clock.clone(),
            files: app.files.clone(),
            links: jobs::LinkTools::public(config.link_repair_days),
        };
        jobs::start(&tools, n_long);
        println!("Hội Thi works in the background, {n_long} long jobs at a time.");
        stopped().await
    })
}

/// Ctrl+C, or what service managers send. A job that is cut off is begun anew when its lease has run out.
async fn stopped() -> anyhow::Result<()> {
    let mut ended = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted?,
        _ = ended.recv() => {}
    }
    Ok(())
}
