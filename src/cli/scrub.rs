//! `hoithi scrub`: reads every stored file again and says what is missing or rotten.

use crate::{
    app,
    base::{clock::Clock, config::Config},
    jobs::{LinkTools, Tools, scrub},
};

pub fn run(config: &Config, json: bool) -> anyhow::Result<()> {
    let app = app::open(config, Clock::System)?;
    let tools = Tools {
        db: app.db.clone(),
        clock: app.clock.clone(),
        files: app.files.clone(),
        links: LinkTools::public(config.link_repair_days),
    };
    let since = app.clock.now();
    let scrubbed = actix_web::rt::System::new().block_on(scrub(&tools, since, i64::MAX))?;
    if json {
        let bad: Vec<_> = scrubbed
            .bad
            .iter()
            .map(|(hash, finding)| serde_json::json!({ "hash": hash, "finding": finding }))
            .collect();
        println!("{}", serde_json::json!({ "read": scrubbed.n_read, "bytes": scrubbed.n_bytes, "bad": bad }));
    } else {
        println!("{} files read, {} bytes.", scrubbed.n_read, scrubbed.n_bytes);
        for (hash, finding) in &scrubbed.bad {
            println!("{}: {hash}", finding.as_str().to_uppercase());
        }
    }
    anyhow::ensure!(scrubbed.bad.is_empty(), "{} stored files are not as they should be", scrubbed.bad.len());
    Ok(())
}
