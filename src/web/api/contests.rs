//! Contests, for everyone who may see them.

use actix_web::web::{Json, Path};
use serde::Serialize;
use utoipa::ToSchema;

use super::caller::Caller;
use crate::{
    features::{
        accounts::Person,
        contests::{self, Contest, ContestStatus, views},
    },
    infra::db::{Db, DbError},
    web::{error::WebError, form::AppData},
};

#[derive(Debug, Serialize, ToSchema)]
pub struct ContestInList {
    pub slug: String,
    pub title: String,
    pub title_en: String,
    /// `draft`, `open` or `ended`.
    pub status: String,
    /// UTC, RFC 3339.
    pub opens_at: Option<String>,
    pub closes_at: Option<String>,
    /// Whether an entry can be sent in now.
    pub takes_entries: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ContestAnswer {
    #[serde(flatten)]
    pub contest: ContestInList,
    pub summary: String,
    pub summary_en: String,
    /// Markdown.
    pub rules: String,
    pub kinds: Vec<String>,
    pub rounds: Vec<RoundAnswer>,
    pub awards: Vec<AwardAnswer>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RoundAnswer {
    pub round: i32,
    pub name: String,
    pub name_en: String,
    pub pool_level: String,
    /// `score`, `vote`, `combined` or `decide`.
    pub method: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AwardAnswer {
    pub award: String,
    /// `entry` or `unit`.
    pub goes_to: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ContestList {
    pub contests: Vec<ContestInList>,
}

#[utoipa::path(get, path = "/api/v1/contests", responses((status = 200, body = ContestList)))]
pub async fn list(app: AppData, caller: Caller) -> Result<Json<ContestList>, WebError> {
    let now = caller.words.now;
    let contests = app.db.read(views::list_public).await?;
    Ok(Json(ContestList { contests: contests.iter().map(|contest| in_list(contest, now)).collect() }))
}

#[utoipa::path(get, path = "/api/v1/contests/{slug}", params(("slug" = String, Path)),
    responses((status = 200, body = ContestAnswer), (status = 404)))]
pub async fn show(app: AppData, caller: Caller, slug: Path<String>) -> Result<Json<ContestAnswer>, WebError> {
    let now = caller.words.now;
    let answer = app
        .db
        .read(move |db| -> Result<Option<ContestAnswer>, DbError> {
            let Some(contest) = visible_contest(db, &slug, caller.person.as_deref())? else {
                return Ok(None);
            };
            let rounds = views::list_rounds(db, &contest.id)?;
            let awards = views::list_awards(db, &contest.id)?;
            Ok(Some(ContestAnswer {
                contest: in_list(&contest, now),
                kinds: contest.kinds.iter().map(ToString::to_string).collect(),
                rounds: rounds
                    .into_iter()
                    .map(|round| RoundAnswer {
                        round: round.position,
                        name: round.name,
                        name_en: round.name_en,
                        pool_level: round.pool_level.as_str().to_owned(),
                        method: round.method.to_string(),
                    })
                    .collect(),
                awards: awards
                    .into_iter()
                    .map(|award| AwardAnswer { award: award.name, goes_to: award.goes_to.to_string() })
                    .collect(),
                summary: contest.summary,
                summary_en: contest.summary_en,
                rules: contest.rules,
            }))
        })
        .await?;
    answer.map(Json).ok_or(WebError::NotFound)
}

/// A contest that is not a draft, or a draft for whoever runs it.
pub fn visible_contest(db: &mut Db, slug: &str, person: Option<&Person>) -> Result<Option<Contest>, DbError> {
    let Some(contest) = views::find_by_slug(db, slug)? else { return Ok(None) };
    let visible = contest.status != ContestStatus::Draft
        || match person {
            Some(person) => contests::policy::may_run(db, person, &contest)?,
            None => false,
        };
    Ok(visible.then_some(contest))
}

fn in_list(contest: &Contest, now: crate::base::clock::Moment) -> ContestInList {
    ContestInList {
        slug: contest.slug.as_str().to_owned(),
        title: contest.title.clone(),
        title_en: contest.title_en.clone(),
        status: contest.status.to_string(),
        opens_at: contest.opens_at.map(super::moment),
        closes_at: contest.closes_at.map(super::moment),
        takes_entries: contest.takes_entries(now),
    }
}
