use hoithi::{
    base::ids::EntryId,
    features::judging::{
        self, NewDraw, PanelRole,
        calibrating::{CalibrateError, mark_calibration, unmark_calibration},
        sheets::SaveSheetError,
    },
};

use crate::support::{Guest, JudgedPool, Stage};

async fn mark(
    stage: &Stage,
    judged: &JudgedPool,
    by: &Guest,
    entry: &EntryId,
    is_sample: bool,
) -> Result<usize, CalibrateError> {
    let (person, pool, entry, now) =
        (stage.person_of(by).await, judged.pool.clone(), entry.clone(), stage.now());
    stage
        .write(move |db| mark_calibration(db, &person, &pool, &entry, is_sample, "Thống nhất cách chấm", now))
        .await
}

#[actix_web::test]
async fn everybody_scores_a_calibration_entry_first_and_a_new_draw_keeps_it() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(6, 3, 1).await;
    let entry = judged.entries[3].clone();
    assert_eq!(mark(&stage, &judged, &judged.officer, &entry, false).await.unwrap(), 2);
    assert!(matches!(
        mark(&stage, &judged, &judged.officer, &entry, false).await,
        Err(CalibrateError::AlreadyCalibration)
    ));
    for judge in 0..3 {
        assert_eq!(stage.desk_of(&judged, judge).await[0], entry);
    }
    // Nothing else is given before it.
    let desk = stage.desk_of(&judged, 1).await;
    let other = desk.iter().find(|id| **id != entry).unwrap().clone();
    let (person, pool, now) = (stage.person_of(&judged.judges[1].1).await, judged.pool.clone(), stage.now());
    let (typed, of) = (judged.typed(5), other.clone());
    let refused = stage.write(move |db| judging::submit_sheet(db, &person, &pool, &of, &typed, now)).await;
    let Err(SaveSheetError::CalibrationFirst { codes }) = refused else { panic!("{refused:?}") };
    assert_eq!(codes, "BT-0004");
    stage.give_sheet(&judged, 1, &entry, 5).await;
    stage.give_sheet(&judged, 1, &other, 5).await;

    // Who joins later gets it with the next draw, and nobody loses it.
    let (newcomer, _) = stage.a_person("Lê Thị Mới").await;
    stage.seat(&judged, &newcomer, PanelRole::Judge).await;
    let (officer, pool, now) = (stage.person_of(&judged.officer).await, judged.pool.clone(), stage.now());
    let draw = NewDraw { judges_per_entry: Some(1), seed: None };
    stage.write(move |db| judging::draw_assignments(db, &officer, &pool, &draw, now)).await.unwrap();
    let pool = judged.pool.clone();
    let open = stage.read(move |db| judging::store::list_assignments(db, &pool)).await.unwrap();
    assert_eq!(open.iter().filter(|row| row.entry_id == entry).count(), 4);
}

#[actix_web::test]
async fn a_sample_stands_in_no_standing_and_only_who_runs_the_pool_chooses_one() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(3, 3, 3).await;
    let (sample, judge) = (judged.entries[0].clone(), &judged.judges[1].1);
    let head = &judged.judges[0].1;
    assert!(matches!(mark(&stage, &judged, judge, &sample, false).await, Err(CalibrateError::NotFound)));
    assert!(matches!(
        mark(&stage, &judged, head, &sample, true).await,
        Err(CalibrateError::SampleByOrganisers)
    ));
    mark(&stage, &judged, &judged.officer, &sample, true).await.unwrap();
    for judge in 0..3 {
        stage.give_sheet(&judged, judge, &sample, 3 + 2 * i64::try_from(judge).unwrap()).await;
    }
    let pool = stage.pool_of(&judged).await;
    let standing =
        stage.read(move |db| judging::standing::standing_of(db, &pool, &Default::default())).await.unwrap();
    let codes: Vec<&str> = standing.rows.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(codes, ["BT-0002", "BT-0003"]);
    // What was scored as a sample does not become an entry that competes.
    let (officer, pool, of, now) =
        (stage.person_of(&judged.officer).await, judged.pool.clone(), sample.clone(), stage.now());
    let refused = stage.write(move |db| unmark_calibration(db, &officer, &pool, &of, "Nhầm", now)).await;
    assert!(matches!(refused, Err(CalibrateError::SampleHasSheets)));
    // And what was scored to compete does not become a sample.
    stage.give_sheet(&judged, 0, &judged.entries[1], 5).await;
    assert!(matches!(
        mark(&stage, &judged, &judged.officer, &judged.entries[1], true).await,
        Err(CalibrateError::SampleHasSheets)
    ));
}
