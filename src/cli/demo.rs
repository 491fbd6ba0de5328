//! `hoithi demo`: a fresh data folder, a contest replayed and one under way, served.

use std::path::PathBuf;

use clap::Args;

use super::serve::serve_until_stopped;
use crate::{
    app,
    base::{clock::Clock, config::Config},
    demo,
    web::app::DemoAccount,
};

#[derive(Debug, Args)]
pub struct DemoOptions {
    /// The port on 127.0.0.1.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Folder for the demonstration's data; what an earlier demonstration left there is removed.
    #[arg(long, default_value = "demo-data")]
    data: PathBuf,
    /// For load work: so many further contests, each with the units and entries of a province.
    #[arg(long, default_value_t = 0)]
    scale: usize,
    /// Fill the folder and stop.
    #[arg(long)]
    prepare_only: bool,
}

/// Says that a folder is a demonstration's, so that nothing else is ever removed.
const MARK: &str = "this-is-a-demonstration";

pub fn run(options: &DemoOptions) -> anyhow::Result<()> {
    clear(&options.data)?;
    let arena_port = free_port(options.port)?;
    let config = Config {
        // Another name of this machine: another origin, and cookies of its own.
        arena_url: Some(format!("http://localhost:{arena_port}")),
        arena_listen: ([127, 0, 0, 1], arena_port).into(),
        ..Config::for_folder(&options.data, options.port)
    };
    std::fs::write(options.data.join(MARK), "hoithi demo makes this folder anew each time it starts.\n")?;
    let started = std::time::Instant::now();
    let app = app::open(&config, Clock::System)?;
    let scale = options.scale;
    let app = actix_web::rt::System::new().block_on(demo::fill(app, scale, |step| println!("  {step}")))?;
    println!("Ready after {:.1} s.", started.elapsed().as_secs_f64());
    if options.prepare_only {
        return Ok(());
    }
    serve_until_stopped(&app, &config, |_| {
        announce(&app.base_url, &demo::demo_accounts().unwrap_or_default());
    })
}

/// The port after the pages' own, or whichever is free.
fn free_port(port: u16) -> std::io::Result<u16> {
    let bind = |port: u16| std::net::TcpListener::bind(("127.0.0.1", port));
    let listener = port.checked_add(1).map_or_else(|| bind(0), bind).or_else(|_| bind(0))?;
    Ok(listener.local_addr()?.port())
}

fn clear(folder: &std::path::Path) -> anyhow::Result<()> {
    if folder.exists() && folder.read_dir()?.next().is_some() {
        anyhow::ensure!(
            folder.join(MARK).exists(),
            "{} holds something that is not a demonstration; choose another folder with --data",
            folder.display()
        );
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    Ok(())
}

fn announce(base_url: &str, accounts: &[DemoAccount]) {
    println!("\nHội Thi demonstration: {base_url}\nSign in at {base_url}/sign-in with one of these:\n");
    for account in accounts {
        let label = account.labels.get("vi").map(String::as_str).unwrap_or_default();
        println!(
            "  {:<18} {:<34} {:<16} {base_url}{}  ({label})",
            account.role, account.sign_in, account.password, account.start
        );
    }
    println!("\nStop with Ctrl+C.");
}
