//! The results pages: of a contest, of one of its versions, of a pool.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, web::Path};
use serde::Deserialize;

use super::page::{Frame, page};
use crate::{
    base::ids::{ContestId, EntryId, PoolId},
    features::{
        accounts::Person,
        attachments::views::list_works,
        contests::{self, Award, Contest},
        entries, pools,
        publication::{
            Publication, Scope,
            content::{AwardedTo, Content},
            policy::names_veiled,
            views::{Version, find_version, latest, list_versions},
        },
        units,
    },
    infra::db::{Db, DbError},
    web::{
        entry_parts::{ShownCover, cover_of},
        error::WebError,
        form::{AppData, query},
        visitor::Visitor,
    },
};

/// A version of a result with all that its page needs.
pub struct Found {
    pub contest: Contest,
    pub awards: Vec<Award>,
    pub pool: Option<(String, String)>,
    pub versions: Vec<Version>,
    pub publication: Option<Publication>,
}

/// Without a version: the one in force, or none while nothing is published.
pub fn find_contest(
    db: &mut Db,
    person: Option<&Person>,
    slug: &str,
    version: Option<i32>,
) -> Result<Found, WebError> {
    let contest = contests::views::find_by_slug(db, slug)?.ok_or(WebError::NotFound)?;
    if !contests::policy::may_see(db, person, &contest)? {
        return Err(WebError::NotFound);
    }
    let scope = Scope::Contest(contest.id.clone());
    let publication = find_publication(db, person, &contest, (&scope, version))?;
    let awards = contests::views::list_awards(db, &contest.id)?;
    let versions = list_versions(db, &scope)?;
    Ok(Found { contest, awards, pool: None, versions, publication })
}

fn find_pool(
    db: &mut Db,
    person: Option<&Person>,
    id: &PoolId,
    version: Option<i32>,
) -> Result<Found, WebError> {
    let pool = pools::store::find(db, id)?.ok_or(WebError::NotFound)?;
    let scope = Scope::Pool(pool.id.clone());
    // What a pool did not publish is not for everyone, not even that there is such a pool.
    let contest = contests::store::find(db, &pool.contest_id)?.ok_or(WebError::NotFound)?;
    let publication = find_publication(db, person, &contest, (&scope, version))?.ok_or(WebError::NotFound)?;
    let round = contests::store::find_round(db, &pool.round_id)?.ok_or(WebError::NotFound)?;
    let unit = units::store::find(db, &pool.unit_id)?.ok_or(WebError::NotFound)?;
    Ok(Found {
        awards: contests::views::list_awards(db, &contest.id)?,
        versions: list_versions(db, &scope)?,
        pool: Some((format!("{}: {}", round.name, unit.name), format!("/pools/{id}/results"))),
        publication: Some(publication),
        contest,
    })
}

fn find_publication(
    db: &mut Db,
    person: Option<&Person>,
    contest: &Contest,
    (scope, version): (&Scope, Option<i32>),
) -> Result<Option<Publication>, WebError> {
    let publication = match version {
        Some(version) => find_version(db, scope, version)?,
        None => latest(db, scope)?,
    };
    let is_asked_for = version.is_some();
    let publication = match publication {
        Some(found) if names_veiled(db, person, &contest.id, &found)? => None,
        publication => publication,
    };
    if publication.is_none() && is_asked_for { Err(WebError::NotFound) } else { Ok(publication) }
}

pub async fn show_latest(
    app: AppData,
    visitor: Visitor,
    slug: Path<String>,
) -> Result<HttpResponse, WebError> {
    let person = visitor.person.clone();
    let found = app.db.read(move |db| find_contest(db, person.as_deref(), &slug, None)).await?;
    show(&app, &visitor, &found).await
}

pub async fn show_version(
    app: AppData,
    visitor: Visitor,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (slug, version) = path.into_inner();
    let version = version.parse().map_err(|_| WebError::NotFound)?;
    let person = visitor.person.clone();
    let found = app.db.read(move |db| find_contest(db, person.as_deref(), &slug, Some(version))).await?;
    show(&app, &visitor, &found).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    version: Option<i32>,
}

pub async fn show_pool(
    app: AppData,
    visitor: Visitor,
    path: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let id: PoolId = path.parse().map_err(|_| WebError::NotFound)?;
    let asked: Asked = query(&request);
    let person = visitor.person.clone();
    let found = app.db.read(move |db| find_pool(db, person.as_deref(), &id, asked.version)).await?;
    show(&app, &visitor, &found).await
}

/// The pictures of those who won.
fn read_covers(
    db: &mut Db,
    contest: &ContestId,
    content: &Content,
) -> Result<HashMap<String, ShownCover>, DbError> {
    let codes = content.awards.iter().filter_map(|award| match &award.to {
        AwardedTo::Entry(entry) => Some(entry.code.clone()),
        AwardedTo::Unit(_) => None,
    });
    let shown = entries::views::public_by_code(db, contest, &codes.collect::<Vec<_>>())?;
    let ids: Vec<EntryId> = shown.values().cloned().collect();
    let works = list_works(db, &ids)?;
    Ok(shown.into_iter().map(|(code, id)| (code, cover_of(works.get(&id)))).collect())
}

async fn show(app: &AppData, visitor: &Visitor, found: &Found) -> Result<HttpResponse, WebError> {
    let content = found.publication.as_ref().map(Content::read).transpose();
    let content = content.map_err(|error| WebError::Internal(error.into()))?;
    let covers = match content.clone() {
        Some(content) => {
            let contest = found.contest.id.clone();
            app.db.read(move |db| read_covers(db, &contest, &content)).await?
        }
        None => HashMap::new(),
    };
    let frame = Frame {
        contest: &found.contest,
        awards: &found.awards,
        pool: found.pool.clone(),
        versions: &found.versions,
        covers: &covers,
    };
    let shown = found.publication.as_ref().zip(content.as_ref());
    app.page(visitor, &page(&visitor.words, &frame, shown))
}
