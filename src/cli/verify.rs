//! `hoithi verify`: walks along the seals of the audit and says whether every link holds.

use crate::{
    app,
    base::{clock::Clock, config::Config},
    features::audit,
};

pub fn run(config: &Config, json: bool) -> anyhow::Result<()> {
    let app = app::open(config, Clock::System)?;
    let verdict = actix_web::rt::System::new().block_on(app.db.read(audit::verify))?;
    if json {
        println!(
            "{}",
            serde_json::json!({ "holds": verdict.holds(), "chains": verdict.chains, "sealed": verdict.sealed,
                "waiting": verdict.waiting, "broken": verdict.broken })
        );
    } else {
        println!(
            "{} chains, {} sealed records, {} waiting for their seal.",
            verdict.chains, verdict.sealed, verdict.waiting
        );
        for (chain, position) in &verdict.broken {
            println!("BROKEN: chain {chain} does not hold at link {position}.");
        }
    }
    anyhow::ensure!(verdict.holds(), "the audit was changed after it was sealed");
    Ok(())
}
