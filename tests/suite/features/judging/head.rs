//! The head's room: how sure a standing is, what missing sheets could change, ties, deliberation, and what leaves the room.

use std::collections::HashMap;

use hoithi::{
    base::ids::EntryId,
    features::{
        contests::{self, Feedback, TieStep},
        judging::{
            self,
            deliberation::{
                self, MoreError, RemarkError, RuleError, add_remark, feedback_of, one_more_judge,
                release_comments, rule_on_tie,
            },
            standing::{
                Certainty, Standing, certainty_of, outlook_of, ratio_text, seats_of, standing_of,
                without_each,
            },
            store,
        },
        publication::{self, NewPublication, Scope, content::Content},
        selection::{self, Outcome},
    },
    ranking::{
        model::Note,
        standing::{Fate, Ratio, commitment, lot},
    },
};

use crate::support::{JudgedPool, Stage, a_decision};

async fn standing(stage: &Stage, judged: &JudgedPool) -> Standing {
    let pool = stage.pool_of(judged).await;
    stage.read(move |db| standing_of(db, &pool, &HashMap::new())).await.unwrap()
}

async fn certainty(stage: &Stage, judged: &JudgedPool) -> Certainty {
    certainty_of(&standing(stage, judged).await, Some(2), None).unwrap()
}

/// Every judge marks what was assigned: the quality of the entry and the judge's own generosity, in tenths.
async fn all_sheets(stage: &Stage, judged: &JudgedPool, tenths: impl Fn(usize, usize) -> i64) {
    for judge in 0..judged.judges.len() {
        for entry in stage.desk_of(judged, judge).await {
            let number = judged.entries.iter().position(|other| *other == entry).unwrap();
            let given = standing(stage, judged).await.row(&entry).unwrap().by_judge.clone();
            if !given.iter().any(|score| score.judge_id == judged.judges[judge].0) {
                stage.give_sheet(judged, judge, &entry, tenths(number, judge)).await;
            }
        }
    }
}

async fn cut_at(stage: &Stage, judged: &JudgedPool, seats: i32) {
    stage.change_round(judged, move |round| round.quota.0.total = Some(seats)).await;
}

async fn close(stage: &Stage, judged: &JudgedPool) {
    let (officer, pool, now) = (stage.person_of(&judged.officer).await, judged.pool.clone(), stage.now());
    stage.write(move |db| judging::close_judging(db, &officer, &pool, "Đủ phiếu", now)).await.unwrap();
}

#[actix_web::test]
async fn every_calibrated_score_adds_up_by_hand() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(8, 5, 3).await;
    let generosity = [0, 1, -1, 2, -2];
    all_sheets(&stage, &judged, |entry, judge| 4 + i64::try_from(entry).unwrap() % 3 + generosity[judge])
        .await;
    let found = certainty(&stage, &judged).await;
    assert_eq!(found.rows.len(), 8);
    let mut moved = 0;
    for row in &found.rows {
        let sum =
            row.terms.iter().fold(Ratio::ZERO, |sum, (_, _, generosity)| sum.plus(*generosity).unwrap());
        let count = i128::try_from(row.terms.len()).unwrap();
        let adjustment = sum.divided_by(count).unwrap().times(-1).unwrap().rounded(2).unwrap();
        let marks = row.terms.iter().fold(Ratio::ZERO, |sum, (_, mark, _)| sum.plus(*mark).unwrap());
        assert_eq!(row.adjustment, adjustment);
        assert_eq!(row.raw, marks.divided_by(count).unwrap().rounded(2).unwrap());
        assert_eq!(row.score, row.raw.plus(row.adjustment).unwrap());
        assert!(row.low <= row.score.to_f64() && row.score.to_f64() <= row.high);
        moved += usize::from(row.adjustment != Ratio::ZERO);
    }
    assert!(moved > 4, "judges differ, so most entries are adjusted");
    // The chance to be better than another entry, and its error: what both owe to the same judges is not counted twice.
    let (first, last) = (&found.rows[0], &found.rows[7]);
    let versus = found.versus(&first.entry_id, &last.entry_id).unwrap();
    assert_eq!(versus.lead, first.score.plus(last.score.times(-1).unwrap()).unwrap());
    assert!(versus.chance > 0.9 && versus.chance <= 1.0, "{versus:?}");
    let back = found.versus(&last.entry_id, &first.entry_id).unwrap();
    assert!((versus.chance + back.chance - 1.0).abs() < 1e-12 && (versus.error - back.error).abs() < 1e-12);
    let apart = |one: usize, other: usize| {
        let (one, other) = (&found.rows[one], &found.rows[other]);
        let alone = one.error.unwrap().hypot(other.error.unwrap());
        found.versus(&one.entry_id, &other.entry_id).unwrap().error <= alone
    };
    assert!((0..7).all(|row| apart(row, row + 1)), "sharing judges makes no difference less sure");
    // The generous are told from the severe.
    let of = |judge: usize| {
        found.judges.iter().find(|found| found.judge_id == judged.judges[judge].0).unwrap().generosity
    };
    assert!(of(3) > of(0) && of(0) > of(4));
    // Without one judge the table is another, and the judge is gone from it.
    let standing = standing(&stage, &judged).await;
    for left in without_each(&standing, 2) {
        let found = certainty_of(&standing, Some(2), Some(&left.judge_id)).unwrap();
        let places: HashMap<_, _> = found.rows.iter().map(|row| (row.entry_id.clone(), row.place)).collect();
        assert_eq!(left.up.len(), left.down.len());
        assert!(left.up.iter().all(|entry| places[entry] <= 2), "{left:?}");
    }
    assert_eq!(without_each(&standing, 2).len(), 5);
    let without = certainty_of(&standing, Some(2), Some(&judged.judges[3].0)).unwrap();
    assert_eq!(without.judges.len(), 4);
    assert!(
        without.rows.iter().all(|row| row.terms.iter().all(|(judge, _, _)| *judge != judged.judges[3].0))
    );
}

#[actix_web::test]
async fn the_edges_are_said_and_nothing_breaks() {
    let stage = Stage::new();
    // A panel of one: nothing says how much judges differ.
    let judged = stage.a_judged_pool(3, 1, 1).await;
    all_sheets(&stage, &judged, |entry, _| 5 + i64::try_from(entry).unwrap()).await;
    let found = certainty(&stage, &judged).await;
    assert!(found.notes.contains(&Note::NothingRepeated), "{:?}", found.notes);
    assert!(found.rows.iter().all(|row| row.error.is_none() && row.chance.is_none()));

    // All equal.
    let stage = Stage::new();
    let judged = stage.a_judged_pool(3, 2, 2).await;
    all_sheets(&stage, &judged, |_, _| 7).await;
    let found = certainty(&stage, &judged).await;
    assert!(found.notes.contains(&Note::NoVariation));
    assert!(found.rows.iter().all(|row| row.place == 1));

    // Two panels that nobody joins, and a judge with one entry.
    let stage = Stage::new();
    let judged = stage.a_panel(4, 4).await;
    let (officer, pool, now) = (stage.person_of(&judged.officer).await, judged.pool.clone(), stage.now());
    let pairs: Vec<(EntryId, _)> = [(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2)]
        .map(|(entry, judge): (usize, usize)| (judged.entries[entry].clone(), judged.judges[judge].0.clone()))
        .to_vec();
    stage
        .write(move |db| -> Result<(), judging::assigning::AssignError> {
            for (entry, judge) in &pairs {
                judging::assign(db, &officer, &pool, entry, judge, now)?;
            }
            judging::open_judging(db, &officer, &pool, now).unwrap();
            Ok(())
        })
        .await
        .unwrap();
    all_sheets(&stage, &judged, |entry, judge| 3 + i64::try_from(entry + judge).unwrap()).await;
    let found = certainty(&stage, &judged).await;
    assert!(found.notes.contains(&Note::Apart(2)), "{:?}", found.notes);
    let mut officer = judged.officer.again();
    for page in [
        "certainty",
        "certainty?without=1&top=3",
        "certainty?top=x&without=99",
        "judges",
        "progress",
        "standing",
    ] {
        let answer = officer.get(&format!("/manage/pools/{}/{page}", judged.pool)).await;
        assert_eq!(answer.status.as_u16(), 200, "{page}");
        assert!(!answer.body.contains("NaN") && !answer.body.contains(">inf"), "{page}");
    }
}

#[actix_web::test]
async fn missing_sheets_are_weighed_by_what_they_could_change() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(4, 2, 2).await;
    cut_at(&stage, &judged, 1).await;
    let outlook = async |stage: &Stage| {
        let standing = standing(stage, &judged).await;
        let pool = stage.pool_of(&judged).await;
        let (round, criteria) = stage
            .read(move |db| {
                let round = contests::store::find_round(db, &pool.round_id)?.unwrap();
                assert_eq!(seats_of(db, &pool, &round)?, Some(1));
                let criteria = contests::views::list_criteria(db, &round.id)?;
                Ok((round, criteria))
            })
            .await
            .unwrap();
        outlook_of(&standing, &round, &criteria, 1).unwrap()
    };
    // Nobody has marked anything: all is open.
    assert_eq!(outlook(&stage).await.decisive, 8);
    for (entry, (one, two)) in [(10, Some(10)), (6, Some(6)), (5, None), (10, None)].into_iter().enumerate() {
        stage.give_sheet(&judged, 0, &judged.entries[entry], one).await;
        if let Some(two) = two {
            stage.give_sheet(&judged, 1, &judged.entries[entry], two).await;
        }
    }
    // 100; 60; 25 to 75; 50 to 100, which could share the first place: the cut is between the first and the last entry.
    let found = outlook(&stage).await;
    let fate = |entry: usize| found.by_entry[&judged.entries[entry]].fate;
    assert_eq!([fate(0), fate(1), fate(2), fate(3)], [Fate::Open, Fate::Out, Fate::Out, Fate::Open]);
    assert_eq!(found.decisive, 1);
    assert_eq!(found.by_entry[&judged.entries[2]].worst, 4);
    // The judge leaves: the sheets will not come, and nothing is open but nothing was lost.
    let (officer, pool, judge, now) = (
        stage.person_of(&judged.officer).await,
        judged.pool.clone(),
        judged.judges[1].0.clone(),
        stage.now(),
    );
    stage.write(move |db| judging::remove_judge(db, &officer, &pool, &judge, "Ốm", now)).await.unwrap();
    let found = outlook(&stage).await;
    assert_eq!(found.decisive, 0);
    assert_eq!(standing(&stage, &judged).await.row(&judged.entries[0]).unwrap().sheets_in, 2);
    // Standardised parts and optional criteria have no bounds.
    let standing = standing(&stage, &judged).await;
    let mut round = judged.round.clone();
    (round.carry_weight, round.is_standardised) = (50, true);
    assert_eq!(outlook_of(&standing, &round, &judged.criteria, 1), None);
    let mut optional = judged.criteria.clone();
    optional[0].is_required = false;
    assert_eq!(outlook_of(&standing, &judged.round, &optional, 1), None);
}

async fn more(stage: &Stage, judged: &JudgedPool) -> Result<deliberation::MoreJudges, MoreError> {
    let (head, pool, now) = (stage.person_of(&judged.judges[0].1).await, judged.pool.clone(), stage.now());
    stage.write(move |db| one_more_judge(db, &head, &pool, &HashMap::new(), now)).await
}

#[actix_web::test]
async fn entries_at_the_line_get_one_more_judge_at_most_twice() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(6, 6, 2).await;
    assert!(matches!(more(&stage, &judged).await, Err(MoreError::SheetsFirst { n: 12 })));
    // Two clearly above, one clearly below, three that noise cannot tell apart.
    let noise = [0, 1, -1, 1, 0, -1];
    let quality = [9, 6, 6, 6, 9, 1];
    let mark = move |entry: usize, judge: usize| (quality[entry] + noise[judge]).clamp(0, 10);
    all_sheets(&stage, &judged, mark).await;
    cut_at(&stage, &judged, 0).await;
    assert!(matches!(more(&stage, &judged).await, Err(MoreError::NoCut)));
    cut_at(&stage, &judged, 3).await;
    let before = standing(&stage, &judged).await;
    let border: Vec<EntryId> = certainty_of(&before, Some(3), None)
        .unwrap()
        .rows
        .iter()
        .filter(|row| row.is_at_border)
        .map(|row| row.entry_id.clone())
        .collect();
    assert!(!border.is_empty() && border.len() < 6);
    let done = more(&stage, &judged).await.unwrap();
    assert_eq!((done.number, done.entries), (1, border.len()));
    let after = standing(&stage, &judged).await;
    for row in &after.rows {
        let expected = 2 + i32::from(border.contains(&row.entry_id));
        assert_eq!((row.sheets_in, row.sheets_due), (2, expected), "{}", row.code);
    }
    // Only when the new sheets are in may it be done again, and never a third time.
    assert!(matches!(more(&stage, &judged).await, Err(MoreError::SheetsFirst { .. })));
    all_sheets(&stage, &judged, mark).await;
    match more(&stage, &judged).await {
        Ok(again) => {
            assert_eq!(again.number, 2);
            all_sheets(&stage, &judged, mark).await;
            assert!(matches!(more(&stage, &judged).await, Err(MoreError::AlreadyTwice)));
        }
        Err(refused) => assert!(matches!(refused, MoreError::NobodyAtBorder), "{refused:?}"),
    }
    // A judge who does not lead has no say in it.
    let (other, pool, now) = (stage.person_of(&judged.judges[1].1).await, judged.pool.clone(), stage.now());
    let refused = stage.write(move |db| one_more_judge(db, &other, &pool, &HashMap::new(), now)).await;
    assert!(matches!(refused, Err(MoreError::NotFound)));
}

async fn rule(
    stage: &Stage,
    judged: &JudgedPool,
    order: &[usize],
    reason: &str,
) -> Result<deliberation::Ruling, RuleError> {
    let (head, pool, now) = (stage.person_of(&judged.judges[0].1).await, judged.pool.clone(), stage.now());
    let order: Vec<EntryId> = order.iter().map(|entry| judged.entries[*entry].clone()).collect();
    let reason = reason.to_owned();
    stage.write(move |db| rule_on_tie(db, &head, &pool, &HashMap::new(), &order, &reason, now)).await
}

#[actix_web::test]
async fn the_chair_orders_only_what_the_chain_left_tied() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(4, 2, 2).await;
    all_sheets(&stage, &judged, |entry, _| [8, 6, 6, 3][entry]).await;
    stage.change_round(&judged, |round| round.tie_chain.0 = vec![TieStep::HeadToHead]).await;
    assert!(matches!(rule(&stage, &judged, &[2, 1], "Sáng tạo").await, Err(RuleError::NotDeclared)));
    stage
        .change_round(&judged, |round| {
            round.tie_chain.0 = vec![TieStep::HeadToHead, TieStep::Chair, TieStep::Lot];
        })
        .await;
    assert!(matches!(rule(&stage, &judged, &[2, 1], "Sáng tạo").await, Err(RuleError::StillMarking)));
    close(&stage, &judged).await;
    for wrong in [&[0, 1][..], &[1], &[1, 1], &[1, 2, 3]] {
        assert!(matches!(rule(&stage, &judged, wrong, "Vì thế").await, Err(RuleError::NotTied)), "{wrong:?}");
    }
    assert!(matches!(rule(&stage, &judged, &[2, 1], " ").await, Err(RuleError::Invalid(_))));
    rule(&stage, &judged, &[2, 1], "Bài sau sáng tạo hơn").await.unwrap();
    let places = async |stage: &Stage| {
        let standing = standing(stage, &judged).await;
        judged.entries.iter().map(|entry| standing.row(entry).unwrap().place.unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(places(&stage).await, [1, 3, 2, 4]);
    let found = standing(&stage, &judged).await;
    assert_eq!(found.row(&judged.entries[2]).unwrap().split_by, Some("judging-split-chair"));
    assert_eq!(found.ties.len(), 1);
    // The newest word holds; the older one stays in the record.
    stage.clock_forward(chrono::Duration::minutes(5));
    rule(&stage, &judged, &[1, 2], "Xem lại: bài trước rõ hơn").await.unwrap();
    assert_eq!(places(&stage).await, [1, 2, 3, 4]);
    let pool = judged.pool.clone();
    let rulings = stage.read(move |db| deliberation::store::list_rulings(db, &pool)).await.unwrap();
    assert_eq!(rulings.len(), 2);
    // Another judge is no chair.
    let (other, pool, now) = (stage.person_of(&judged.judges[1].1).await, judged.pool.clone(), stage.now());
    let order = vec![judged.entries[2].clone(), judged.entries[1].clone()];
    let refused =
        stage.write(move |db| rule_on_tie(db, &other, &pool, &HashMap::new(), &order, "Tôi", now)).await;
    assert!(matches!(refused, Err(RuleError::NotFound)));
}

#[actix_web::test]
async fn a_lot_can_be_drawn_again_by_anybody_after_the_closing() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(3, 1, 1).await;
    all_sheets(&stage, &judged, |_, _| 6).await;
    stage
        .change_round(&judged, |round| {
            round.tie_chain.0 = vec![TieStep::Lot];
            round.lot_seed = "hạt giống".into();
        })
        .await;
    let address = format!("/manage/pools/{}/standing", judged.pool);
    let before = judged.officer.get(&address).await.body;
    assert!(before.contains(&commitment("hạt giống")) && !before.contains("hạt giống</p>"), "{before}");
    assert!(standing(&stage, &judged).await.rows.iter().all(|row| row.place == Some(1)));
    close(&stage, &judged).await;
    let mut expected = judged.entries.clone();
    expected.sort_by_key(|entry| lot("hạt giống", entry.as_str()));
    let found: Vec<EntryId> =
        standing(&stage, &judged).await.rows.iter().map(|row| row.entry_id.clone()).collect();
    assert_eq!(found, expected);
    let after = judged.officer.get(&address).await.body;
    assert!(after.contains("Hạt giống: hạt giống") && after.contains(expected[0].as_str()), "{after}");

    // From the files alone: the identifiers are in the last column.
    let zip = judged.officer.get(&format!("/manage/pools/{}/marks.zip", judged.pool)).await;
    let standing_csv = in_zip(&zip.bytes, "standing.csv");
    let mut reader = csv::Reader::from_reader(standing_csv.as_bytes());
    let mut rows: Vec<(String, String)> = reader
        .records()
        .map(|row| row.unwrap())
        .map(|row| (row[0].to_owned(), row[row.len() - 1].to_owned()))
        .collect();
    rows.sort_by_key(|(_, id)| lot("hạt giống", id));
    assert_eq!(rows.iter().map(|(place, _)| place.as_str()).collect::<Vec<_>>(), ["1", "2", "3"]);

    // And by anybody once it is published.
    let first = judged.entries.iter().position(|entry| *entry == expected[0]).unwrap();
    publish(&stage, &judged, first).await;
    let scope = Scope::Pool(judged.pool.clone());
    let published = stage.read(move |db| publication::views::latest(db, &scope)).await.unwrap().unwrap();
    let lots = Content::read(&published).unwrap().lots;
    let ids: Vec<&str> = lots[0].order.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!((lots.len(), lots[0].seed.as_str()), (1, "hạt giống"));
    assert_eq!(ids, expected.iter().map(EntryId::as_str).collect::<Vec<_>>());
    let page = stage.anyone().get(&format!("/pools/{}/results", judged.pool)).await.body;
    assert!(page.contains(&commitment("hạt giống")) && page.contains(&lots[0].order[0].hash), "{page}");
}

fn in_zip(bytes: &[u8], name: &str) -> String {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

async fn say(stage: &Stage, judged: &JudgedPool, judge: usize, body: &str) -> Result<(), RemarkError> {
    let (person, pool, now) =
        (stage.person_of(&judged.judges[judge].1).await, judged.pool.clone(), stage.now());
    let (entry, body) = (judged.entries[0].clone(), body.to_owned());
    stage.write(move |db| add_remark(db, &person, &pool, &entry, &body, now).map(drop)).await
}

#[actix_web::test]
async fn remarks_come_after_marking_alone_and_stay() {
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(2, 2, 2).await;
    let address = format!("/manage/pools/{}/deliberation", judged.pool);
    assert!(matches!(say(&stage, &judged, 1, "Hay").await, Err(RemarkError::SheetsFirst { n: 2 })));
    all_sheets(&stage, &judged, |entry, _| 5 + i64::try_from(entry).unwrap()).await;
    assert!(matches!(say(&stage, &judged, 1, "  ").await, Err(RemarkError::Invalid(_))));
    assert!(matches!(say(&stage, &judged, 1, &"x".repeat(4_001)).await, Err(RemarkError::Invalid(_))));
    say(&stage, &judged, 1, "Rất <b>dễ dùng</b>").await.unwrap();
    let page = judged.judges[0].1.get(&address).await.body;
    assert!(page.contains("Rất &lt;b&gt;dễ dùng&lt;/b&gt;"), "{page}");
    // Judges know each other by number; whoever runs the pool knows the name.
    assert!(page.contains("Giám khảo 2") && !page.contains("Nguyễn Giám Khảo 2"));
    assert!(judged.officer.get(&address).await.body.contains("Nguyễn Giám Khảo 2"));
    // Whoever is in conflict with the entry neither hears nor says anything about it.
    let (judge, pool, entry, now) = (
        stage.person_of(&judged.judges[1].1).await,
        judged.pool.clone(),
        judged.entries[0].clone(),
        stage.now(),
    );
    stage
        .write(move |db| {
            let account = judge.id.clone();
            judging::declare_conflict(db, &judge, &pool, &entry, &account, "Người nhà", now)
        })
        .await
        .unwrap();
    assert!(matches!(say(&stage, &judged, 1, "Nữa").await, Err(RemarkError::NotFound)));
    assert!(!judged.judges[1].1.get(&address).await.body.contains("dễ dùng"));
    // The form keeps what was typed.
    let kept = judged.officer.post(&address, &[("entry", ""), ("body", "Ý kiến dở dang")]).await;
    assert_eq!(kept.status.as_u16(), 422);
    assert!(kept.body.contains("Ý kiến dở dang"));
    let entry = judged.entries[1].to_string();
    let said = judged.officer.post(&address, &[("entry", &entry), ("body", "Đã rõ")]).await;
    assert_eq!(said.status.as_u16(), 303);
}

async fn publish(stage: &Stage, judged: &JudgedPool, chosen: usize) {
    let (officer, pool, now) = (stage.person_of(&judged.officer).await, judged.pool.clone(), stage.now());
    let new = a_decision(&[(&judged.entries[chosen], Outcome::Chosen)]);
    stage
        .write(move |db| -> Result<(), selection::DecideError> {
            selection::decide(db, &officer, &pool, &new, now)?;
            publication::publish_pool(db, &officer, &pool, &NewPublication::default(), now).unwrap();
            Ok(())
        })
        .await
        .unwrap();
}

#[actix_web::test]
async fn makers_see_marks_and_released_comments_after_the_publication_if_the_rules_say_so() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(2, 2, 2).await;
    let entry = judged.entries[1].clone();
    for judge in 0..2 {
        let person = stage.person_of(&judged.judges[judge].1).await;
        for (number, entry) in judged.entries.clone().into_iter().enumerate() {
            let (person, pool, now) = (person.clone(), judged.pool.clone(), stage.now());
            let mut typed = judged.typed(5 + i64::try_from(number).unwrap());
            typed.comment = format!("Nhận xét {judge} {number}");
            stage
                .write(move |db| judging::submit_sheet(db, &person, &pool, &entry, &typed, now))
                .await
                .unwrap();
        }
    }
    let (officer, pool, now) = (stage.person_of(&judged.officer).await, judged.pool.clone(), stage.now());
    let release = async |sheets: Option<Vec<hoithi::base::ids::SheetId>>| {
        let (officer, pool) = (officer.clone(), pool.clone());
        stage.write(move |db| release_comments(db, &officer, &pool, sheets.as_deref(), now)).await
    };
    assert!(release(None).await.is_err(), "the rules show nothing");
    stage.change_round(&judged, |round| round.feedback = Feedback::Marks).await;
    let (pool, judge, of) = (judged.pool.clone(), judged.judges[0].0.clone(), entry.clone());
    let sheet = stage.read(move |db| store::find_sheet_of(db, &pool, &of, &judge)).await.unwrap().unwrap();
    assert_eq!(release(Some(vec![sheet.id.clone()])).await.unwrap(), 1);
    assert_eq!(release(Some(vec![sheet.id])).await.unwrap(), 0, "released twice is released once");
    let read = async || {
        let entry = entry.clone();
        stage.read(move |db| feedback_of(db, &entry)).await.unwrap()
    };
    assert!(read().await.is_empty(), "nothing before the publication");
    publish(&stage, &judged, 1).await;
    let found = read().await;
    assert_eq!((found.len(), found[0].sheets.len()), (1, 2));
    assert_eq!(found[0].sheets[0].marks.len(), judged.criteria.len());
    let comments: Vec<Option<&str>> = found[0].sheets.iter().map(|sheet| sheet.comment.as_deref()).collect();
    assert_eq!(comments, [Some("Nhận xét 0 1"), None]);
    assert_eq!(release(None).await.unwrap(), 3, "all the others");
    stage.change_round(&judged, |round| round.feedback = Feedback::Comments).await;
    let found = read().await;
    assert!(found[0].criteria.is_empty() && found[0].sheets.iter().all(|sheet| sheet.marks.is_empty()));
    assert!(found[0].sheets.iter().all(|sheet| sheet.comment.is_some()));
    stage.change_round(&judged, |round| round.feedback = Feedback::None).await;
    assert!(read().await.is_empty());
}

#[actix_web::test]
async fn a_voided_sheet_stands_on_the_result_with_reason_and_author() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(2, 2, 2).await;
    all_sheets(&stage, &judged, |entry, _| 5 + i64::try_from(entry).unwrap()).await;
    let (officer, pool, now) = (stage.person_of(&judged.officer).await, judged.pool.clone(), stage.now());
    let (judge, entry) = (judged.judges[1].0.clone(), judged.entries[0].clone());
    let name = officer.full_name.clone();
    stage
        .write(move |db| -> Result<(), judging::sheets::VoidSheetError> {
            let sheet = store::find_sheet_of(db, &pool, &entry, &judge)?.unwrap();
            judging::void_sheet(db, &officer, &sheet.id, "Chấm nhầm bài", now).map(drop)
        })
        .await
        .unwrap();
    close(&stage, &judged).await;
    publish(&stage, &judged, 1).await;
    let scope = Scope::Pool(judged.pool.clone());
    let published = stage.read(move |db| publication::views::latest(db, &scope)).await.unwrap().unwrap();
    let voided = Content::read(&published).unwrap().voided;
    assert_eq!((voided.len(), voided[0].judge, voided[0].reason.as_str()), (1, 2, "Chấm nhầm bài"));
    assert_eq!(voided[0].by, name);
    let page = stage.anyone().get(&format!("/pools/{}/results", judged.pool)).await;
    assert!(page.body.contains("Chấm nhầm bài") && page.body.contains(&voided[0].entry), "{}", page.body);
}

#[actix_web::test]
async fn a_stranger_computes_the_same_places_from_the_exported_marks() {
    use hoithi::ranking::command::{Method, RankOptions, rank};
    let stage = Stage::new();
    let mut judged = stage.a_judged_pool(6, 4, 2).await;
    all_sheets(&stage, &judged, |entry, judge| i64::try_from((entry * 5 + judge * 3) % 9).unwrap() + 1).await;
    // What a chain splits is told in words beside the marks; the command shares places.
    stage.change_round(&judged, |round| round.tie_chain.0.clear()).await;
    let answer = judged.officer.get(&format!("/manage/pools/{}/marks.zip", judged.pool)).await;
    assert_eq!(answer.status.as_u16(), 200);
    let text = |name: &str| in_zip(&answer.bytes, name);
    let (marks, places, rules) = (text("marks.csv"), text("standing.csv"), text("rules.txt"));
    assert!(
        rules.contains("hoithi rank marks.csv --method mean") && rules.contains(env!("CARGO_PKG_VERSION"))
    );
    assert!(!marks.contains("Nguyễn Giám Khảo") && !rules.contains("Nguyễn Giám Khảo"));
    let options = RankOptions { method: Method::Mean, ..RankOptions::default() };
    let found = rank(marks.as_bytes(), &options).unwrap();
    let standing = standing(&stage, &judged).await;
    assert_eq!(found.entries.len(), standing.rows.len());
    for row in &standing.rows {
        let line = found.entries.iter().find(|line| line.entry == row.code).unwrap();
        assert_eq!(i32::try_from(line.rank).unwrap(), row.place.unwrap(), "{}", row.code);
        let score = row.score.unwrap();
        assert!((line.score.unwrap() - score.to_f64()).abs() < 1e-12);
        let shown = format!("{},{},{}", row.place.unwrap(), line.rank, row.code);
        assert!(places.contains(&shown), "{places}");
        assert_eq!(ratio_text(score, 2, hoithi::base::lang::Lang::En), score.shown(2));
    }
    // Calibrated scores too, but for a unit of the last decimal that the printed terms may cost.
    let mixed = rank(marks.as_bytes(), &RankOptions::default()).unwrap();
    for row in certainty_of(&standing, None, None).unwrap().rows {
        let code = &standing.row(&row.entry_id).unwrap().code;
        let line = mixed.entries.iter().find(|line| line.entry == *code).unwrap();
        assert!((line.score.unwrap() - row.score.to_f64()).abs() < 0.0151, "{code}");
    }
}

#[actix_web::test]
async fn the_round_before_counts_what_the_rules_say() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(3, 1, 1).await;
    all_sheets(&stage, &judged, |entry, _| [8, 6, 4][entry]).await;
    // Whoever comes straight into the round brings nothing along, so the round's own score stands for both.
    stage.change_round(&judged, |round| round.carry_weight = 40).await;
    let found = standing(&stage, &judged).await;
    let texts: Vec<String> = judged
        .entries
        .iter()
        .map(|entry| found.row(entry).unwrap().score_text(hoithi::base::lang::Lang::En))
        .collect();
    assert_eq!(texts, ["80.00", "60.00", "40.00"]);
    assert_eq!(found.weights.len(), 2);
    stage.change_round(&judged, |round| round.is_standardised = true).await;
    let found = standing(&stage, &judged).await;
    // Deviations of 20: 1, 0 and -1 in both parts.
    let scores: Vec<Ratio> =
        judged.entries.iter().map(|entry| found.row(entry).unwrap().score.unwrap()).collect();
    assert_eq!(scores, [60, 50, 40].map(Ratio::whole));
}
