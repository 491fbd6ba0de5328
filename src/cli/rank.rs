//! `hoithi rank` and `hoithi reliability`: a file of marks in, a report out, for people who judge on paper.

use std::{
    fmt::Display,
    fs::File,
    io::{BufReader, ErrorKind, Write},
    path::PathBuf,
};

use anyhow::Context;
use clap::Args;
use serde::Serialize;

use crate::ranking::command::{self, Method, RankOptions};

#[derive(Debug, Args)]
pub struct RankArgs {
    /// A CSV file with a header: `entry,judge,score` or `entry,judge,criterion,score[,weight]`, columns in any order.
    file: PathBuf,
    /// `mean`, `median`, `trimmed:N`, `zscore`, `borda`, `least-squares`, `mixed` or `mixed-spread`.
    #[arg(long, default_value = "mixed")]
    method: Method,
    /// Say how likely each entry is among so many best.
    #[arg(long)]
    top: Option<usize>,
    /// How many draws the intervals of places come from.
    #[arg(long, default_value_t = 2000)]
    draws: usize,
    /// The same seed draws the same.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub struct ReliabilityArgs {
    /// A CSV file as for `rank`.
    file: PathBuf,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn rank(args: &RankArgs) -> anyhow::Result<()> {
    let options = RankOptions { method: args.method, top: args.top, draws: args.draws, seed: args.seed };
    print(&command::rank(open(&args.file)?, &options)?, args.json)
}

pub fn reliability(args: &ReliabilityArgs) -> anyhow::Result<()> {
    print(&command::reliability(open(&args.file)?)?, args.json)
}

fn open(file: &PathBuf) -> anyhow::Result<BufReader<File>> {
    Ok(BufReader::new(File::open(file).with_context(|| format!("{} cannot be read", file.display()))?))
}

fn print(report: &(impl Serialize + Display), json: bool) -> anyhow::Result<()> {
    let text = if json { serde_json::to_string(report)? } else { report.to_string() };
    match writeln!(std::io::stdout().lock(), "{text}") {
        // `| head` has read enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}
