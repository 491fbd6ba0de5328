//! Walking: from the addresses that the program has, filled with what is known, along every link, source and action.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use hoithi::base::text::fold;
use scraper::{Html, Selector};

use super::reading::texts_of;
use crate::support::{Answer, Guest};

/// A planted text where it must not be.
#[derive(Debug, Clone, PartialEq)]
pub struct Leak {
    pub address: String,
    pub marker: String,
}

pub struct Walk {
    /// As they were planted, and folded for the search.
    markers: Vec<(String, String)>,
    /// What may stand for each part of an address.
    names: BTreeMap<&'static str, Vec<String>>,
    waiting: VecDeque<String>,
    met: BTreeSet<String>,
    pub leaks: Vec<Leak>,
    pub kinds: BTreeSet<String>,
}

/// More addresses than the world has; a walk that grows without end is a fault of its own.
const MAX_ADDRESSES: usize = 4_000;

impl Walk {
    pub fn new(markers: &[String], names: &BTreeMap<&'static str, Vec<String>>) -> Self {
        let mut walk = Self {
            markers: markers.iter().map(|marker| (marker.clone(), fold(marker))).collect(),
            names: names.clone(),
            waiting: VecDeque::new(),
            met: BTreeSet::new(),
            leaks: Vec::new(),
            kinds: BTreeSet::new(),
        };
        for (method, pattern) in hoithi::web::addresses() {
            if method == "GET" {
                for address in walk.filled(pattern) {
                    walk.meet(address);
                }
            }
        }
        for words in ["Bí Mật", "kín bưng", "Lộ Tên", "0987651234"] {
            for slug in names["slug"].clone() {
                walk.meet(format!("/contests/{slug}/entries?q={}", fold(words).replace(' ', "+")));
                walk.meet(format!(
                    "/api/v1/contests/{slug}/entries?scope=all&q={}",
                    fold(words).replace(' ', "+")
                ));
            }
        }
        walk
    }

    pub fn n_seen(&self) -> usize {
        self.met.len()
    }

    /// Every way to put known values into an address.
    fn filled(&self, pattern: &str) -> Vec<String> {
        let mut filled = vec![pattern.to_owned()];
        for (name, values) in &self.names {
            let place = format!("{{{name}}}");
            if pattern.contains(&place) {
                filled = filled
                    .iter()
                    .flat_map(|address| values.iter().map(|value| address.replace(&place, value)))
                    .collect();
            }
        }
        filled.retain(|address| !address.contains('{'));
        filled
    }

    fn meet(&mut self, address: String) {
        let address = address.split('#').next().unwrap_or_default().to_owned();
        let is_ours = address.starts_with('/') && !address.starts_with("//");
        // What a search finds is asked for above; pages of pages would not end.
        let is_endless = address.matches('&').count() > 2 || address.starts_with("/assets/");
        if is_ours && !is_endless && self.met.len() < MAX_ADDRESSES && self.met.insert(address.clone()) {
            self.waiting.push_back(address);
        }
    }

    pub async fn through(&mut self, guest: &mut Guest) {
        while let Some(address) = self.waiting.pop_front() {
            let answer = guest.get(&address).await;
            assert!(
                !answer.status.is_server_error(),
                "{address} answered {}: {}",
                answer.status,
                answer.body
            );
            self.search(&address, &answer);
            self.follow(&answer);
        }
    }

    fn search(&mut self, address: &str, answer: &Answer) {
        let kind = answer.headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if answer.status.is_success() {
            self.kinds.insert(kind.to_owned());
        }
        let headers: Vec<String> = answer
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {}", decoded(&String::from_utf8_lossy(value.as_bytes()))))
            .collect();
        // Folding a film letter by letter would take longer than the walk; in what is packed a marker stands as it was planted.
        let is_text = kind.starts_with("text/") || kind.contains("json") || kind.is_empty();
        let texts = texts_of(kind, &answer.bytes);
        let said =
            fold(&if is_text { [headers.join("\n"), texts.clone()].join("\n") } else { headers.join("\n") });
        // A page repeats what was searched for.
        let asked = fold(address.split_once("q=").map_or("", |(_, words)| words));
        for (marker, folded) in self.markers.iter().filter(|(_, folded)| !asked.contains(folded)) {
            if (said.contains(folded) || texts.contains(marker)) && !is_register_of_units(address, marker) {
                self.leaks.push(Leak { address: address.to_owned(), marker: marker.clone() });
            }
        }
    }

    fn follow(&mut self, answer: &Answer) {
        if !answer.location.is_empty() {
            self.meet(answer.location.clone());
        }
        let kind = answer.headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.starts_with("text/html") {
            for address in addresses_in(&answer.body) {
                self.meet(address);
            }
        }
        if kind.starts_with("application/json") {
            for id in ids_in(&answer.body) {
                for pattern in ["/api/v1/entries/{}", "/files/{}/tep", "/manage/entries/{}", "/units/{}"] {
                    self.meet(pattern.replace("{}", &id));
                }
            }
        }
    }
}

/// The organisation's own list of its units names every unit, whoever sent something in, and so do the forms that choose one.
fn is_register_of_units(address: &str, marker: &str) -> bool {
    let address = address.split('?').next().unwrap_or_default();
    let lists_units =
        ["/units", "/api/v1/units", "/manage/units/", "/manage/contests/new", "/my/entries/new"];
    // A unit's inbox names the unit, on the page and in the names of its files.
    let is_list =
        ["/entries", "/entries.csv", "/entries.xlsx", "/new"].iter().any(|end| address.ends_with(end));
    let is_of_entries = address.contains("/entries") && !is_list;
    (marker.contains("xã") || marker.contains("huyện"))
        && lists_units.iter().any(|start| address.starts_with(start))
        && !is_of_entries
        || address.ends_with("/statistics") && (marker.contains("xã") || marker.contains("huyện"))
}

fn addresses_in(body: &str) -> Vec<String> {
    let html = Html::parse_document(body);
    let mut found = Vec::new();
    for (selector, attribute) in [
        ("a[href]", "href"),
        ("img[src], video[src], audio[src], source[src], iframe[src], track[src]", "src"),
        ("video[poster]", "poster"),
        ("form[method=get][action], form:not([method])[action]", "action"),
        ("link[href]", "href"),
    ] {
        let selector = Selector::parse(selector).unwrap();
        found.extend(html.select(&selector).filter_map(|element| element.attr(attribute)).map(str::to_owned));
    }
    found
}

fn ids_in(body: &str) -> BTreeSet<String> {
    let words = body.split(|c: char| !(c.is_ascii_hexdigit() || c == '-'));
    words.filter(|word| word.len() == 36 && word.matches('-').count() == 4).map(str::to_owned).collect()
}

/// `%C3%A1` as `á`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let pair = (*first == b'%')
            .then(|| after.get(..2))
            .flatten()
            .and_then(|pair| std::str::from_utf8(pair).ok());
        if let Some(byte) = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
