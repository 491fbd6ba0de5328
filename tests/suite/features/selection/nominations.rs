use hoithi::{
    base::ids::{EntryId, NominationId, PoolId},
    features::{
        contests::{EntryKind, RoundMethod},
        selection::{
            self, AcceptNominationError, DecideError, NewDecision, Outcome, RecallNominationError,
            ReturnNominationError,
            views::{list_incoming, list_outgoing},
        },
    },
};

use crate::support::{SmallContest, Stage, a_decision};

/// An entry that the district has nominated to the province.
async fn nominated(stage: &Stage) -> (SmallContest, PoolId, PoolId, EntryId, NominationId) {
    let small = stage
        .a_small_contest(&[
            ("district", RoundMethod::Decide, Some(3)),
            ("province", RoundMethod::Decide, None),
        ])
        .await;
    let entry = stage.an_entry_in(&small, "Sổ tay số", &small.branch, EntryKind::Collective).await;
    let from = stage.pool_at(&small, 0, &small.district).await;
    stage.decided(&small.district_officer, &from, &[(&entry, Outcome::Nominated)]).await;
    let to = stage.pool_at(&small, 1, &small.province).await;
    let pool = from.clone();
    let outgoing = stage.read(move |db| list_outgoing(db, &pool)).await.unwrap();
    (small, from, to, entry, outgoing[0].nomination.id.clone())
}

#[actix_web::test]
async fn an_accepted_nomination_fills_the_next_round() {
    let stage = Stage::new();
    let (small, _, to, entry, nomination) = nominated(&stage).await;
    let (sender, receiver) =
        (stage.person_of(&small.district_officer).await, stage.person_of(&small.provincial).await);
    let now = stage.now();
    let id = nomination.clone();
    let refused = stage.write(move |db| selection::accept_nomination(db, &sender, &id, now)).await;
    assert!(matches!(refused, Err(AcceptNominationError::NotFound)), "the sender cannot accept");
    let (id, by) = (nomination.clone(), receiver.clone());
    stage.write(move |db| selection::accept_nomination(db, &by, &id, now)).await.unwrap();
    let id = nomination.clone();
    let again = stage.write(move |db| selection::accept_nomination(db, &receiver, &id, now)).await;
    assert!(matches!(again, Err(AcceptNominationError::NotWaiting)), "{again:?}");

    let pool = to.clone();
    let standing = stage.read(move |db| selection::store::list_pool_entries(db, &pool)).await.unwrap();
    assert_eq!(standing.iter().map(|row| &row.entry_id).collect::<Vec<_>>(), [&entry]);
    stage.decided(&small.provincial, &to, &[(&entry, Outcome::Chosen)]).await;
}

#[actix_web::test]
async fn until_it_is_accepted_the_sender_may_recall() {
    let stage = Stage::new();
    let (small, from, to, entry, nomination) = nominated(&stage).await;
    let (sender, now) = (stage.person_of(&small.district_officer).await, stage.now());
    let (id, by) = (nomination.clone(), sender.clone());
    let refused = stage.write(move |db| selection::recall_nomination(db, &by, &id, " ", now)).await;
    assert!(matches!(refused, Err(RecallNominationError::Invalid(_))), "{refused:?}");
    let (id, by) = (nomination.clone(), sender.clone());
    stage.write(move |db| selection::recall_nomination(db, &by, &id, "Gửi nhầm", now)).await.unwrap();
    let pool = to.clone();
    let incoming = stage.read(move |db| list_incoming(db, &pool)).await.unwrap();
    assert_eq!(incoming[0].nomination.answer_reason.as_deref(), Some("Gửi nhầm"));

    // A new decision may send it up again.
    let again = NewDecision {
        replaces: 1,
        change_reason: "Gửi lại".into(),
        ..a_decision(&[(&entry, Outcome::Nominated)])
    };
    let (by, pool) = (sender.clone(), from.clone());
    stage.write(move |db| selection::decide(db, &by, &pool, &again, now)).await.unwrap();
    let pool = to.clone();
    let incoming = stage.read(move |db| list_incoming(db, &pool)).await.unwrap();
    let open = incoming.iter().find(|row| row.nomination.status.as_str() == "proposed").unwrap();
    let (receiver, id) = (stage.person_of(&small.provincial).await, open.nomination.id.clone());
    stage.write(move |db| selection::accept_nomination(db, &receiver, &id, now)).await.unwrap();
    let id = open.nomination.id.clone();
    let late = stage.write(move |db| selection::recall_nomination(db, &sender, &id, "Muộn", now)).await;
    assert!(matches!(late, Err(RecallNominationError::AcceptedAlready)), "{late:?}");
}

#[actix_web::test]
async fn what_was_accepted_above_must_be_returned_before_it_is_decided_anew() {
    let stage = Stage::new();
    let (small, from, to, entry, nomination) = nominated(&stage).await;
    let (sender, receiver) =
        (stage.person_of(&small.district_officer).await, stage.person_of(&small.provincial).await);
    let now = stage.now();
    let (id, by) = (nomination.clone(), receiver.clone());
    stage.write(move |db| selection::accept_nomination(db, &by, &id, now)).await.unwrap();
    let anew = NewDecision {
        replaces: 1,
        change_reason: "Chọn lại".into(),
        ..a_decision(&[(&entry, Outcome::Chosen)])
    };
    let (by, pool, new) = (sender.clone(), from.clone(), anew.clone());
    let refused = stage.write(move |db| selection::decide(db, &by, &pool, &new, now)).await;
    assert!(matches!(refused, Err(DecideError::NominationAccepted { .. })), "{refused:?}");

    let (id, by) = (nomination.clone(), receiver.clone());
    stage.write(move |db| selection::return_nomination(db, &by, &id, "Sai thể lệ", now)).await.unwrap();
    let pool = to.clone();
    let standing = stage.read(move |db| selection::store::list_pool_entries(db, &pool)).await.unwrap();
    assert!(standing.is_empty(), "a returned entry leaves the pool above");
    let id = nomination.clone();
    let twice = stage.write(move |db| selection::return_nomination(db, &receiver, &id, "Lại", now)).await;
    assert!(matches!(twice, Err(ReturnNominationError::NotReturnable)), "{twice:?}");
    stage.write(move |db| selection::decide(db, &sender, &from, &anew, now)).await.unwrap();
}
