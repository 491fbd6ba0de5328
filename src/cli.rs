//! The commands of the program. Their output is for whoever runs the server.

use clap::{Parser, Subcommand};

use crate::{
    app,
    base::{clock::Clock, config::Config},
};

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
    /// Bring the database's tables up to date and stop.
    Migrate {
        #[command(flatten)]
        config: Config,
    },
}

pub fn run(cli: Cli) -> anyhow::Result<()> {
    match cli.command {
        Command::Serve { config } => serve(&config),
        Command::Migrate { config } => {
            app::open(&config, Clock::System)?;
            println!("The tables are up to date.");
            Ok(())
        }
    }
}

fn serve(config: &Config) -> anyhow::Result<()> {
    let app = app::open(config, Clock::System)?;
    actix_web::rt::System::new().block_on(async {
        let (server, addresses) = app::serve(&app, config)?;
        for address in addresses {
            println!("Hội Thi listens on http://{address}");
        }
        Ok(server.await?)
    })
}
