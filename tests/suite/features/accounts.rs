use hoithi::features::accounts::views::find_person;

use crate::support::Stage;

#[actix_web::test]
async fn an_ended_office_ends_at_once() {
    let stage = Stage::new();
    let unit = stage.a_unit("Hội LHPN xã An Hiệp").level("commune").make().await;
    let officer = stage.an_officer(&unit).await;
    let token = officer.token_hash();
    let now = stage.now();
    let person = stage.read(move |db| find_person(db, &token, now)).await.unwrap().unwrap();
    assert_eq!(person.officer_units(), [&unit]);

    stage.clock_forward(chrono::Duration::days(400));
    let token = officer.token_hash();
    let now = stage.now();
    assert_eq!(stage.read(move |db| find_person(db, &token, now)).await.unwrap(), None);
}
