use hoithi::{
    base::ids::{EntryId, PoolId},
    features::{
        contests::{EntryKind, RoundMethod},
        pools::{self, PoolStatus},
        selection::{self, DecideError, Decision, NewDecision, Outcome, views},
    },
};

use crate::support::{Guest, SmallContest, Stage, a_decision};

use Outcome::{Chosen, Nominated, NotChosen};

async fn decide(stage: &Stage, by: &Guest, pool: &PoolId, new: NewDecision) -> Result<Decision, DecideError> {
    let (person, pool, now) = (stage.person_of(by).await, pool.clone(), stage.now());
    stage.write(move |db| selection::decide(db, &person, &pool, &new, now)).await
}

/// Three entries with 30, 20 and 10 votes in the province's pool of a vote round; two may go up.
async fn voted(stage: &Stage) -> (SmallContest, PoolId, [EntryId; 3]) {
    let small = stage
        .a_small_contest(&[("province", RoundMethod::Vote, Some(2)), ("central", RoundMethod::Decide, None)])
        .await;
    let mut entries = Vec::new();
    for title in ["Sổ tay số", "Ô chữ", "Bộ mã QR"] {
        let unit = &small.communes[0];
        entries.push(stage.an_entry_in(&small, title, unit, EntryKind::Collective).await);
    }
    let pool = stage.pool_at(&small, 0, &small.province).await;
    let by = stage.person_of(&small.provincial).await;
    for (entry, votes) in entries.iter().zip([30, 20, 10]) {
        stage.votes(&by, &pool, entry, votes).await;
    }
    (small, pool, entries.try_into().unwrap())
}

#[actix_web::test]
async fn a_body_decides_and_what_it_nominates_is_on_its_way() {
    let stage = Stage::new();
    let (small, pool, [first, second, third]) = voted(&stage).await;
    let decision = stage
        .decided(&small.provincial, &pool, &[(&first, Nominated), (&second, Chosen), (&third, NotChosen)])
        .await;
    assert_eq!(decision.number, 1);
    assert!(!decision.standing_hash.is_empty());

    let from = pool.clone();
    let (rows, outgoing, status) = stage
        .read(move |db| {
            let rows = views::list_outcomes(db, &decision.id)?;
            Ok((rows, views::list_outgoing(db, &from)?, pools::store::find(db, &from)?.unwrap().status))
        })
        .await
        .unwrap();
    let said: Vec<_> =
        rows.iter().map(|(row, _)| (row.outcome, row.place, row.score_text.as_str())).collect();
    assert_eq!(said, [(Nominated, Some(1), "30"), (Chosen, Some(2), "20"), (NotChosen, Some(3), "10")]);
    assert_eq!(status, PoolStatus::Decided);
    assert_eq!(outgoing.len(), 1);
    assert_eq!(outgoing[0].entry.id, first);
    assert_eq!(outgoing[0].other_unit, "Trung ương Hội");
    let nomination = &outgoing[0].nomination;
    assert_eq!(nomination.dossier_hash, hoithi::base::seal::hash_hex(nomination.snapshot.as_bytes()));
    let dossier: serde_json::Value = serde_json::from_str(&nomination.snapshot).unwrap();
    assert_eq!(dossier["entry"]["title"], "Sổ tay số");
    assert_eq!(dossier["entry"]["revision"]["number"], 1);
    assert_eq!(dossier["entry"]["path"][0], "Hội LHPN xã An Hiệp");
    assert_eq!(dossier["decision"]["minutes"], "Thống nhất chọn các bài có tên.");
}

#[actix_web::test]
async fn a_departure_from_the_standing_needs_a_reason() {
    let stage = Stage::new();
    let (small, pool, [first, second, third]) = voted(&stage).await;
    let mut new = a_decision(&[(&first, Chosen), (&second, NotChosen), (&third, Chosen)]);
    let refused = decide(&stage, &small.provincial, &pool, new.clone()).await;
    let Err(DecideError::Invalid(errors)) = refused else { panic!("{refused:?}") };
    let mut fields: Vec<String> = errors.0.into_iter().map(|(field, _)| field).collect();
    fields.sort();
    let mut expected = [format!("reason-{second}"), format!("reason-{third}")];
    expected.sort();
    assert_eq!(fields, expected);

    new.entries[1].2 = "Trùng với một bài của năm trước.".into();
    new.departure_reason = "Ban Thường vụ đã xem lại.".into();
    let decision = decide(&stage, &small.provincial, &pool, new).await.unwrap();
    let rows = stage.read(move |db| views::list_outcomes(db, &decision.id)).await.unwrap();
    let reason = |entry: &EntryId| {
        rows.iter().find(|(row, _)| row.entry_id == *entry).unwrap().0.deviation_reason.clone()
    };
    assert_eq!(reason(&first), "");
    assert_eq!(reason(&second), "Trùng với một bài của năm trước.");
    assert_eq!(reason(&third), "Ban Thường vụ đã xem lại.");
}

#[actix_web::test]
async fn a_quota_is_kept_and_named_with_its_numbers() {
    let stage = Stage::new();
    let (small, pool, [first, second, third]) = voted(&stage).await;
    let all = a_decision(&[(&first, Nominated), (&second, Nominated), (&third, Nominated)]);
    let refused = decide(&stage, &small.provincial, &pool, all).await;
    assert!(matches!(refused, Err(DecideError::QuotaTotal { max: 2, count: 3 })), "{refused:?}");
}

#[actix_web::test]
async fn of_two_officers_at_once_one_decides_and_the_other_reads_what_was_decided() {
    let stage = Stage::new();
    let (small, pool, [first, ..]) = voted(&stage).await;
    let new = a_decision(&[(&first, Chosen)]);
    let (one, other) = tokio::join!(
        decide(&stage, &small.provincial, &pool, new.clone()),
        decide(&stage, &small.organiser, &pool, new.clone())
    );
    let lost: Vec<_> = [one, other].into_iter().filter_map(Result::err).collect();
    assert_eq!(lost.len(), 1);
    assert!(matches!(lost[0], DecideError::DecidedMeanwhile { number: 1 }), "{lost:?}");
}

#[actix_web::test]
async fn a_later_decision_replaces_an_earlier_one_with_a_reason() {
    let stage = Stage::new();
    let (small, pool, [first, second, _]) = voted(&stage).await;
    stage.decided(&small.provincial, &pool, &[(&first, Nominated)]).await;
    let mut new = NewDecision { replaces: 1, ..a_decision(&[(&first, Chosen), (&second, Nominated)]) };
    new.departure_reason = "Bài đứng đầu đã dự thi ở nơi khác.".into();
    let refused = decide(&stage, &small.provincial, &pool, new.clone()).await;
    let Err(DecideError::Invalid(errors)) = refused else { panic!("{refused:?}") };
    assert_eq!(errors.0[0].0, "change_reason");

    new.change_reason = "Bài dự thi ở nơi khác.".into();
    let decision = decide(&stage, &small.provincial, &pool, new).await.unwrap();
    assert_eq!(decision.number, 2);
    let from = pool.clone();
    let outgoing = stage.read(move |db| views::list_outgoing(db, &from)).await.unwrap();
    let said: Vec<_> =
        outgoing.iter().map(|shown| (shown.entry.id == second, shown.nomination.status.as_str())).collect();
    assert_eq!(said.len(), 2);
    assert!(said.contains(&(true, "proposed")) && said.contains(&(false, "recalled")), "{said:?}");
}

#[actix_web::test]
async fn only_who_runs_the_pool_decides_and_only_about_what_stands_in_it() {
    let stage = Stage::new();
    let (small, pool, [first, ..]) = voted(&stage).await;
    let new = a_decision(&[(&first, Chosen)]);
    let refused = decide(&stage, &small.district_officer, &pool, new).await;
    assert!(matches!(refused, Err(DecideError::NotFound)), "{refused:?}");
    let foreign = a_decision(&[(&EntryId::generate(), Chosen)]);
    let refused = decide(&stage, &small.provincial, &pool, foreign).await;
    assert!(matches!(refused, Err(DecideError::EntryNotHere)), "{refused:?}");
}

#[actix_web::test]
async fn a_round_that_only_decides_needs_no_scores_and_the_last_one_nominates_nobody() {
    let stage = Stage::new();
    let small = stage.a_small_contest(&[("province", RoundMethod::Decide, None)]).await;
    let entry = stage.an_entry_in(&small, "Sổ tay", &small.police, EntryKind::Individual).await;
    let other = stage.an_entry_in(&small, "Ô chữ", &small.district, EntryKind::Individual).await;
    let pool = stage.pool_at(&small, 0, &small.province).await;
    let up = a_decision(&[(&other, Nominated)]);
    let refused = decide(&stage, &small.provincial, &pool, up).await;
    assert!(matches!(refused, Err(DecideError::NoRoundAbove)), "{refused:?}");
    let decision = stage.decided(&small.provincial, &pool, &[(&entry, NotChosen), (&other, Chosen)]).await;
    assert_eq!(decision.number, 1);
}

#[actix_web::test]
async fn a_decision_says_who_decided_and_how() {
    let stage = Stage::new();
    let (small, pool, _) = voted(&stage).await;
    let empty = NewDecision { members_present: vec![" \u{202e} ".into()], ..NewDecision::default() };
    let refused = decide(&stage, &small.provincial, &pool, empty).await;
    let Err(DecideError::Invalid(errors)) = refused else { panic!("{refused:?}") };
    let fields: Vec<&str> = errors.0.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["body_name", "members_present", "minutes"]);
    let long = NewDecision { body_name: "dài ".repeat(10_000), ..a_decision(&[]) };
    let refused = decide(&stage, &small.provincial, &pool, long).await;
    assert!(matches!(refused, Err(DecideError::Invalid(_))), "{refused:?}");
}

#[actix_web::test]
async fn of_two_who_decide_at_once_one_is_told_that_the_other_was_faster() {
    let stage = Stage::new();
    let (small, pool, [first, second, third]) = voted(&stage).await;
    let one = a_decision(&[(&first, Nominated), (&second, Chosen), (&third, NotChosen)]);
    let other = a_decision(&[(&first, Chosen), (&second, Nominated), (&third, NotChosen)]);
    let other =
        NewDecision { departure_reason: "Sản phẩm dùng được ở nhiều nơi.".into(), ..other };
    let (one, other) = futures_util::future::join(
        decide(&stage, &small.provincial, &pool, one),
        decide(&stage, &small.organiser, &pool, other),
    )
    .await;
    assert_ne!(one.is_ok(), other.is_ok(), "{one:?} {other:?}");
    let decisions = stage.read(move |db| views::list_decisions(db, &pool)).await.unwrap();
    assert_eq!(decisions.len(), 1);
    let stands = one.or(other).unwrap();
    assert_eq!(decisions[0].0.id, stands.id, "what the faster one decided stands");
}
