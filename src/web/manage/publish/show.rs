//! The page from which a result is published: what would be said now, and what was said before.

use actix_web::{HttpResponse, web::Path};
use serde::Serialize;

use super::preview::{PreviewRow, grant_row, of_pool};
use crate::{
    base::sentence::FieldErrors,
    features::{
        accounts::Person,
        awards,
        awards::views::ShownGrant,
        contests::{self, Contest},
        publication::{
            Scope,
            views::{Version, list_versions},
        },
    },
    infra::db::Db,
    web::{
        app::App,
        error::WebError,
        form::{AppData, Form, ShownErrors},
        manage::pools::frame::{OpenedPool, PoolHead, open_pool},
        render::Page,
        visitor::SignedIn,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct PublishPage {
    /// Of the pool; absent for a contest.
    pub head: Option<PoolHead>,
    pub title: String,
    pub contest_href: String,
    /// Where the form goes.
    pub action: String,
    /// Where everybody reads the result.
    pub public_href: String,
    pub rows: Vec<PreviewRow>,
    /// How many entries the decision chose; absent for a contest.
    pub chosen: Option<usize>,
    pub versions: Vec<VersionRow>,
    pub replaces: i32,
    pub reason: String,
    pub show_chosen: bool,
    pub refused: String,
    pub errors: ShownErrors,
}

impl Page for PublishPage {
    const TEMPLATE: &'static str = "manage/publish.html";
}

#[derive(Debug, Serialize)]
pub struct VersionRow {
    pub version: i32,
    pub at: String,
    pub reason: String,
    pub hash: String,
    pub href: String,
}

/// What is published: the result of a pool, or of a contest.
pub enum Target {
    Pool(Box<OpenedPool>),
    Contest(Box<Contest>),
}

pub struct Found {
    pub target: Target,
    grants: Vec<ShownGrant>,
    chosen: Option<usize>,
    versions: Vec<Version>,
}

pub fn find_pool(db: &mut Db, person: &Person, id: &str) -> Result<Found, WebError> {
    let opened = open_pool(db, person, id)?;
    let (grants, chosen) = of_pool(db, &opened.pool)?;
    let versions = list_versions(db, &Scope::Pool(opened.pool.id.clone()))?;
    Ok(Found { target: Target::Pool(Box::new(opened)), grants, chosen: Some(chosen), versions })
}

pub fn find_contest(db: &mut Db, person: &Person, slug: &str) -> Result<Found, WebError> {
    let contest = contests::views::find_by_slug(db, slug)?.ok_or(WebError::NotFound)?;
    if !contests::policy::may_run(db, person, &contest)? {
        return Err(WebError::NotFound);
    }
    let grants = awards::views::list_standing(db, &contest.id)?;
    let versions = list_versions(db, &Scope::Contest(contest.id.clone()))?;
    Ok(Found { target: Target::Contest(Box::new(contest)), grants, chosen: None, versions })
}

/// What was typed and why it was not taken.
#[derive(Default)]
pub struct Typed {
    pub form: Form,
    pub errors: FieldErrors,
    pub refused: String,
}

pub async fn show_pool(app: AppData, signed: SignedIn, path: Path<String>) -> Result<HttpResponse, WebError> {
    let found = read(&app, &signed, path.into_inner(), find_pool).await?;
    app.page(&signed.visitor, &page(&signed.visitor.words, &found, &Typed::default()))
}

pub async fn show_contest(
    app: AppData,
    signed: SignedIn,
    path: Path<String>,
) -> Result<HttpResponse, WebError> {
    let found = read(&app, &signed, path.into_inner(), find_contest).await?;
    app.page(&signed.visitor, &page(&signed.visitor.words, &found, &Typed::default()))
}

pub async fn read(
    app: &App,
    signed: &SignedIn,
    id: String,
    find: fn(&mut Db, &Person, &str) -> Result<Found, WebError>,
) -> Result<Found, WebError> {
    let person = signed.person.clone();
    app.db.read(move |db| find(db, &person, &id)).await
}

pub fn page(words: &Words, found: &Found, typed: &Typed) -> PublishPage {
    let (head, title, contest, action, public_href) = match &found.target {
        Target::Pool(opened) => {
            let head = opened.head(words, "publish");
            let title = format!("{}: {}", head.round, head.unit);
            let action = format!("{}/publish", head.href);
            (Some(head), title, &opened.contest, action, format!("/pools/{}/results", opened.pool.id))
        }
        Target::Contest(contest) => {
            let slug = contest.slug.as_str();
            let action = format!("/manage/contests/{slug}/publish");
            let title = contest.title_in(words.lang).to_owned();
            (None, title, contest.as_ref(), action, format!("/contests/{slug}/results"))
        }
    };
    let version = |version: &Version| VersionRow {
        version: version.version,
        at: words.date_time(version.published_at),
        reason: version.reason.clone(),
        hash: version.content_hash.clone(),
        href: match found.target {
            Target::Pool(_) => format!("{public_href}?version={}", version.version),
            Target::Contest(_) => format!("{public_href}/{}", version.version),
        },
    };
    PublishPage {
        head,
        title,
        contest_href: format!("/manage/contests/{}", contest.slug.as_str()),
        action,
        rows: found.grants.iter().map(|grant| grant_row(words, grant)).collect(),
        chosen: found.chosen,
        versions: found.versions.iter().map(version).collect(),
        replaces: found.versions.first().map_or(0, |version| version.version),
        reason: typed.form.get("reason").to_owned(),
        show_chosen: typed.form.has("show_chosen"),
        refused: typed.refused.clone(),
        errors: ShownErrors::new(&typed.errors, words),
        public_href,
    }
}
