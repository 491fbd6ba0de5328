//! What stands in the addresses of the table: things of the demonstration, and what it lacks.

use std::collections::BTreeMap;

use hoithi::{
    base::seal::hash_hex,
    features::{
        accounts::{
            self, InvitationRole,
            invitations::{InviteError, NewInvitation, invite, invite_judge},
            views::find_by_sign_in,
        },
        attachments, awards, contests, entries, judging, pools, radar, selection, units, voting,
    },
    infra::db::{Db, DbError},
};

use super::{
    DEMO_PASSWORD,
    things::{a_film, a_game, a_repair, an_upload, dress},
};
use crate::support::{PICTURE, Stage, a_likeness};

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
        ("/play/", "{attachment}", "game"),
        ("/captions/", "{attachment}", "attachment"),
        ("/captions", "{attachment}", "film"),
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
            let film = a_film(db, &file)?;
            let game = a_game(db, &file, &stored, now)?;
            let upload = an_upload(db, &file, now)?;
            let repair = a_repair(db, &returned, now)?;
            let commune = pools::store::find_by_place(db, &rounds[0].id, &returned.unit_id)?.unwrap();
            let others = entries::views::list_in_pool(db, &commune.id)?;
            let other = others.into_iter().find(|entry| entry.id != returned.id).unwrap();
            let likeness = a_likeness(&returned.id, &other.id, now);
            radar::store::insert_likeness(db, &likeness)?;
            let assignments = judging::store::list_assignments(db, &pool.id)?;
            let of_judge: Vec<_> = assignments.iter().filter(|row| row.judge_id == judge.id).collect();
            let (mut judged, mut given) = (None, None);
            let mut sheet = None;
            for assignment in of_judge {
                let found = judging::store::find_sheet_of(db, &pool.id, &assignment.entry_id, &judge.id)?;
                match found {
                    // Put aside, neither given nor untouched.
                    Some(found) if found.submitted_at.is_none() => {}
                    Some(found) => {
                        sheet = Some(found.id.to_string());
                        given = Some(found.entry_id.to_string());
                    }
                    None => judged = Some(assignment.entry_id.clone()),
                }
            }
            let judged = judged.unwrap();
            let of_judged = attachments::views::list_of_entry(db, &judged)?;
            a_film(db, &of_judged[0])?;
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
                ("judged", judged.to_string()),
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
                ("likeness", likeness.id.to_string()),
                ("upload", upload),
                ("game", game),
                ("film", film),
                ("token", token.clone()),
                ("repair", repair),
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
