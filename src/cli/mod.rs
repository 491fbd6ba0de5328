//! The commands of the program, one file each. Their output is for whoever runs the server.

mod admin;
mod demo;
mod doctor;
mod import;
mod radar;
mod rank;
mod scrub;
mod serve;
mod verify;
mod worker;

use clap::{Parser, Subcommand};

use crate::{base::config::Config, infra::db::Database};

#[derive(Debug, Parser)]
#[command(name = "hoithi", version, about = "Contests of organisations that are trees")]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the platform.
    Serve {
        #[command(flatten)]
        config: Config,
    },
    /// Do the background work without serving: on a second machine, or beside servers with `HOITHI_LONG_JOBS=0`.
    Worker {
        #[command(flatten)]
        config: Config,
    },
    /// Serve a demonstration: the contest of Bến Tre in 2024, and one under way.
    Demo(demo::DemoOptions),
    /// Bring the database's tables up to date and stop.
    Migrate {
        #[command(flatten)]
        config: Config,
    },
    /// Administrators of the platform.
    Admin {
        #[command(subcommand)]
        command: admin::Command,
    },
    /// Take in what stands in files.
    Import {
        #[command(subcommand)]
        command: import::Command,
    },
    /// Rank the entries of a file of marks.
    Rank(rank::RankArgs),
    /// Say how far the judges of a file of marks agree.
    Reliability(rank::ReliabilityArgs),
    /// Look over all entries, or those of one contest, for copies.
    Radar {
        #[command(flatten)]
        config: Config,
        /// Only the entries of this contest; they are compared with all.
        #[arg(long, value_name = "SLUG")]
        contest: Option<String>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Walk along the seals of the audit and say whether every link holds.
    Verify {
        #[command(flatten)]
        config: Config,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Read every stored file again and say what is missing or rotten.
    Scrub {
        #[command(flatten)]
        config: Config,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Say what works here, what is missing, and what that costs.
    Doctor {
        #[command(flatten)]
        config: Config,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

pub fn run(cli: Cli) -> anyhow::Result<()> {
    match cli.command {
        Command::Serve { config } => serve::run(&config),
        Command::Worker { config } => worker::run(&config),
        Command::Demo(options) => demo::run(&options),
        Command::Migrate { config } => {
            std::fs::create_dir_all(&config.data)?;
            Database::migrate(&config.database_url())?;
            println!("The tables are up to date.");
            Ok(())
        }
        Command::Admin { command } => admin::run(command),
        Command::Import { command } => import::run(command),
        Command::Rank(args) => rank::rank(&args),
        Command::Reliability(args) => rank::reliability(&args),
        Command::Radar { config, contest, json } => radar::run(&config, contest.as_deref(), json),
        Command::Verify { config, json } => verify::run(&config, json),
        Command::Scrub { config, json } => scrub::run(&config, json),
        Command::Doctor { config, json } => doctor::run(&config, json),
    }
}
