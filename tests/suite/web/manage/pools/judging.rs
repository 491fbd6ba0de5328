use actix_web::http::StatusCode;
use hoithi::{
    base::ids::PoolId,
    features::{
        accounts::OfficeRole,
        judging::store,
        pools::{self, PoolStatus},
    },
    infra::db::DbError,
};

use crate::support::{JudgedPool, Stage};

const PAGES: [&str; 7] =
    ["panel", "assignments", "progress", "standing", "certainty", "judges", "deliberation"];

fn address(judged: &JudgedPool, page: &str) -> String {
    format!("/manage/pools/{}/{page}", judged.pool)
}

async fn set_status(stage: &Stage, pool: &PoolId, status: PoolStatus) {
    let pool = pool.clone();
    stage
        .write(move |db| -> Result<(), DbError> {
            let mut row = pools::store::find(db, &pool)?.unwrap();
            row.status = status;
            pools::store::save(db, &row)
        })
        .await
        .unwrap();
}

#[actix_web::test]
async fn pages_of_a_pool_are_for_whoever_leads_it() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(2, 2, 2).await;
    let elsewhere = stage.a_unit("Hội LHPN tỉnh Khác").level("province").make().await;
    let mut stranger = stage.an_officer(&elsewhere).await;
    let mut member = stage.a_member(&judged.communes[0].clone()).await;
    for page in PAGES {
        let address = address(&judged, page);
        assert_eq!(judged.officer.get(&address).await.status, StatusCode::OK, "{page}");
        let for_head = if page == "panel" { StatusCode::NOT_FOUND } else { StatusCode::OK };
        assert_eq!(judged.judges[0].1.get(&address).await.status, for_head, "{page}");
        let for_judge = if page == "deliberation" { StatusCode::OK } else { StatusCode::NOT_FOUND };
        assert_eq!(judged.judges[1].1.get(&address).await.status, for_judge, "{page}");
        for guest in [&mut stranger, &mut member] {
            assert_eq!(guest.get(&address).await.status, StatusCode::NOT_FOUND, "{page}");
        }
        assert_eq!(stage.anyone().get(&address).await.status, StatusCode::SEE_OTHER);
    }
    // A judge sees the standing when it is decided, and never in a blind round.
    let standing = address(&judged, "standing");
    set_status(&stage, &judged.pool, PoolStatus::Decided).await;
    stage.change_round(&judged, |round| round.is_blind = true).await;
    assert_eq!(judged.judges[1].1.get(&standing).await.status, StatusCode::NOT_FOUND);
    stage.change_round(&judged, |round| round.is_blind = false).await;
    assert_eq!(judged.judges[1].1.get(&standing).await.status, StatusCode::OK);
}

#[actix_web::test]
async fn an_officer_finds_judges_draws_and_opens() {
    let stage = Stage::new();
    let mut judged = stage.a_panel(3, 1).await;
    let (newcomer, _) = stage.a_person("Đỗ Thị Chấm Thi").await;
    let (panel, assignments, progress) =
        (address(&judged, "panel"), address(&judged, "assignments"), address(&judged, "progress"));
    let officer = &mut judged.officer;
    let found = officer.get(&format!("{panel}?q=do+thi+cham")).await;
    assert!(found.body.contains("Đỗ Thị Chấm Thi"), "{}", found.body);
    let added = officer.post(&panel, &[("account", newcomer.as_str()), ("role", "judge")]).await;
    assert_eq!((added.status, added.location.as_str()), (StatusCode::SEE_OTHER, panel.as_str()));
    let twice = officer.post(&panel, &[("account", newcomer.as_str()), ("role", "judge")]).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(twice.body.contains("đã có trong ban giám khảo"));
    let changed = format!("{panel}/{newcomer}/change");
    let wrong = officer.post(&changed, &[("max_entries", "nhiều")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(officer.post(&changed, &[("max_entries", "2")]).await.status, StatusCode::SEE_OTHER);

    let invited = officer.post(&format!("{panel}/invite"), &[("full_name", "Cô Hoa")]).await;
    assert_eq!(invited.status, StatusCode::OK);
    assert!(invited.body.contains("http://hoithi.test/invitations/"), "{}", invited.body);
    assert!(officer.get(&panel).await.body.contains("Cô Hoa"));

    // Nothing to judge before anything is assigned.
    let early = officer.post(&format!("{progress}/open"), &[]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    // The second judge takes two at most, so not all three entries can have both.
    let draw = format!("{assignments}/draw");
    let short = officer.post(&draw, &[("judges_per_entry", "2")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.body.contains("không đủ giám khảo") && short.body.contains("BT-000"), "{}", short.body);
    let wrong = officer.post(&draw, &[("judges_per_entry", "không")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let drawn = officer.post(&draw, &[("judges_per_entry", "1"), ("seed", "2024")]).await;
    assert_eq!((drawn.status, drawn.location.as_str()), (StatusCode::SEE_OTHER, assignments.as_str()));
    assert!(officer.get(&assignments).await.body.contains("value=\"2024\""));

    let unknown = officer.post(&assignments, &[("code", "BT-9999"), ("judge", newcomer.as_str())]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unknown.body.contains("value=\"BT-9999\""), "what was typed stays");

    assert_eq!(officer.post(&format!("{progress}/open"), &[]).await.status, StatusCode::SEE_OTHER);
    let close = format!("{progress}/close");
    let missing = officer.post(&close, &[("reason", "")]).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(missing.body.contains("Còn thiếu 3 phiếu"), "{}", missing.body);
    assert_eq!(officer.post(&close, &[("reason", "Đủ rồi")]).await.status, StatusCode::SEE_OTHER);
    let reopened = officer.post(&format!("{progress}/reopen"), &[("reason", "Chấm bù")]).await;
    assert_eq!(reopened.status, StatusCode::SEE_OTHER);
}

#[actix_web::test]
async fn a_sheet_can_be_read_and_voided_from_the_standing() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(1, 2, 2).await;
    let entry = judged.entries[0].clone();
    stage.give_sheet(&judged, 0, &entry, 8).await;
    stage.give_sheet(&judged, 1, &entry, 4).await;
    let (pool, account) = (judged.pool.clone(), judged.judges[1].0.clone());
    let sheet =
        stage.read(move |db| store::find_sheet_of(db, &pool, &entry, &account)).await.unwrap().unwrap();
    let standing = judged.officer.get(&address(&judged, "standing")).await;
    let href = address(&judged, &format!("sheets/{}", sheet.id));
    assert!(standing.body.contains(&href) && standing.body.contains("60,00"), "{}", standing.body);
    assert!(standing.body.contains("chart-dot"));
    let page = judged.officer.get(&href).await;
    assert!(page.body.contains("Giám khảo 2: Nguyễn Giám Khảo 2"), "{}", page.body);
    // A judge who does not lead cannot look at sheets here, not even at an own one.
    assert_eq!(judged.judges[1].1.get(&href).await.status, StatusCode::NOT_FOUND);
    let unsaid = judged.officer.post(&format!("{href}/void"), &[("reason", "")]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    let voided = judged.officer.post(&format!("{href}/void"), &[("reason", "Chấm nhầm")]).await;
    assert_eq!((voided.status, voided.location.as_str()), (StatusCode::SEE_OTHER, href.as_str()));
    let page = judged.officer.get(&href).await;
    assert!(page.body.contains("Đã hủy") && page.body.contains("Chấm nhầm"));
    assert!(judged.officer.get(&address(&judged, "standing")).await.body.contains("80,00"));
}

#[actix_web::test]
async fn pages_of_a_pool_cost_the_same_queries_for_many_entries_as_for_few() {
    let mut costs = Vec::new();
    for n_entries in [2, 8] {
        let stage = Stage::new();
        let mut judged = stage.a_judged_pool(n_entries, 2, 2).await;
        stage.give_office(&judged.judges[0].0, &judged.province, OfficeRole::Member).await;
        for entry in judged.entries.clone() {
            stage.give_sheet(&judged, 0, &entry, 5).await;
        }
        let mut cost = Vec::new();
        for page in PAGES {
            let address = address(&judged, page);
            let officer = &mut judged.officer;
            cost.push(
                stage
                    .count_queries(async || {
                        assert_eq!(officer.get(&address).await.status, StatusCode::OK);
                    })
                    .await,
            );
        }
        costs.push(cost);
    }
    assert_eq!(costs[0], costs[1]);
}
