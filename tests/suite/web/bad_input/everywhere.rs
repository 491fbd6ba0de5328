//! Every form and every address of the demonstration, filled with what does not belong there: nothing breaks, what is
//! refused comes back as it was typed, and what is taken shows as the text that it is.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::http::StatusCode;
use hoithi::base::text::clean_text;

use super::forms::{FoundForm, Kind, forms_in};
use crate::{
    permissions::{DEMO_PASSWORD, VISITORS, filled, may, names, table},
    support::{Answer, Guest, PICTURE, Stage},
};

const MARKUP: &str = "\"'><script>alert(7)</script><img src=x onerror=alert(7)>{{ 7*7 }}";
/// Turned around, cut by a control, and in two ways of writing one letter.
const TRICKS: &str = "ti\u{202e}txt.\u{0}exe \u{2066}Tie\u{302}\u{301}ng\u{200f} Vie\u{323}\u{302}t\u{feff}";

/// What leaves the page for good, or has nothing to type in.
const LEFT_ALONE: [&str; 2] = ["/sign-out", "/language"];

struct Sent {
    form: String,
    /// Something else than passwords was typed.
    has_text: bool,
    answer: Answer,
}

struct World {
    stage: Stage,
    names: BTreeMap<&'static str, String>,
}

impl World {
    async fn new() -> Self {
        let mut stage = Stage::new();
        stage.app = hoithi::demo::fill(stage.app.clone(), 0, |_| {}).await.unwrap();
        let names = names(&stage).await;
        Self { stage, names }
    }

    async fn guest(&self, sign_in: &str) -> Guest {
        let mut guest = self.stage.anyone();
        if !sign_in.is_empty() {
            let name = format!("{sign_in}@hoithi.example");
            guest.post("/sign-in", &[("name", &name), ("password", DEMO_PASSWORD)]).await;
        }
        guest
    }

    /// (address, its page) of everything that this visitor may see.
    async fn pages(&self, visitor: char, guest: &mut Guest) -> Vec<(String, Answer)> {
        let mut pages = Vec::new();
        for ((method, pattern), who) in table() {
            let is_page = method == "GET" && may(&who, visitor) && !pattern.starts_with("/files/");
            if is_page {
                let address = filled(&pattern, &self.names);
                let answer = guest.get(&address).await;
                assert!(!answer.status.is_server_error(), "{address}: {}", answer.body);
                pages.push((address, answer));
            }
        }
        pages
    }

    /// Fills every form that anybody finds with `typed`; gives what was answered to each.
    async fn fill_in(&self, typed: &str, given: Option<&str>) -> Vec<Sent> {
        let mut answers = Vec::new();
        let mut sent = BTreeSet::new();
        for (visitor, sign_in) in VISITORS {
            let mut guest = self.guest(sign_in).await;
            for (address, page) in self.pages(visitor, &mut guest).await {
                for form in forms_in(&address, &page.body) {
                    let buttons: Vec<&str> = form.fields.iter().map(|field| field.name.as_str()).collect();
                    let is_open =
                        form.fields.iter().any(|field| field.kind != Kind::Given) || given.is_some();
                    let is_ours = is_open && !LEFT_ALONE.contains(&form.action.as_str());
                    if is_ours && sent.insert(format!("{visitor} {} {buttons:?}", form.action)) {
                        let answer = send(&mut guest, &form, typed, given).await;
                        let has_text = form.fields.iter().any(|field| field.kind == Kind::Typed);
                        let form = format!("{visitor} {address} → {}", form.action);
                        answers.push(Sent { form, has_text, answer });
                    }
                }
            }
        }
        assert!(answers.len() > 100, "only {} forms were found", answers.len());
        answers
    }
}

async fn send(guest: &mut Guest, form: &FoundForm, typed: &str, given: Option<&str>) -> Answer {
    let fields: Vec<(&str, &str)> = form
        .fields
        .iter()
        .filter(|field| !(form.is_multipart && field.name == "csrf"))
        .map(|field| {
            let value = match field.kind {
                Kind::Given if field.name == "csrf" => &field.value,
                Kind::Given => given.unwrap_or(&field.value),
                Kind::Typed | Kind::Password => typed,
            };
            (field.name.as_str(), value)
        })
        .collect();
    if form.is_multipart {
        let name = typed.replace(['"', '\r', '\n', '\0'], "'");
        let files: Vec<(&str, &str, &[u8])> =
            form.files.iter().map(|file| (file.as_str(), name.as_str(), PICTURE)).collect();
        guest.upload(&form.action, &fields, &files).await
    } else {
        guest.post_without_csrf(&form.action, &fields).await
    }
}

fn none_broke(answers: &[Sent]) {
    let broken: Vec<String> = answers
        .iter()
        .filter(|sent| sent.answer.status.is_server_error())
        .map(|sent| format!("{} {}", sent.answer.status, sent.form))
        .collect();
    assert!(broken.is_empty(), "{} forms broke:\n{}", broken.len(), broken.join("\n"));
}

#[actix_web::test]
async fn html_in_every_field_is_text_wherever_it_shows() {
    let world = World::new().await;
    let answers = world.fill_in(MARKUP, None).await;
    none_broke(&answers);
    let is_live = |body: &str| body.contains("<script>alert(7)") || body.contains("<img src=x");
    let mut live: Vec<String> = answers
        .iter()
        .filter(|sent| is_live(&sent.answer.body))
        .map(|sent| format!("the answer to {}", sent.form))
        .collect();
    let mut shown = 0;
    for (visitor, sign_in) in VISITORS {
        let mut guest = world.guest(sign_in).await;
        for (address, page) in world.pages(visitor, &mut guest).await {
            shown += page.body.matches("&lt;script&gt;alert(7)").count();
            let is_html = page.header("content-type").starts_with("text/html");
            if is_html && is_live(&page.body) {
                live.push(format!("{visitor} {address}"));
            }
        }
    }
    assert!(shown > 20, "what was typed shows only {shown} times");
    assert!(live.is_empty(), "{} pages let it through:\n{}", live.len(), live.join("\n"));
}

/// A form that is refused shows again what was typed into it.
#[actix_web::test]
async fn ten_thousand_letters_break_nothing_and_come_back() {
    let world = World::new().await;
    let long = "dài ".repeat(2_500);
    let answers = world.fill_in(&long, None).await;
    none_broke(&answers);
    let lost: Vec<String> = answers
        .iter()
        .filter(|sent| sent.has_text && sent.answer.status.is_client_error())
        // Beside a file there is a short field; so much of it is cut off before it is anybody's text.
        .filter(|sent| sent.answer.status != StatusCode::PAYLOAD_TOO_LARGE)
        .filter(|sent| !sent.answer.body.contains(long.trim()))
        .map(|sent| format!("{} {}", sent.answer.status, sent.form))
        .collect();
    assert!(lost.is_empty(), "{} forms lost what was typed:\n{}", lost.len(), lost.join("\n"));
    for (visitor, sign_in) in VISITORS {
        let mut guest = world.guest(sign_in).await;
        world.pages(visitor, &mut guest).await;
    }
}

#[actix_web::test]
async fn marks_of_direction_controls_and_taken_apart_letters_are_not_kept() {
    let world = World::new().await;
    let answers = world.fill_in(TRICKS, None).await;
    none_broke(&answers);
    let mut kept = Vec::new();
    let mut shown = 0;
    for (visitor, sign_in) in VISITORS {
        let mut guest = world.guest(sign_in).await;
        for (address, page) in world.pages(visitor, &mut guest).await {
            let kind = page.header("content-type");
            if !(kind.starts_with("text/") || kind.contains("json")) {
                continue;
            }
            shown += page.body.matches(&clean_text(TRICKS)).count();
            let tricks = ['\u{202e}', '\u{2066}', '\u{200f}', '\0', '\u{302}', '\u{323}'];
            if let Some(trick) = tricks.into_iter().find(|trick| page.body.contains(*trick)) {
                kept.push(format!("{visitor} {address}: {trick:?}"));
            }
        }
    }
    assert!(shown > 20, "what was typed shows only {shown} times");
    assert!(kept.is_empty(), "{} pages show them:\n{}", kept.len(), kept.join("\n"));
}

/// Hidden fields and choices too, as only a program sends them.
#[actix_web::test]
async fn forms_of_nonsense_are_refused_in_words() {
    for nonsense in ["-99999999999999999999", "\0'; DROP TABLE entries; --"] {
        let world = World::new().await;
        let answers = world.fill_in(nonsense, Some(nonsense)).await;
        none_broke(&answers);
        for (visitor, sign_in) in VISITORS {
            let mut guest = world.guest(sign_in).await;
            world.pages(visitor, &mut guest).await;
        }
    }
}

#[actix_web::test]
async fn addresses_of_nonsense_are_answered_in_words() {
    let world = World::new().await;
    let long = "9".repeat(1_000);
    let mut broken = BTreeSet::new();
    for (visitor, sign_in) in [('a', ""), ('A', "administrator"), ('j', "judge2"), ('m', "member")] {
        let mut guest = world.guest(sign_in).await;
        for ((method, pattern), who) in table() {
            if method != "GET" || !may(&who, visitor) {
                continue;
            }
            let mut addresses = Vec::new();
            for nonsense in ["%00", "..%2F..", "%FF%FE", "-1", "%27%3B--", "%E2%80%AE", &long] {
                // One part is wrong, the others are right.
                for name in pattern.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
                    let wrong = pattern.replace(&format!("{{{name}}}"), nonsense);
                    addresses.push(filled(&wrong, &world.names));
                }
                let asked: Vec<String> = QUERIES.iter().map(|name| format!("{name}={nonsense}")).collect();
                addresses.push(format!("{}?{}", filled(&pattern, &world.names), asked.join("&")));
            }
            for address in addresses {
                let answer = guest.get(&address).await;
                if answer.status.is_server_error() {
                    let short: String = address.chars().take(160).collect();
                    broken.insert(format!("{} {visitor} {short}", answer.status));
                }
            }
        }
    }
    let broken: Vec<String> = broken.into_iter().collect();
    assert!(broken.is_empty(), "{} addresses broke:\n{}", broken.len(), broken.join("\n"));
}

/// What pages read from behind the question mark.
const QUERIES: [&str; 29] = [
    "q", "page", "per", "sort", "unit", "below", "level", "kind", "category", "state", "tool", "contest",
    "from", "until", "top", "without", "version", "next", "subject", "action", "seats", "seal", "preset",
    "date", "as_of", "round", "scope", "status", "filter",
];
