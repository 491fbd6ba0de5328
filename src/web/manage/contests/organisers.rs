//! Who runs a contest beside the officers of its host.

use std::sync::Arc;

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Serialize;

use super::frame::{Crumb, Saved, ask_who, edition_of, hold, or_said, save as save_with};
use crate::{
    base::sentence::Sentence,
    features::contests::{
        ContestStatus,
        change::{ChangeContestError, Edit, add_organiser, remove_organiser, views::list_organisers},
        views::find_by_slug,
    },
    web::{
        error::WebError,
        form::{AppData, Form},
        render::Page,
        visitor::SignedIn,
    },
};

#[derive(Debug, Serialize)]
pub struct OrganisersPage {
    pub crumbs: Vec<Crumb>,
    pub base: String,
    pub edition: i32,
    pub is_ended: bool,
    pub host: String,
    pub organisers: Vec<OrganiserView>,
    pub sign_in: String,
    pub error: String,
}

#[derive(Debug, Serialize)]
pub struct OrganiserView {
    pub id: String,
    pub name: String,
    /// Enough to tell two people of one name apart, too little to call them.
    pub contact: String,
}

impl Page for OrganisersPage {
    const TEMPLATE: &'static str = "manage/contests/organisers.html";
}

pub async fn list(app: AppData, signed: SignedIn, slug: Path<String>) -> Result<HttpResponse, WebError> {
    let page = page(&app, &signed, &slug, "", String::new()).await?;
    app.page(&signed.visitor, &page)
}

async fn page(
    app: &AppData,
    signed: &SignedIn,
    slug: &str,
    sign_in: &str,
    error: String,
) -> Result<OrganisersPage, WebError> {
    let held = hold(app, signed, slug).await?;
    let id = held.contest().id.clone();
    let organisers = app.db.read(move |db| list_organisers(db, &id)).await?;
    let view = |account: crate::features::accounts::Account| OrganiserView {
        id: account.id.to_string(),
        contact: account.phone.map(|phone| phone.masked()).unwrap_or_default(),
        name: account.full_name,
    };
    Ok(OrganisersPage {
        crumbs: held.crumbs(&signed.visitor.words),
        base: held.base(),
        edition: held.contest().edition,
        is_ended: held.contest().status == ContestStatus::Ended,
        host: held.declared.host.name.clone(),
        organisers: organisers.into_iter().map(view).collect(),
        sign_in: sign_in.to_owned(),
        error,
    })
}

pub async fn add(
    app: AppData,
    signed: SignedIn,
    slug: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let sign_in = form.get("sign_in").to_owned();
    let act = |db: &mut _, person: &_, edit: &_, sign_in: &String, now| {
        add_organiser(db, person, edit, sign_in, now)
    };
    let words = &signed.visitor.words;
    let (status, error) = match save_with(&app, &signed, &slug, &form, Ok(sign_in.clone()), act).await? {
        Saved::Done(_) => {
            let to = format!("/manage/contests/{slug}/organisers");
            return Ok(signed.visitor.redirect(
                &app,
                &to,
                Some(("ok", Sentence::new("setup-organiser-added"))),
            ));
        }
        Saved::Wrong(errors) => {
            (StatusCode::UNPROCESSABLE_ENTITY, WebError::Invalid(errors).sentence().said(words.lang))
        }
        Saved::Refused { sentence, .. } => (StatusCode::CONFLICT, sentence.said(words.lang)),
    };
    let page = page(&app, &signed, &slug, &sign_in, error).await?;
    app.page_with(status, &signed.visitor, &page)
}

pub async fn remove(
    app: AppData,
    signed: SignedIn,
    slug: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    ask_who(&app, &signed, &slug).await?;
    let account = form.get("account").parse().map_err(|_| WebError::NotFound)?;
    let to = format!("/manage/contests/{slug}/organisers");
    let (person, slug, edition) = (Arc::clone(&signed.person), slug.into_inner(), edition_of(&form)?);
    let leaves = signed.person.id == account;
    let now = app.clock.now();
    let removed = app
        .db
        .write(move |db| {
            let contest = find_by_slug(db, &slug)?.ok_or(ChangeContestError::NotFound)?;
            let edit = Edit { contest_id: contest.id, edition, reason: String::new() };
            remove_organiser(db, &person, &edit, &account, now)
        })
        .await;
    let said = match or_said(removed)? {
        Ok(_) => ("ok", Sentence::new("setup-organiser-removed")),
        Err(sentence) => ("no", sentence),
    };
    // Whoever takes themself out may not see this page any more.
    let to = if leaves && said.0 == "ok" { "/manage" } else { &to };
    Ok(signed.visitor.redirect(&app, to, Some(said)))
}
