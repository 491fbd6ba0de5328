//! Who gets what: every address has a line in the table, and every visitor is tried on every address. A new address
//! without a line fails.
//!
//! Letters: a anyone, m member (owner of the entry that is asked for), c officer of the member's commune, d officer of the
//! district above, p officer of the province that hosts the contest, z officer of the centre, j judge with an
//! assignment, A administrator. `*` is everybody, `s` everybody who is signed in. Who is not named is refused before
//! anything else is looked at: sent to the sign-in page, or told that there is no such thing; and no act is done. Programs
//! are asked with the token of each visitor.

mod names;
mod things;

use std::collections::{BTreeMap, BTreeSet};

use actix_web::{
    http::{Method, StatusCode},
    test::TestRequest,
};
use hoithi::features::audit;

use crate::support::{Answer, Guest, Stage};
pub use names::{filled, names};

pub const DEMO_PASSWORD: &str = "sen-hong-2024";
const TABLE: &str = include_str!("../permissions.txt");
pub const VISITORS: [(char, &str); 8] = [
    ('a', ""),
    ('m', "member"),
    ('c', "commune.officer"),
    ('d', "district.officer"),
    ('p', "province.officer"),
    ('z', "central.officer"),
    ('j', "judge2"),
    ('A', "administrator"),
];

/// (method, path) and who may.
pub fn table() -> BTreeMap<(String, String), String> {
    let lines = TABLE.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [method, path, who] = words[..] else { panic!("not a line of the table: {line:?}") };
            ((method.to_owned(), path.to_owned()), who.to_owned())
        })
        .collect()
}

pub fn may(who: &str, visitor: char) -> bool {
    who.contains('*') || who.contains(visitor) || (who.contains('s') && visitor != 'a')
}

#[test]
fn every_address_has_a_line_and_every_line_an_address() {
    let served: BTreeSet<(String, String)> = hoithi::web::addresses()
        .into_iter()
        .map(|(method, path)| (method.to_owned(), path.to_owned()))
        .collect();
    let told: BTreeSet<(String, String)> = table().into_keys().collect();
    let untold: Vec<String> =
        served.difference(&told).map(|(method, path)| format!("{method} {path} ?")).collect();
    let gone: Vec<_> = told.difference(&served).collect();
    assert!(untold.is_empty(), "addresses without a line in permissions.txt:\n{}", untold.join("\n"));
    assert!(gone.is_empty(), "lines without an address: {gone:?}");
}

#[actix_web::test]
async fn everybody_gets_what_the_table_says_and_nothing_else() {
    let mut stage = Stage::new();
    stage.app = hoithi::demo::fill(stage.app.clone(), 0, |_| {}).await.unwrap();
    let names = names(&stage).await;
    let mut wrong = Vec::new();
    for (visitor, sign_in) in VISITORS {
        let mut guest = stage.anyone();
        let mut program = stage.anyone();
        if !sign_in.is_empty() {
            let name = format!("{sign_in}@hoithi.example");
            let answer = guest.post("/sign-in", &[("name", &name), ("password", DEMO_PASSWORD)]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{sign_in} could not sign in");
            program = program.with_bearer(&token_of(&stage, &name).await);
        }
        let csrf = guest.csrf().await;
        for ((method, pattern), who) in table() {
            // What they may do is tried in the stories; here a right form would change the world for those who follow.
            if !["GET", "HEAD"].contains(&&*method) && may(&who, visitor) {
                continue;
            }
            let before = stage.read(audit::views::count_unsealed).await.unwrap();
            let path = filled(&pattern, &names);
            let is_api = pattern.starts_with("/api/");
            let asker = if is_api { &mut program } else { &mut guest };
            let answer = ask(asker, &csrf, &method, &path).await;
            let problem = if may(&who, visitor) {
                is_refused(&answer).then_some("is refused")
            } else if stage.read(audit::views::count_unsealed).await.unwrap() != before {
                Some("did something")
            } else {
                (!is_rightly_refused(&answer, visitor, &method, &pattern)).then_some("is not refused rightly")
            };
            if let Some(problem) = problem {
                wrong.push(format!("{visitor} {problem} ({}): {method} {pattern} {who}", answer.status));
            }
        }
    }
    assert!(wrong.is_empty(), "{} answers differ from the table:\n{}", wrong.len(), wrong.join("\n"));
}

/// A cookie makes no call, so no foreign page can; and a token that is none is told so, wherever it is sent.
#[actix_web::test]
async fn programs_are_known_by_their_tokens_alone() {
    let mut stage = Stage::new();
    stage.app = hoithi::demo::fill(stage.app.clone(), 0, |_| {}).await.unwrap();
    let names = names(&stage).await;
    let mut guest = stage.anyone();
    guest.post("/sign-in", &[("name", "administrator@hoithi.example"), ("password", DEMO_PASSWORD)]).await;
    let csrf = guest.csrf().await;
    let mut stranger = stage.anyone().with_bearer(&"0".repeat(64));
    for ((method, pattern), who) in table() {
        if !pattern.starts_with("/api/v1/") {
            continue;
        }
        let path = filled(&pattern, &names);
        if !who.contains('*') {
            let answer = ask(&mut guest, &csrf, &method, &path).await;
            let hidden = answer.status == StatusCode::NOT_FOUND && method == "GET";
            assert!(
                hidden || answer.status == StatusCode::UNAUTHORIZED,
                "{method} {pattern}: {}",
                answer.status
            );
        }
        let answer = ask(&mut stranger, &csrf, &method, &path).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{method} {pattern}");
    }
}

async fn token_of(stage: &Stage, sign_in: &str) -> String {
    let asked = serde_json::json!({ "sign_in": sign_in, "password": DEMO_PASSWORD });
    let answer = stage.anyone().post_json("/api/v1/tokens", &asked).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{sign_in} got no token");
    let answer: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    answer["token"].as_str().unwrap().to_owned()
}

/// A form without its hidden field changes nothing, whoever sends it.
#[actix_web::test]
async fn a_form_that_is_not_ours_is_refused_everywhere() {
    let mut stage = Stage::new();
    stage.app = hoithi::demo::fill(stage.app.clone(), 0, |_| {}).await.unwrap();
    let names = names(&stage).await;
    let mut administrator = stage.anyone();
    let account = [("name", "administrator@hoithi.example"), ("password", DEMO_PASSWORD)];
    administrator.post("/sign-in", &account).await;
    for (method, pattern) in hoithi::web::addresses() {
        if method == "POST" && !pattern.starts_with("/api/") {
            let answer = administrator.post_without_csrf(&filled(pattern, &names), &[("x", "y")]).await;
            let refused = [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];
            assert!(refused.contains(&answer.status), "{pattern} answered {}", answer.status);
        }
    }
}

async fn ask(guest: &mut Guest, csrf: &str, method: &str, path: &str) -> Answer {
    let request = TestRequest::default().method(Method::from_bytes(method.as_bytes()).unwrap()).uri(path);
    if path.starts_with("/uploads") {
        // As the script of our own page asks.
        let request = request.insert_header(("x-requested-with", "fetch"));
        let request = request.insert_header(("x-http-method-override", "PATCH"));
        let request = request.insert_header(("content-type", "application/offset+octet-stream"));
        let request = request.insert_header(("upload-offset", "0"));
        return guest.send(request.insert_header(("tus-resumable", "1.0.0"))).await;
    }
    if method == "GET" {
        return guest.get(path).await;
    }
    if path.starts_with("/api/") {
        guest.send(request.set_json(serde_json::json!({}))).await
    } else {
        guest.send(request.set_form([("csrf", csrf)])).await
    }
}

fn is_refused(answer: &Answer) -> bool {
    let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];
    goes_to_sign_in(answer) || refused.contains(&answer.status)
}

fn goes_to_sign_in(answer: &Answer) -> bool {
    answer.status == StatusCode::SEE_OTHER && answer.location.starts_with("/sign-in?")
}

/// Who is signed out is led to signing in: by a redirect, or by the page that a form's answer is, so that what was typed
/// can still be gone back to. For everybody else there is no such thing; only where the address names no thing, there is
/// nothing to hide and it is said plainly.
fn is_rightly_refused(answer: &Answer, visitor: char, method: &str, pattern: &str) -> bool {
    let is_named = pattern.contains('{');
    match (visitor, method) {
        // A page that is for nobody without a name.
        ('a', "GET") if pattern == "/files/{attachment}/captions" => goes_to_sign_in(answer),
        // What may be published or not is not found until it is.
        ('a', "GET")
            if ["/api/v1/entries/", "/files/", "/play/"].iter().any(|start| pattern.starts_with(start)) =>
        {
            answer.status == StatusCode::NOT_FOUND
        }
        ('a', _) if ["/api/", "/uploads"].iter().any(|start| pattern.starts_with(start)) => {
            answer.status == StatusCode::UNAUTHORIZED
        }
        ('a', "GET") => goes_to_sign_in(answer),
        ('a', _) => answer.status == StatusCode::UNAUTHORIZED && answer.body.contains("href=\"/sign-in\""),
        _ if pattern.starts_with("/admin") => answer.status == StatusCode::FORBIDDEN,
        _ if is_named => answer.status == StatusCode::NOT_FOUND,
        _ => answer.status == StatusCode::FORBIDDEN,
    }
}
