use hoithi::features::{
    contests::{EntryKind, RoundMethod},
    selection::Outcome,
    voting::{self, NewCount, RecordVotesError, views::counts_of},
};

use crate::support::Stage;

#[actix_web::test]
async fn the_newest_count_of_an_entry_counts_and_a_correction_says_why() {
    let stage = Stage::new();
    let small = stage.a_small_contest(&[("province", RoundMethod::Vote, None)]).await;
    let entry = stage.an_entry_in(&small, "Sổ tay số", &small.district, EntryKind::Collective).await;
    let pool = stage.pool_at(&small, 0, &small.province).await;
    let by = stage.person_of(&small.provincial).await;
    stage.votes(&by, &pool, &entry, 10).await;

    let now = stage.now();
    let record = async |new: NewCount| {
        let (by, pool, entry) = (by.clone(), pool.clone(), entry.clone());
        stage.write(move |db| voting::record_votes(db, &by, &pool, &entry, &new, now)).await
    };
    let new = NewCount {
        votes: 12,
        source: "Fanpage".into(),
        proof_url: "https://example.org".into(),
        ..NewCount::default()
    };
    // Somebody who has not seen the first count does not overwrite it.
    let blind = record(new.clone()).await;
    assert!(matches!(blind, Err(RecordVotesError::RecordedMeanwhile { votes: 10 })), "{blind:?}");
    let (of, what) = (pool.clone(), entry.clone());
    let seen = stage.read(move |db| voting::views::newest_of(db, &of, &what)).await.unwrap().unwrap();
    let without = record(NewCount { replaces: Some(seen.id.clone()), ..new.clone() }).await;
    assert!(matches!(without, Err(RecordVotesError::Invalid(_))), "{without:?}");
    record(NewCount { replaces: Some(seen.id), reason: "Đếm sót".into(), ..new.clone() }).await.unwrap();
    let of = pool.clone();
    let (counts, history) =
        stage.read(move |db| Ok((counts_of(db, &of)?, voting::views::history_of(db, &of)?))).await.unwrap();
    assert_eq!(counts[&entry], 12);
    assert_eq!(history.iter().map(|(count, _)| count.votes).collect::<Vec<_>>(), [12, 10]);

    stage.decided(&small.provincial, &pool, &[(&entry, Outcome::Chosen)]).await;
    let late = record(new).await;
    assert!(matches!(late, Err(RecordVotesError::AlreadyDecided)), "{late:?}");
}

#[actix_web::test]
async fn votes_are_recorded_only_where_they_count_and_by_who_runs_the_pool() {
    let stage = Stage::new();
    let small = stage.a_small_contest(&[("province", RoundMethod::Decide, None)]).await;
    let entry = stage.an_entry_in(&small, "Sổ tay số", &small.district, EntryKind::Collective).await;
    let pool = stage.pool_at(&small, 0, &small.province).await;
    let now = stage.now();
    for (guest, expected) in
        [(&small.provincial, "voting-refused-no-votes-here"), (&small.district_officer, "not found")]
    {
        let (by, pool, entry) = (stage.person_of(guest).await, pool.clone(), entry.clone());
        let new = NewCount {
            votes: 1,
            source: "F".into(),
            proof_url: "https://e.org".into(),
            ..NewCount::default()
        };
        let refused = stage.write(move |db| voting::record_votes(db, &by, &pool, &entry, &new, now)).await;
        assert_eq!(refused.unwrap_err().to_string(), expected);
    }
}
