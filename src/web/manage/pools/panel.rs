//! The panel of a pool: who sits on it, who is asked to, who left and why.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Path};
use serde::{Deserialize, Serialize};

use super::head::{Led, PoolHead, pool_id};
use crate::{
    base::{
        contact::Phone,
        ids::{CategoryId, PanelMemberId},
        sentence::FieldErrors,
    },
    features::{
        accounts::Invitation,
        contests::{Category, views::list_categories},
        judging::{
            PanelRole, SheetStatus,
            assigning::JudgeFacts,
            store,
            views::{self, Candidate, Task},
        },
        pools::PoolStatus,
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
    pub typed: Typed,
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
pub struct Said {
    pub q: String,
    pub new_link: String,
    pub errors: FieldErrors,
    pub typed: Typed,
}

/// A form that was refused, as it was typed.
#[derive(Debug, Default, Serialize)]
pub struct Typed {
    /// The judge whose form it is; empty for an invitation.
    pub account: String,
    pub max_entries: String,
    pub reason: String,
    pub full_name: String,
}

impl Typed {
    pub fn read(form: &Form, account: &str) -> Self {
        let field = |name: &str| form.get(name).to_owned();
        Self {
            account: account.to_owned(),
            max_entries: field("max_entries"),
            reason: field("reason"),
            full_name: field("full_name"),
        }
    }
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

/// The page again, with what was wrong and what was typed.
pub async fn page(
    app: &AppData,
    signed: &SignedIn,
    pool: &str,
    said: Said,
) -> Result<HttpResponse, WebError> {
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
        typed: said.typed,
        new_link: said.new_link,
        can_change: matches!(facts.led.place.pool.status, PoolStatus::Gathering | PoolStatus::Judging),
    }
}
