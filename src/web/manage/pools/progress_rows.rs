//! The lines of a pool's progress: one for each judge, one for each entry.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use super::head::Led;
use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, EntryId},
    },
    features::judging::{
        Sheet, SheetStatus,
        assigning::{JudgeFacts, StandingEntry},
        quorum::Quorum,
        standing::Outlook,
        views::{self, Task},
    },
    ranking::standing::{Fate, Reach},
    web::{judge::ShownProgress, words::Words},
};

#[derive(Debug, Serialize)]
pub struct JudgeProgress {
    pub number: i32,
    pub name: String,
    pub progress: ShownProgress,
    pub drafts: usize,
    pub has_left: bool,
    pub is_late: bool,
    pub last_saved: String,
}

#[derive(Debug, Serialize)]
pub struct EntryProgress {
    pub code: String,
    pub title: String,
    pub progress: ShownProgress,
    /// "Giám khảo 2, 5".
    pub missing: String,
    /// Fewer sheets than the rules ask for.
    pub is_short: bool,
    /// `done`, `ended` or `wait`, and what it means; empty where no bounds hold.
    pub fate: &'static str,
    pub fate_text: String,
    pub reach: String,
}

fn reach_text(reach: &Reach) -> String {
    if reach.best == reach.worst {
        reach.best.to_string()
    } else {
        format!("{}–{}", reach.best, reach.worst)
    }
}

/// The pool's own deadline, or else the closing of the round.
fn is_past(led: &Led, words: &Words) -> bool {
    led.place.pool.deadline_at.or(led.place.round.closes_at).is_some_and(|due| due < words.now)
}

fn is_done(task: &Task) -> bool {
    task.status == Some(SheetStatus::Submitted)
}

pub fn by_judge(
    led: &Led,
    entries: &[StandingEntry],
    judges: &[JudgeFacts],
    (tasks, sheets): (&[Task], &BTreeMap<(EntryId, AccountId), Sheet>),
    words: &Words,
) -> Vec<JudgeProgress> {
    let standing: HashSet<_> = entries.iter().map(|entry| &entry.id).collect();
    let mut of_judge: HashMap<_, Vec<&Task>> = HashMap::new();
    for task in tasks.iter().filter(|task| standing.contains(&task.entry_id)) {
        of_judge.entry(&task.judge_id).or_default().push(task);
    }
    let mut last_saved: HashMap<&AccountId, Moment> = HashMap::new();
    for ((_, judge), sheet) in sheets {
        let last = last_saved.entry(judge).or_insert(sheet.saved_at);
        *last = (*last).max(sheet.saved_at);
    }
    let rows = judges.iter().filter_map(|judge| {
        let own = of_judge.remove(&judge.member.account_id).unwrap_or_default();
        if !judge.member.is_active() && own.is_empty() {
            return None;
        }
        let done = own.iter().filter(|task| is_done(task)).count();
        Some(JudgeProgress {
            number: judge.member.number,
            name: judge.full_name.clone(),
            progress: ShownProgress::new(views::Progress { done, total: own.len() }, words),
            drafts: own.iter().filter(|task| task.status == Some(SheetStatus::Draft)).count(),
            has_left: !judge.member.is_active(),
            is_late: done < own.len() && is_past(led, words),
            last_saved: last_saved
                .get(&judge.member.account_id)
                .map(|at| words.date_time(*at))
                .unwrap_or_default(),
        })
    });
    rows.collect()
}

pub fn by_entry(
    led: &Led,
    entries: &[StandingEntry],
    judges: &[JudgeFacts],
    (tasks, outlook, quorum): (&[Task], Option<&Outlook>, &Quorum),
    words: &Words,
) -> (Vec<EntryProgress>, views::Progress) {
    let numbers: HashMap<_, i32> =
        judges.iter().map(|judge| (&judge.member.account_id, judge.member.number)).collect();
    let short: HashSet<&EntryId> = quorum.short().into_iter().map(|count| &count.entry_id).collect();
    let mut of_entry: HashMap<_, Vec<&Task>> = HashMap::new();
    for task in tasks {
        of_entry.entry(&task.entry_id).or_default().push(task);
    }
    let mut all = views::Progress::default();
    let rows = entries.iter().map(|entry| {
        let own = of_entry.remove(&entry.id).unwrap_or_default();
        let done = own.iter().filter(|task| is_done(task)).count();
        all.done += done;
        all.total += own.len();
        let mut missing: Vec<i32> = own
            .iter()
            .filter(|task| !is_done(task))
            .filter_map(|task| numbers.get(&task.judge_id).copied())
            .collect();
        missing.sort_unstable();
        let missing: Vec<String> = missing.iter().map(ToString::to_string).collect();
        let reach = outlook.and_then(|outlook| outlook.by_entry.get(&entry.id));
        let (fate, fate_key) = match reach.map(|reach| reach.fate) {
            Some(Fate::In) => ("done", "progress-fate-in"),
            Some(Fate::Out) => ("ended", "progress-fate-out"),
            Some(Fate::Open) => ("wait", "progress-fate-open"),
            None => ("", "progress-fate-none"),
        };
        EntryProgress {
            fate,
            fate_text: words.say(fate_key),
            reach: reach.map(reach_text).unwrap_or_default(),
            code: entry.code.clone(),
            title: led.title_of(&entry.title, &entry.authors, &entry.unit_name),
            progress: ShownProgress::new(views::Progress { done, total: own.len() }, words),
            missing: missing.join(", "),
            is_short: short.contains(&entry.id),
        }
    });
    (rows.collect(), all)
}
