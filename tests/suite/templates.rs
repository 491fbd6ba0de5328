//! Every template is rendered with the demonstration's samples, in both languages. Each carries a mark that stands in the
//! page wherever the template was used, so one that nobody renders fails; and so does a page with a text that nobody wrote.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use diesel::RunQueryDsl;
use hoithi::{
    infra::db::{Db, DbError},
    web::render::Templates,
};

use crate::{
    permissions::{DEMO_PASSWORD, VISITORS, filled, may, names, table},
    support::{Answer, Guest, Stage},
    words::keys_of,
};

const MARK: &str = "<!--made of ";

/// The templates with their marks, and the names on the marks: each component of a file has its own.
fn marked() -> (Vec<(String, String)>, BTreeSet<String>) {
    let mut names = BTreeSet::new();
    let mut mark = |name: String| {
        let mark = format!("{MARK}{name}-->");
        names.insert(name);
        mark
    };
    let sources = Templates::sources()
        .into_iter()
        .map(|(name, text)| {
            if text.contains("{% component ") {
                let mut parts = text.split("{% component ");
                let mut marked = parts.next().unwrap().to_owned();
                for part in parts {
                    let (head, body) = part.split_once("%}").unwrap();
                    let own = head.split('(').next().unwrap();
                    marked += &format!("{{% component {head}%}}{}{body}", mark(format!("{name} {own}")));
                }
                (name, marked)
            } else if text.contains("{% extends ") {
                let block = "{% block main %}";
                assert!(text.contains(block), "{name} shows nothing of its own");
                let marked = text.replacen(block, &format!("{block}{}", mark(name.clone())), 1);
                (name, marked)
            } else {
                let marked = mark(name.clone()) + &text;
                (name, marked)
            }
        })
        .collect();
    (sources, names)
}

/// What was seen in one language.
struct Seen {
    keys: BTreeSet<String>,
    templates: BTreeSet<String>,
    wrong: BTreeSet<String>,
}

impl Seen {
    fn new() -> Self {
        Self { keys: keys_of("vi"), templates: BTreeSet::new(), wrong: BTreeSet::new() }
    }

    fn read(&mut self, lang: &str, address: &str, answer: &Answer) {
        if !answer.body.contains(MARK) {
            return;
        }
        if !answer.body.contains(&format!("<html lang=\"{lang}\"")) {
            self.wrong.insert(format!("{address} is not in {lang}"));
        }
        let marks = answer.body.split(MARK).skip(1).map(|rest| rest.split("-->").next().unwrap().to_owned());
        self.templates.extend(marks);
        for unsaid in ["Unknown localization", "{$", "{ $"] {
            if answer.body.contains(unsaid) {
                let at = answer.body.find(unsaid).unwrap();
                let around: String = answer.body[at..].chars().take(120).collect();
                self.wrong.insert(format!("{address}: {around}"));
            }
        }
        // What stands between tags, word by word: a key that nobody said.
        for text in answer.body.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text) {
            let mut words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
            if let Some(key) = words.find(|word| word.contains('-') && self.keys.contains(*word)) {
                self.wrong.insert(format!("{address} says {key}"));
            }
        }
    }

    async fn ask(&mut self, lang: &str, guest: &mut Guest, address: &str) {
        let answer = guest.get(address).await;
        self.read(lang, address, &answer);
    }
}

async fn guest(stage: &Stage, sign_in: &str, lang: &str) -> Guest {
    let mut guest = stage.anyone();
    if !sign_in.is_empty() {
        let name = format!("{sign_in}@hoithi.example");
        guest.post("/sign-in", &[("name", &name), ("password", DEMO_PASSWORD)]).await;
    }
    guest.post("/language", &[("lang", lang)]).await;
    guest
}

#[actix_web::test]
async fn every_template_is_rendered_in_both_languages_and_says_only_what_was_written() {
    let mut stage = Stage::new();
    let (sources, expected) = marked();
    stage.app.templates = Arc::new(Templates::of(&sources).unwrap());
    stage.app = hoithi::demo::fill(stage.app.clone(), 0, |_| {}).await.unwrap();
    let names = names(&stage).await;
    // One that cannot open yet.
    let draft = stage.a_draft_contest(&names["unit"].parse().unwrap()).await.slug.as_str().to_owned();
    let mut problems = Vec::new();
    for lang in ["vi", "en"] {
        let mut seen = Seen::new();
        for (visitor, sign_in) in VISITORS {
            let mut guest = guest(&stage, sign_in, lang).await;
            for ((method, pattern), who) in table() {
                if method == "GET" && may(&who, visitor) {
                    seen.ask(lang, &mut guest, &filled(&pattern, &names)).await;
                }
            }
        }
        for (sign_in, address) in off_the_walk(&names, &draft) {
            let mut guest = guest(&stage, sign_in, lang).await;
            seen.ask(lang, &mut guest, &address).await;
        }
        // Somebody whose session cannot be read, because the tables are not there.
        let mut member = guest(&stage, "member", lang).await;
        rename(&stage, "sessions", "gone").await;
        seen.ask(lang, &mut member, "/my").await;
        rename(&stage, "gone", "sessions").await;
        problems.extend(seen.wrong.iter().map(|wrong| format!("{lang}: {wrong}")));
        let unseen = expected.difference(&seen.templates);
        problems.extend(unseen.map(|name| format!("{lang}: nobody rendered {name}")));
    }
    assert!(expected.len() > 100, "only {} templates", expected.len());
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// (who, address) of what no line of the table leads to.
fn off_the_walk(names: &BTreeMap<&'static str, String>, draft: &str) -> Vec<(&'static str, String)> {
    vec![
        ("", "/no/such/page".to_owned()),
        ("", "/contests/ung-dung-cntt-2024/entries".to_owned()),
        ("administrator", format!("/manage/contests/{draft}")),
        ("administrator", format!("/admin/accounts/{}/confirm?act=reset", names["account"])),
        ("central.officer", format!("/manage/pools/{}/decision", names["granting_pool"])),
    ]
}

async fn rename(stage: &Stage, table: &'static str, name: &'static str) {
    let rename = move |db: &mut Db| -> Result<(), DbError> {
        diesel::sql_query(format!("ALTER TABLE {table} RENAME TO {name}")).execute(db)?;
        Ok(())
    };
    stage.write(rename).await.unwrap();
}
