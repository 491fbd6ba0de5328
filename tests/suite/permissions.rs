//! Who gets what: every address has a line in the table, and every visitor is tried on every address. A new address
//! without a line fails.
//!
//! Letters: a anyone, m member (owner of the entry that is asked for), c officer of the member's commune, d officer of the
//! district above, p officer of the province that hosts the contest, z officer of the centre, j judge with an
//! assignment, A administrator. `*` is everybody, `s` everybody who is signed in. Who is not named is refused before
//! anything else is looked at: sent to the sign-in page, or told that there is no such thing; and no act is done. Programs
//! are asked with the token of each visitor.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::{
    http::{Method, StatusCode},
    test::TestRequest,
};
use hoithi::{
    base::{clock::Moment, json::Json, lang::Lang, seal::hash_hex},
    features::{
        accounts::{
            self, InvitationRole,
            invitations::{InviteError, NewInvitation, invite, invite_judge},
            views::find_by_sign_in,
        },
        attachments::{
            self, Attachment,
            captions::{self, Captions},
            renditions::{self, Recipe, Rendering, RenderingStatus},
        },
        audit, awards, contests, entries, judging, pools, selection, units, voting,
    },
    infra::{
        db::{Db, DbError},
        files::StoredFile,
        media::{Facts, Made},
    },
};

use crate::support::{Answer, Guest, PICTURE, Stage};

pub const DEMO_PASSWORD: &str = "sen-hong-2024";
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
            if method != "GET" && may(&who, visitor) {
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

pub fn filled(pattern: &str, names: &BTreeMap<&'static str, String>) -> String {
    let mut path = pattern.to_owned();
    // The public pages of results are those of the contest that has some.
    let past =
        ["/results", "/statistics", "/awards", "/entries/{code}"].iter().any(|end| pattern.contains(end));
    if past && (pattern.starts_with("/contests/") || pattern.starts_with("/api/v1/contests/")) {
        path = path.replace("{slug}", "ung-dung-cntt-2024");
    }
    // Where the name alone does not say which: (part of the address, part to fill, name of what stands there).
    let special = [
        ("/judge/pools/{pool}/entries/{entry}/reopen", "{entry}", "given"),
        ("/judge/", "{entry}", "judged"),
        ("/entries/{entry}/sheet", "{entry}", "judged"),
        ("/api/v1/units/", "{code}", "unit_code"),
        ("/panel/invitations/", "{invitation}", "judge_invitation"),
        ("/units/{unit}/offices/", "{office}", "unit_office"),
        ("/units/{unit}/people/", "{account}", "unit_account"),
        ("/panel/{account}/", "{account}", "judge"),
        ("/nominations/{nomination}/recall", "{pool}", "sending_pool"),
        ("/awards/{grant}", "{pool}", "granting_pool"),
        ("/votes/", "{pool}", "voting_pool"),
        ("/votes/", "{entry}", "voted"),
        ("/pools/{pool}/results", "{pool}", "granting_pool"),
    ];
    for (place, part, name) in special {
        if pattern.contains(place) {
            path = path.replace(part, &names[name]);
        }
    }
    for (name, value) in names {
        path = path.replace(&format!("{{{name}}}"), value);
    }
    assert!(!path.contains('{'), "what to put for {path}?");
    path
}

/// A piece and a caption beside a file, whatever it is.
fn dress(db: &mut Db, file: &Attachment, stored: &StoredFile, now: Moment) -> Result<(), DbError> {
    let rendering = Rendering {
        source_hash: file.file_hash.clone(),
        recipe: Recipe::Film,
        status: RenderingStatus::Waiting,
        trouble: None,
        facts: Json::default(),
        queued_at: now,
        ended_at: None,
    };
    renditions::store::insert_once(db, &rendering)?;
    let made =
        Made { name: "cover".into(), path: "x".into(), media_type: "image/png", facts: Facts::default() };
    renditions::keep(db, &file.file_hash, &made, stored, now)?;
    let captions = Captions {
        attachment_id: file.id.clone(),
        lang: Lang::Vi,
        content: "WEBVTT\n".to_owned(),
        n_cues: 1,
        added_by: file.added_by.clone(),
        added_at: now,
    };
    captions::store::insert(db, &captions)
}

/// What stands for each part of an address.
pub async fn names(stage: &Stage) -> BTreeMap<&'static str, String> {
    let now = stage.now();
    let (token, judge_invitation, unit_invitation) = invitations(stage).await;
    // A second session of the member, to be ended.
    let mut member = stage.anyone();
    member.post("/sign-in", &[("name", "member@hoithi.example"), ("password", DEMO_PASSWORD)]).await;
    let session = stage.person_of(&member).await.session.id.to_string();
    let stored = stage.app.files.keep_bytes(PICTURE).unwrap();
    stage
        .write(move |db| -> Result<_, DbError> {
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
            dress(db, &file, &stored, now)?;
            let assignments = judging::store::list_assignments(db, &pool.id)?;
            let of_judge: Vec<_> = assignments.iter().filter(|row| row.judge_id == judge.id).collect();
            let (mut judged, mut given) = (None, None);
            let mut sheet = None;
            for assignment in of_judge {
                let found = judging::store::find_sheet_of(db, &pool.id, &assignment.entry_id, &judge.id)?;
                match found {
                    Some(found) if found.status == judging::SheetStatus::Draft => {}
                    Some(found) => {
                        sheet = Some(found.id.to_string());
                        given = Some(found.entry_id.to_string());
                    }
                    None => judged = Some(assignment.entry_id.to_string()),
                }
            }
            let person = accounts::views::person_of(db, &member.id, now)?.unwrap();
            let field = contests::views::list_fields(db, &contest.id)?.remove(0);
            let award = contests::views::list_awards(db, &contest.id)?.remove(0);
            let category = contests::views::list_categories(db, &contest.id)?.remove(0);
            let consent = contests::views::list_consents(db, &contest.id)?.remove(0);
            let criterion = contests::views::list_criteria(db, &rounds[1].id)?.remove(0);
            let incoming = selection::views::list_incoming(db, &pool.id)?.remove(0).nomination;
            let officer = account(db, "district.officer")?;
            let unit_office = accounts::views::list_offices(db, &officer.id)?.remove(0);
            let past = contests::views::find_by_slug(db, "ung-dung-cntt-2024")?.unwrap();
            let grant = awards::views::list_standing(db, &past.id)?.remove(0).grant;
            let vote_round = contests::views::list_rounds(db, &past.id)?.pop().unwrap();
            let voting_pool = pools::store::find_by_place(db, &vote_round.id, &past.host_unit_id)?.unwrap();
            let count = voting::views::history_of(db, &voting_pool.id)?.remove(0).0;
            Ok(BTreeMap::from([
                ("slug", contest.slug.as_str().to_owned()),
                ("entry", returned.id.to_string()),
                ("code", "BT-0001".to_owned()),
                ("judged", judged.unwrap()),
                ("pool", pool.id.to_string()),
                ("unit", district.id.to_string()),
                ("attachment", file.id.to_string()),
                ("name", "tep".to_owned()),
                ("rendition", "cover".to_owned()),
                ("lang", "vi".to_owned()),
                ("note", "01900000-0000-7000-8000-000000000000".to_owned()),
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
                ("given", given.unwrap()),
                ("judge", judge.id.to_string()),
                ("unit_code", "836".to_owned()),
                ("unit_account", officer.id.to_string()),
                ("unit_office", unit_office.id.to_string()),
                ("session", session.clone()),
                ("invitation", unit_invitation.clone()),
                ("judge_invitation", judge_invitation.clone()),
                ("nomination", incoming.id.to_string()),
                ("sending_pool", incoming.from_pool_id.to_string()),
                ("grant", grant.id.to_string()),
                ("granting_pool", grant.pool_id.to_string()),
                ("voting_pool", voting_pool.id.to_string()),
                ("voted", count.entry_id.to_string()),
                ("count", count.id.to_string()),
                ("likeness", "01900000-0000-7000-8000-000000000000".to_owned()),
                ("upload", "01900000-0000-7000-8000-000000000000".to_owned()),
                ("token", token.clone()),
                ("repair", "01900000-0000-7000-8000-000000000000".to_owned()),
                ("file", "icon.svg".to_owned()),
            ]))
        })
        .await
        .unwrap()
}

/// A judge's and an officer's invitation of the district, written by its officer; and the token of the latter's link.
async fn invitations(stage: &Stage) -> (String, String, String) {
    let now = stage.now();
    let token = "5".repeat(64);
    let hash = hash_hex(token.as_bytes());
    let act = move |db: &mut Db| -> Result<_, InviteError> {
        let name = "district.officer@hoithi.example".parse().unwrap();
        let officer = find_by_sign_in(db, &name)?.unwrap();
        let officer = accounts::views::person_of(db, &officer.id, now)?.unwrap();
        let contest = contests::views::find_by_slug(db, "chuyen-doi-so")?.unwrap();
        let rounds = contests::views::list_rounds(db, &contest.id)?;
        let district = units::views::find_by_code(db, "836")?.unwrap();
        let pool = pools::store::find_by_place(db, &rounds[1].id, &district.id)?.unwrap();
        let new = |role, token_hash: &str| NewInvitation {
            token_hash: token_hash.to_owned(),
            role,
            unit_id: district.id.clone(),
            full_name: "Nguyễn Thị Được Mời".to_owned(),
            title: String::new(),
            days: 14,
        };
        let of_unit = invite(db, &officer, &new(InvitationRole::Officer, &hash), now)?;
        let of_pool =
            invite_judge(db, &officer.id, &pool.id, &new(InvitationRole::Judge, "of a judge"), now)?;
        Ok((of_pool.id.to_string(), of_unit.id.to_string()))
    };
    let (of_pool, of_unit) = stage.write(act).await.unwrap();
    (token, of_pool, of_unit)
}
