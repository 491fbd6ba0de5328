//! The panel of a pool: who sits on it, who is asked to, who left and why.

use std::{collections::BTreeSet, sync::Arc};

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Path};
use serde::{Deserialize, Serialize};

use super::head::{Led, PoolHead, pool_id};
use crate::{
    base::{
        contact::Phone,
        ids::{AccountId, CategoryId, InvitationId, PanelMemberId, PoolId, random_token},
        seal::hash_hex,
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::{
            Invitation, InvitationRole,
            invitations::{CancelInvitationError, NewInvitation, cancel_invitation, invite_judge},
            store::find_invitation,
        },
        contests::{Category, views::list_categories},
        judging::{
            NewJudge, PanelRole, SheetStatus, add_judge,
            assigning::JudgeFacts,
            change_judge, limit_judge, remove_judge, store,
            views::{self, Candidate, Task},
        },
        pools::{self, PoolStatus},
    },
    infra::db::{Db, DbError},
    web::{
        error::WebError,
        form::{AppData, Form, ShownErrors, query},
        render::Page,
        visitor::SignedIn,
        words::Words,
    },
};

const INVITATION_DAYS: i64 = 14;

#[derive(Debug, Serialize)]
pub struct PanelPage {
    pub head: PoolHead,
    pub members: Vec<ShownMember>,
    pub gone: Vec<ShownMember>,
    pub has_head: bool,
    pub q: String,
    pub candidates: Vec<ShownCandidate>,
    pub invitations: Vec<ShownInvitation>,
    /// The address of an invitation that was just written; shown once.
    pub new_link: String,
    pub errors: ShownErrors,
    pub can_change: bool,
}

#[derive(Debug, Serialize)]
pub struct ShownMember {
    pub number: i32,
    pub account: String,
    pub name: String,
    pub is_head: bool,
    pub max_entries: String,
    pub done: usize,
    pub total: usize,
    pub left: String,
    /// Of the contest, when it has several; ticked are those that the judge takes.
    pub categories: Vec<ShownCategory>,
    /// "chỉ chấm: Video, Trò chơi"; empty for all.
    pub takes: String,
}

#[derive(Debug, Serialize)]
pub struct ShownCategory {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

#[derive(Debug, Serialize)]
pub struct ShownCandidate {
    pub account: String,
    pub name: String,
    pub units: String,
    pub phone: String,
}

#[derive(Debug, Serialize)]
pub struct ShownInvitation {
    pub id: String,
    pub name: String,
    pub until: String,
}

impl Page for PanelPage {
    const TEMPLATE: &'static str = "manage/pools/panel.html";
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Search {
    q: String,
}

/// What a post of this page leaves for the page to say.
#[derive(Default)]
struct Said {
    q: String,
    new_link: String,
    errors: FieldErrors,
}

struct Facts {
    led: Led,
    judges: Vec<JudgeFacts>,
    tasks: Vec<Task>,
    invitations: Vec<Invitation>,
    candidates: Vec<Candidate>,
    categories: Vec<Category>,
    takes: Vec<(PanelMemberId, CategoryId)>,
}

pub async fn show(
    request: HttpRequest,
    app: AppData,
    signed: SignedIn,
    pool: Path<String>,
) -> Result<HttpResponse, WebError> {
    let Search { q } = query(&request);
    page(&app, &signed, &pool, Said { q, ..Said::default() }).await
}

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
    answer(&app, &signed, &pool, done.map(drop).map_err(WebError::from), "panel-added").await
}

pub async fn change(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let id = pool_id(&path.0)?;
    let account: AccountId = path.1.parse().map_err(|_| WebError::NotFound)?;
    let new = match new_judge(&form, account) {
        Ok(new) => new,
        Err(errors) => return page(&app, &signed, &path.0, Said { errors, ..Said::default() }).await,
    };
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let done = app.db.write(move |db| change_judge(db, &person, &id, &new, now)).await;
    answer(&app, &signed, &path.0, done.map(drop).map_err(WebError::from), "panel-changed").await
}

/// The categories that a judge takes; none chosen means all.
pub async fn limit(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let id = pool_id(&path.0)?;
    let account: AccountId = path.1.parse().map_err(|_| WebError::NotFound)?;
    let chosen: Result<BTreeSet<CategoryId>, _> = form.all("category").into_iter().map(str::parse).collect();
    let chosen = chosen.map_err(|_| WebError::NotFound)?;
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let done = app.db.write(move |db| limit_judge(db, &person, &id, &account, &chosen, now)).await;
    answer(&app, &signed, &path.0, done.map(drop).map_err(WebError::from), "panel-changed").await
}

pub async fn remove(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let id = pool_id(&path.0)?;
    let account: AccountId = path.1.parse().map_err(|_| WebError::NotFound)?;
    let reason = form.get("reason").to_owned();
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let done = app.db.write(move |db| remove_judge(db, &person, &id, &account, &reason, now)).await;
    answer(&app, &signed, &path.0, done.map(drop).map_err(WebError::from), "panel-removed").await
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
        .write(move |db| -> Result<_, crate::features::accounts::invitations::InviteError> {
            use crate::features::accounts::invitations::InviteError;
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
        Err(WebError::Invalid(errors)) => Said { errors, ..Said::default() },
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

/// Back to the page, or the page with what was wrong.
async fn answer(
    app: &AppData,
    signed: &SignedIn,
    pool: &str,
    done: Result<(), WebError>,
    key: &'static str,
) -> Result<HttpResponse, WebError> {
    let errors = match done {
        Ok(()) => {
            let to = panel_href(&pool_id(pool)?);
            return Ok(signed.visitor.redirect(app, &to, Some(("ok", Sentence::new(key)))));
        }
        Err(WebError::Invalid(errors)) => errors,
        Err(WebError::Refused(sentence)) => FieldErrors::one("panel", sentence),
        Err(error) => return Err(error),
    };
    page(app, signed, pool, Said { errors, ..Said::default() }).await
}

async fn page(app: &AppData, signed: &SignedIn, pool: &str, said: Said) -> Result<HttpResponse, WebError> {
    let (id, person) = (pool_id(pool)?, Arc::clone(&signed.person));
    let words = signed.visitor.words;
    let q = said.q.clone();
    let facts = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let led = Led::read(db, &person, &id)?.filter(|led| led.may_run);
            led.map(|led| read(db, led, &q, &words)).transpose()
        })
        .await?
        .ok_or(WebError::NotFound)?;
    let status = if said.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    app.page_with(status, &signed.visitor, &shown(&facts, said, &words))
}

fn read(db: &mut Db, led: Led, q: &str, words: &Words) -> Result<Facts, DbError> {
    let pool = &led.place.pool.id;
    Ok(Facts {
        categories: list_categories(db, &led.place.contest.id)?,
        takes: store::list_panel_categories(db, pool)?,
        judges: views::list_judges(db, pool, words.now)?,
        tasks: views::list_tasks(db, pool)?,
        invitations: views::list_open_invitations(db, pool, words.now)?,
        candidates: if q.trim().is_empty() {
            Vec::new()
        } else {
            views::search_candidates(db, pool, q, words.now)?
        },
        led,
    })
}

fn shown(facts: &Facts, said: Said, words: &Words) -> PanelPage {
    let member = |judge: &JudgeFacts| {
        let own = facts.tasks.iter().filter(|task| task.judge_id == judge.member.account_id);
        let (done, total) = own.fold((0, 0), |(done, total), task| {
            (done + usize::from(task.status == Some(SheetStatus::Submitted)), total + 1)
        });
        let left = judge.member.left_at.map(|at| {
            let reason = judge.member.leave_reason.clone().unwrap_or_default();
            words.say_with("panel-left", &[("time", words.date_time(at).into()), ("reason", reason.into())])
        });
        let takes = |category: &Category| {
            facts.takes.iter().any(|(member, of)| *member == judge.member.id && *of == category.id)
        };
        let names: Vec<&str> = facts
            .categories
            .iter()
            .filter(|category| takes(category))
            .map(|category| words.either(&category.name, &category.name_en))
            .collect();
        ShownMember {
            takes: if names.is_empty() {
                String::new()
            } else {
                words.say_with("panel-takes", &[("categories", names.join(", ").into())])
            },
            categories: if facts.categories.len() < 2 {
                Vec::new()
            } else {
                let shown = facts.categories.iter().map(|category| ShownCategory {
                    value: category.id.to_string(),
                    label: words.either(&category.name, &category.name_en).to_owned(),
                    chosen: takes(category),
                });
                shown.collect()
            },
            number: judge.member.number,
            account: judge.member.account_id.to_string(),
            name: judge.full_name.clone(),
            is_head: judge.member.role == PanelRole::Head,
            max_entries: judge.member.max_entries.map(|max| max.to_string()).unwrap_or_default(),
            done,
            total,
            left: left.unwrap_or_default(),
        }
    };
    let (active, gone): (Vec<&JudgeFacts>, Vec<&JudgeFacts>) =
        facts.judges.iter().partition(|judge| judge.member.is_active());
    let candidates = facts.candidates.iter().map(|candidate| ShownCandidate {
        account: candidate.id.to_string(),
        name: candidate.full_name.clone(),
        units: candidate.units.join(", "),
        phone: candidate.phone.as_ref().map(Phone::masked).unwrap_or_default(),
    });
    let invitations = facts.invitations.iter().map(|invitation| ShownInvitation {
        id: invitation.id.to_string(),
        name: invitation.full_name.clone(),
        until: words.date_time(invitation.expires_at),
    });
    PanelPage {
        head: facts.led.head("panel", words),
        has_head: active.iter().any(|judge| judge.member.role == PanelRole::Head),
        members: active.into_iter().map(member).collect(),
        gone: gone.into_iter().map(member).collect(),
        candidates: candidates.collect(),
        invitations: invitations.collect(),
        errors: ShownErrors::new(&said.errors, words),
        q: said.q,
        new_link: said.new_link,
        can_change: matches!(facts.led.place.pool.status, PoolStatus::Gathering | PoolStatus::Judging),
    }
}
