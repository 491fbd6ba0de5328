//! `hoithi doctor`: what works here, what is missing, and what that costs.

use chrono::Duration;
use serde::Serialize;

use crate::{
    app,
    base::{clock::Clock, config::Config},
    features::units,
    infra::{
        browser,
        db::DbError,
        queue,
        tools::{Confinement, is_installed},
    },
    web::app::App,
};

#[derive(Debug, Serialize)]
struct Finding {
    what: &'static str,
    ok: bool,
    says: String,
}

/// Programs beside this one, and what is not done without them.
const PROGRAMS: [(&str, &[&str], &str); 7] = [
    (
        "ffmpeg",
        &["ffmpeg"],
        "films and sound are shown as they came, not compared by the radar, and withheld from blind judges",
    ),
    ("ffprobe", &["ffprobe"], "films are shown as they came; their length is read from MP4 alone"),
    ("soffice", &["soffice"], "slides and documents can only be downloaded"),
    ("pdftoppm", &["pdftoppm"], "PDF opens in the browser's own viewer, without pictures of its pages"),
    ("pdftotext", &["pdftotext"], "the words of PDF are not compared by the radar"),
    (
        "chromium",
        &browser::PROGRAMS,
        "games are played, but nobody is told beforehand that one does not start, and they have no pictures",
    ),
    ("pdftocairo", &["pdftocairo"], "PDF is withheld from blind judges"),
];
const LITTLE_SPACE_BYTES: u64 = 2 << 30;

pub fn run(config: &Config, json: bool) -> anyhow::Result<()> {
    let findings = examine(config);
    let all_well = findings.iter().all(|finding| finding.ok);
    if json {
        println!("{}", serde_json::to_string_pretty(&findings)?);
    } else {
        for finding in &findings {
            println!("{} {}: {}", if finding.ok { "ok     " } else { "MISSING" }, finding.what, finding.says);
        }
    }
    anyhow::ensure!(all_well, "something is missing");
    Ok(())
}

fn examine(config: &Config) -> Vec<Finding> {
    let engine = if config.database_url().starts_with("postgres") { "PostgreSQL" } else { "SQLite" };
    let app = match app::open(config, Clock::System) {
        Ok(app) => app,
        Err(error) => {
            return vec![Finding { what: "database", ok: false, says: format!("{engine}: {error:#}") }];
        }
    };
    let mut findings = vec![Finding {
        what: "database",
        ok: true,
        says: format!("{engine} answers, tables are up to date"),
    }];
    findings.push(file_store(&app, config));
    findings.push(space(config));
    let system = actix_web::rt::System::new();
    findings.push(levels(system.block_on(app.db.read(units::store::count_levels))));
    findings.push(backlog(&system, &app));
    findings.push(arena(&app));
    findings.extend(PROGRAMS.iter().map(|(what, names, cost)| program(what, names, cost)));
    findings.extend(confinement(Confinement::here()));
    findings
}

fn file_store(app: &App, config: &Config) -> Finding {
    let kept = app.files.keep_bytes(b"hoithi doctor");
    let place = config.files_url.clone().unwrap_or_else(|| config.uploads().display().to_string());
    Finding {
        what: "file store",
        ok: kept.is_ok(),
        says: match kept {
            Ok(_) => format!("{place} can be written"),
            Err(error) => format!("{place}: {error}; nothing can be sent in"),
        },
    }
}

fn space(config: &Config) -> Finding {
    let folder = if config.files_url.is_some() { config.data.clone() } else { config.uploads() };
    let free = rustix::fs::statvfs(folder).map(|disk| disk.f_bavail.saturating_mul(disk.f_frsize));
    Finding {
        what: "disk",
        ok: free.is_ok_and(|free| free >= LITTLE_SPACE_BYTES),
        says: match free {
            Ok(free) if free < LITTLE_SPACE_BYTES => {
                format!("{} MB free; uploads will soon be refused", free >> 20)
            }
            Ok(free) => format!("{} MB free", free >> 20),
            Err(error) => error.to_string(),
        },
    }
}

fn levels(count: Result<i64, DbError>) -> Finding {
    Finding {
        what: "levels",
        ok: count.as_ref().is_ok_and(|count| *count > 0),
        says: match count {
            Ok(0) => "none yet; sign in as administrator and import the units".to_owned(),
            Ok(count) => format!("{count} levels"),
            Err(error) => error.to_string(),
        },
    }
}

/// Work that waits for an hour means that no program serves; work that was given up has its reason in the log.
fn backlog(system: &actix_web::rt::SystemRunner, app: &App) -> Finding {
    let now = app.clock.now();
    let counted = system.block_on(app.db.read(move |db| -> Result<_, DbError> {
        let overdue = queue::count_overdue(db, now - Duration::hours(1))?;
        Ok((queue::count_waiting(db)?, overdue, queue::count_failed(db, now - Duration::days(7))?))
    }));
    match counted {
        Ok((waiting, overdue, failed)) => Finding {
            what: "queue",
            ok: overdue == 0 && failed == 0,
            says: match (overdue, failed) {
                (0, 0) => format!("{waiting} jobs wait, none late, none given up in a week"),
                (0, _) => {
                    format!("{waiting} jobs wait; {failed} were given up in a week: `jobs.reason` says why")
                }
                _ => format!(
                    "{overdue} of {waiting} jobs wait for more than an hour: is `hoithi serve` running? {failed} were given up in a week"
                ),
            },
        },
        Err(error) => Finding { what: "queue", ok: false, says: error.to_string() },
    }
}

fn arena(app: &App) -> Finding {
    Finding {
        what: "arena",
        ok: app.arena.is_some(),
        says: app.arena.as_ref().map_or_else(
            || "ARENA_URL is not set; games can only be downloaded".to_owned(),
            |arena| format!("games are played on {}", arena.url),
        ),
    }
}

fn program(what: &'static str, names: &[&str], cost: &str) -> Finding {
    let found = names.iter().find(|name| is_installed(name));
    Finding {
        what,
        ok: found.is_some(),
        says: found.map_or_else(|| format!("not installed; {cost}"), |name| format!("{name} is installed")),
    }
}

fn confinement(here: Confinement) -> [Finding; 2] {
    let says = |ok: bool, yes: &str, no: &str| if ok { yes.to_owned() } else { no.to_owned() };
    [
        Finding {
            what: "limits",
            ok: here.limits,
            says: says(
                here.limits,
                "other programs run with limits (prlimit)",
                "prlimit does not work here; a hostile file can make a program take all memory",
            ),
        },
        Finding {
            what: "no network",
            ok: here.network.is_some(),
            says: says(
                here.network.is_some(),
                "other programs run without a network (unshare)",
                "unshare does not work here; a hostile file can make a program ask for addresses",
            ),
        },
    ]
}
