//! `hoithi import`: the tree of units from a file, and its reforms.

mod merges;
mod units;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Subcommand;

use crate::{
    base::{config::Config, lang::Lang},
    features::{
        refusal::{Refusal, Refused},
        units::import::LineError,
    },
};

#[derive(Debug, clap::Args)]
pub struct Source {
    #[command(flatten)]
    config: Config,
    /// The CSV file, in UTF-8.
    file: PathBuf,
    /// From which day on it holds (YYYY-MM-DD); by default today.
    #[arg(long)]
    as_of: Option<NaiveDate>,
    /// Say what would change and what is wrong, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Units from `code,name,level,parent_code`.
    Units {
        #[command(flatten)]
        source: Source,
        /// Where there are no levels yet, make them: `code:name:alias|alias` from the top, with commas between.
        #[arg(long)]
        levels: Option<String>,
    },
    /// Mergers from `old_code,old_name,old_district,new_code,new_name,note`.
    Merges {
        #[command(flatten)]
        source: Source,
        /// The code of the unit that the units of after hang below.
        #[arg(long)]
        under: String,
    },
}

pub fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Units { source, levels } => units::run(&source, levels.as_deref()),
        Command::Merges { source, under } => merges::run(&source, &under),
    }
}

fn print_errors(errors: &[LineError]) {
    for error in errors {
        eprintln!("line {}: {}", error.line, error.sentence.said(Lang::En));
    }
}

fn errors_as_json(errors: &[LineError]) -> Vec<serde_json::Value> {
    let said = |error: &LineError| serde_json::json!({ "line": error.line, "reason": error.sentence.said(Lang::En) });
    errors.iter().map(said).collect()
}

fn said(error: impl Refused) -> anyhow::Error {
    match error.refusal() {
        Refusal::NotFound => anyhow::anyhow!("not found"),
        Refusal::Invalid(errors) => {
            let sentences: Vec<String> =
                errors.0.iter().map(|(_, sentence)| sentence.said(Lang::En)).collect();
            anyhow::anyhow!(sentences.join(" "))
        }
        Refusal::Said(sentence) => anyhow::anyhow!(sentence.said(Lang::En)),
        Refusal::Database(error) => error.into(),
    }
}
