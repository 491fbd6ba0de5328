//! What makers read about their entry after the publication.

use actix_web::http::StatusCode;
use hoithi::features::{
    contests::Feedback,
    entries,
    judging::{self, deliberation::release_comments},
    publication::{self, NewPublication},
    selection::{self, Outcome},
};

use crate::support::{Stage, a_decision};

#[actix_web::test]
async fn a_maker_reads_marks_and_approved_comments_once_the_result_is_out() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(2, 2, 2).await;
    stage.change_round(&judged, |round| round.feedback = Feedback::Marks).await;
    let (owner, mut maker) = stage.a_person("Phạm Thị Tác Giả").await;
    let entry = judged.entries[1].clone();
    let of = entry.clone();
    stage
        .write(move |db| -> Result<(), hoithi::infra::db::DbError> {
            let mut entry = entries::store::find(db, &of)?.unwrap();
            entry.owner_id = owner.clone();
            entries::store::save(db, &entry)
        })
        .await
        .unwrap();
    for judge in 0..2 {
        let person = stage.person_of(&judged.judges[judge].1).await;
        for (number, each) in judged.entries.clone().into_iter().enumerate() {
            let (person, pool, now) = (person.clone(), judged.pool.clone(), stage.now());
            let better = i64::from(number == 0);
            let mut typed = judged.typed(better + if judge == 0 { 4 } else { 8 });
            typed.comment = format!("Nhận xét của người thứ {judge} <b>");
            typed.private_note = "Ghi chú riêng".into();
            stage
                .write(move |db| judging::submit_sheet(db, &person, &pool, &each, &typed, now))
                .await
                .unwrap();
        }
    }
    let page = format!("/my/entries/{entry}/feedback");
    let own = format!("/my/entries/{entry}");
    let before = maker.get(&page).await;
    assert_eq!(before.status, StatusCode::OK);
    assert!(before.body.contains("Chưa có gì để xem"), "{}", before.body);
    assert!(!maker.get(&own).await.body.contains(&page), "nothing leads to an empty page");

    let (officer, pool, now) = (stage.person_of(&judged.officer).await, judged.pool.clone(), stage.now());
    let (account, of) = (judged.judges[0].0.clone(), entry.clone());
    let by = officer.clone();
    stage
        .write(move |db| -> Result<_, judging::deliberation::ReleaseError> {
            let sheet = judging::store::find_sheet_of(db, &pool, &of, &account)?.unwrap();
            release_comments(db, &by, &pool, Some(&[sheet.id]), now)
        })
        .await
        .unwrap();
    let (pool, new) = (judged.pool.clone(), a_decision(&[(&judged.entries[0], Outcome::Chosen)]));
    stage
        .write(move |db| -> Result<(), selection::DecideError> {
            selection::decide(db, &officer, &pool, &new, now)?;
            publication::publish_pool(db, &officer, &pool, &NewPublication::default(), now).unwrap();
            Ok(())
        })
        .await
        .unwrap();
    assert!(maker.get(&own).await.body.contains(&page));
    let found = maker.get(&page).await.body;
    let criterion = &judged.criteria[0];
    for tenths in [4, 8] {
        let mark = judged.typed(tenths).marks[&criterion.id].clone();
        assert!(found.contains(&format!(">{mark}<")), "{mark} is not in {found}");
    }
    assert!(found.contains("Nhận xét của người thứ 0 &lt;b&gt;"), "{found}");
    for hidden in ["người thứ 1", "Ghi chú riêng", "Nguyễn Giám Khảo"] {
        assert!(!found.contains(hidden), "{hidden} is not for makers: {found}");
    }
    // In English too, and for nobody else: not even for a judge of it.
    for guest in [&mut judged.judges[0].1, &mut judged.officer] {
        assert_eq!(guest.get(&page).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(stage.anyone().get(&page).await.status, StatusCode::SEE_OTHER);
    // A round whose rules show nothing shows nothing.
    stage.change_round(&judged, |round| round.feedback = Feedback::None).await;
    assert!(maker.get(&page).await.body.contains("Chưa có gì để xem"));
}
