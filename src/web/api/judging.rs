//! The standing of a pool for whoever leads it, and a judge's own sheets.

use actix_web::web::{Bytes, Json, Path};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::caller::KnownCaller;
use crate::{
    base::ids::{EntryId, PoolId},
    features::{
        contests,
        judging::{self, TypedSheet, save_sheet, standing::standing_of, submit_sheet},
        pools, voting,
    },
    infra::db::DbError,
    web::{error::WebError, form::AppData, veil::Veil},
};

#[derive(Debug, Serialize, ToSchema)]
pub struct StandingAnswer {
    pub pool: String,
    /// SHA-256 of the places and exact scores.
    pub hash: String,
    pub rows: Vec<StandingRowAnswer>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct StandingRowAnswer {
    pub entry: String,
    pub code: String,
    pub title: String,
    pub unit: String,
    /// Equal scores share a place and the next is skipped; null without a score.
    pub place: Option<i32>,
    /// Rounded for reading; places come from the exact score.
    pub score: Option<String>,
    pub sheets_in: i32,
    pub sheets_due: i32,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct SheetRequest {
    /// Of the sheet that was read; 0 for the first save.
    pub edition: i32,
    /// By the id of the criterion, as text: `87,5` and `87.5` are one number.
    pub marks: std::collections::BTreeMap<String, String>,
    /// By the id of the criterion; left out, they stay as they are.
    #[serde(default)]
    pub notes: Option<std::collections::BTreeMap<String, String>>,
    #[serde(default)]
    pub comment: String,
    #[serde(default)]
    pub private_note: String,
    /// Give the sheet for good, and not only save it.
    #[serde(default)]
    pub submit: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SheetAnswer {
    pub edition: i32,
    pub submitted: bool,
    /// The judge's next entry without a submitted sheet.
    pub next: Option<String>,
}

#[utoipa::path(get, path = "/api/v1/pools/{pool}/standing", params(("pool" = String, Path)), security(("bearer" = [])),
    responses((status = 200, body = StandingAnswer), (status = 401), (status = 404)))]
pub async fn standing(
    app: AppData,
    caller: KnownCaller,
    pool: Path<String>,
) -> Result<Json<StandingAnswer>, WebError> {
    let id: PoolId = pool.parse().map_err(|_| WebError::NotFound)?;
    let (person, lang) = (caller.person, caller.words.lang);
    let found = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let Some(pool) = pools::store::find(db, &id)? else { return Ok(None) };
            if !judging::policy::may_lead(db, &person, &pool)? {
                return Ok(None);
            }
            let votes = voting::views::counts_of(db, &pool.id)?;
            let round = contests::store::find_round(db, &pool.round_id)?;
            let is_blind = match &round {
                Some(round) if round.is_blind => {
                    !pools::policy::may_run(db, &person, &pool)?
                        || judging::policy::is_blinded_in(db, &person, &pool, round)?
                }
                _ => false,
            };
            Ok(Some((pool.id.clone(), standing_of(db, &pool, &votes)?, is_blind)))
        })
        .await?;
    let (pool, standing, is_blind) = found.ok_or(WebError::NotFound)?;
    let rows = standing.rows.into_iter().map(|row| StandingRowAnswer {
        score: row.score.is_some().then(|| row.score_text(lang)),
        entry: row.entry_id.to_string(),
        code: row.code,
        title: Veil::new(is_blind, &row.authors, &[], &row.unit_name).cover(&row.title),
        unit: if is_blind { String::new() } else { row.unit_name },
        place: row.place,
        sheets_in: row.sheets_in,
        sheets_due: row.sheets_due,
    });
    Ok(Json(StandingAnswer { pool: pool.to_string(), hash: standing.hash, rows: rows.collect() }))
}

#[utoipa::path(put, path = "/api/v1/pools/{pool}/entries/{entry}/sheet", request_body = SheetRequest,
    params(("pool" = String, Path), ("entry" = String, Path)), security(("bearer" = [])),
    responses((status = 200, body = SheetAnswer), (status = 401), (status = 404), (status = 409), (status = 422)))]
pub async fn save(
    app: AppData,
    caller: KnownCaller,
    place: Path<(String, String)>,
    body: Bytes,
) -> Result<Json<SheetAnswer>, WebError> {
    let pool: PoolId = place.0.parse().map_err(|_| WebError::NotFound)?;
    let entry: EntryId = place.1.parse().map_err(|_| WebError::NotFound)?;
    let (person, now) = (caller.person, caller.words.now);
    // Asked before the body is read: an entry that is not on this judge's desk is not found.
    let (judge, of, asked_for) = (person.id.clone(), pool.clone(), entry.clone());
    let desk = app.db.read(move |db| judging::views::find_desk(db, &of, &asked_for, &judge)).await?;
    desk.ok_or(WebError::NotFound)?;
    let asked: SheetRequest = super::read_json(&body)?;
    let marks = asked.marks.into_iter().filter_map(|(criterion, mark)| Some((criterion.parse().ok()?, mark)));
    let typed = TypedSheet {
        edition: asked.edition,
        marks: marks.collect(),
        notes: asked.notes.map(|notes| {
            notes.into_iter().filter_map(|(criterion, note)| Some((criterion.parse().ok()?, note))).collect()
        }),
        comment: asked.comment,
        private_note: asked.private_note,
        save_id: String::new(),
    };
    if asked.submit {
        let given = app.db.write(move |db| submit_sheet(db, &person, &pool, &entry, &typed, now)).await?;
        let next = given.next.map(|entry| entry.to_string());
        return Ok(Json(SheetAnswer { edition: given.edition, submitted: true, next }));
    }
    let saved = app.db.write(move |db| save_sheet(db, &person, &pool, &entry, &typed, now)).await?;
    Ok(Json(SheetAnswer { edition: saved.edition, submitted: false, next: None }))
}
