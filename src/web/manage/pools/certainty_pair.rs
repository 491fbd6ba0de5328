//! Two entries of a standing side by side: how likely the better one truly is better.

use serde::Serialize;

use super::certainty::ShownSureRow;
use crate::{
    features::judging::standing::{Certainty, ratio_text},
    web::words::Words,
};

#[derive(Debug, Serialize)]
pub struct ShownPair {
    pub one: Vec<PickChoice>,
    pub other: Vec<PickChoice>,
    pub said: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct PickChoice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// The pair that was asked for, or else the last above the line and the first below it.
pub fn shown_pair(
    certainty: &Certainty,
    rows: &[ShownSureRow],
    (one, other): (&str, &str),
    words: &Words,
) -> Option<ShownPair> {
    let line = certainty.seats.unwrap_or(1).clamp(1, rows.len().checked_sub(1).filter(|last| *last > 0)?);
    let find = |code: &str, or: usize| rows.iter().position(|row| row.code == code).unwrap_or(or);
    let (one, other) = (find(one, line - 1), find(other, line));
    // An entry beside itself says nothing: its neighbour stands in.
    let other = if one == other { if one > 0 { one - 1 } else { 1 } } else { other };
    let choices = |chosen: usize| {
        let choice = |(at, row): (usize, &ShownSureRow)| PickChoice {
            value: row.code.clone(),
            label: format!("{} · {}", row.code, row.title),
            chosen: at == chosen,
        };
        rows.iter().enumerate().map(choice).collect()
    };
    // Said of the better one, whichever was named first.
    let (better, worse) = (one.min(other), one.max(other));
    let versus =
        certainty.versus(&certainty.rows.get(better)?.entry_id, &certainty.rows.get(worse)?.entry_id);
    let said = match versus {
        Some(versus) => {
            let args = [
                ("better", rows.get(better)?.code.as_str().into()),
                ("worse", rows.get(worse)?.code.as_str().into()),
                ("lead", ratio_text(versus.lead, 2, words.lang).into()),
                ("error", words.lang.decimal(versus.error, 1).into()),
                ("chance", words.lang.decimal(versus.chance * 100.0, 0).into()),
            ];
            words.say_with("certainty-versus-said", &args)
        }
        None => words.say("certainty-versus-unknown"),
    };
    Some(ShownPair { one: choices(one), other: choices(other), said })
}
