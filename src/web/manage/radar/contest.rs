//! What is alike in a contest, and looking over it again.

use std::sync::Arc;

use actix_web::{HttpResponse, web::Path};
use serde::Serialize;

use super::lines::{LikenessLine, line, name_of};
use crate::{
    base::sentence::Sentence,
    features::{
        accounts::Person,
        contests::{self, Contest, views::find_by_slug},
        radar::{
            self, RADAR_OF_CONTEST, RequestRadarError,
            policy::{PairSight, sight_of_pair},
            request_radar,
        },
    },
    infra::{
        db::{Db, DbError},
        queue::{self, Job, JobStatus},
    },
    web::{
        error::WebError,
        form::{AppData, Form},
        render::Page,
        visitor::SignedIn,
        words::Words,
    },
};

const MAX_LINES: i64 = 200;

#[derive(Debug, Serialize)]
struct RadarPage {
    base: String,
    contest: String,
    lines: Vec<LikenessLine>,
    n_open: usize,
    is_looking: bool,
    percent: i32,
    /// How the last look went.
    last: String,
}

impl Page for RadarPage {
    const TEMPLATE: &'static str = "manage/radar/contest.html";
}

pub async fn show(app: AppData, signed: SignedIn, slug: Path<String>) -> Result<HttpResponse, WebError> {
    let (person, words) = (Arc::clone(&signed.person), signed.visitor.words);
    let read = app.db.read(move |db| read_page(db, &person, &slug, &words)).await?;
    let page = read.ok_or(WebError::NotFound)?;
    app.page(&signed.visitor, &page)
}

fn read_page(db: &mut Db, person: &Person, slug: &str, words: &Words) -> Result<Option<RadarPage>, DbError> {
    let Some(contest) = find_by_slug(db, slug)? else { return Ok(None) };
    if !contests::policy::may_run(db, person, &contest)? {
        return Ok(None);
    }
    let mut lines = Vec::new();
    let mut n_open = 0;
    for (likeness, first, second) in radar::views::list_of_contest(db, &contest.id, MAX_LINES)? {
        let names = match sight_of_pair(db, person, &likeness)? {
            Some(PairSight::Both(_)) => (name_of(&first), name_of(&second)),
            Some(PairSight::One { own, other_contest_is_same, .. }) => {
                (name_of(&own), super::lines::name_of_other(other_contest_is_same, words))
            }
            None => continue,
        };
        n_open += usize::from(likeness.status == radar::LikenessStatus::Open);
        lines.push(line(&likeness, names, words));
    }
    let job = queue::newest_of(db, RADAR_OF_CONTEST, &[contest.id.as_str()])?.into_iter().next();
    Ok(Some(page(&contest, lines, n_open, job.as_ref(), words)))
}

fn page(
    contest: &Contest,
    lines: Vec<LikenessLine>,
    n_open: usize,
    job: Option<&Job>,
    words: &Words,
) -> RadarPage {
    let is_looking = job.is_some_and(|job| matches!(job.status, JobStatus::Waiting | JobStatus::Running));
    let last = match job {
        Some(Job { status: JobStatus::Done, ended_at: Some(at), .. }) => {
            words.say_with("radar-last-done", &[("at", words.date_time(*at).into())])
        }
        Some(Job { status: JobStatus::Failed, .. }) => words.say("radar-last-failed"),
        _ => String::new(),
    };
    RadarPage {
        base: format!("/manage/contests/{}", contest.slug.as_str()),
        contest: contest.title_in(words.lang).to_owned(),
        lines,
        n_open,
        is_looking,
        percent: job.map_or(0, |job| job.percent),
        last,
    }
}

pub async fn look(
    app: AppData,
    signed: SignedIn,
    slug: Path<String>,
    _form: Form,
) -> Result<HttpResponse, WebError> {
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let asked = slug.clone();
    let done = app.db.write(move |db| {
        let contest = find_by_slug(db, &asked)?.ok_or(RequestRadarError::NotFound)?;
        request_radar(db, &person, &contest.id, now)
    });
    done.await?;
    let said = Some(("ok", Sentence::new("radar-said-looking")));
    Ok(signed.visitor.redirect(&app, &format!("/manage/contests/{slug}/radar"), said))
}
