//! A pool at a glance: where it stands, what is done, what comes next.

use actix_web::{HttpResponse, web::Path};
use serde::Serialize;

use super::{
    frame::{OpenedPool, PoolHead, open_pool},
    meters::{QuotaMeter, quota_meters},
};
use crate::{
    features::{
        awards,
        contests::EntryKind,
        entries::EntryStatus,
        pools::PoolStatus,
        publication::{self, Scope},
        selection::{self, Candidate, Outcome, list_candidates, quota::Quota},
    },
    infra::db::Db,
    web::{
        error::WebError,
        form::AppData,
        render::{NavItem, Page},
        visitor::SignedIn,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct PoolPage {
    pub head: PoolHead,
    pub figures: Vec<Figure>,
    pub steps: Vec<Step>,
    /// What to do now, with the words that explain it; absent when all is done.
    pub next: Option<Next>,
    pub meters: Vec<QuotaMeter>,
    pub doors: Vec<Door>,
}

#[derive(Debug, Serialize)]
pub struct Figure {
    pub label: String,
    pub value: String,
}

#[derive(Debug, Serialize)]
pub struct Step {
    pub name: String,
    pub href: String,
    pub note: String,
    pub state: &'static str,
    pub state_word: String,
}

#[derive(Debug, Serialize)]
pub struct Next {
    pub text: String,
    pub button: String,
    pub href: String,
}

#[derive(Debug, Serialize)]
pub struct Door {
    pub href: String,
    pub name: String,
    pub note: String,
}

impl Page for PoolPage {
    const TEMPLATE: &'static str = "manage/pools/show.html";
}

/// What the page counts.
struct Counts {
    candidates: Vec<Candidate>,
    outcomes: Vec<(Outcome, EntryKind)>,
    waiting_in: usize,
    waiting_out: usize,
    grants: usize,
    version: i32,
}

pub async fn show(app: AppData, signed: SignedIn, path: Path<String>) -> Result<HttpResponse, WebError> {
    let person = signed.person.clone();
    let read = move |db: &mut Db| -> Result<_, WebError> {
        let opened = open_pool(db, &person, &path)?;
        let counts = count(db, &opened)?;
        Ok((opened, counts))
    };
    let (opened, counts) = app.db.read(read).await?;
    app.page(&signed.visitor, &page(&signed.visitor.words, &opened, &counts))
}

fn count(db: &mut Db, opened: &OpenedPool) -> Result<Counts, WebError> {
    let pool = &opened.pool;
    let (candidates, _) = list_candidates(db, pool, &opened.round)?;
    let outcomes = match selection::views::find_current(db, &pool.id)? {
        Some(decision) => selection::views::list_outcomes(db, &decision.id)?
            .into_iter()
            .map(|(row, entry)| (row.outcome, entry.kind))
            .collect(),
        None => Vec::new(),
    };
    let (waiting_in, waiting_out) = selection::views::count_waiting(db, &pool.id)?;
    let grants = awards::views::list_for_pool(db, &pool.id)?;
    Ok(Counts {
        candidates,
        outcomes,
        waiting_in,
        waiting_out,
        grants: grants.iter().filter(|grant| grant.grant.revoked_at.is_none()).count(),
        version: publication::views::latest(db, &Scope::Pool(pool.id.clone()))?
            .map_or(0, |publication| publication.version),
    })
}

fn page(words: &Words, opened: &OpenedPool, counts: &Counts) -> PoolPage {
    let nominated: Vec<EntryKind> = counts
        .outcomes
        .iter()
        .filter(|(outcome, _)| *outcome == Outcome::Nominated)
        .map(|(_, kind)| *kind)
        .collect();
    let quota = Quota::of(&opened.round.quota, opened.unit.kind);
    let head = opened.head(words, "");
    PoolPage {
        figures: figures(words, opened, counts),
        steps: steps(words, opened, counts),
        next: next(words, opened, counts),
        meters: quota_meters(words, &quota, &nominated),
        doors: doors(&head.tabs, words, opened, counts),
        head,
    }
}

fn sheets(counts: &Counts) -> (i32, i32) {
    counts.candidates.iter().fold((0, 0), |(given, due), row| (given + row.sheets_in, due + row.sheets_due))
}

fn chosen(counts: &Counts) -> usize {
    counts.outcomes.iter().filter(|(outcome, _)| *outcome != Outcome::NotChosen).count()
}

fn not_accepted(counts: &Counts) -> usize {
    counts.candidates.iter().filter(|row| row.status != EntryStatus::Accepted).count()
}

fn number(words: &Words, count: usize) -> String {
    words.number(i64::try_from(count).unwrap_or(i64::MAX))
}

fn figures(words: &Words, opened: &OpenedPool, counts: &Counts) -> Vec<Figure> {
    let figure = |key: &str, value: String| Figure { label: words.say(key), value };
    let mut figures = vec![
        figure("pool-figure-entries", number(words, counts.candidates.len())),
        figure("pool-figure-to-check", number(words, not_accepted(counts))),
    ];
    if opened.round.takes_sheets() {
        let (given, due) = sheets(counts);
        figures.push(figure("pool-figure-sheets", format!("{given} / {due}")));
    }
    if !counts.outcomes.is_empty() {
        figures.push(figure("pool-figure-chosen", number(words, chosen(counts))));
    }
    if counts.waiting_in > 0 {
        figures.push(figure("pool-figure-waiting-in", number(words, counts.waiting_in)));
    }
    figures
}

/// From gathering to publishing, each with its page.
fn steps(words: &Words, opened: &OpenedPool, counts: &Counts) -> Vec<Step> {
    let decided = matches!(opened.pool.status, PoolStatus::Decided | PoolStatus::Published);
    let (given, due) = sheets(counts);
    let href = opened.href();
    let all = [
        (
            "pool-step-gather",
            format!("/manage/units/{}/entries", opened.unit.id),
            number(words, counts.candidates.len()),
            true,
            !counts.candidates.is_empty(),
        ),
        (
            "pool-step-judge",
            format!("{href}/progress"),
            format!("{given} / {due}"),
            opened.round.takes_sheets(),
            due > 0 && given >= due,
        ),
        (
            "pool-step-votes",
            format!("{href}/votes"),
            String::new(),
            opened.round.takes_votes(),
            !counts.candidates.is_empty() && counts.candidates.iter().all(|row| row.place.is_some()),
        ),
        ("pool-step-decide", format!("{href}/decision"), String::new(), true, !counts.outcomes.is_empty()),
        ("pool-step-award", format!("{href}/awards"), number(words, counts.grants), true, counts.grants > 0),
        (
            "pool-step-publish",
            format!("{href}/publish"),
            String::new(),
            true,
            opened.pool.status == PoolStatus::Published,
        ),
    ];
    let mut found_here = false;
    let mut steps = Vec::new();
    for (key, href, note, shown, done) in all {
        if !shown {
            continue;
        }
        // What comes before a decision is over once it is taken.
        let done =
            done || (decided && matches!(key, "pool-step-gather" | "pool-step-judge" | "pool-step-votes"));
        let state = if done {
            "done"
        } else if found_here {
            ""
        } else {
            found_here = true;
            "here"
        };
        let state_word = match state {
            "done" => words.say("pool-step-done"),
            "here" => words.say("pool-step-here"),
            _ => String::new(),
        };
        steps.push(Step { name: words.say(key), href, note, state, state_word });
    }
    steps
}

fn next(words: &Words, opened: &OpenedPool, counts: &Counts) -> Option<Next> {
    let href = opened.href();
    let say = |key: &str, n: usize| words.say_with(key, &[("n", n.into())]);
    let next =
        |text: String, button: &str, href: String| Some(Next { text, button: words.say(button), href });
    if counts.waiting_in > 0 {
        return next(
            say("pool-next-waiting", counts.waiting_in),
            "pool-next-waiting-button",
            format!("{href}/nominations"),
        );
    }
    if counts.candidates.is_empty() {
        return None;
    }
    let (given, due) = sheets(counts);
    match opened.pool.status {
        PoolStatus::Gathering if not_accepted(counts) > 0 => {
            let inbox = format!("/manage/units/{}/entries", opened.unit.id);
            next(say("pool-next-check", not_accepted(counts)), "pool-next-check-button", inbox)
        }
        PoolStatus::Gathering if opened.round.takes_sheets() && due == 0 => {
            next(words.say("pool-next-panel"), "pool-next-panel-button", format!("{href}/panel"))
        }
        PoolStatus::Gathering | PoolStatus::Judging if given < due => {
            let args = [("given", given.into()), ("due", due.into())];
            next(
                words.say_with("pool-next-judge", &args),
                "pool-next-judge-button",
                format!("{href}/progress"),
            )
        }
        PoolStatus::Gathering | PoolStatus::Judging => {
            next(words.say("pool-next-decide"), "pool-next-decide-button", format!("{href}/decision"))
        }
        PoolStatus::Decided => {
            next(words.say("pool-next-publish"), "pool-next-publish-button", format!("{href}/publish"))
        }
        PoolStatus::Published => None,
    }
}

fn doors(tabs: &[NavItem], words: &Words, opened: &OpenedPool, counts: &Counts) -> Vec<Door> {
    let (given, due) = sheets(counts);
    let note = |href: &str| -> String {
        match href.rsplit('/').next().unwrap_or_default() {
            "panel" => words.say("pool-door-panel"),
            "assignments" => words.say("pool-door-assignments"),
            "progress" => {
                words.say_with("pool-door-progress", &[("given", given.into()), ("due", due.into())])
            }
            "votes" => words.say("pool-door-votes"),
            "standing" => words.say("pool-door-standing"),
            "certainty" => words.say("pool-door-certainty"),
            "judges" => words.say("pool-door-judges"),
            "deliberation" => words.say("pool-door-deliberation"),
            "comments" => words.say("pool-door-comments"),
            "decision" if counts.outcomes.is_empty() => words.say("pool-door-decision-none"),
            "decision" => words.say_with("pool-door-decision", &[("n", chosen(counts).into())]),
            "nominations" => {
                let args = [("incoming", counts.waiting_in.into()), ("outgoing", counts.waiting_out.into())];
                words.say_with("pool-door-nominations", &args)
            }
            "awards" => words.say_with("pool-door-awards", &[("n", counts.grants.into())]),
            "publish" if counts.version == 0 => words.say("pool-door-publish-none"),
            "publish" => words.say_with("pool-door-publish", &[("version", counts.version.into())]),
            _ => String::new(),
        }
    };
    let own = tabs.iter().filter(|tab| !tab.current).map(|tab| Door {
        note: note(&tab.href),
        href: tab.href.clone(),
        name: tab.label.clone(),
    });
    let others = [
        (format!("/manage/units/{}/entries", opened.unit.id), "pool-door-entries", "pool-door-entries-note"),
        (format!("{}/extend", opened.href()), "pool-door-extend", "pool-door-extend-note"),
    ];
    let others = others.into_iter().map(|(href, name, note)| Door {
        href,
        name: words.say(name),
        note: words.say(note),
    });
    own.chain(others).collect()
}
