//! `hoithi doctor`: what works here, what is missing, and what that costs.

use serde::Serialize;

use crate::{
    app,
    base::{clock::Clock, config::Config},
    features::units,
};

#[derive(Debug, Serialize)]
struct Finding {
    what: &'static str,
    ok: bool,
    says: String,
}

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
    let kept = app.files.keep_bytes(b"hoithi doctor");
    let place = config.files_url.clone().unwrap_or_else(|| config.uploads().display().to_string());
    findings.push(Finding {
        what: "file store",
        ok: kept.is_ok(),
        says: match kept {
            Ok(_) => format!("{place} can be written"),
            Err(error) => format!("{place}: {error}; nothing can be sent in"),
        },
    });
    for (program, costs) in [
        ("ffmpeg", "films are not compared by the radar, and are withheld from blind judges"),
        ("pdftotext", "the words of PDF are not compared by the radar"),
        ("pdftocairo", "PDF is withheld from blind judges"),
    ] {
        let ok = crate::infra::tools::is_installed(program);
        let says = if ok { "installed" } else { costs };
        findings.push(Finding { what: program, ok, says: says.to_owned() });
    }
    let levels = actix_web::rt::System::new().block_on(app.db.read(units::store::count_levels));
    findings.push(Finding {
        what: "levels",
        ok: levels.as_ref().is_ok_and(|count| *count > 0),
        says: match levels {
            Ok(0) => "none yet; sign in as administrator and import the units".to_owned(),
            Ok(count) => format!("{count} levels"),
            Err(error) => error.to_string(),
        },
    });
    findings
}
