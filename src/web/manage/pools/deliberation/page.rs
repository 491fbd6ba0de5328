//! What the page of the deliberation shows.

use std::{collections::HashMap, sync::Arc};

use actix_web::{HttpResponse, http::StatusCode};
use serde::Serialize;

use super::super::{
    certainty::votes_of,
    head::{Led, PoolHead, pool_id},
    ranking_words::JudgeNames,
};
use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, EntryId},
        sentence::FieldErrors,
    },
    features::{
        contests::TieStep,
        judging::{
            Sheet, SheetEvent, SheetEventKind,
            assigning::{JudgeFacts, StandingEntry},
            deliberation::{self as acts, ExtraDraw, Remark, Ruling, list_open_ties, may_speak},
            standing::StandingRow,
            store, views,
        },
        pools::PoolStatus,
        selection,
    },
    infra::db::{Db, DbError},
    web::{
        error::WebError,
        form::{AppData, ShownErrors},
        render::Page,
        visitor::SignedIn,
        words::Words,
    },
};

#[expect(clippy::struct_excessive_bools, reason = "each stands for a part of the page")]
#[derive(Debug, Serialize)]
pub struct DeliberationPage {
    pub head: PoolHead,
    pub entries: Vec<EntryRemarks>,
    pub choices: Vec<EntryChoice>,
    pub can_speak: bool,
    /// Why nothing is shown or said yet.
    pub sheets_first: String,
    pub ties: Vec<OpenTie>,
    pub has_chair: bool,
    pub can_rule: bool,
    pub record: Vec<RecordLine>,
    pub decision_href: String,
    pub is_decided: bool,
    pub body: String,
    pub reason: String,
    pub errors: ShownErrors,
}

#[derive(Debug, Serialize)]
pub struct EntryRemarks {
    pub title: String,
    pub remarks: Vec<RecordLine>,
}

#[derive(Debug, Serialize)]
pub struct EntryChoice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

#[derive(Debug, Serialize)]
pub struct OpenTie {
    pub place: String,
    pub score: String,
    pub entries: Vec<TiedEntry>,
}

#[derive(Debug, Serialize)]
pub struct TiedEntry {
    pub field: String,
    pub label: String,
    pub options: Vec<EntryChoice>,
}

#[derive(Debug, Serialize)]
pub struct RecordLine {
    pub time: String,
    pub by: String,
    pub text: String,
    pub reason: String,
    #[serde(skip)]
    at: Moment,
}

impl Page for DeliberationPage {
    const TEMPLATE: &'static str = "manage/pools/deliberation.html";
}

struct Facts {
    led: Led,
    lacking: usize,
    entries: Vec<StandingEntry>,
    judges: Vec<JudgeFacts>,
    remarks: Vec<(Remark, String)>,
    rulings: Vec<(Ruling, String)>,
    events: Vec<(SheetEvent, Sheet, String)>,
    draws: Vec<ExtraDraw>,
    turns: Vec<(String, String, Moment, String)>,
    ties: Vec<Vec<StandingRow>>,
    is_decided: bool,
}

/// As it was sent, to be shown again.
#[derive(Default)]
pub(super) struct Typed {
    pub entry: String,
    pub body: String,
    pub reason: String,
    pub orders: HashMap<String, String>,
}

fn read(
    db: &mut Db,
    person: &crate::features::accounts::Person,
    id: &crate::base::ids::PoolId,
    now: Moment,
) -> Result<Option<Facts>, DbError> {
    let Some(led) = Led::read(db, person, id)? else { return Ok(None) };
    let Some(lacking) = may_speak(db, person, &led.place.pool)? else { return Ok(None) };
    if !led.place.round.takes_sheets() {
        return Ok(None);
    }
    let mut entries = views::list_standing_entries(db, id)?;
    if !led.may_lead() {
        // Whoever is in conflict with an entry hears nothing of it.
        let own = store::list_conflicts(db, &led.place.contest.id, std::slice::from_ref(&person.id))?;
        entries.retain(|entry| !own.iter().any(|conflict| conflict.entry_id == entry.id));
    }
    let votes = votes_of(db, &led)?;
    let ties = if led.may_lead() {
        list_open_ties(db, &led.place.pool, &led.place.round, &votes)?
    } else {
        Vec::new()
    };
    Ok(Some(Facts {
        lacking,
        judges: views::list_judges(db, id, now)?,
        remarks: acts::store::list_remarks(db, id)?,
        rulings: acts::store::list_rulings_with_names(db, id)?,
        events: if led.may_lead() { acts::store::list_sheet_events(db, id)? } else { Vec::new() },
        draws: acts::store::list_extra_draws(db, id)?,
        turns: acts::store::list_turns(db, id)?,
        is_decided: selection::views::find_current(db, id)?.is_some(),
        ties,
        entries,
        led,
    }))
}

pub(super) async fn page(
    app: &AppData,
    signed: &SignedIn,
    pool: &str,
    typed: &Typed,
    errors: FieldErrors,
) -> Result<HttpResponse, WebError> {
    let (id, person) = (pool_id(pool)?, Arc::clone(&signed.person));
    let words = signed.visitor.words;
    let facts = app.db.read(move |db| read(db, &person, &id, words.now)).await?.ok_or(WebError::NotFound)?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    app.page_with(status, &signed.visitor, &shown(&facts, typed, &errors, &words))
}

fn shown(facts: &Facts, typed: &Typed, errors: &FieldErrors, words: &Words) -> DeliberationPage {
    let led = &facts.led;
    let names = JudgeNames::of(&facts.judges);
    let titles: HashMap<&EntryId, String> = facts
        .entries
        .iter()
        .map(|entry| {
            let title = led.title_of(&entry.title, &entry.authors, &entry.unit_name);
            (&entry.id, format!("{} · {title}", entry.code))
        })
        .collect();
    let is_judging = led.place.pool.status == PoolStatus::Judging;
    let may_hear = facts.lacking == 0;
    let entries = facts.entries.iter().filter_map(|entry| {
        let own = facts.remarks.iter().filter(|(remark, _)| remark.entry_id == entry.id);
        let remarks: Vec<RecordLine> = own
            .map(|(remark, name)| RecordLine {
                time: words.date_time(remark.said_at),
                by: speaker(led, &facts.judges, &names, &remark.said_by, name, words),
                text: remark.body.clone(),
                reason: String::new(),
                at: remark.said_at,
            })
            .collect();
        let title = titles.get(&entry.id)?.clone();
        (!remarks.is_empty()).then_some(EntryRemarks { title, remarks })
    });
    let has_chair = led.place.round.tie_chain.contains(&TieStep::Chair);
    DeliberationPage {
        entries: if may_hear { entries.collect() } else { Vec::new() },
        choices: facts
            .entries
            .iter()
            .filter_map(|entry| {
                Some(EntryChoice {
                    value: entry.id.to_string(),
                    label: titles.get(&entry.id)?.clone(),
                    chosen: typed.entry == entry.id.as_str(),
                })
            })
            .collect(),
        can_speak: may_hear && is_judging,
        sheets_first: if may_hear {
            String::new()
        } else {
            words.say_with("deliberation-refused-sheets-first", &[("n", facts.lacking.into())])
        },
        ties: facts.ties.iter().map(|group| open_tie(led, group, &facts.rulings, typed, words)).collect(),
        has_chair: has_chair && led.may_lead(),
        can_rule: is_judging && led.place.pool.judging_closed_at.is_some() && led.may_lead(),
        record: if may_hear { record(facts, &titles, &names, words) } else { Vec::new() },
        decision_href: if led.may_run {
            format!("/manage/pools/{}/decision", led.place.pool.id)
        } else {
            String::new()
        },
        is_decided: facts.is_decided,
        body: typed.body.clone(),
        reason: typed.reason.clone(),
        errors: ShownErrors::new(errors, words),
        head: led.head("deliberation", words),
    }
}

/// Members of the panel by number, except for whoever runs the pool; officers by name.
fn speaker(
    led: &Led,
    judges: &[JudgeFacts],
    names: &JudgeNames,
    account: &AccountId,
    name: &str,
    words: &Words,
) -> String {
    let is_judge = judges.iter().any(|judge| judge.member.account_id == *account);
    match (is_judge, led.may_run) {
        (true, true) => format!("{}: {name}", names.name(account.as_str(), words)),
        (true, false) => names.name(account.as_str(), words),
        (false, _) => name.to_owned(),
    }
}

fn open_tie(
    led: &Led,
    group: &[StandingRow],
    rulings: &[(Ruling, String)],
    typed: &Typed,
    words: &Words,
) -> OpenTie {
    let ruled = rulings.iter().rev().find(|(ruling, _)| {
        ruling.entries.len() == group.len() && group.iter().all(|row| ruling.entries.contains(&row.entry_id))
    });
    let entries = group.iter().map(|row| {
        let field = format!("order-{}", row.entry_id);
        let stands = ruled
            .and_then(|(ruling, _)| ruling.entries.iter().position(|entry| *entry == row.entry_id))
            .map(|at| (at + 1).to_string());
        let now = typed.orders.get(&field).cloned().or(stands).unwrap_or_default();
        let number = |number: usize| EntryChoice {
            value: number.to_string(),
            label: number.to_string(),
            chosen: now == number.to_string(),
        };
        let none = EntryChoice { value: String::new(), label: "–".to_owned(), chosen: now.is_empty() };
        TiedEntry {
            label: format!("{} · {}", row.code, led.title_of(&row.title, &row.authors, &row.unit_name)),
            options: std::iter::once(none).chain((1..=group.len()).map(number)).collect(),
            field,
        }
    });
    OpenTie {
        place: group.first().and_then(|row| row.place).map(|place| place.to_string()).unwrap_or_default(),
        score: group.first().map(|row| row.score_text(words.lang)).unwrap_or_default(),
        entries: entries.collect(),
    }
}

/// All that changed something after the first marks, in the order in which it happened.
fn record(
    facts: &Facts,
    titles: &HashMap<&EntryId, String>,
    names: &JudgeNames,
    words: &Words,
) -> Vec<RecordLine> {
    let led = &facts.led;
    let line = |at: Moment, by: String, text: String, reason: &str| RecordLine {
        time: words.date_time(at),
        by,
        text,
        reason: reason.to_owned(),
        at,
    };
    let title = |entry: &EntryId| titles.get(entry).cloned().unwrap_or_default();
    let mut lines: Vec<RecordLine> = facts
        .turns
        .iter()
        .map(|(action, by, at, reason)| {
            let key = format!("deliberation-{}", action.replace(['.', '_'], "-"));
            line(*at, by.clone(), words.say(&key), reason)
        })
        .collect();
    // The first submission of a sheet is no change.
    let mut seen = std::collections::HashSet::new();
    for (event, sheet, name) in &facts.events {
        let is_first = seen.insert(&sheet.id);
        if is_first && event.event == SheetEventKind::Submitted {
            continue;
        }
        let args = [
            ("judge", names.name(sheet.judge_id.as_str(), words).into()),
            ("entry", title(&sheet.entry_id).into()),
        ];
        let by = speaker(led, &facts.judges, names, &event.account_id, name, words);
        let key = format!("deliberation-sheet-{}", event.event);
        lines.push(line(event.happened_at, by, words.say_with(&key, &args), &event.reason));
    }
    for (ruling, name) in &facts.rulings {
        let order: Vec<String> =
            (1..).zip(ruling.entries.iter()).map(|(at, entry)| format!("{at}. {}", title(entry))).collect();
        let by = speaker(led, &facts.judges, names, &ruling.ruled_by, name, words);
        let text = words.say_with("deliberation-ruling", &[("order", order.join("; ").into())]);
        lines.push(line(ruling.ruled_at, by, text, &ruling.reason));
    }
    for draw in &facts.draws {
        let entries: Vec<String> = draw.entries.iter().map(title).collect();
        let args = [("number", draw.number.into()), ("entries", entries.join("; ").into())];
        lines.push(line(draw.drawn_at, String::new(), words.say_with("deliberation-more", &args), ""));
    }
    lines.sort_by_key(|line| line.at);
    lines
}
