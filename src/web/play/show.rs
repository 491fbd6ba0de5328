use std::sync::Arc;

use actix_web::{HttpResponse, http::header, web::Path};
use serde::Serialize;

use crate::{
    base::{clock::Moment, ids::AttachmentId, sentence::Sentence},
    features::{
        accounts::Person,
        attachments::{
            Attachment,
            games::{self, Game, GameState},
        },
    },
    infra::db::{Db, DbError},
    web::{
        arena::play_address,
        entry_parts::file_address,
        error::WebError,
        files::{Seen, find_seen},
        form::AppData,
        render::Page,
        visitor::Visitor,
    },
};

#[derive(Debug, Serialize)]
struct PlayPage {
    start: String,
    is_ready: bool,
    /// Why it cannot be played, or may not start.
    problem: String,
    file_href: String,
}

impl Page for PlayPage {
    const TEMPLATE: &'static str = "play/show.html";
}

/// The page for browsers without script, and for playing over the whole window.
pub async fn show(app: AppData, visitor: Visitor, id: Path<String>) -> Result<HttpResponse, WebError> {
    let (attachment, seen, game) = find(&app, &visitor, &id).await?;
    let problem = problem(&app, seen, game.as_ref()).map(|sentence| sentence.said(visitor.words.lang));
    let page = PlayPage {
        start: format!("/play/{}/start", attachment.id),
        is_ready: app.arena.is_some() && game.as_ref().is_some_and(|game| game.state == GameState::Ready),
        problem: problem.unwrap_or_default(),
        // The name could say whose it is.
        file_href: file_address(&attachment.id, ending_of(&attachment.file_name)),
    };
    app.page(&visitor, &page)
}

/// Leads the frame to the arena.
pub async fn start(app: AppData, visitor: Visitor, id: Path<String>) -> Result<HttpResponse, WebError> {
    let (_, seen, game) = find(&app, &visitor, &id).await?;
    match (&app.arena, game.filter(|game| game.state == GameState::Ready)) {
        (Some(arena), Some(game)) => {
            let to = play_address(arena, &app.sealer, &game, seen == Seen::Blindly, app.clock.now());
            let mut response = HttpResponse::SeeOther();
            response.insert_header((header::LOCATION, to));
            response.insert_header((header::CACHE_CONTROL, "no-store"));
            response.insert_header((header::REFERRER_POLICY, "no-referrer"));
            Ok(response.finish())
        }
        (_, game) => {
            let sentence = problem(&app, seen, game.as_ref());
            Err(WebError::Refused(sentence.unwrap_or_else(|| Sentence::new("games-not-ready"))))
        }
    }
}

fn problem(app: &AppData, seen: Seen, game: Option<&Game>) -> Option<Sentence> {
    match game {
        _ if app.arena.is_none() => Some(Sentence::new("games-no-arena")),
        None => Some(Sentence::new("games-not-ready")),
        Some(game) if game.state == GameState::Refused => Some(Sentence::new("games-unplayable")),
        Some(game) => game.trial_sentence(seen == Seen::ByThoseConcerned),
    }
}

async fn find(
    app: &AppData,
    visitor: &Visitor,
    id: &str,
) -> Result<(Attachment, Seen, Option<Game>), WebError> {
    let id: AttachmentId = id.parse().map_err(|_| WebError::NotFound)?;
    let (person, now) = (visitor.person.clone(), app.clock.now());
    let found = app.db.read(move |db| find_game(db, person.as_ref(), &id)).await?;
    let (attachment, seen, game) = found.ok_or(WebError::NotFound)?;
    if game.is_none() {
        ask_for(app, &attachment, now).await?;
    }
    Ok((attachment, seen, game))
}

fn find_game(
    db: &mut Db,
    person: Option<&Arc<Person>>,
    id: &AttachmentId,
) -> Result<Option<(Attachment, Seen, Option<Game>)>, DbError> {
    let Some((attachment, seen)) = find_seen(db, person, id)? else { return Ok(None) };
    if !games::is_game(&attachment.media_type) {
        return Ok(None);
    }
    let game = games::store::find(db, &attachment.file_hash)?;
    Ok(Some((attachment, seen, game)))
}

/// What was attached before games could be played is unpacked when somebody wants to.
async fn ask_for(app: &AppData, attachment: &Attachment, now: Moment) -> Result<(), DbError> {
    let attachment = attachment.clone();
    app.db.write(move |db| games::prepare(db, &attachment, now)).await
}

fn ending_of(name: &str) -> &'static str {
    if name.to_lowercase().ends_with(".zip") { "game.zip" } else { "game.html" }
}
