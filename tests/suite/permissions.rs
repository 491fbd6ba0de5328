//! Who gets what: every address has a line in the table, and every visitor is tried on every address. A new address
//! without a line fails.
//!
//! Letters: a anyone, m member (owner of the entry that is asked for), c officer of the member's commune, d officer of the
//! district above, p officer of the province that hosts the contest, z officer of the centre, j judge with an
//! assignment, A administrator. `*` is everybody, `s` everybody who is signed in. Who is not named is refused: sent to
//! the sign-in page, or told that there is no such thing; and whatever they send, no act is done.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::{
    http::{Method, StatusCode},
    test::TestRequest,
};
use hoithi::{
    features::{
        accounts::{self, views::find_by_sign_in},
        attachments, audit, contests, entries, judging, pools, units,
    },
    infra::db::DbError,
};

use crate::support::{Guest, Stage};

const TABLE: &str = include_str!("permissions.txt");
const VISITORS: [(char, &str); 8] = [
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
fn table() -> BTreeMap<(String, String), String> {
    let lines = TABLE.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [method, path, who] = words[..] else { panic!("not a line of the table: {line:?}") };
            ((method.to_owned(), path.to_owned()), who.to_owned())
        })
        .collect()
}

fn may(who: &str, visitor: char) -> bool {
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
        if !sign_in.is_empty() {
            let name = format!("{sign_in}@hoithi.example");
            let answer = guest.post("/sign-in", &[("name", &name), ("password", "sen-hong-2024")]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{sign_in} could not sign in");
        }
        let csrf = guest.csrf().await;
        for ((method, pattern), who) in table() {
            // What they may do is tried in the stories; here a right form would change the world for those who follow.
            if method != "GET" && (may(&who, visitor) || pattern.starts_with("/api/")) {
                continue;
            }
            let before = stage.read(audit::views::count_unsealed).await.unwrap();
            let (status, mut is_refused) = ask(&mut guest, &csrf, &method, &filled(&pattern, &names)).await;
            // A form may be found wanting before it is asked who sent it; then nothing was done, and nothing shown.
            let done = stage.read(audit::views::count_unsealed).await.unwrap() != before;
            if method != "GET" && !done && !status.is_success() {
                is_refused = true;
            }
            if is_refused == may(&who, visitor) {
                let verb = if is_refused { "is refused" } else { "is let in" };
                wrong.push(format!("{visitor} {verb} ({status}): {method} {pattern} {who}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} answers differ from the table:\n{}", wrong.len(), wrong.join("\n"));
}

/// A form without its hidden field changes nothing, whoever sends it.
#[actix_web::test]
async fn a_form_that_is_not_ours_is_refused_everywhere() {
    let mut stage = Stage::new();
    stage.app = hoithi::demo::fill(stage.app.clone(), 0, |_| {}).await.unwrap();
    let names = names(&stage).await;
    let mut administrator = stage.anyone();
    let account = [("name", "administrator@hoithi.example"), ("password", "sen-hong-2024")];
    administrator.post("/sign-in", &account).await;
    for (method, pattern) in hoithi::web::addresses() {
        if method == "POST" && !pattern.starts_with("/api/") {
            let answer = administrator.post_without_csrf(&filled(pattern, &names), &[("x", "y")]).await;
            // A form for files that came without parts is refused before its hidden field could be looked for.
            let refused = [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND, StatusCode::CONFLICT];
            assert!(refused.contains(&answer.status), "{pattern} answered {}", answer.status);
        }
    }
}

async fn ask(guest: &mut Guest, csrf: &str, method: &str, path: &str) -> (StatusCode, bool) {
    let answer = if method == "GET" {
        guest.get(path).await
    } else {
        let request = TestRequest::default().method(Method::from_bytes(method.as_bytes()).unwrap()).uri(path);
        guest.send(request.set_form([("csrf", csrf)])).await
    };
    let to_sign_in = answer.status == StatusCode::SEE_OTHER && answer.location.starts_with("/sign-in");
    let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];
    (answer.status, to_sign_in || refused.contains(&answer.status))
}

fn filled(pattern: &str, names: &BTreeMap<&str, String>) -> String {
    let mut path = pattern.to_owned();
    // The public pages of results are those of the contest that has some.
    let past =
        ["/results", "/statistics", "/awards", "/entries/{code}"].iter().any(|end| pattern.contains(end));
    if past && (pattern.starts_with("/contests/") || pattern.starts_with("/api/v1/contests/")) {
        path = path.replace("{slug}", "ung-dung-cntt-2024");
    }
    if pattern.starts_with("/judge/") {
        path = path.replace("{entry}", &names["judged"]);
    }
    if pattern.starts_with("/api/v1/units/") {
        path = path.replace("{code}", "836");
    }
    for (name, value) in names {
        path = path.replace(&format!("{{{name}}}"), value);
    }
    assert!(!path.contains('{'), "what to put for {path}?");
    path
}

/// What stands for each part of an address.
async fn names(stage: &Stage) -> BTreeMap<&'static str, String> {
    let now = stage.now();
    stage
        .read(move |db| -> Result<_, DbError> {
            let account = |db: &mut _, name: &str| {
                let name = format!("{name}@hoithi.example").parse().unwrap();
                find_by_sign_in(db, &name).map(Option::unwrap)
            };
            let member = account(db, "member")?;
            let judge = account(db, "judge2")?;
            let contest = contests::views::find_by_slug(db, "chuyen-doi-so")?.unwrap();
            let rounds = contests::views::list_rounds(db, &contest.id)?;
            let district = units::views::find_by_code(db, "836")?.unwrap();
            let pool = pools::store::find_by_place(db, &rounds[1].id, &district.id)?.unwrap();
            let own = entries::views::list_of_person(db, &member.id)?;
            let returned = own.iter().find(|(entry, _)| entry.revision > 0).unwrap().0.clone();
            let file = attachments::views::list_of_entry(db, &returned.id)?.remove(0);
            let assignments = judging::store::list_assignments(db, &pool.id)?;
            let of_judge: Vec<_> = assignments.iter().filter(|row| row.judge_id == judge.id).collect();
            let mut judged = None;
            let mut sheet = None;
            for assignment in of_judge {
                let found = judging::store::find_sheet_of(db, &pool.id, &assignment.entry_id, &judge.id)?;
                match found {
                    Some(found) => sheet = Some(found.id.to_string()),
                    None => judged = Some(assignment.entry_id.to_string()),
                }
            }
            let person = accounts::views::person_of(db, &member.id, now)?.unwrap();
            let field = contests::views::list_fields(db, &contest.id)?.remove(0);
            let award = contests::views::list_awards(db, &contest.id)?.remove(0);
            let category = contests::views::list_categories(db, &contest.id)?.remove(0);
            let consent = contests::views::list_consents(db, &contest.id)?.remove(0);
            let criterion = contests::views::list_criteria(db, &rounds[1].id)?.remove(0);
            let somebody_elses = "01900000-0000-7000-8000-000000000000".to_owned();
            Ok(BTreeMap::from([
                ("slug", contest.slug.as_str().to_owned()),
                ("entry", returned.id.to_string()),
                ("code", "BT-0001".to_owned()),
                ("judged", judged.unwrap()),
                ("pool", pool.id.to_string()),
                ("unit", district.id.to_string()),
                ("attachment", file.id.to_string()),
                ("name", "tep".to_owned()),
                ("number", "1".to_owned()),
                ("version", "1".to_owned()),
                ("account", member.id.to_string()),
                ("office", person.offices[0].id.to_string()),
                ("sheet", sheet.unwrap()),
                ("round", rounds[1].id.to_string()),
                ("field", field.id.to_string()),
                ("award", award.id.to_string()),
                ("category", category.id.to_string()),
                ("consent", consent.id.to_string()),
                ("criterion", criterion.id.to_string()),
                ("level", "commune".to_owned()),
                ("session", somebody_elses.clone()),
                ("invitation", somebody_elses.clone()),
                ("nomination", somebody_elses.clone()),
                ("grant", somebody_elses.clone()),
                ("count", somebody_elses.clone()),
                ("likeness", somebody_elses.clone()),
                ("token", "0".repeat(64)),
                ("file", "icon.svg".to_owned()),
            ]))
        })
        .await
        .unwrap()
}
