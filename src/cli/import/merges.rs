use serde_json::json;

use super::{Source, errors_as_json, print_errors, said};
use crate::{
    app,
    base::clock::Clock,
    features::units::{
        TreeKeeper,
        merges::{MergePlan, Under, apply_merges, plan_merges, read_map},
        views::find_by_code,
    },
    infra::db::DbError,
};

pub fn run(source: &Source, under: &str) -> anyhow::Result<()> {
    let bytes = std::fs::read(&source.file)?;
    let app = app::open(&source.config, Clock::System)?;
    actix_web::rt::System::new().block_on(async {
        let now = app.clock.now();
        let as_of = source.as_of.unwrap_or(now.date());
        let map = read_map(&bytes);
        let (planned, code) = (map.clone(), under.to_owned());
        let (plan, parent) = app
            .db
            .read(move |db| -> Result<_, DbError> {
                Ok((plan_merges(db, &planned)?, find_by_code(db, &code)?))
            })
            .await?;
        print(&plan, source.json);
        anyhow::ensure!(plan.errors.is_empty(), "{} lines are wrong, nothing was done", plan.errors.len());
        if !source.dry_run {
            let parent = parent.ok_or_else(|| anyhow::anyhow!("no unit bears the code {under}"))?.id;
            let act = move |db: &mut _| {
                let under = Under { parent: &parent, as_of, shown: None };
                apply_merges(db, &TreeKeeper::operator(), &map, &under, now)
            };
            app.db.write(act).await.map_err(said)?;
            if !source.json {
                println!("Done.");
            }
        }
        Ok(())
    })
}

fn print(plan: &MergePlan, as_json: bool) {
    if as_json {
        let undecided: Vec<_> = plan
            .undecided
            .iter()
            .map(|row| json!({ "line": row.line, "code": row.unit.code, "name": row.unit.name, "note": row.note }))
            .collect();
        let answer = json!({ "merges": plan.merges.len(), "made": plan.made(), "closed": plan.closed(),
            "undecided": undecided, "errors": errors_as_json(&plan.errors) });
        println!("{answer}");
        return;
    }
    print_errors(&plan.errors);
    for merge in &plan.merges {
        let names: Vec<&str> = merge.merged.iter().map(|unit| unit.name.as_str()).collect();
        match &merge.lives_on {
            Some(unit) => println!("{} ({}) lives on as {}", unit.name, unit.code, merge.new_name),
            None => println!("{} ({}) is new", merge.new_name, merge.new_code),
        }
        if !names.is_empty() {
            println!("  takes in {}", names.join(", "));
        }
    }
    println!(
        "{} units of after, {} of them new; {} units close; {} lines wait for a person's decision:",
        plan.merges.len(),
        plan.made(),
        plan.closed(),
        plan.undecided.len()
    );
    for row in &plan.undecided {
        println!("  line {}: {} ({}): {}", row.line, row.unit.name, row.unit.code, row.note);
    }
}
