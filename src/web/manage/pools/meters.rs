//! How much of a pool's quota is used.

use serde::Serialize;

use crate::{
    features::{contests::EntryKind, selection::quota::Quota},
    web::{result_words::kind_word, words::Words},
};

#[derive(Debug, Clone, Serialize)]
pub struct QuotaMeter {
    pub label: String,
    /// The kind it counts, empty for all.
    pub kind: &'static str,
    pub used: i32,
    pub max: i32,
    /// `full`, `over` or empty.
    pub class: &'static str,
    pub spoken: String,
}

pub fn quota_meters(words: &Words, quota: &Quota, nominated: &[EntryKind]) -> Vec<QuotaMeter> {
    let count = |length: usize| i32::try_from(length).unwrap_or(i32::MAX);
    let total =
        quota.total.map(|max| meter(words, words.say("pool-quota-total"), "", count(nominated.len()), max));
    let kinds = quota.by_kind.iter().map(|(kind, max)| {
        let used = count(nominated.iter().filter(|other| *other == kind).count());
        meter(words, kind_word(words, *kind), kind.as_str(), used, *max)
    });
    total.into_iter().chain(kinds).collect()
}

fn meter(words: &Words, label: String, kind: &'static str, used: i32, max: i32) -> QuotaMeter {
    let args = [("label", label.as_str().into()), ("used", used.into()), ("max", max.into())];
    let spoken = words.say_with("pool-quota-spoken", &args);
    let class = match used.cmp(&max) {
        std::cmp::Ordering::Less => "",
        std::cmp::Ordering::Equal => "full",
        std::cmp::Ordering::Greater => "over",
    };
    QuotaMeter { label, kind, used, max, class, spoken }
}
