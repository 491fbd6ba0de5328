//! Plans what is shown of files that came in before there were recipes for them, or before a program was installed.

use super::Tools;
use crate::{
    features::attachments::{
        games,
        renditions::{self, Recipe},
    },
    infra::{browser, db::DbError, tools::is_installed},
};

/// What a recipe needs; pictures need nothing.
const NEEDED: [(Recipe, &[&str]); 3] = [
    (Recipe::Film, &["ffmpeg", "ffprobe"]),
    (Recipe::Sound, &["ffmpeg", "ffprobe"]),
    (Recipe::Document, &["soffice", "pdfinfo", "pdftoppm"]),
];

pub async fn run(tools: Tools) -> anyhow::Result<()> {
    let now = tools.clock.now();
    let n_planned = tools.db.write(move |db| renditions::plan_missing(db, now)).await?;
    if n_planned > 0 {
        tracing::info!(n_planned, "files of before are being made ready to be shown");
    }
    tools.db.write(move |db| games::plan_trials(db, now)).await?;
    let ready = NEEDED.iter().filter(|(_, programs)| programs.iter().all(|program| is_installed(program)));
    let mut ready: Vec<Recipe> = ready.map(|(recipe, _)| *recipe).collect();
    ready.extend(browser::program().map(|_| Recipe::Game));
    for recipe in ready {
        let plan = move |db: &mut _| -> Result<usize, DbError> {
            renditions::plan_what_lacked_programs(db, recipe, now)
        };
        tools.db.write(plan).await?;
    }
    Ok(())
}
