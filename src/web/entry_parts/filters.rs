//! What a list of entries is asked for by its address, and how the page shows it: fields, tags that take a condition
//! away, pages.

use serde::{Deserialize, Serialize};

use super::{Choice, Labels};
use crate::{
    base::{ids::UnitId, page::PageRequest},
    features::{
        contests::{Category, Contest, EntryKind, Field, FieldKind},
        entries::{EntryStatus, views::EntryFilter},
        units::{Level, LevelCode},
    },
    web::words::Words,
};

/// As in the address. What cannot be read asks for nothing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct FilterQuery {
    pub q: String,
    pub contest: String,
    pub unit: String,
    pub level: String,
    pub kind: String,
    pub category: String,
    pub status: String,
    pub tool: String,
    pub page: String,
    pub per: String,
}

/// A condition in force, and the address without it.
#[derive(Debug, Clone, Serialize)]
pub struct Tag {
    pub text: String,
    pub href: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct Pages {
    pub prev: String,
    pub next: String,
    pub current: String,
}

/// The lists to choose from; an empty one is not shown.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FilterFields {
    pub contests: Vec<Choice>,
    pub units: Vec<Choice>,
    pub levels: Vec<Choice>,
    pub kinds: Vec<Choice>,
    pub categories: Vec<Choice>,
    pub states: Vec<Choice>,
    pub tools: Vec<Choice>,
    pub per: Vec<Choice>,
    pub n_active: usize,
}

impl FilterQuery {
    pub fn filter(&self, contest: Option<&Contest>) -> EntryFilter {
        EntryFilter {
            text: self.q.chars().take(200).collect(),
            contest: contest.map(|contest| contest.id.clone()),
            unit: self.unit.parse().ok(),
            level: (!self.level.is_empty()).then(|| LevelCode::new(&self.level)),
            kind: self.kind.parse().ok(),
            category: self.category.parse().ok(),
            status: self.status.parse().ok(),
            tool: (!self.tool.is_empty()).then(|| self.tool.clone()),
            pool: None,
            except: Vec::new(),
        }
    }

    pub fn page(&self, per_page: i64) -> PageRequest {
        PageRequest::new(self.page.parse().ok(), self.per.parse().unwrap_or(per_page))
    }

    /// The query string with one value changed; a new condition begins at the first page.
    pub fn with(&self, name: &str, value: &str) -> String {
        let mut pairs = vec![
            ("q", self.q.as_str()),
            ("contest", &self.contest),
            ("unit", &self.unit),
            ("level", &self.level),
            ("kind", &self.kind),
            ("category", &self.category),
            ("status", &self.status),
            ("tool", &self.tool),
            ("per", &self.per),
            ("page", &self.page),
        ];
        for (known, kept) in &mut pairs {
            if *known == name {
                *kept = value;
            } else if *known == "page" {
                *kept = "";
            }
        }
        pairs.retain(|(_, value)| !value.is_empty());
        format!("?{}", serde_html_form::to_string(pairs).unwrap_or_default())
    }

    pub fn pages(&self, total: i64, request: PageRequest, words: &Words) -> Pages {
        let last = ((total + request.per_page - 1) / request.per_page).max(1);
        let address = |number: i64| self.with("page", &number.to_string());
        let args = [("n", words.number(request.number).into()), ("of", words.number(last).into())];
        Pages {
            prev: if request.number > 1 { address(request.number - 1) } else { String::new() },
            next: if request.number < last { address(request.number + 1) } else { String::new() },
            current: words.say_with("entries-page-of", &args),
        }
    }
}

/// What the lists are made of.
pub struct Offered<'o> {
    pub contests: &'o [Contest],
    /// Id and name.
    pub units: &'o [(UnitId, String)],
    pub levels: &'o [Level],
    pub categories: &'o [Category],
    pub fields: &'o [Field],
    pub with_states: bool,
}

pub fn filter_fields(
    query: &FilterQuery,
    offered: &Offered<'_>,
    labels: &Labels,
    words: &Words,
) -> FilterFields {
    let list = |key: &str, chosen: &str, options: Vec<(String, String)>| -> Vec<Choice> {
        if options.is_empty() {
            return Vec::new();
        }
        let all = Choice { value: String::new(), label: words.say(key), chosen: chosen.is_empty() };
        let options =
            options.into_iter().map(|(value, label)| Choice { chosen: value == chosen, value, label });
        std::iter::once(all).chain(options).collect()
    };
    let contests = offered
        .contests
        .iter()
        .map(|contest| (contest.slug.as_str().to_owned(), contest.title_in(words.lang).to_owned()));
    let levels = offered
        .levels
        .iter()
        .map(|level| (level.code.as_str().to_owned(), level.name_in(words.lang).to_owned()));
    let categories = offered.categories.iter().map(|category| {
        (category.id.to_string(), words.either(&category.name, &category.name_en).to_owned())
    });
    let kinds = EntryKind::ALL.iter().map(|kind| (kind.to_string(), labels.kind(*kind).to_owned()));
    let states =
        EntryStatus::ALL.iter().filter(|status| offered.with_states && **status != EntryStatus::Draft);
    let states = states.map(|status| (status.to_string(), labels.state_word(*status).to_owned()));
    let units = offered.units.iter().map(|(id, name)| (id.to_string(), name.clone()));
    let per = ["50", "200"].map(|per| Choice {
        value: per.to_owned(),
        label: words.say_with("entries-filter-per", &[("n", per.into())]),
        chosen: query.per == per,
    });
    let active = [&query.unit, &query.level, &query.kind, &query.category, &query.status, &query.tool];
    FilterFields {
        contests: list("entries-filter-all-contests", &query.contest, contests.collect()),
        units: list("entries-filter-all-units", &query.unit, units.collect()),
        levels: list("entries-filter-all-levels", &query.level, levels.collect()),
        kinds: list("entries-filter-all-kinds", &query.kind, kinds.collect()),
        categories: list("entries-filter-all-categories", &query.category, categories.collect()),
        states: list("entries-filter-all-states", &query.status, states.collect()),
        tools: list("entries-filter-all-tools", &query.tool, tools(offered.fields)),
        per: per.to_vec(),
        n_active: active.into_iter().filter(|value| !value.is_empty()).count(),
    }
}

/// The tools that the form offers, by the name that is counted.
fn tools(fields: &[Field]) -> Vec<(String, String)> {
    let fields = fields.iter().filter(|field| field.kind == FieldKind::Tools && !field.is_retired);
    fields
        .flat_map(|field| field.settings.options.iter())
        .map(|option| (option.label.clone(), option.label.clone()))
        .collect()
}

/// The conditions in force, in words; each can be taken away alone.
pub fn tags(query: &FilterQuery, fields: &FilterFields) -> Vec<Tag> {
    let mut tags = Vec::new();
    if !query.q.is_empty() {
        tags.push(Tag { text: format!("“{}”", query.q), href: query.with("q", "") });
    }
    let lists = [
        ("unit", &fields.units),
        ("level", &fields.levels),
        ("kind", &fields.kinds),
        ("category", &fields.categories),
        ("status", &fields.states),
        ("tool", &fields.tools),
    ];
    for (name, list) in lists {
        if let Some(chosen) = list.iter().find(|choice| choice.chosen && !choice.value.is_empty()) {
            tags.push(Tag { text: chosen.label.clone(), href: query.with(name, "") });
        }
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_the_other_conditions_and_begins_at_the_first_page() {
        let query = FilterQuery {
            q: "mã QR & ô chữ".into(),
            kind: "collective".into(),
            page: "3".into(),
            ..FilterQuery::default()
        };
        assert_eq!(query.with("kind", ""), "?q=m%C3%A3+QR+%26+%C3%B4+ch%E1%BB%AF");
        assert_eq!(query.with("page", "4"), "?q=m%C3%A3+QR+%26+%C3%B4+ch%E1%BB%AF&kind=collective&page=4");
    }
}
