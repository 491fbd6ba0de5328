use chrono::Duration;
use hoithi::{
    base::{json::Json, points::Points},
    features::{
        contests::{
            CutPolicy, Declared, FieldKind, RoundMethod, TieStep,
            checklist::{can_open, what_is_missing},
            dry_run::dry_run,
        },
        units::LevelCode,
    },
};

use crate::support::Stage;

async fn a_whole_contest(stage: &Stage) -> Declared {
    let centre = stage.a_unit("Trung ương Hội").level("central").make().await;
    let contest = stage.a_draft_contest(&centre).await;
    let officer = stage.an_officer(&centre).await;
    let officer = stage.person_of(&officer).await;
    stage.show_chains(&contest, &officer).await;
    stage.read(move |db| Declared::load(db, contest)).await.unwrap().unwrap()
}

type Break = fn(&mut Declared);

/// Each way in which a contest can be incomplete, and what the checklist says about it.
const BREAKS: &[(&str, Break)] = &[
    ("contests-missing-title", |d| d.contest.title = " ".into()),
    ("contests-missing-summary", |d| d.contest.summary.clear()),
    ("contests-missing-rules", |d| d.contest.rules.clear()),
    ("contests-missing-english", |d| d.contest.title_en.clear()),
    ("contests-missing-closing", |d| d.contest.closes_at = None),
    ("contests-missing-dates-order", |d| d.contest.opens_at = d.contest.closes_at),
    ("contests-missing-closing-past", |d| {
        d.contest.opens_at = None;
        d.contest.closes_at = d.contest.closes_at.map(|at| at - Duration::days(60));
    }),
    ("contests-missing-short", |d| {
        d.contest.closes_at = d.contest.opens_at.map(|at| at + Duration::hours(2));
    }),
    ("contests-missing-kinds", |d| d.contest.kinds.clear()),
    ("contests-missing-prefix", |d| d.contest.code_prefix.clear()),
    ("contests-missing-fields", |d| d.fields.clear()),
    ("contests-missing-options", |d| field(d, FieldKind::OneOf).settings.options.truncate(1)),
    ("contests-missing-media", |d| field(d, FieldKind::Files).settings.media.clear()),
    ("contests-missing-file-limits", |d| field(d, FieldKind::Files).settings.max_bytes = None),
    ("contests-missing-number-range", |d| {
        let field = field(d, FieldKind::LongText);
        field.kind = FieldKind::Number;
        field.settings.min = Some(Points::whole(2));
        field.settings.max = Some(Points::ONE);
    }),
    ("contests-missing-no-files", |d| {
        d.fields.retain(|field| !matches!(field.kind, FieldKind::Files | FieldKind::Link));
    }),
    ("contests-missing-consents", |d| d.consents.clear()),
    ("contests-missing-consent-text", |d| d.consents[0].text = "\n".into()),
    ("contests-missing-rounds", |d| d.rounds.clear()),
    ("contests-missing-level", |d| d.rounds[0].round.pool_level = LevelCode::new("galaxy")),
    ("contests-missing-level-above-host", |d| {
        d.host.level = LevelCode::new("province");
        d.rounds.truncate(2);
    }),
    ("contests-missing-rounds-climb", |d| d.rounds.swap(0, 1)),
    ("contests-missing-vote-first", |d| d.rounds.rotate_right(1)),
    ("contests-missing-judges", |d| d.rounds[0].round.judges_per_entry = 0),
    ("contests-missing-ties", |d| d.rounds[0].round.tie_chain = Json(Vec::new())),
    ("contests-missing-vote-weight", |d| d.rounds[0].round.method = RoundMethod::Combined),
    ("contests-missing-round-dates", |d| {
        d.rounds[0].round.opens_at = d.contest.closes_at;
        d.rounds[0].round.closes_at = d.contest.opens_at;
    }),
    ("contests-missing-quota", |d| d.rounds[0].round.quota.total = None),
    ("contests-missing-criteria", |d| d.rounds[0].criteria.clear()),
    ("contests-missing-tie-criterion", |d| {
        let TieStep::Criterion { criterion } = d.rounds[0].round.tie_chain[0].clone() else { panic!() };
        d.rounds[0].criteria.retain(|row| row.id != criterion);
    }),
    ("contests-missing-chain-shown", |d| d.rounds[0].round.shown_chain.clear()),
    ("contests-missing-chain-shown", |d| d.rounds[0].round.tie_chain.0.truncate(1)),
    ("contests-missing-weight", |d| d.rounds[0].criteria[0].weight = Points::ZERO),
    ("contests-missing-range", |d| d.rounds[0].criteria[0].max_mark = Points::ZERO),
    ("contests-missing-step", |d| d.rounds[0].criteria[0].step = Points::whole(7)),
    ("contests-missing-awards", |d| d.rounds.iter_mut().for_each(|round| round.awards.clear())),
];

/// What is advised alone does not keep a contest from opening.
const ADVICE: [&str; 6] = ["summary", "english", "short", "no-files", "vote-first", "quota"];

fn field(declared: &mut Declared, kind: FieldKind) -> &mut hoithi::features::contests::Field {
    declared.fields.iter_mut().find(|field| field.kind == kind).unwrap()
}

#[actix_web::test]
async fn the_checklist_names_every_gap() {
    let stage = Stage::new();
    let whole = a_whole_contest(&stage).await;
    let before = what_is_missing(&whole, stage.now());
    assert!(can_open(&before), "{before:?}");
    for (key, break_it) in BREAKS {
        let mut broken = whole.clone();
        break_it(&mut broken);
        let missing = what_is_missing(&broken, stage.now());
        let found = missing.iter().find(|item| item.what.key == *key);
        let found = found.unwrap_or_else(|| panic!("{key} is not said: {missing:?}"));
        let is_advice = ADVICE.iter().any(|word| *key == format!("contests-missing-{word}"));
        assert_eq!(found.is_advice, is_advice, "{key}");
    }
}

#[actix_web::test]
async fn a_round_that_only_decides_needs_neither_criteria_nor_ties() {
    let stage = Stage::new();
    let mut declared = a_whole_contest(&stage).await;
    let round = &mut declared.rounds[0];
    round.round.method = RoundMethod::Decide;
    round.round.judges_per_entry = 0;
    round.round.cut_policy = CutPolicy::Chain;
    round.round.tie_chain = Json(Vec::new());
    round.criteria.clear();
    assert!(can_open(&what_is_missing(&declared, stage.now())));
}

#[actix_web::test]
async fn a_dry_run_says_where_entries_of_each_level_would_go() {
    let stage = Stage::new();
    let declared = a_whole_contest(&stage).await;
    let paths: Vec<_> =
        dry_run(&declared).into_iter().map(|path| (path.level.as_str().to_owned(), path.rounds)).collect();
    let expected = [
        ("central", vec![1, 2]),
        ("province", vec![0, 1, 2]),
        ("district", vec![0, 1, 2]),
        ("commune", vec![0, 1, 2]),
        ("branch", vec![0, 1, 2]),
    ];
    assert_eq!(paths, expected.map(|(level, rounds)| (level.to_owned(), rounds)));
}
