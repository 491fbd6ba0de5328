use hoithi::{
    base::ids::{AwardId, PoolId},
    features::{
        awards::{self, Grant, GrantAwardError, RevokeGrantError, Winner},
        contests::{AwardTarget, EntryKind, RoundMethod},
        selection::Outcome,
    },
};

use crate::support::{Guest, Stage};

async fn grant(
    stage: &Stage,
    by: &Guest,
    pool: &PoolId,
    award: &AwardId,
    winner: Winner,
) -> Result<Grant, GrantAwardError> {
    let (person, pool, award, now) = (stage.person_of(by).await, pool.clone(), award.clone(), stage.now());
    stage.write(move |db| awards::grant_award(db, &person, &pool, &award, &winner, "", now)).await
}

#[actix_web::test]
async fn a_chosen_entry_wins_once_and_as_often_as_there_are_awards() {
    let stage = Stage::new();
    let small = stage.a_small_contest(&[("province", RoundMethod::Decide, None)]).await;
    let mut entries = Vec::new();
    for title in ["Một", "Hai", "Ba"] {
        entries.push(stage.an_entry_in(&small, title, &small.communes[0], EntryKind::Individual).await);
    }
    let [first, second, third] = entries.try_into().unwrap();
    let pool = stage.pool_at(&small, 0, &small.province).await;
    let prize = stage.an_award(&small, 0, "Giải Ba", AwardTarget::Entry, Some(1)).await;
    let early = grant(&stage, &small.provincial, &pool, &prize, Winner::Entry(first.clone())).await;
    assert!(matches!(early, Err(GrantAwardError::NotDecided)), "{early:?}");

    let outcomes = [(&first, Outcome::Chosen), (&second, Outcome::Chosen), (&third, Outcome::NotChosen)];
    stage.decided(&small.provincial, &pool, &outcomes).await;
    let foreign = grant(&stage, &small.district_officer, &pool, &prize, Winner::Entry(first.clone())).await;
    assert!(matches!(foreign, Err(GrantAwardError::NotFound)), "{foreign:?}");
    let left_out = grant(&stage, &small.provincial, &pool, &prize, Winner::Entry(third)).await;
    assert!(matches!(left_out, Err(GrantAwardError::NotChosen)), "{left_out:?}");
    let granted =
        grant(&stage, &small.provincial, &pool, &prize, Winner::Entry(first.clone())).await.unwrap();
    let full = grant(&stage, &small.provincial, &pool, &prize, Winner::Entry(second.clone())).await;
    assert!(matches!(full, Err(GrantAwardError::NoneLeft { max: 1 })), "{full:?}");

    // Taken back with a reason, once; then it is free for another.
    let (person, now, id) = (stage.person_of(&small.provincial).await, stage.now(), granted.id.clone());
    let (by, of) = (person.clone(), id.clone());
    let without = stage.write(move |db| awards::revoke_grant(db, &by, &of, "", now)).await;
    assert!(matches!(without, Err(RevokeGrantError::Invalid(_))), "{without:?}");
    let (by, of) = (person.clone(), id.clone());
    stage.write(move |db| awards::revoke_grant(db, &by, &of, "Sao chép", now)).await.unwrap();
    let twice = stage.write(move |db| awards::revoke_grant(db, &person, &id, "Sao chép", now)).await;
    assert!(matches!(twice, Err(RevokeGrantError::AlreadyRevoked)), "{twice:?}");
    grant(&stage, &small.provincial, &pool, &prize, Winner::Entry(second)).await.unwrap();
}

#[actix_web::test]
async fn a_unit_is_commended_within_the_pool_and_not_twice() {
    let stage = Stage::new();
    let small = stage.a_small_contest(&[("province", RoundMethod::Decide, None)]).await;
    let pool = stage.pool_at(&small, 0, &small.province).await;
    let commendation = stage.an_award(&small, 0, "Đơn vị tiêu biểu", AwardTarget::Unit, None).await;
    let unit = Winner::Unit(small.province.clone());
    grant(&stage, &small.provincial, &pool, &commendation, unit.clone()).await.unwrap();
    let twice = grant(&stage, &small.provincial, &pool, &commendation, unit).await;
    assert!(matches!(twice, Err(GrantAwardError::AlreadyGranted)), "{twice:?}");
    let above = Winner::Unit(small.central.clone());
    let outside = grant(&stage, &small.provincial, &pool, &commendation, above).await;
    assert!(matches!(outside, Err(GrantAwardError::UnitOutside)), "{outside:?}");
}
