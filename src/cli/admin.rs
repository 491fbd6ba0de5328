//! `hoithi admin create`: an administrator, the first one above all.

use std::io::{IsTerminal, Write};

use anyhow::Context;
use clap::Subcommand;

use crate::{
    app,
    base::{clock::Clock, config::Config, ids::spoken_code, lang::Lang, sentence::FieldErrors},
    features::{
        accounts::{Details, NewAccount, create_account, password},
        refusal::{Refusal, Refused},
    },
};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make an administrator. The password is read from the standard input; without one, a one-time password is made.
    Create {
        #[command(flatten)]
        config: Config,
        #[arg(long)]
        name: String,
        #[arg(long, default_value = "")]
        phone: String,
        #[arg(long, default_value = "")]
        email: String,
        /// Make a one-time password and do not ask.
        #[arg(long)]
        one_time_password: bool,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

pub fn run(command: Command) -> anyhow::Result<()> {
    let Command::Create { config, name, phone, email, one_time_password, json } = command;
    let details = Details::parse(&name, &phone, &email).map_err(|errors| said(&errors))?;
    let typed = if one_time_password { None } else { read_password()? };
    let password = typed.clone().unwrap_or_else(spoken_code);
    let new = NewAccount {
        password_must_change: typed.is_none(),
        is_administrator: true,
        ..NewAccount::of(details, password::hash(&password)?)
    };
    let app = app::open(&config, Clock::System)?;
    let now = app.clock.now();
    let account = actix_web::rt::System::new()
        .block_on(app.db.write(move |db| create_account(db, &new, now)))
        .map_err(|error| match error.refusal() {
            Refusal::Invalid(errors) => said(&errors),
            other => anyhow::anyhow!("{other:?}"),
        })?;
    let one_time = typed.is_none().then_some(password);
    if json {
        println!("{}", serde_json::json!({ "account": account.id, "one_time_password": one_time }));
    } else {
        println!("Made the administrator {}.", account.full_name);
        if let Some(password) = one_time {
            println!("One-time password, to be changed at the first sign-in: {password}");
        }
    }
    Ok(())
}

/// The first line of the standard input; an empty one means that a password is to be made.
fn read_password() -> anyhow::Result<Option<String>> {
    if std::io::stdin().is_terminal() {
        print!("Password (empty: make a one-time password): ");
        std::io::stdout().flush()?;
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).context("the password could not be read")?;
    let password = line.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        return Ok(None);
    }
    password::check(password).map_err(|sentence| anyhow::anyhow!(sentence.said(Lang::En)))?;
    Ok(Some(password.to_owned()))
}

fn said(errors: &FieldErrors) -> anyhow::Error {
    let sentences: Vec<String> = errors.0.iter().map(|(_, sentence)| sentence.said(Lang::En)).collect();
    anyhow::anyhow!(sentences.join(" "))
}
