//! Changing a panel: who sits on it, who heads it, who leaves, who is asked to come.

use std::{collections::BTreeSet, sync::Arc};

use actix_web::{HttpResponse, web::Path};

use super::{
    head::pool_id,
    panel::{Said, Typed, page},
};
use crate::{
    base::{
        ids::{AccountId, CategoryId, InvitationId, PoolId, random_token},
        seal::hash_hex,
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::{
            InvitationRole,
            invitations::{
                CancelInvitationError, InviteError, NewInvitation, cancel_invitation, invite_judge,
            },
            store::find_invitation,
        },
        judging::{NewJudge, PanelRole, add_judge, change_judge, limit_judge, remove_judge},
        pools,
    },
    infra::db::Db,
    web::{
        error::WebError,
        form::{AppData, Form},
        visitor::SignedIn,
    },
};

const INVITATION_DAYS: i64 = 14;

pub async fn add(
    app: AppData,
    signed: SignedIn,
    pool: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let id = pool_id(&pool)?;
    let account: AccountId = form.get("account").parse().map_err(|_| WebError::NotFound)?;
    let new = match new_judge(&form, account) {
        Ok(new) => new,
        Err(errors) => return page(&app, &signed, &pool, Said { errors, ..Said::default() }).await,
    };
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let done = app.db.write(move |db| add_judge(db, &person, &id, &new, now)).await;
    answer(&app, &signed, &pool, done.map(drop), "panel-added", Typed::default()).await
}

pub async fn change(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (id, account, typed) = at(&path, &form)?;
    let new = match new_judge(&form, account) {
        Ok(new) => new,
        Err(errors) => {
            return page(&app, &signed, &path.0, Said { errors, typed, ..Said::default() }).await;
        }
    };
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let done = app.db.write(move |db| change_judge(db, &person, &id, &new, now)).await;
    answer(&app, &signed, &path.0, done.map(drop), "panel-changed", typed).await
}

/// The categories that a judge takes; none chosen means all.
pub async fn limit(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (id, account, typed) = at(&path, &form)?;
    let chosen: Result<BTreeSet<CategoryId>, _> = form.all("category").into_iter().map(str::parse).collect();
    let chosen = chosen.map_err(|_| WebError::NotFound)?;
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let done = app.db.write(move |db| limit_judge(db, &person, &id, &account, &chosen, now)).await;
    answer(&app, &signed, &path.0, done.map(drop), "panel-changed", typed).await
}

pub async fn remove(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (id, account, typed) = at(&path, &form)?;
    let reason = typed.reason.clone();
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let done = app.db.write(move |db| remove_judge(db, &person, &id, &account, &reason, now)).await;
    answer(&app, &signed, &path.0, done.map(drop), "panel-removed", typed).await
}

/// Writes a link for somebody who may not have an account yet. The page shows it once; the database keeps its hash.
pub async fn invite(
    app: AppData,
    signed: SignedIn,
    pool: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let id = pool_id(&pool)?;
    let token = random_token();
    let (token_hash, full_name) = (hash_hex(token.as_bytes()), form.get("full_name").to_owned());
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let written = app
        .db
        .write(move |db| -> Result<_, InviteError> {
            let pool = pools::store::find(db, &id)?.ok_or(InviteError::NotFound)?;
            if !pools::policy::may_run(db, &person, &pool)? {
                return Err(InviteError::NotFound);
            }
            let new = NewInvitation {
                token_hash: token_hash.clone(),
                role: InvitationRole::Judge,
                unit_id: pool.unit_id.clone(),
                full_name: full_name.clone(),
                title: String::new(),
                days: INVITATION_DAYS,
            };
            invite_judge(db, &person.id, &id, &new, now)
        })
        .await
        .map_err(WebError::from);
    let said = match written {
        Ok(_) => Said { new_link: format!("{}/invitations/{token}", app.base_url), ..Said::default() },
        Err(WebError::Invalid(errors)) => Said { errors, typed: Typed::read(&form, ""), ..Said::default() },
        Err(error) => return Err(error),
    };
    page(&app, &signed, &pool, said).await
}

pub async fn cancel(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    _form: Form,
) -> Result<HttpResponse, WebError> {
    let id = pool_id(&path.0)?;
    let invitation: InvitationId = path.1.parse().map_err(|_| WebError::NotFound)?;
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let of = id.clone();
    let act = move |db: &mut Db| {
        let written = find_invitation(db, &invitation)?;
        let written = written.filter(|invitation| invitation.pool_id.as_ref() == Some(&of));
        cancel_invitation(db, &person, &written.ok_or(CancelInvitationError::NotFound)?.id, now)
    };
    app.db.write(act).await?;
    Ok(signed.visitor.redirect(&app, &panel_href(&id), Some(("ok", Sentence::new("panel-cancelled")))))
}

fn panel_href(pool: &PoolId) -> String {
    format!("/manage/pools/{pool}/panel")
}

fn new_judge(form: &Form, account: AccountId) -> Result<NewJudge, FieldErrors> {
    let max_entries = match form.get("max_entries").trim() {
        "" => None,
        typed => Some(
            typed
                .parse()
                .map_err(|_| FieldErrors::one("max_entries", Sentence::new("judging-error-max-entries")))?,
        ),
    };
    let role = form.get("role").parse().unwrap_or(PanelRole::Judge);
    Ok(NewJudge { account, role, max_entries })
}

/// Which judge of which pool, and what was typed about them.
fn at(path: &(String, String), form: &Form) -> Result<(PoolId, AccountId, Typed), WebError> {
    let account = path.1.parse().map_err(|_| WebError::NotFound)?;
    Ok((pool_id(&path.0)?, account, Typed::read(form, &path.1)))
}

/// Back to the page, or the page with what was wrong.
async fn answer(
    app: &AppData,
    signed: &SignedIn,
    pool: &str,
    done: Result<(), impl Into<WebError>>,
    key: &'static str,
    typed: Typed,
) -> Result<HttpResponse, WebError> {
    let errors = match done.map_err(Into::into) {
        Ok(()) => {
            let to = panel_href(&pool_id(pool)?);
            return Ok(signed.visitor.redirect(app, &to, Some(("ok", Sentence::new(key)))));
        }
        Err(WebError::Invalid(errors)) => errors,
        Err(WebError::Refused(sentence)) => FieldErrors::one("panel", sentence),
        Err(error) => return Err(error),
    };
    page(app, signed, pool, Said { errors, typed, ..Said::default() }).await
}
