//! Where somebody is signed in, and how they end it.

use actix_web::{HttpResponse, web::Path};
use serde::Serialize;

use crate::{
    base::{ids::SessionId, sentence::Sentence},
    features::accounts::{
        Session, SessionKind,
        signing_in::{end_other_sessions, end_session},
        views::list_sessions,
    },
    web::{
        error::WebError,
        form::{AppData, Form},
        render::Page,
        visitor::SignedIn,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct SessionsPage {
    pub sessions: Vec<SessionRow>,
    pub has_others: bool,
}

#[derive(Debug, Serialize)]
pub struct SessionRow {
    pub end_href: String,
    pub label: String,
    pub started: String,
    pub seen: String,
    pub is_current: bool,
}

impl Page for SessionsPage {
    const TEMPLATE: &'static str = "my/sessions.html";
}

pub async fn show(app: AppData, signed: SignedIn) -> Result<HttpResponse, WebError> {
    let (id, now) = (signed.person.id.clone(), app.clock.now());
    let sessions = app.db.read(move |db| list_sessions(db, &id, now)).await?;
    let words = signed.visitor.words;
    let current = &signed.person.session.id;
    let has_others = sessions.iter().any(|session| session.id != *current);
    let sessions = sessions.iter().map(|session| row(session, current, words)).collect();
    app.page(&signed.visitor, &SessionsPage { sessions, has_others })
}

fn row(session: &Session, current: &SessionId, words: Words) -> SessionRow {
    let label = match session.kind {
        SessionKind::Browser if session.label.is_empty() => words.say("accounts-session-unknown-device"),
        SessionKind::Browser => session.label.clone(),
        SessionKind::Api => format!("{} {}", words.say("accounts-session-api"), session.label),
    };
    SessionRow {
        end_href: format!("/my/sessions/{}/end", session.id),
        label,
        started: words.date_time(session.created_at),
        seen: words.distance(session.seen_at),
        is_current: session.id == *current,
    }
}

pub async fn end(
    app: AppData,
    signed: SignedIn,
    session: Path<String>,
    _: Form,
) -> Result<HttpResponse, WebError> {
    let session: SessionId = session.parse().map_err(|_| WebError::NotFound)?;
    let SignedIn { visitor, person } = signed;
    let now = app.clock.now();
    app.db.write(move |db| end_session(db, &person, &session, now)).await?;
    Ok(visitor.redirect(&app, "/my/sessions", Some(("ok", Sentence::new("accounts-session-ended")))))
}

pub async fn end_others(app: AppData, signed: SignedIn, _: Form) -> Result<HttpResponse, WebError> {
    let SignedIn { visitor, person } = signed;
    let now = app.clock.now();
    let count = app.db.write(move |db| end_other_sessions(db, &person, now)).await?;
    let said = Sentence::new("accounts-sessions-ended").with("count", count);
    Ok(visitor.redirect(&app, "/my/sessions", Some(("ok", said))))
}
