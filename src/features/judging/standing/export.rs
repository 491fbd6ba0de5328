//! The sheets of a pool as a file that `hoithi rank` reads, so that a stranger can compute the same places.

use super::{Standing, compute::rules_of};
use crate::{
    features::{
        contests::{Aggregation, Criterion, Round},
        judging::{PanelMember, views::CountingSheet},
    },
    ranking::standing::Ratio,
};

/// `entry,judge,criterion,score,weight,min,max`: only sheets that count, judges by number, criteria that count for nobody
/// left out.
pub fn marks_csv(
    standing: &Standing,
    criteria: &[Criterion],
    sheets: &[CountingSheet],
    members: &[PanelMember],
) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["entry", "judge", "criterion", "score", "weight", "min", "max"])?;
    let mut rows: Vec<&super::StandingRow> = standing.rows.iter().collect();
    rows.sort_by_key(|row| &row.code);
    for row in rows {
        let mut own: Vec<(i32, &CountingSheet)> = sheets
            .iter()
            .filter(|sheet| sheet.entry_id == row.entry_id)
            .filter_map(|sheet| Some((number_of(members, sheet)?, sheet)))
            .collect();
        own.sort_by_key(|(number, _)| *number);
        for (number, sheet) in own {
            for (position, criterion) in (1..).zip(criteria) {
                let is_dropped = standing.dropped_criteria.contains(&criterion.name);
                let Some(mark) = sheet.marks.get(&criterion.id).filter(|_| !is_dropped) else { continue };
                writer.write_record([
                    row.code.clone(),
                    format!("J{number}"),
                    // The number keeps two of one name apart, and a spreadsheet from taking a name for a formula.
                    format!("{position}. {}", criterion.name),
                    mark.to_string(),
                    criterion.weight.to_string(),
                    criterion.min_mark.to_string(),
                    criterion.max_mark.to_string(),
                ])?;
            }
        }
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

fn number_of(members: &[PanelMember], sheet: &CountingSheet) -> Option<i32> {
    members.iter().find(|member| member.account_id == sheet.judge_id).map(|member| member.number)
}

/// Places as they stand, the exact score behind each, and the step that split a tie.
pub fn standing_csv(standing: &Standing) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "place",
        "place_before_ties",
        "entry",
        "score",
        "score_exactly",
        "sheets",
        "votes",
        "split_by",
        "id",
    ])?;
    for row in &standing.rows {
        let above = |score: Ratio| standing.rows.iter().filter(|other| other.score > Some(score)).count();
        writer.write_record([
            row.place.map(|place| place.to_string()).unwrap_or_default(),
            row.score.map(|score| (above(score) + 1).to_string()).unwrap_or_default(),
            row.code.clone(),
            row.score.map(|score| score.shown(2)).unwrap_or_default(),
            row.score.map(|score| score.to_string()).unwrap_or_default(),
            row.sheets_in.to_string(),
            row.votes.map(|votes| votes.to_string()).unwrap_or_default(),
            row.split_by.map(|key| key.trim_start_matches("judging-split-").to_owned()).unwrap_or_default(),
            // What a lot is drawn from.
            row.entry_id.to_string(),
        ])?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

/// What computes the places from the marks.
pub fn command_of(round: &Round) -> String {
    let method = match round.aggregation {
        Aggregation::Mean => "mean",
        Aggregation::Median => "median",
    };
    format!("hoithi rank marks.csv --method {method}")
}

/// The declared rules as the program reads them.
pub fn rules_json(round: &Round, is_revealed: bool) -> String {
    let rules = rules_of(round, is_revealed);
    let value = serde_json::json!({
        "method": round.method,
        "rules": rules,
        "cut_policy": round.cut_policy,
        "vote_weight": round.vote_weight,
        "carry_weight": round.carry_weight,
        "standardised": round.is_standardised,
        "lot_commitment": crate::ranking::standing::commitment(&round.lot_seed),
    });
    serde_json::to_string_pretty(&value).unwrap_or_default()
}
