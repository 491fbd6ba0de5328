use serde_json::json;

use super::{Source, errors_as_json, print_errors, said};
use crate::{
    app,
    base::clock::Clock,
    features::units::{
        TreeKeeper,
        import::{ImportPlan, import_units, plan_import, read},
        levels::{LevelForm, add_level},
        views::list_levels,
    },
    infra::db::DbError,
    web::app::App,
};

pub fn run(source: &Source, levels: Option<&str>) -> anyhow::Result<()> {
    let bytes = std::fs::read(&source.file)?;
    let app = app::open(&source.config, Clock::System)?;
    actix_web::rt::System::new().block_on(async {
        if let Some(levels) = levels {
            make_levels(&app, levels).await?;
        }
        let now = app.clock.now();
        let as_of = source.as_of.unwrap_or(now.date());
        let levels = app.db.read(list_levels).await?;
        anyhow::ensure!(!levels.is_empty(), "there are no levels yet: name them with --levels");
        let file = read(&bytes, &levels);
        let planned = file.clone();
        let plan = app.db.read(move |db| -> Result<_, DbError> { plan_import(db, &planned, as_of) }).await?;
        print(&plan, source.json);
        anyhow::ensure!(
            plan.errors.is_empty(),
            "{} lines are wrong, nothing was imported",
            plan.errors.len()
        );
        if !source.dry_run {
            let act = move |db: &mut _| import_units(db, &TreeKeeper::operator(), &file, as_of, None, now);
            app.db.write(act).await.map_err(said)?;
            if !source.json {
                println!("Imported.");
            }
        }
        Ok(())
    })
}

/// `central:Trung ương,commune:Xã:grassroots|cơ sở`: code, name and the other words of files. Only where there are none.
async fn make_levels(app: &App, levels: &str) -> anyhow::Result<()> {
    if !app.db.read(list_levels).await?.is_empty() {
        return Ok(());
    }
    for level in levels.split(',') {
        let mut parts = level.split(':');
        let code = parts.next().unwrap_or_default();
        let form = LevelForm {
            code: code.to_owned(),
            name: parts.next().unwrap_or(code).to_owned(),
            aliases: parts.next().unwrap_or_default().replace('|', ","),
            ..LevelForm::default()
        };
        let now = app.clock.now();
        let act = move |db: &mut _| add_level(db, &TreeKeeper::operator(), &form, now);
        app.db.write(act).await.map_err(said)?;
    }
    Ok(())
}

fn print(plan: &ImportPlan, as_json: bool) {
    if as_json {
        let missing: Vec<&str> = plan.missing.iter().map(|(code, _)| code.as_str()).collect();
        let answer = json!({ "rows": plan.rows, "new": plan.new.len(), "renamed": plan.renamed(),
            "moved": plan.moved(), "unchanged": plan.unchanged, "missing": missing,
            "errors": errors_as_json(&plan.errors) });
        println!("{answer}");
        return;
    }
    print_errors(&plan.errors);
    println!(
        "{} rows: {} new, {} renamed, {} moved, {} unchanged; {} units of the tree are not in the file.",
        plan.rows,
        plan.new.len(),
        plan.renamed(),
        plan.moved(),
        plan.unchanged,
        plan.missing.len()
    );
    for change in &plan.changed {
        let parent = |code: &Option<String>| code.clone().unwrap_or_else(|| "the top".to_owned());
        if change.is_renamed() {
            println!("  {}: {} becomes {}", change.after.code, change.before.name, change.after.name);
        }
        if change.is_moved() {
            let (from, to) = (parent(&change.before.parent_code), parent(&change.after.parent_code));
            println!("  {}: from below {from} to below {to}", change.after.code);
        }
    }
}
