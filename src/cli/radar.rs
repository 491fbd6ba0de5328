//! `hoithi radar`: looks over all entries for copies.

use crate::{
    app,
    base::{clock::Clock, config::Config},
    features::contests,
    jobs::{LinkTools, Tools, radar},
};

pub fn run(config: &Config, slug: Option<&str>, json: bool) -> anyhow::Result<()> {
    let app = app::open(config, Clock::System)?;
    let tools = Tools {
        db: app.db.clone(),
        clock: app.clock.clone(),
        files: app.files.clone(),
        links: LinkTools::public(config.link_repair_days),
    };
    let swept = actix_web::rt::System::new().block_on(async move {
        let contest = match slug.map(str::to_owned) {
            None => None,
            Some(slug) => {
                let asked = slug.clone();
                let found = tools.db.read(move |db| contests::views::find_by_slug(db, &asked)).await?;
                Some(found.ok_or_else(|| anyhow::anyhow!("there is no contest {slug}"))?.id)
            }
        };
        let mut said = -1;
        let swept = radar::sweep(&tools, contest, move |progress: radar::Progress| -> radar::Heard {
            if progress.percent() != said {
                said = progress.percent();
                eprint!(
                    "\r{said:>3} %  pass {} of 3, entry {} of {}   ",
                    progress.pass, progress.done, progress.of
                );
            }
            Box::pin(async { Ok(()) })
        })
        .await?;
        eprintln!();
        anyhow::Ok(swept)
    })?;
    if json {
        println!("{}", serde_json::to_string(&swept)?);
    } else {
        println!(
            "{} entries looked at, {} of them read anew; {} likenesses stand.",
            swept.entries, swept.fingerprinted, swept.likenesses
        );
    }
    Ok(())
}
