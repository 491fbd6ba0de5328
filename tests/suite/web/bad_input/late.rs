//! A deadline passes while somebody is typing.

use actix_web::http::StatusCode;
use chrono::Duration;
use hoithi::features::entries::{self, EntryStatus, Return};

use crate::support::Stage;

#[actix_web::test]
async fn what_is_typed_when_the_deadline_passes_is_kept_as_a_draft() {
    let stage = Stage::new();
    let province = stage.a_unit("tỉnh Bến Tre").level("province").make().await;
    let commune = stage.a_unit("xã An Hiệp").below(&province).make().await;
    let contest = stage.a_contest(&province).await;
    let mut member = stage.a_member(&commune).await;
    let person = stage.person_of(&member).await;
    let draft = stage.a_full_draft(&contest, &commune, &person, "Đang viết").await;
    let entry = format!("/my/entries/{}", draft.id);
    let consents = stage.consent_to_all(&contest, draft.edition).await.consents;
    let consents: Vec<String> = consents.iter().map(|consent| format!("consent-{consent}")).collect();
    for page in ["/edit", "/submit"] {
        assert_eq!(member.get(&format!("{entry}{page}")).await.status, StatusCode::OK, "{page}");
    }
    stage.clock_forward(Duration::days(31));

    // By the script of the page, by its button, and by the last button of all.
    let typed = |version: &'static str, title: &'static str| {
        [("version", version), ("title", title), ("kind", "individual"), ("authors", "Lê Thị Hội Viên")]
    };
    let edition = draft.edition.to_string().leak();
    let saved = member.post(&format!("{entry}/autosave"), &typed(edition, "Viết trễ")).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    let edition = (draft.edition + 1).to_string().leak();
    let saved = member.post(&format!("{entry}/edit"), &typed(edition, "Viết trễ nữa")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let version = (draft.edition + 2).to_string();
    let mut fields = vec![("version", version.as_str())];
    fields.extend(consents.iter().map(|name| (name.as_str(), "1")));
    let refused = member.post(&format!("{entry}/submit"), &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    assert!(refused.body.contains("Viết trễ nữa"), "{}", refused.body);
    assert!(refused.body.contains("hết hạn"), "it says why: {}", refused.body);

    for page in ["", "/edit"] {
        let page = member.get(&format!("{entry}{page}")).await;
        assert!(page.status == StatusCode::OK && page.body.contains("Viết trễ nữa"), "{}", page.body);
    }
    let id = draft.id.clone();
    let stands = stage.read(move |db| entries::store::find(db, &id)).await.unwrap().unwrap();
    assert_eq!((stands.status, stands.revision), (EntryStatus::Draft, 0));

    // Who was still on the first page is told so, with the title that was typed.
    let begun = [
        ("contest", contest.slug.as_str()),
        ("entry", &hoithi::base::ids::EntryId::generate().to_string()),
        ("unit", commune.as_str()),
        ("kind", "individual"),
        ("title", "Bài chưa kịp bắt đầu"),
    ];
    let refused = member.post("/my/entries/new", &begun).await;
    assert!(refused.status.is_client_error(), "{}", refused.body);
    assert!(refused.body.contains("Bài chưa kịp bắt đầu"), "{}", refused.body);
}

#[actix_web::test]
async fn a_correction_that_comes_too_late_is_kept_and_the_reason_is_said() {
    let stage = Stage::new();
    let province = stage.a_unit("tỉnh Bến Tre").level("province").make().await;
    let commune = stage.a_unit("xã An Hiệp").below(&province).make().await;
    let contest = stage.a_contest(&province).await;
    let mut member = stage.a_member(&commune).await;
    let (person, officer) = (stage.person_of(&member).await, stage.an_officer(&province).await);
    let officer = stage.person_of(&officer).await;
    let sent = stage.a_submitted_entry(&contest, &commune, &person, "Bài gửi lần một").await;
    let what = Return { reason: "Ghi rõ chi hội".into(), due_at: Some(stage.now() + Duration::days(1)) };
    let (id, now) = (sent.entry.id.clone(), stage.now());
    stage.write(move |db| entries::return_entry(db, &officer, &id, &what, now)).await.unwrap();
    let entry = format!("/my/entries/{}", sent.entry.id);
    let page = member.get(&format!("{entry}/edit")).await;
    assert!(page.body.contains("Ghi rõ chi hội"), "{}", page.body);
    let version = page.body.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    stage.clock_forward(Duration::days(2));

    let typed = [("version", version), ("title", "Bài đã sửa"), ("kind", "individual"), ("authors", "A")];
    let saved = member.post(&format!("{entry}/autosave"), &typed).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    let version = serde_json::from_str::<serde_json::Value>(&saved.body).unwrap()["version"].to_string();
    let consents = stage.consent_to_all(&contest, 0).await.consents;
    let consents: Vec<String> = consents.iter().map(|consent| format!("consent-{consent}")).collect();
    let mut fields = vec![("version", version.as_str())];
    fields.extend(consents.iter().map(|name| (name.as_str(), "1")));
    let refused = member.post(&format!("{entry}/submit"), &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    assert!(refused.body.contains("Bài đã sửa"), "{}", refused.body);
    assert!(member.get(&entry).await.body.contains("Bài đã sửa"));
}
