//! The chain against ties on made-up scores.

use hoithi::{
    features::{
        contests::{Aggregation, ContestStatus, TieStep, chain_run::run_chain, store},
        judging::{NewDraw, closing::JudgingError, draw_assignments, open_judging},
    },
    infra::db::Db,
};

use crate::support::Stage;

/// What the hidden inputs of a name say, as a browser would send it back.
fn hidden_values(page: &str, name: &str) -> Vec<String> {
    let begins = format!("name=\"{name}\" value=\"");
    let found = page.split(&begins).skip(1).filter_map(|rest| rest.split('"').next());
    found.map(str::to_owned).collect()
}

#[actix_web::test]
async fn five_equal_entries_are_told_apart_by_the_declared_steps() {
    let stage = Stage::new();
    let judged = stage.a_panel(1, 1).await;
    let mut round = judged.round.clone();
    let first = judged.criteria[0].id.clone();
    for (chain, splits) in [
        (vec![], 0),
        (vec![TieStep::Criterion { criterion: first.clone() }], 1),
        (vec![TieStep::Median], 1),
        (vec![TieStep::HeadToHead], 1),
        (vec![TieStep::Chair], 0),
        (vec![TieStep::Criterion { criterion: first.clone() }, TieStep::Median, TieStep::Lot], 3),
    ] {
        round.tie_chain.0 = chain.clone();
        let run = run_chain(&round, &judged.criteria).unwrap();
        assert!(run.entries.iter().all(|(_, _, mean)| *mean == run.entries[0].2), "all means are equal");
        assert!(run.standing.ties.len() >= splits, "{chain:?}: {:?}", run.standing.ties);
        assert_eq!(run.standing.ties.is_empty(), splits == 0);
    }
    // A lot at the end leaves no tie.
    round.tie_chain.0 = vec![TieStep::HeadToHead, TieStep::Lot];
    round.aggregation = Aggregation::Mean;
    let run = run_chain(&round, &judged.criteria).unwrap();
    assert!(run.standing.rows.iter().all(|row| !row.place.is_shared()));
    assert!(run_chain(&round, &[]).is_none());
}

#[actix_web::test]
async fn a_contest_does_not_open_before_its_chains_were_shown() {
    let stage = Stage::new();
    let centre = stage.a_unit("Trung ương Hội").level("central").make().await;
    let contest = stage.a_draft_contest(&centre).await;
    let mut officer = stage.an_officer(&centre).await;
    let base = format!("/manage/contests/{}", contest.slug.as_str());
    let status = async || {
        let id = contest.id.clone();
        stage.read(move |db| store::find(db, &id)).await.unwrap().unwrap().status
    };
    // The overview leads there, and neither page offers to open.
    let overview = officer.get(&base).await.body;
    assert!(overview.contains(&format!("href=\"{base}/ties\">Vòng “")), "{overview}");
    assert!(!overview.contains(&format!("{base}/open\">Mở cuộc thi")));
    assert_eq!(officer.post(&format!("{base}/open"), &[]).await.status.as_u16(), 303);
    assert_eq!(status().await, ContestStatus::Draft);

    let ties = officer.get(&format!("{base}/ties")).await.body;
    let seen = hidden_values(&ties, "chain");
    assert!(!seen.is_empty() && ties.contains("Phân nhờ"), "{ties}");
    // What was not seen, or not as it stands, is not confirmed.
    let (round, _) = seen[0].split_once(':').unwrap();
    for chain in [None, Some(format!("{round}:0000")), Some(seen[0].replace(round, &contest.id.to_string()))]
    {
        let posted: Vec<_> = chain.iter().map(|chain| ("chain", chain.as_str())).collect();
        let refused = officer.post(&format!("{base}/ties"), &posted).await;
        assert_eq!(refused.location, format!("{base}/ties"), "{chain:?}");
    }
    officer.post(&format!("{base}/open"), &[]).await;
    assert_eq!(status().await, ContestStatus::Draft);

    let posted: Vec<_> = seen.iter().map(|chain| ("chain", chain.as_str())).collect();
    let confirmed = officer.post(&format!("{base}/ties"), &posted).await;
    assert_eq!(confirmed.location, format!("{base}/awards"), "on to the next page of the settings");
    let shown = officer.get(&format!("{base}/ties")).await.body;
    assert!(hidden_values(&shown, "chain").is_empty() && shown.contains("đã xem"), "{shown}");
    assert_eq!(officer.post(&format!("{base}/open"), &[]).await.status.as_u16(), 303);
    assert_eq!(status().await, ContestStatus::Open);
}

#[actix_web::test]
async fn a_round_whose_chain_changed_is_not_judged_before_it_was_shown_again() {
    let stage = Stage::new();
    let mut judged = stage.a_panel(2, 1).await;
    stage.change_round(&judged, |round| round.tie_chain.0 = vec![TieStep::Median, TieStep::Lot]).await;
    let (person, pool, now) = (stage.person_of(&judged.officer).await, judged.pool.clone(), stage.now());
    let draw = NewDraw { judges_per_entry: Some(1), seed: Some("a seed".into()) };
    let open = move |db: &mut Db| open_judging(db, &person, &pool, now);
    let (drawer, pool) = (stage.person_of(&judged.officer).await, judged.pool.clone());
    stage.write(move |db| draw_assignments(db, &drawer, &pool, &draw, now)).await.unwrap();
    let refused = stage.write(open.clone()).await;
    assert!(matches!(refused, Err(JudgingError::ChainNotShown { .. })), "{refused:?}");
    // The head may open the judging but not say that the chain was seen, and is told who may.
    let ties = format!("/manage/contests/{}/ties", judged.contest.slug.as_str());
    let progress = format!("/manage/pools/{}/progress", judged.pool);
    let head = judged.judges[0].1.get(&progress).await.body;
    assert!(head.contains("Người tổ chức cuộc thi mở trang thử"), "{head}");
    assert!(!head.contains(&ties) && !head.contains("progress/open"));
    let told = judged.judges[0].1.post(&format!("{progress}/open"), &[]).await;
    assert_eq!(told.status.as_u16(), 422);
    assert!(told.body.contains("người tổ chức cần xem thử"), "{}", told.body);
    // The organiser finds the way from here and from the contest's own page.
    let shown = judged.officer.get(&progress).await.body;
    assert!(shown.contains(&format!("href=\"{ties}\"")) && !shown.contains("progress/open"), "{shown}");
    let overview = judged.officer.get(ties.trim_end_matches("/ties")).await.body;
    assert!(overview.contains(&format!("href=\"{ties}\">Vòng “")), "{overview}");
    let page = judged.officer.get(&ties).await.body;
    assert!(page.contains("trung vị cao hơn"), "{page}");
    let seen = hidden_values(&page, "chain");
    let posted: Vec<_> = seen.iter().map(|chain| ("chain", chain.as_str())).collect();
    let confirmed = judged.officer.post(&ties, &posted).await;
    assert_eq!(confirmed.location, ties.trim_end_matches("/ties"));
    assert!(judged.officer.get(&progress).await.body.contains("progress/open"));
    stage.write(open).await.unwrap();
    // From here on the chain is what the judges began under.
    let round = judged.round.clone();
    let settings = format!("/manage/contests/{}/rounds/{}", judged.contest.slug.as_str(), round.id);
    let form = judged.officer.get(&settings).await.body;
    let judges = round.judges_per_entry.to_string();
    let mut fields = vec![
        ("name", round.name.as_str()),
        ("pool_level", round.pool_level.as_str()),
        ("method", round.method.as_str()),
        ("judges_per_entry", &judges),
        ("aggregation", round.aggregation.as_str()),
        ("cut_policy", round.cut_policy.as_str()),
        ("feedback", round.feedback.as_str()),
        ("reason", "Đổi ý"),
        ("tie_1", "head_to_head"),
    ];
    let edition = hidden_values(&form, "edition").remove(0);
    fields.push(("edition", &edition));
    let late = judged.officer.post(&settings, &fields).await;
    assert_eq!(late.status.as_u16(), 409, "{}", late.body);
    assert!(late.body.contains("đã bắt đầu chấm nên cách xử lý bằng điểm"), "{}", late.body);
}
