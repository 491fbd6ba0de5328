//! Everything a stranger needs to compute the standing again: marks, rules, program, seed.

use std::{
    io::{Cursor, Write},
    sync::Arc,
};

use actix_web::{
    HttpResponse,
    http::header::{self, ContentDisposition, DispositionParam, DispositionType},
    web::Path,
};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{
    certainty::votes_of,
    head::{Led, pool_id},
};
use crate::{
    features::{
        contests::{Criterion, views::list_criteria},
        judging::{
            PanelMember,
            standing::{DRAWS, SEED, Standing, command_of, marks_csv, rules_json, standing_csv, standing_of},
            store,
            views::{CountingSheet, list_counting_sheets},
        },
    },
    infra::db::DbError,
    ranking::standing::commitment,
    web::{
        error::WebError, form::AppData, site::contests::rounds::tie_word, visitor::SignedIn, words::Words,
    },
};

struct Facts {
    led: Led,
    standing: Standing,
    criteria: Vec<Criterion>,
    sheets: Vec<CountingSheet>,
    members: Vec<PanelMember>,
}

pub async fn download(app: AppData, signed: SignedIn, pool: Path<String>) -> Result<HttpResponse, WebError> {
    let (id, person) = (pool_id(&pool)?, Arc::clone(&signed.person));
    let words = signed.visitor.words;
    let facts = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let Some(led) = Led::read(db, &person, &id)?.filter(Led::may_lead) else { return Ok(None) };
            if !led.place.round.takes_sheets() {
                return Ok(None);
            }
            let votes = votes_of(db, &led)?;
            Ok(Some(Facts {
                standing: standing_of(db, &led.place.pool, &votes)?,
                criteria: list_criteria(db, &led.place.round.id)?,
                sheets: list_counting_sheets(db, &id)?,
                members: store::list_members(db, &id)?,
                led,
            }))
        })
        .await?
        .ok_or(WebError::NotFound)?;
    let name = format!("marks-{}.zip", facts.led.place.pool.id);
    let bytes = actix_web::web::block(move || packed(&facts, &words))
        .await
        .map_err(|error| WebError::Internal(error.into()))?
        .map_err(WebError::Internal)?;
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(name)],
    };
    Ok(HttpResponse::Ok()
        .content_type("application/zip")
        .insert_header((header::CONTENT_DISPOSITION, disposition))
        .body(bytes))
}

fn packed(facts: &Facts, words: &Words) -> anyhow::Result<Vec<u8>> {
    let Facts { led, standing, criteria, sheets, members } = facts;
    let is_revealed = standing.lot_seed.is_some();
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [
        ("marks.csv", marks_csv(standing, criteria, sheets, members)?),
        ("standing.csv", standing_csv(standing)?),
        ("rules.txt", rules_text(facts, words).into_bytes()),
        ("rules.json", rules_json(&led.place.round, is_revealed).into_bytes()),
    ] {
        // Without the time of packing, the same marks make the same file.
        archive.start_file(name, SimpleFileOptions::default())?;
        archive.write_all(&bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn rules_text(facts: &Facts, words: &Words) -> String {
    let (round, standing) = (&facts.led.place.round, &facts.standing);
    let steps: Vec<String> =
        round.tie_chain.iter().map(|step| tie_word(step, &facts.criteria, words)).collect();
    let chain = if steps.is_empty() { words.say("contests-tie-shared") } else { steps.join("; ") };
    let seed = match &standing.lot_seed {
        Some(seed) => words.say_with("export-seed", &[("seed", seed.as_str().into())]),
        None => words.say("export-seed-later"),
    };
    let mut lines = vec![
        format!(
            "{} · {} · {}",
            facts.led.place.contest.title_in(words.lang),
            round.name_in(words.lang),
            facts.led.place.unit_name
        ),
        words.say_with("export-program", &[("version", env!("CARGO_PKG_VERSION").into())]),
        words.say("export-files"),
        words.say("export-rubric"),
        words.say(&format!("export-aggregation-{}", round.aggregation)),
        words.say_with("export-command", &[("command", command_of(round).into())]),
        words.say_with("export-chain", &[("chain", chain.into())]),
        words.say_with("export-commitment", &[("hash", commitment(&round.lot_seed).into())]),
        seed,
        words.say_with("export-calibrated", &[("draws", DRAWS.into()), ("seed", SEED.into())]),
        words.say_with("export-hash", &[("hash", standing.hash.as_str().into())]),
    ];
    if !standing.weights.is_empty() {
        lines.push(words.say("export-parts"));
    }
    if !standing.dropped_criteria.is_empty() {
        let args = [("criteria", standing.dropped_criteria.join(", ").into())];
        lines.push(words.say_with("standing-dropped", &args));
    }
    lines.join("\r\n\r\n") + "\r\n"
}
