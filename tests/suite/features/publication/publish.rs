use hoithi::{
    base::{
        ids::{EntryId, GrantId, PoolId},
        seal::hash_hex,
    },
    features::{
        awards::{self, Winner},
        contests::{AwardTarget, EntryKind, RoundMethod},
        entries,
        publication::{self, NewPublication, Publication, PublishError, Scope, views},
        selection::Outcome,
    },
};
use serde_json::Value;

use crate::support::{Guest, SmallContest, Stage};

/// One winner and one commended unit in the province's pool.
async fn awarded(stage: &Stage) -> (SmallContest, PoolId, EntryId, GrantId) {
    let small = stage.a_small_contest(&[("province", RoundMethod::Decide, None)]).await;
    let entry = stage.an_entry_in(&small, "Sổ tay số", &small.branch, EntryKind::Individual).await;
    let pool = stage.pool_at(&small, 0, &small.province).await;
    stage.decided(&small.provincial, &pool, &[(&entry, Outcome::Chosen)]).await;
    let prize = stage.an_award(&small, 0, "Giải Ba", AwardTarget::Entry, None).await;
    let commendation = stage.an_award(&small, 0, "Đơn vị tiêu biểu", AwardTarget::Unit, None).await;
    let (person, now) = (stage.person_of(&small.provincial).await, stage.now());
    let (of, who, what) = (pool.clone(), Winner::Entry(entry.clone()), small.province.clone());
    let grant = stage
        .write(move |db| {
            awards::grant_award(db, &person, &of, &commendation, &Winner::Unit(what.clone()), "", now)?;
            awards::grant_award(db, &person, &of, &prize, &who, "", now)
        })
        .await
        .unwrap();
    (small, pool, entry, grant.id)
}

async fn publish(
    stage: &Stage,
    by: &Guest,
    small: &SmallContest,
    new: NewPublication,
) -> Result<Publication, PublishError> {
    let (person, contest, now) = (stage.person_of(by).await, small.contest.id.clone(), stage.now());
    stage.write(move |db| publication::publish_contest(db, &person, &contest, &new, now)).await
}

async fn is_shown(stage: &Stage, entry: &EntryId) -> bool {
    let entry = entry.clone();
    stage.read(move |db| entries::store::find(db, &entry)).await.unwrap().unwrap().is_published
}

#[actix_web::test]
async fn a_version_says_exactly_what_the_api_answers() {
    let stage = Stage::new();
    let (small, _, entry, _) = awarded(&stage).await;
    let version = publish(&stage, &small.organiser, &small, NewPublication::default()).await.unwrap();
    assert_eq!((version.version, version.previous_hash.as_str()), (1, ""));
    assert_eq!(version.content_hash, hash_hex(version.content.as_bytes()));
    let content: Value = serde_json::from_str(&version.content).unwrap();
    let keys: Vec<&str> = content.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["awards", "published_at", "version"]);
    let expected = serde_json::json!([
        { "award": "Giải Ba", "round": 1, "round_name": "Vòng 1", "unit": "Hội LHPN tỉnh Bến Tre", "to": { "entry": {
            "code": "BT-0001", "title": "Sổ tay số", "kind": "individual", "unit": "Chi hội ấp 1",
            "path": ["Chi hội ấp 1", "Hội LHPN xã An Hiệp", "Hội LHPN huyện Ba Tri",
                "Hội LHPN tỉnh Bến Tre", "Trung ương Hội"] } } },
        { "award": "Đơn vị tiêu biểu", "round": 1, "round_name": "Vòng 1", "unit": "Hội LHPN tỉnh Bến Tre",
            "to": { "unit": "Hội LHPN tỉnh Bến Tre" } }
    ]);
    let mut awards = content["awards"].as_array().unwrap().clone();
    awards.sort_by_key(|award| award["award"].as_str().unwrap().to_owned());
    assert_eq!(Value::Array(awards), expected);
    assert!(is_shown(&stage, &entry).await);
}

#[actix_web::test]
async fn a_correction_is_the_next_version_with_a_reason_and_the_old_one_stays() {
    let stage = Stage::new();
    let (small, _, entry, grant) = awarded(&stage).await;
    let first = publish(&stage, &small.organiser, &small, NewPublication::default()).await.unwrap();
    let same = NewPublication { replaces: 1, reason: "Không đổi".into(), ..NewPublication::default() };
    let same = publish(&stage, &small.organiser, &small, same).await;
    assert!(matches!(same, Err(PublishError::NothingNew { version: 1 })), "{same:?}");

    let (person, now) = (stage.person_of(&small.provincial).await, stage.now());
    stage.write(move |db| awards::revoke_grant(db, &person, &grant, "Sao chép", now)).await.unwrap();
    let without = NewPublication { replaces: 1, ..NewPublication::default() };
    let without = publish(&stage, &small.organiser, &small, without).await;
    assert!(matches!(without, Err(PublishError::Invalid(_))), "{without:?}");
    let new =
        NewPublication { replaces: 1, reason: "Thu hồi một giải".into(), ..NewPublication::default() };
    let second = publish(&stage, &small.organiser, &small, new).await.unwrap();
    assert_eq!((second.version, &second.previous_hash), (2, &first.content_hash));
    assert!(!is_shown(&stage, &entry).await, "who lost the award is shown no longer");

    let scope = Scope::Contest(small.contest.id.clone());
    let (old, versions) = stage
        .read(move |db| Ok((views::find_version(db, &scope, 1)?, views::list_versions(db, &scope)?)))
        .await
        .unwrap();
    assert_eq!(old, Some(first));
    assert_eq!(versions.iter().map(|version| version.version).collect::<Vec<_>>(), [2, 1]);
    let front = stage.read(|db| views::latest_published(db, 5)).await.unwrap();
    assert_eq!(front.iter().map(|(publication, ..)| publication.version).collect::<Vec<_>>(), [2]);
}

#[actix_web::test]
async fn of_two_publishers_at_once_one_publishes() {
    let stage = Stage::new();
    let (small, ..) = awarded(&stage).await;
    let (one, other) = tokio::join!(
        publish(&stage, &small.organiser, &small, NewPublication::default()),
        publish(&stage, &small.organiser, &small, NewPublication::default())
    );
    let lost: Vec<_> = [one, other].into_iter().filter_map(Result::err).collect();
    assert_eq!(lost.len(), 1);
    assert!(matches!(lost[0], PublishError::PublishedMeanwhile { version: 1 }), "{lost:?}");
}

#[actix_web::test]
async fn a_pool_publishes_its_own_result_once_it_is_decided() {
    let stage = Stage::new();
    let (small, pool, entry, _) = awarded(&stage).await;
    let (person, now, of) = (stage.person_of(&small.provincial).await, stage.now(), pool.clone());
    let new = NewPublication { show_chosen: true, ..NewPublication::default() };
    let version =
        stage.write(move |db| publication::publish_pool(db, &person, &of, &new, now)).await.unwrap();
    let content: Value = serde_json::from_str(&version.content).unwrap();
    assert_eq!(content["chosen"][0]["entry"]["code"], "BT-0001");
    assert_eq!(content["chosen"][0]["outcome"], "chosen");
    assert!(is_shown(&stage, &entry).await);

    let undecided = stage.pool_at(&small, 0, &small.district).await;
    let (person, now) = (stage.person_of(&small.provincial).await, stage.now());
    let early = stage
        .write(move |db| publication::publish_pool(db, &person, &undecided, &NewPublication::default(), now))
        .await;
    assert!(matches!(early, Err(PublishError::NotDecided)), "{early:?}");
    let only_the_organiser = publish(&stage, &small.provincial, &small, NewPublication::default()).await;
    assert!(matches!(only_the_organiser, Err(PublishError::NotFound)), "{only_the_organiser:?}");
}
