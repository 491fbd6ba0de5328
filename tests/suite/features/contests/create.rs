use hoithi::{
    base::ids::UnitId,
    features::contests::{Contest, CreateContestError, Declared, NewContest, TieStep, create_contest},
};

use crate::support::{Guest, Stage};

fn new_contest(host: &UnitId) -> NewContest {
    NewContest {
        host_unit_id: host.clone(),
        preset: None,
        title: "Sổ tay số của chi hội".into(),
        title_en: String::new(),
        slug: None,
        opens_at: None,
        closes_at: None,
        is_demonstration: false,
    }
}

async fn create(stage: &Stage, guest: &Guest, new: NewContest) -> Result<Contest, CreateContestError> {
    let person = stage.person_of(guest).await;
    let now = stage.now();
    stage.write(move |db| create_contest(db, &person, &new, now)).await
}

async fn declared(stage: &Stage, contest: &Contest) -> Declared {
    let contest = contest.clone();
    stage.read(move |db| Declared::load(db, contest)).await.unwrap().unwrap()
}

#[actix_web::test]
async fn a_preset_declares_everything_for_a_host_at_the_top() {
    let stage = Stage::new();
    let centre = stage.a_unit("Trung ương Hội").level("central").make().await;
    let contest = stage.a_draft_contest(&centre).await;
    assert_eq!(contest.slug.as_str(), "ung-dung-cntt-trong-to-chuc-sinh-hoat-hoi");
    assert!(!contest.title_en.is_empty(), "the preset's own title has its English one");
    let declared = declared(&stage, &contest).await;
    assert_eq!((declared.categories.len(), declared.fields.len(), declared.consents.len()), (3, 7, 4));
    let rounds: Vec<_> = declared
        .rounds
        .iter()
        .map(|round| (round.round.pool_level.as_str(), round.criteria.len(), round.awards.len()))
        .collect();
    assert_eq!(rounds, [("province", 5, 5), ("central", 5, 5), ("central", 0, 1)]);
    let first = &declared.rounds[0];
    assert_eq!(first.round.quota.total, Some(5));
    assert_eq!(first.round.tie_chain[0], TieStep::Criterion { criterion: first.criteria[1].id.clone() });
    assert_ne!(first.round.lot_seed, declared.rounds[1].round.lot_seed);
}

#[actix_web::test]
async fn rounds_above_the_host_are_left_out_and_one_always_stays() {
    let stage = Stage::new();
    for (level, levels) in [("province", vec!["province"]), ("commune", vec!["commune"])] {
        let host = stage.a_unit("Hội LHPN Bến Tre").level(level).make().await;
        let contest = stage.a_draft_contest(&host).await;
        let declared = declared(&stage, &contest).await;
        let found: Vec<_> = declared.rounds.iter().map(|round| round.round.pool_level.as_str()).collect();
        assert_eq!(found, levels);
    }
}

#[actix_web::test]
async fn from_nothing_a_contest_has_a_name_a_prefix_and_no_more() {
    let stage = Stage::new();
    let host = stage.a_unit("Hội LHPN tỉnh Bến Tre").level("province").make().await;
    let officer = stage.an_officer(&host).await;
    let contest = create(&stage, &officer, new_contest(&host)).await.unwrap();
    assert_eq!((contest.slug.as_str(), contest.code_prefix.as_str()), ("so-tay-so-cua-chi-hoi", "BT"));
    assert!(declared(&stage, &contest).await.rounds.is_empty());
    let second = create(&stage, &officer, new_contest(&host)).await.unwrap();
    assert_eq!(second.slug.as_str(), "so-tay-so-cua-chi-hoi-2");
}

#[actix_web::test]
async fn a_title_of_one_s_own_does_not_keep_the_english_one_of_the_preset() {
    let stage = Stage::new();
    let host = stage.a_unit("tỉnh Bến Tre").level("province").make().await;
    let officer = stage.an_officer(&host).await;
    let preset = Some("vwu_it_2024_proposed".to_owned());
    let contest = create(&stage, &officer, NewContest { preset, ..new_contest(&host) }).await.unwrap();
    assert_eq!((contest.title.as_str(), contest.title_en.as_str()), ("Sổ tay số của chi hội", ""));
}

#[actix_web::test]
async fn only_officers_above_or_at_the_host_make_its_contests() {
    let stage = Stage::new();
    let province = stage.a_unit("tỉnh Bến Tre").level("province").make().await;
    let commune = stage.a_unit("xã An Hiệp").below(&province).make().await;
    let elsewhere = stage.a_unit("xã An Thạnh").make().await;
    let above = stage.an_officer(&province).await;
    assert!(create(&stage, &above, new_contest(&commune)).await.is_ok());
    for guest in [stage.an_officer(&elsewhere).await, stage.a_member(&commune).await] {
        let refused = create(&stage, &guest, new_contest(&commune)).await;
        assert!(matches!(refused, Err(CreateContestError::NotOfficer)), "{refused:?}");
    }
}

#[actix_web::test]
async fn wrong_texts_are_named_field_by_field() {
    let stage = Stage::new();
    let host = stage.a_unit("tỉnh Bến Tre").level("province").make().await;
    let officer = stage.an_officer(&host).await;
    create(&stage, &officer, NewContest { slug: Some("lan-1".into()), ..new_contest(&host) }).await.unwrap();
    for (new, fields) in [
        (NewContest { title: " \u{202e}".into(), ..new_contest(&host) }, vec!["title"]),
        (
            NewContest { title: "a".repeat(10_000), slug: Some("!!".into()), ..new_contest(&host) },
            vec!["title", "slug"],
        ),
        (NewContest { slug: Some("Lần 1".into()), ..new_contest(&host) }, vec!["slug"]),
    ] {
        let Err(CreateContestError::Invalid(errors)) = create(&stage, &officer, new).await else {
            panic!("expected {fields:?}");
        };
        assert_eq!(errors.0.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(), fields);
    }
    let unknown = NewContest { preset: Some("nothing".into()), ..new_contest(&host) };
    assert!(matches!(create(&stage, &officer, unknown).await, Err(CreateContestError::NotFound)));
}
