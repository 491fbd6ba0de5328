//! Somebody else's entry, by guessing its address.

use actix_web::http::StatusCode;
use hoithi::features::{attachments, audit, contests::EntryKind, contests::RoundMethod, entries};

use crate::support::Stage;

#[actix_web::test]
async fn an_entry_of_another_unit_is_not_there_and_nothing_happens_to_it() {
    let stage = Stage::new();
    let rounds = [("province", RoundMethod::Decide, None)];
    let small = stage.a_small_contest(&rounds).await;
    let [own, other] = small.communes.clone();
    let id = stage.an_entry_in(&small, "Bài của xã An Hiệp", &own, EntryKind::Individual).await;
    let of = id.clone();
    let before = stage.read(move |db| entries::store::find(db, &of)).await.unwrap();
    let of = id.clone();
    let files = stage.read(move |db| attachments::views::list_of_entry(db, &of)).await.unwrap();
    let files: Vec<String> = files.iter().map(|file| format!("/files/{}/tep", file.id)).collect();
    let elsewhere = stage.a_unit("Hội LHPN tỉnh Trà Vinh").level("province").make().await;
    let guests = [
        stage.a_member(&own).await,
        stage.a_member(&other).await,
        stage.an_officer(&other).await,
        stage.an_officer(&elsewhere).await,
        stage.a_person("Nguyễn Thị Tò Mò").await.1,
    ];
    let n_acts = stage.read(audit::views::count_unsealed).await.unwrap();
    for mut guest in guests {
        let mut shown =
            vec![format!("/manage/entries/{id}"), format!("/contests/hoi-thi-nho/entries/BT-0001")];
        shown.extend(
            ["", "/edit", "/submit", "/attachments", "/receipts/1"]
                .map(|part| format!("/my/entries/{id}{part}")),
        );
        shown.extend(files.clone());
        for address in shown {
            let answer = guest.get(&address).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
            assert!(!answer.body.contains("Bài của xã"), "{address}");
        }
        let fields = [("version", "1"), ("title", "Chiếm bài"), ("reason", "vì thế"), ("sure", "1")];
        for act in [
            "manage/entries/{}/accept",
            "manage/entries/{}/return",
            "manage/entries/{}/reject",
            "manage/entries/{}/disqualify",
            "my/entries/{}/edit",
            "my/entries/{}/autosave",
            "my/entries/{}/submit",
            "my/entries/{}/withdraw",
            "my/entries/{}/attachments",
        ] {
            let address = format!("/{}", act.replace("{}", id.as_str()));
            assert_eq!(guest.post(&address, &fields).await.status, StatusCode::NOT_FOUND, "{address}");
        }
    }
    assert_eq!(stage.read(audit::views::count_unsealed).await.unwrap(), n_acts, "nothing was done");
    assert_eq!(stage.read(move |db| entries::store::find(db, &id)).await.unwrap(), before);
}
