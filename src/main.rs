//! The program.

use clap::Parser;
use hoithi::{base::config::load_dotenv, cli, infra::fetch::install_crypto};
use tracing_subscriber::EnvFilter;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    install_crypto();
    load_dotenv();
    let filter = EnvFilter::try_from_env("HOITHI_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match cli::run(cli::Cli::parse()) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hoithi: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}
