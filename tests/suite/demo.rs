//! The replay tells the contest of 2024 as it was.

use hoithi::{
    features::{
        contests,
        radar::{LikenessKind, views::list_of_contest},
    },
    jobs::{radar::OF_ENTRY, run_due},
};
use serde_json::json;

use crate::support::{Stage, assignments_say_what_is_due, places_say_what_is_judged};

#[actix_web::test]
async fn the_replayed_contest_has_the_numbers_of_the_source() {
    let mut stage = Stage::new();
    stage.app = hoithi::demo::fill(stage.app.clone(), 0, |_| {}).await.unwrap();
    assert!(stage.read(places_say_what_is_judged).await.unwrap() > 183);
    assert!(stage.read(assignments_say_what_is_due).await.unwrap() > 100);
    let mut anyone = stage.anyone();

    let answer = anyone.get("/api/v1/contests/ung-dung-cntt-2024/statistics").await;
    let statistics: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(statistics["entries"]["total"], 183);
    assert_eq!(statistics["entries"]["by_level"], json!({ "district": 6, "commune": 161, "branch": 16 }));
    assert_eq!(
        statistics["entries"]["by_kind"],
        json!({ "collective": 87, "individual": 79, "not_recorded": 17 })
    );
    assert_eq!(statistics["entries"]["by_tool"]["Canva"], 73);
    assert_eq!(statistics["units"], json!({ "total": 157, "taking_part": 157 }));
    let steps: Vec<_> = statistics["funnel"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| {
            (
                step["pool_level"].clone(),
                step["received"].clone(),
                step["chosen"].clone(),
                step["nominated"].clone(),
            )
        })
        .collect();
    assert_eq!(
        steps,
        [
            (json!("province"), json!(183), json!(10), json!(5)),
            (json!("central"), json!(5), json!(1), json!(1)),
            (json!("central"), json!(1), json!(0), json!(0)),
        ]
    );

    let answer = anyone.get("/api/v1/contests/ung-dung-cntt-2024/results").await;
    let results: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(results["version"], 1);
    let awards = results["awards"].as_array().unwrap();
    let third: Vec<_> = awards.iter().filter(|award| award["award"] == "Giải Ba").collect();
    assert_eq!(third.len(), 1);
    assert_eq!(third[0]["to"]["entry"]["kind"], "individual");
    let path = third[0]["to"]["entry"]["path"].as_array().unwrap();
    assert_eq!(path.last().unwrap(), "Hội Liên hiệp Phụ nữ Việt Nam");
    let commended: Vec<_> = awards.iter().filter(|award| award["to"]["unit"].is_string()).collect();
    assert_eq!(commended.len(), 1);
    assert_eq!(commended[0]["to"]["unit"], "Hội LHPN tỉnh Bến Tre");

    let answer = anyone.get("/demo/accounts.json").await;
    let accounts: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    let first = &accounts["accounts"][0];
    let answer = anyone
        .post_json("/api/v1/tokens", &json!({ "sign_in": first["sign_in"], "password": first["password"] }))
        .await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let token: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    let mut program = stage.anyone().with_bearer(token["token"].as_str().unwrap());
    assert_eq!(program.get("/api/v1/me").await.status, 200);

    // A program is told where the files of an entry open without a session; everyone else finds nothing there.
    let list = program.get("/api/v1/contests/ung-dung-cntt-2024/entries?scope=all&per_page=100").await;
    let list: serde_json::Value = serde_json::from_str(&list.body).unwrap();
    let mut hidden = None;
    for entry in list["entries"].as_array().unwrap() {
        let at = format!("/api/v1/entries/{}", entry["id"].as_str().unwrap());
        if anyone.get(&at).await.status == 404 {
            hidden = Some(at);
            break;
        }
    }
    let entry = program.get(&hidden.expect("most entries are not for everyone")).await;
    let entry: serde_json::Value = serde_json::from_str(&entry.body).unwrap();
    let address = entry["files"][0]["address"].as_str().unwrap();
    let sent = anyone.get(address).await;
    assert_eq!(
        (sent.status.as_u16(), sent.bytes.len() as u64),
        (200, entry["files"][0]["bytes"].as_u64().unwrap())
    );
    assert_eq!(anyone.get(address.split('?').next().unwrap()).await.status, 404);
}

#[actix_web::test]
async fn the_radar_finds_the_copies_among_the_demonstrations_entries() {
    let mut stage = Stage::new();
    stage.app = hoithi::demo::fill(stage.app.clone(), 0, |_| {}).await.unwrap();
    run_due(&stage.tools(), &[OF_ENTRY]).await.unwrap();
    let found = stage
        .read(|db| {
            let contest = contests::views::find_by_slug(db, "chuyen-doi-so")?.unwrap();
            list_of_contest(db, &contest.id, 100)
        })
        .await
        .unwrap();
    // Files that many entries of the demonstration share are found too.
    let of_copies = [LikenessKind::Picture, LikenessKind::Text].map(|kind| {
        let found: Vec<_> = found.iter().filter(|(likeness, ..)| likeness.kind == kind).collect();
        assert_eq!(found.len(), 1, "{kind}");
        (found[0].1.id.clone(), found[0].2.id.clone())
    });
    assert_eq!(of_copies[0], of_copies[1], "the same two");
}
