//! What the ranking has to say beside its numbers, in the reader's words. Its keys begin with `ranking-`, the texts with
//! `sure-`.

use std::collections::HashMap;

use crate::{
    base::{ids::AccountId, lang::Arg},
    features::judging::assigning::JudgeFacts,
    ranking::{
        diagnostics::{Finding, Measure},
        model::Note,
        standing::Ratio,
    },
    web::words::Words,
};

/// "Giám khảo 3" by account.
pub struct JudgeNames(HashMap<String, i32>);

impl JudgeNames {
    pub fn of(judges: &[JudgeFacts]) -> Self {
        let named = judges.iter().map(|judge| (judge.member.account_id.to_string(), judge.member.number));
        Self(named.collect())
    }

    pub fn number(&self, judge: &AccountId) -> i32 {
        self.0.get(judge.as_str()).copied().unwrap_or_default()
    }

    pub fn name(&self, judge: &str, words: &Words) -> String {
        let number = self.0.get(judge).copied().unwrap_or_default();
        words.say_with("judge-seat", &[("n", number.into())])
    }
}

fn text_key(key: &str) -> String {
    format!("sure-{}", key.trim_start_matches("ranking-"))
}

pub fn note(note: &Note, names: &JudgeNames, words: &Words) -> String {
    let args: Vec<(&'static str, Arg)> = match note {
        Note::Apart(n) | Note::FewJudges(n) | Note::Untrimmed(n) => vec![("n", (*n).into())],
        Note::LonelyJudge(judge)
        | Note::SpreadClipped(judge)
        | Note::SpreadUnknown(judge)
        | Note::NoSpread(judge) => vec![("judge", names.name(judge, words).into())],
        Note::FinerPrecision(decimals) => vec![("n", (*decimals).into())],
        _ => Vec::new(),
    };
    words.say_with(&text_key(note.key()), &args)
}

/// Says what was seen, never what it means about a person.
pub fn finding(finding: &Finding, names: &JudgeNames, words: &Words) -> String {
    let number = |value: f64, places: usize| Arg::from(words.lang.decimal(value, places));
    let mut args: Vec<(&'static str, Arg)> = vec![("judge", names.name(&finding.judge, words).into())];
    match &finding.measure {
        Measure::Generosity { points, margin } => {
            args.extend([("points", number(points.abs(), 1)), ("margin", number(*margin, 1))]);
        }
        Measure::OwnUnit { points, margin } => {
            args.extend([("points", signed(*points, 1, words).into()), ("margin", number(*margin, 1))]);
        }
        Measure::Spread { width } => args.push(("times", number(*width, 1))),
        Measure::CentralTendency { share } => args.push(("share", number(share * 100.0, 0))),
        Measure::Noise { ratio } => args.push(("times", number(*ratio, 1))),
        Measure::Agreement { correlation } | Measure::Halo { correlation } => {
            args.push(("correlation", number(*correlation, 2)));
        }
        Measure::Order { points } => args.push(("points", signed(*points, 1, words).into())),
        Measure::Drift { distance } => args.push(("distance", number(*distance, 2))),
        Measure::Pair { other, correlation, entries } => args.extend([
            ("other", names.name(other, words).into()),
            ("correlation", number(*correlation, 2)),
            ("n", (*entries).into()),
        ]),
    }
    words.say_with(&text_key(finding.measure.key()), &args)
}

/// With a real minus, and a plus before what is above zero.
pub fn signed(value: f64, places: usize, words: &Words) -> String {
    let text = words.lang.decimal(value.abs(), places);
    sign(value) + &text
}

pub fn signed_ratio(value: Ratio, words: &Words) -> String {
    let text = crate::features::judging::standing::ratio_text(value, 2, words.lang);
    match text.strip_prefix('-') {
        Some(positive) => format!("−{positive}"),
        None if value > Ratio::ZERO => format!("+{text}"),
        None => text,
    }
}

fn sign(value: f64) -> String {
    match value {
        value if value < 0.0 => "−".to_owned(),
        value if value > 0.0 => "+".to_owned(),
        _ => String::new(),
    }
}
