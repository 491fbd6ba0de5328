//! An invitation's link: accepted by who is signed in, or by somebody new.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Path};
use chrono::Duration;
use serde::Serialize;

use super::sign_in::set_session;
use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, SessionId, random_token},
        lang::Arg,
        seal::hash_hex,
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::{
            Details, Invitation, InvitationRole, NewAccount, Session, SessionKind,
            invitations::{Accepted, InvitationState, accept_as_new, accept_invitation},
            password, views,
        },
        judging::panel::{AddJudgeError, join_by_invitation},
        refusal::{Refusal, Refused},
        units::{self, Unit},
    },
    infra::db::{Db, DbError},
    web::{
        app::App,
        error::WebError,
        form::{AppData, Form, ShownErrors},
        render::Page,
        signing_in::{SESSION_DAYS, device_of, hash},
        visitor::Visitor,
    },
};

#[derive(Debug, Default, Serialize)]
pub struct InvitationPage {
    pub href: String,
    pub sign_in_href: String,
    /// Why it cannot be accepted any more; empty while it can.
    pub closed: String,
    pub role: String,
    pub title: String,
    pub unit: String,
    pub above: String,
    pub invited_by: String,
    pub expires: String,
    pub is_judge: bool,
    pub signed_in: bool,
    pub own_name: String,
    pub full_name: String,
    pub phone: String,
    pub email: String,
    pub min: usize,
    pub errors: ShownErrors,
    pub refused: String,
}

impl Page for InvitationPage {
    const TEMPLATE: &'static str = "site/invitation.html";
}

pub async fn show(app: AppData, visitor: Visitor, token: Path<String>) -> Result<HttpResponse, WebError> {
    let page = read(&app, &visitor, &token).await?;
    let status = if page.closed.is_empty() { StatusCode::OK } else { StatusCode::GONE };
    app.page_with(status, &visitor, &page)
}

async fn read(app: &App, visitor: &Visitor, token: &str) -> Result<InvitationPage, WebError> {
    let token_hash = hash_hex(token.as_bytes());
    let found = app.db.read(move |db| find(db, &token_hash)).await?;
    let (invitation, path, invited_by) = found.ok_or(WebError::NotFound)?;
    let words = visitor.words;
    let href = format!("/invitations/{token}");
    let sign_in = serde_html_form::to_string([("next", &href)]).unwrap_or_default();
    let closed = match invitation.state(words.now) {
        InvitationState::Open => String::new(),
        InvitationState::Accepted => words.say("accounts-invitation-used"),
        InvitationState::Cancelled => words.say("accounts-invitation-cancelled"),
        InvitationState::Expired => words.say("accounts-invitation-expired"),
    };
    let above: Vec<&str> = path.iter().skip(1).map(|unit| unit.name.as_str()).collect();
    Ok(InvitationPage {
        sign_in_href: format!("/sign-in?{sign_in}"),
        href,
        closed,
        role: words.say(role_key(invitation.role)),
        title: invitation.title,
        unit: path.first().map(|unit| unit.name.clone()).unwrap_or_default(),
        above: above.join(", "),
        invited_by,
        expires: words.date_time(invitation.expires_at),
        is_judge: invitation.role == InvitationRole::Judge,
        signed_in: visitor.person.is_some(),
        own_name: visitor.person.as_ref().map(|person| person.full_name.clone()).unwrap_or_default(),
        full_name: invitation.full_name,
        min: password::MIN_CHARS,
        ..InvitationPage::default()
    })
}

fn find(db: &mut Db, token_hash: &str) -> Result<Option<(Invitation, Vec<Unit>, String)>, DbError> {
    let Some(invitation) = views::find_invitation_by_token(db, token_hash)? else { return Ok(None) };
    let path = units::views::path_of(db, &invitation.unit_id)?;
    let mut names = views::names_of(db, std::slice::from_ref(&invitation.invited_by))?;
    let invited_by = names.remove(&invitation.invited_by).unwrap_or_default();
    Ok(Some((invitation, path, invited_by)))
}

pub fn role_key(role: InvitationRole) -> &'static str {
    match role {
        InvitationRole::Officer => "accounts-role-officer",
        InvitationRole::Judge => "accounts-role-judge",
        InvitationRole::Member => "accounts-role-member",
    }
}

crate::act_error! {
    /// Why an invitation could not be accepted, its seat in a panel included.
    pub enum AcceptAndJoinError {
        Accept { reason: Arg } => "accounts-invitation-refused",
    }
}

pub async fn accept(
    app: AppData,
    visitor: Visitor,
    request: HttpRequest,
    token: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let page = read(&app, &visitor, &token).await?;
    if !page.closed.is_empty() {
        return app.page_with(StatusCode::GONE, &visitor, &page);
    }
    let page = InvitationPage {
        full_name: form.get("full_name").to_owned(),
        phone: form.get("phone").to_owned(),
        email: form.get("email").to_owned(),
        ..page
    };
    let token_hash = hash_hex(token.as_bytes());
    let now = app.clock.now();
    if let Some(person) = &visitor.person {
        let account = person.id.clone();
        let act = move |db: &mut Db| {
            let accepted = accept_invitation(db, &token_hash, &account, now).map_err(refused)?;
            join(db, &accepted, now)
        };
        return match app.db.write(act).await {
            Ok(accepted) => Ok(visitor.redirect(&app, where_to(&accepted), Some(welcome()))),
            Err(error) => again(&app, &visitor, page, error.refusal()),
        };
    }
    let details = match typed(&form) {
        Ok(details) => details,
        Err(errors) => return again(&app, &visitor, page, Refusal::Invalid(errors)),
    };
    let new = NewAccount {
        language: visitor.words.lang,
        ..NewAccount::of(details, hash(form.get("password")).await?)
    };
    let session_token = random_token();
    let session = first_session(&session_token, device_of(&request), now);
    let act = move |db: &mut Db| {
        let accepted = accept_as_new(db, &token_hash, &new, &session, now).map_err(refused)?;
        join(db, &accepted, now)
    };
    match app.db.write(act).await {
        Ok(accepted) => {
            let mut response = visitor.redirect(&app, where_to(&accepted), Some(welcome()));
            set_session(&mut response, &app, &session_token)?;
            Ok(response)
        }
        Err(error) => again(&app, &visitor, page, error.refusal()),
    }
}

fn typed(form: &Form) -> Result<Details, FieldErrors> {
    let details = Details::parse(form.get("full_name"), form.get("phone"), form.get("email"));
    let mut errors = details.as_ref().err().cloned().unwrap_or_default();
    if let Err(sentence) = password::check(form.get("password")) {
        errors.add("password", sentence);
    }
    errors.or(|| details.ok())
}

/// The account is put in by the act.
fn first_session(token: &str, label: String, now: Moment) -> Session {
    Session {
        id: SessionId::generate(),
        account_id: AccountId::generate(),
        kind: SessionKind::Browser,
        token_hash: hash_hex(token.as_bytes()),
        label,
        created_at: now,
        seen_at: now,
        expires_at: now + Duration::days(SESSION_DAYS),
        ended_at: None,
    }
}

/// A judge's seat is taken in the same transaction: accepted and not seated would help nobody.
fn join(db: &mut Db, accepted: &Accepted, now: Moment) -> Result<Accepted, AcceptAndJoinError> {
    if let Some(pool) = &accepted.joins_pool {
        match join_by_invitation(db, pool, &accepted.account_id, now) {
            Ok(_) | Err(AddJudgeError::AlreadySeated) => {}
            Err(error) => return Err(refused(error)),
        }
    }
    Ok(accepted.clone())
}

fn refused(error: impl Refused) -> AcceptAndJoinError {
    match error.refusal() {
        Refusal::NotFound => AcceptAndJoinError::NotFound,
        Refusal::Invalid(errors) => AcceptAndJoinError::Invalid(errors),
        Refusal::Said(sentence) => AcceptAndJoinError::Accept { reason: Arg::Key(sentence.key) },
        Refusal::Database(error) => AcceptAndJoinError::Database(error),
    }
}

fn where_to(accepted: &Accepted) -> &'static str {
    match accepted.invitation.role {
        InvitationRole::Officer => "/manage",
        InvitationRole::Judge => "/judge",
        InvitationRole::Member => "/my",
    }
}

fn welcome() -> (&'static str, Sentence) {
    ("ok", Sentence::new("accounts-invitation-accepted"))
}

fn again(
    app: &App,
    visitor: &Visitor,
    page: InvitationPage,
    refusal: Refusal,
) -> Result<HttpResponse, WebError> {
    match refusal {
        Refusal::Invalid(errors) => {
            let errors = ShownErrors::new(&errors, &visitor.words);
            app.page_with(StatusCode::UNPROCESSABLE_ENTITY, visitor, &InvitationPage { errors, ..page })
        }
        Refusal::Said(sentence) => {
            let refused = sentence.said(visitor.words.lang);
            app.page_with(StatusCode::CONFLICT, visitor, &InvitationPage { refused, ..page })
        }
        other => Err(other.into()),
    }
}
