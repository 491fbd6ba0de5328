use actix_web::http::StatusCode;

use crate::support::Stage;

#[actix_web::test]
async fn a_unit_has_a_page_by_id_and_by_code_that_says_where_it_stands() {
    let stage = Stage::new();
    let province = stage.a_unit("Tỉnh <i>P</i>").level("province").make().await;
    let commune = stage.a_unit("Xã A").below(&province).make().await;
    let mut anyone = stage.anyone();
    let page = anyone.get(&format!("/units/{commune}")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("Tỉnh &lt;i&gt;P&lt;&#x2F;i&gt;") || page.body.contains("Tỉnh &lt;i&gt;P"));
    let page = anyone.get(&format!("/units/{province}?q=xa%20a")).await;
    assert!(page.body.contains("Xã A") && page.body.contains("1 đơn vị"), "{}", page.body);
    assert!(anyone.get("/units?q=XA+A").await.body.contains(&format!("/units/{commune}")));
    for address in ["/units/nonsense", "/units/00000000-0000-7000-8000-000000000000"] {
        assert_eq!(anyone.get(address).await.status, StatusCode::NOT_FOUND, "{address}");
    }
    assert_eq!(anyone.get("/units?q=%25&page=-4").await.status, StatusCode::OK);
}

#[actix_web::test]
async fn the_number_of_queries_does_not_grow_with_the_units() {
    let stage = Stage::new();
    let province = stage.a_unit("Tỉnh P").level("province").make().await;
    stage.a_unit("Xã A").below(&province).make().await;
    let href = format!("/units/{province}");
    let few = stage.count_queries(async || drop(stage.anyone().get(&href).await)).await;
    for number in 0..30 {
        stage.a_unit(&format!("Xã {number}")).below(&province).make().await;
    }
    let many = stage.count_queries(async || drop(stage.anyone().get(&href).await)).await;
    assert_eq!(few, many);
}

#[actix_web::test]
async fn officers_keep_the_address_of_the_unit_s_own_page() {
    let stage = Stage::new();
    let commune = stage.a_unit("Xã A").make().await;
    let mut officer = stage.an_officer(&commune).await;
    let save = format!("/manage/units/{commune}/page");
    for wrong in [
        "javascript:alert(1)",
        "https://a b",
        "https://x\"onclick=1",
        &format!("https://{}", "a".repeat(10_000)),
    ] {
        let page = officer.post(&save, &[("page_url", wrong)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    let page = officer.post(&save, &[("page_url", "https://facebook.example/xa-a")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    assert!(stage.anyone().get(&format!("/units/{commune}")).await.body.contains("facebook.example"));
}
