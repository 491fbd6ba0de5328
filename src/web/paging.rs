//! The links between the pages of a list.

use serde::Serialize;

use super::words::Words;
use crate::base::page::PageOf;

/// What the `pages` component of the templates wants; empty where there is no such page.
#[derive(Debug, Default, Serialize)]
pub struct PageLinks {
    pub prev: String,
    pub next: String,
    pub place: String,
}

impl PageLinks {
    /// `pairs` are the other questions of the list; those without an answer are left out.
    pub fn new<T>(list: &PageOf<T>, path: &str, pairs: &[(&str, &str)], words: &Words) -> Self {
        let (number, last) = (list.request.number, list.last_page());
        let to = |number: i64| address(path, pairs, number);
        Self {
            prev: if number > 1 { to((number - 1).min(last)) } else { String::new() },
            next: if number < last { to(number + 1) } else { String::new() },
            place: words.say_with("shell-page-place", &[("page", number.into()), ("pages", last.into())]),
        }
    }
}

/// A list's address with its questions.
pub fn address(path: &str, pairs: &[(&str, &str)], number: i64) -> String {
    let number = number.to_string();
    let mut asked: Vec<(&str, &str)> = pairs.to_vec();
    asked.push(("page", if number == "1" { "" } else { &number }));
    asked.retain(|(_, value)| !value.is_empty());
    if asked.is_empty() {
        return path.to_owned();
    }
    format!("{path}?{}", serde_html_form::to_string(&asked).unwrap_or_default())
}
