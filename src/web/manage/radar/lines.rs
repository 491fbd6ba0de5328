//! Likenesses as lines of a list.

use serde::Serialize;

use crate::{
    features::{
        accounts::Person,
        entries::Entry,
        radar::{
            self, Likeness, LikenessStatus,
            policy::{PairSight, sight_of_pair},
        },
    },
    infra::db::{Db, DbError},
    web::words::Words,
};

#[derive(Debug, Clone, Serialize)]
pub struct LikenessLine {
    pub href: String,
    /// "Ảnh gần giống nhau".
    pub kind: String,
    pub first: String,
    pub second: String,
    pub sure: String,
    pub state: &'static str,
    pub state_word: String,
}

pub fn line(likeness: &Likeness, (first, second): (String, String), words: &Words) -> LikenessLine {
    LikenessLine {
        href: format!("/manage/likenesses/{}", likeness.id),
        kind: words.say(&format!("radar-kind-{}", likeness.kind)),
        first,
        second,
        sure: words.say_with("radar-sure", &[("n", likeness.score.into())]),
        state: tone(likeness.status),
        state_word: words.say(&format!("radar-state-{}", likeness.status)),
    }
}

pub fn tone(status: LikenessStatus) -> &'static str {
    match status {
        LikenessStatus::Open => "wait",
        LikenessStatus::Seen => "info",
        LikenessStatus::Dismissed => "ok",
    }
}

pub fn name_of(entry: &Entry) -> String {
    format!("{} · {} · {}", entry.code.clone().unwrap_or_default(), entry.title, entry.unit_name)
}

/// What a person may know of the other work of a pair.
pub fn name_of_other(same_contest: bool, words: &Words) -> String {
    words.say(if same_contest { "radar-other-unit" } else { "radar-other-contest" })
}

/// The likenesses of an entry for whoever may watch it, each with the other work as this person may know it.
pub fn lines_of_entry(
    db: &mut Db,
    person: &Person,
    entry: &Entry,
    words: &Words,
) -> Result<Vec<LikenessLine>, DbError> {
    if !radar::policy::may_watch(db, person, entry)? {
        return Ok(Vec::new());
    }
    let mut lines = Vec::new();
    for likeness in radar::views::list_of_entry(db, &entry.id)?.into_iter().take(20) {
        let other = match sight_of_pair(db, person, &likeness)? {
            Some(PairSight::Both(pair)) => name_of(if pair.0.id == entry.id { &pair.1 } else { &pair.0 }),
            Some(PairSight::One { other_contest_is_same, .. }) => name_of_other(other_contest_is_same, words),
            None => continue,
        };
        lines.push(line(&likeness, (String::new(), other), words));
    }
    Ok(lines)
}
