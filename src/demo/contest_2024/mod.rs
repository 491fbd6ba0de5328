//! The contest of 2024, from the call to the published award list. What is known of it is replayed as it was (who
//! sent in from where, how many were chosen, sent up and awarded); marks, names and votes are invented.

mod climbing;
mod scoring;

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::Duration;

use super::{
    cast::Cast,
    data::{self, EntryLine},
    play::{Play, try_and_open},
    works::Works,
};
use crate::{
    base::{
        clock::Moment,
        ids::{ContestId, PoolId, UnitId},
    },
    features::{
        attachments::{ImportedEntry, import_entry},
        contests::{self, Contest, Field, FieldKind, NewContest, create_contest},
        entries::{Answer, Answers},
        pools,
    },
};
use climbing::{above, award_in_province, choose};
pub use scoring::Marker;
use scoring::score;

pub const SLUG: &str = "ung-dung-cntt-2024";

fn at(text: &str) -> anyhow::Result<Moment> {
    Ok(text.parse()?)
}

pub async fn replay(
    play: &Play,
    cast: &Cast,
    works: &Works,
    units: &BTreeMap<String, UnitId>,
) -> anyhow::Result<()> {
    (play.say)("2024: the call");
    let contest = call(play, cast, units).await?;
    (play.say)("2024: 183 entries with their files");
    send_in(play, cast, works, units, &contest).await?;
    let province = units.get("83").context("no province")?;
    let pool = pool_of(play, &contest.id, 1, province).await?;
    (play.say)("2024: the province's panel scores");
    score(play, cast, &contest, &pool).await?;
    (play.say)("2024: chosen, sent up, voted, awarded, published");
    let nominated = choose(play, cast, &pool).await?;
    award_in_province(play, cast, &contest, &pool).await?;
    above(play, cast, works, &contest, units, &nominated).await
}

async fn call(play: &Play, cast: &Cast, units: &BTreeMap<String, UnitId>) -> anyhow::Result<Contest> {
    let host = units.get("TW").context("no centre")?.clone();
    let organiser = cast.account("central_officer")?;
    let (made, opened) = (at("2023-12-25T02:00:00")?, at("2024-01-02T01:00:00")?);
    let new = NewContest {
        host_unit_id: host,
        preset: Some("vwu_it_2024_as_held".to_owned()),
        title: "Ứng dụng CNTT trong tổ chức sinh hoạt Hội năm 2024".to_owned(),
        title_en: "IT in association activities 2024".to_owned(),
        slug: Some(SLUG.to_owned()),
        opens_at: Some(opened),
        // To the end of 31 March in Vietnam.
        closes_at: Some(at("2024-03-31T16:59:59")?),
        is_demonstration: true,
    };
    play.act(move |db| {
        let person = Cast::person(db, &organiser, made)?;
        let contest = create_contest(db, &person, &new, made)?;
        try_and_open(db, &person, contest, opened)
    })
    .await
}

async fn send_in(
    play: &Play,
    cast: &Cast,
    works: &Works,
    units: &BTreeMap<String, UnitId>,
    contest: &Contest,
) -> anyhow::Result<()> {
    let organiser = cast.account("central_officer")?;
    let id = contest.id.clone();
    let fields = play.act(move |db| Ok(contests::views::list_fields(db, &id)?)).await?;
    let first = at("2024-01-15T02:00:00")?;
    let mut imported = Vec::new();
    for (n, line) in data::entries()?.iter().enumerate() {
        let minutes = Duration::minutes(i64::try_from(n)? * 597);
        imported.push(imported_entry(works, units, contest, &fields, (n, line), first + minutes)?);
    }
    play.act(move |db| {
        for entry in &imported {
            let person = Cast::person(db, &organiser, entry.submitted_at)?;
            import_entry(db, &person, entry)?;
        }
        Ok(())
    })
    .await
}

pub fn unit_code(line: &EntryLine) -> String {
    match line.branch_name() {
        Some(branch) => format!("{}-{}", line.unit_code, crate::base::text::slug(branch)),
        None => line.unit_code.clone(),
    }
}

fn imported_entry(
    works: &Works,
    units: &BTreeMap<String, UnitId>,
    contest: &Contest,
    fields: &[Field],
    (n, line): (usize, &EntryLine),
    submitted_at: Moment,
) -> anyhow::Result<ImportedEntry> {
    let code = unit_code(line);
    let unit_id = units.get(&code).with_context(|| format!("no unit {code}"))?.clone();
    Ok(ImportedEntry {
        contest_id: contest.id.clone(),
        unit_id,
        code: Some(line.entry_no.clone()),
        kind: line.kind(),
        category_id: None,
        title: line.title.clone(),
        authors: line.author.clone(),
        members: Vec::new(),
        answers: answers(fields, line),
        tools: line.tools(),
        files: works.files_for(fields, &line.product_form, &line.title, n)?,
        is_accepted: true,
        submitted_at,
    })
}

/// The long answers say what is known: the form, the theme, the unit.
fn answers(fields: &[Field], line: &EntryLine) -> Answers {
    let long_texts = [
        format!(
            "{}. Sản phẩm của {}, dùng trong các buổi sinh hoạt. (Nội dung minh họa.)",
            line.title, line.unit_name
        ),
        "Hội viên xem và tham gia ngay trên điện thoại; buổi sinh hoạt gọn hơn. (Nội dung minh họa.)"
            .to_owned(),
    ];
    let mut long_texts = long_texts.into_iter();
    let mut answers = BTreeMap::new();
    for field in fields {
        let answer = match field.kind {
            FieldKind::LongText => long_texts.next().map(Answer::Text),
            FieldKind::OneOf => Some(Answer::Choice(line.product_form.clone())),
            FieldKind::Tools => Some(Answer::Choices(line.tools())),
            _ => None,
        };
        if let Some(answer) = answer {
            answers.insert(field.id.clone(), answer);
        }
    }
    Answers(answers)
}

async fn pool_of(play: &Play, contest: &ContestId, round: i32, unit: &UnitId) -> anyhow::Result<PoolId> {
    let (contest, unit) = (contest.clone(), unit.clone());
    let pool = play
        .act(move |db| {
            let rounds = contests::views::list_rounds(db, &contest)?;
            let round = rounds.into_iter().find(|row| row.position == round);
            Ok(match round {
                Some(round) => pools::store::find_by_place(db, &round.id, &unit)?,
                None => None,
            })
        })
        .await?;
    Ok(pool.with_context(|| format!("no pool in round {round}"))?.id)
}
