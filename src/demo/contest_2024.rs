//! The contest of 2024, from the call to the published award list. What is known of it is replayed as it was (who
//! sent in from where, how many were chosen, sent up and awarded); marks, names and votes are invented.

use std::collections::{BTreeMap, HashMap};

use anyhow::Context;
use chrono::Duration;
use rand::{RngExt, SeedableRng, rngs::StdRng};

use super::{
    cast::{Cast, JUDGES},
    data::{self, EntryLine},
    play::{Play, try_and_open},
    works::Works,
};
use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, ContestId, EntryId, PoolId, UnitId},
        points::Points,
    },
    features::{
        attachments::{ImportedEntry, import_entry},
        awards::{Winner, grant_award},
        contests::{
            self, AwardTarget, Contest, Criterion, EntryKind, Field, FieldKind, NewContest, create_contest,
        },
        entries::{self, Answer, Answers},
        judging::{
            self, NewDraw, NewJudge, PanelRole, TypedSheet, add_judge, draw_assignments, submit_sheet,
        },
        pools,
        publication::{NewPublication, publish_contest, publish_pool},
        selection::{self, NewDecision, Outcome, accept_nomination, decide},
        voting::{NewCount, record_votes},
    },
};

pub const SLUG: &str = "ung-dung-cntt-2024";
const N_CHOSEN: usize = 10;
const N_NOMINATED: usize = 5;

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

async fn score(play: &Play, cast: &Cast, contest: &Contest, pool: &PoolId) -> anyhow::Result<()> {
    let officer = cast.account("province_officer")?;
    let judges = JUDGES.iter().map(|key| cast.account(key)).collect::<anyhow::Result<Vec<_>>>()?;
    let (drawn, from) = (at("2024-04-02T02:00:00")?, at("2024-04-03T02:00:00")?);
    let (pool, panel, contest) = (pool.clone(), judges.clone(), contest.id.clone());
    let due = {
        let pool = pool.clone();
        play.act(move |db| {
            let person = Cast::person(db, &officer, drawn)?;
            for (n, account) in panel.iter().enumerate() {
                let role = if n == 0 { PanelRole::Head } else { PanelRole::Judge };
                add_judge(
                    db,
                    &person,
                    &pool,
                    &NewJudge { account: account.clone(), role, max_entries: None },
                    drawn,
                )?;
            }
            let draw = NewDraw { judges_per_entry: None, seed: Some("ben-tre-2024".to_owned()) };
            draw_assignments(db, &person, &pool, &draw, drawn)?;
            judging::open_judging(db, &person, &pool, drawn)?;
            Ok((judging::store::list_assignments(db, &pool)?, entries::views::list_in_pool(db, &pool)?))
        })
        .await?
    };
    let (mut due, standing_here) = due;
    // By code and seat, not by id: ids are new each time, the invented marks are not.
    let codes: BTreeMap<EntryId, String> =
        standing_here.into_iter().map(|entry| (entry.id, entry.code.unwrap_or_default())).collect();
    let seat = |judge: &AccountId| judges.iter().position(|known| known == judge);
    due.sort_by_key(|row| (codes.get(&row.entry_id).cloned(), seat(&row.judge_id)));
    let form = play
        .act(move |db| {
            let rounds = contests::views::list_rounds(db, &contest)?;
            let first = rounds.into_iter().next().map(|round| round.id);
            Ok(match first {
                Some(round) => contests::views::list_criteria(db, &round)?,
                None => Vec::new(),
            })
        })
        .await?;
    let mut marker = Marker::new(&judges);
    for (entry, code) in &codes {
        if let Some(n) = outstanding()?.iter().position(|known| known == code) {
            marker.knows(entry, 0.93 - 0.005 * f64::from(u8::try_from(n)?));
        }
    }
    let mut sheets = Vec::new();
    for (n, assignment) in due.iter().enumerate() {
        let sheet = marker.sheet(&form, &assignment.entry_id, &assignment.judge_id);
        let when = from + Duration::minutes(i64::try_from(n)? * 11);
        sheets.push((assignment.judge_id.clone(), assignment.entry_id.clone(), sheet, when));
    }
    let sent_to = pool.clone();
    play.act(move |db| {
        for (judge, entry, sheet, when) in &sheets {
            let person = Cast::person(db, judge, *when)?;
            submit_sheet(db, &person, &sent_to, entry, sheet, *when)?;
        }
        Ok(())
    })
    .await?;
    let (officer, closed) = (cast.account("province_officer")?, at("2024-04-08T02:00:00")?);
    play.act(move |db| {
        let person = Cast::person(db, &officer, closed)?;
        judging::close_judging(db, &person, &pool, "", closed)?;
        Ok(())
    })
    .await
}

/// Ten entries that the invented marks single out, individuals' first: an individual's wins the prize at the centre.
fn outstanding() -> anyhow::Result<Vec<String>> {
    let lines = data::entries()?;
    let of = |kind: EntryKind, n: usize| {
        let of_kind = lines.iter().filter(move |line| line.kind() == kind);
        of_kind.step_by(9).take(n).map(|line| line.entry_no.clone())
    };
    Ok(of(EntryKind::Individual, 7).chain(of(EntryKind::Collective, 3)).collect())
}

/// Invents marks: an entry has a quality, a judge is mild or strict, and both differ a little from criterion to criterion.
pub struct Marker {
    random: StdRng,
    severity: BTreeMap<AccountId, f64>,
    quality: BTreeMap<EntryId, f64>,
}

impl Marker {
    pub fn new(judges: &[AccountId]) -> Self {
        let mut random = StdRng::seed_from_u64(2024);
        let severity = judges.iter().map(|judge| (judge.clone(), random.random_range(-0.05..0.05))).collect();
        Self { random, severity, quality: BTreeMap::new() }
    }

    /// How much more than the usual a judge gives, as a share of the scale.
    pub fn is_generous(&mut self, judge: &AccountId, share: f64) {
        self.severity.insert(judge.clone(), share);
    }

    /// How good an entry is, where the story needs it.
    fn knows(&mut self, entry: &EntryId, quality: f64) {
        self.quality.insert(entry.clone(), quality);
    }

    pub fn sheet(&mut self, form: &[Criterion], entry: &EntryId, judge: &AccountId) -> TypedSheet {
        let fresh = self.random.random_range(0.55..0.78);
        let quality = *self.quality.entry(entry.clone()).or_insert(fresh);
        let severity = self.severity.get(judge).copied().unwrap_or_default();
        let marks: Vec<_> = form
            .iter()
            .map(|criterion| {
                let share = (quality + severity + self.random.random_range(-0.06..0.06)).clamp(0.0, 1.0);
                (criterion.id.clone(), on_step(criterion, share))
            })
            .collect();
        TypedSheet::of_marks(0, marks)
    }
}

/// The mark at this share of the scale, on the step.
fn on_step(criterion: &Criterion, share: f64) -> Points {
    let (low, high) = (criterion.min_mark.ten_thousandths(), criterion.max_mark.ten_thousandths());
    let step = criterion.step.ten_thousandths().max(1);
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "an invented mark of a demo"
    )]
    let steps = ((high - low) as f64 * share / step as f64).round() as i64;
    Points::from_ten_thousandths((low + steps * step).min(high))
}

/// The standing committee follows the standing: the first ten are chosen, the first five go up.
async fn choose(play: &Play, cast: &Cast, pool: &PoolId) -> anyhow::Result<Vec<EntryId>> {
    let (officer, when) = (cast.account("province_officer")?, at("2024-04-10T03:00:00")?);
    let pool = pool.clone();
    play.act(move |db| {
        let person = Cast::person(db, &officer, when)?;
        let found = pools::store::find(db, &pool)?;
        let standing = match &found {
            Some(pool) => judging::standing::standing_of(db, pool, &HashMap::new())?,
            None => return Err(crate::infra::db::DbError::Query(diesel::result::Error::NotFound).into()),
        };
        let mut outcomes = Vec::new();
        for (n, row) in standing.rows.iter().enumerate() {
            let outcome = match n {
                ..N_NOMINATED => Outcome::Nominated,
                N_NOMINATED..N_CHOSEN => Outcome::Chosen,
                _ => Outcome::NotChosen,
            };
            outcomes.push((row.entry_id.clone(), outcome, String::new()));
        }
        let decision = NewDecision {
            body_name: "Ban Thường vụ Hội LHPN tỉnh Bến Tre".to_owned(),
            members_present: vec!["Thành viên Ban Thường vụ (minh họa)".to_owned()],
            minutes: "Ban Thường vụ xem xét bảng xếp hạng của Ban Giám khảo, chọn 10 sản phẩm tiêu biểu để trao giải và \
                      gửi 5 sản phẩm dự thi toàn quốc. (Biên bản minh họa.)"
                .to_owned(),
            document_number: String::new(),
            document_date: chrono::NaiveDate::from_ymd_opt(2024, 4, 10),
            entries: outcomes,
            departure_reason: "Bằng điểm: Ban Thường vụ thảo luận và chọn theo chỉ tiêu.".to_owned(),
            change_reason: String::new(),
            replaces: 0,
        };
        decide(db, &person, &pool, &decision, when)?;
        Ok(standing.rows.into_iter().take(N_NOMINATED).map(|row| row.entry_id).collect())
    })
    .await
}

async fn award_in_province(play: &Play, cast: &Cast, contest: &Contest, pool: &PoolId) -> anyhow::Result<()> {
    let (officer, when) = (cast.account("province_officer")?, at("2024-04-12T03:00:00")?);
    let (pool, contest) = (pool.clone(), contest.id.clone());
    play.act(move |db| {
        let person = Cast::person(db, &officer, when)?;
        let awards = contests::views::list_awards(db, &contest)?;
        let rounds = contests::views::list_rounds(db, &contest)?;
        let first_round = rounds.first().map(|round| &round.id);
        let award = awards.iter().find(|award| Some(&award.round_id) == first_round);
        let chosen = selection::views::outcomes_of(db, &pool)?;
        for (entry, outcome) in chosen {
            if let Some(award) = award.filter(|_| outcome != Outcome::NotChosen) {
                grant_award(db, &person, &pool, &award.id, &Winner::Entry(entry), "", when)?;
            }
        }
        let published = NewPublication { reason: String::new(), replaces: 0, show_chosen: true };
        publish_pool(db, &person, &pool, &published, when)?;
        Ok(())
    })
    .await
}

/// At the centre: five received, one of them goes to the vote, an individual's wins a Third Prize, the province is
/// commended.
async fn above(
    play: &Play,
    cast: &Cast,
    works: &Works,
    contest: &Contest,
    units: &BTreeMap<String, UnitId>,
    nominated: &[EntryId],
) -> anyhow::Result<()> {
    let officer = cast.account("central_officer")?;
    let centre = units.get("TW").context("no centre")?;
    let province = units.get("83").context("no province")?.clone();
    let national = pool_of(play, &contest.id, 2, centre).await?;
    let winner = {
        let (officer, national, nominated) = (officer.clone(), national.clone(), nominated.to_vec());
        let (received, decided) = (at("2024-04-20T03:00:00")?, at("2024-05-06T03:00:00")?);
        play.act(move |db| {
            let person = Cast::person(db, &officer, received)?;
            for incoming in selection::views::list_incoming(db, &national)? {
                accept_nomination(db, &person, &incoming.nomination.id, received)?;
            }
            // An individual's, as the facts say; none of the five would be an odd draw of the invented marks.
            let mut individual = None;
            for entry in &nominated {
                let row = crate::features::entries::store::find(db, entry)?;
                if row.is_some_and(|row| row.kind == EntryKind::Individual) {
                    individual = individual.or_else(|| Some(entry.clone()));
                }
            }
            let outcome_of = |entry: &EntryId| {
                if Some(entry) == individual.as_ref() { Outcome::Nominated } else { Outcome::NotChosen }
            };
            let entries =
                nominated.iter().map(|entry| (entry.clone(), outcome_of(entry), String::new())).collect();
            let decision = NewDecision {
                body_name: "Ban Tổ chức cuộc thi, Trung ương Hội LHPN Việt Nam".to_owned(),
                members_present: vec!["Thành viên Ban Tổ chức (minh họa)".to_owned()],
                minutes: "Ban Tổ chức chọn sản phẩm vào vòng bình chọn và đạt giải. (Biên bản minh họa.)"
                    .to_owned(),
                document_number: String::new(),
                document_date: chrono::NaiveDate::from_ymd_opt(2024, 5, 6),
                entries,
                departure_reason: String::new(),
                change_reason: String::new(),
                replaces: 0,
            };
            decide(db, &person, &national, &decision, decided)?;
            Ok(individual)
        })
        .await?
        .context("none of the nominated entries is an individual's")?
    };
    vote(play, cast, works, contest, centre, &winner).await?;
    let (awarded, contest) = (at("2024-05-18T03:00:00")?, contest.id.clone());
    play.act(move |db| {
        let person = Cast::person(db, &officer, awarded)?;
        let rounds = contests::views::list_rounds(db, &contest)?;
        let second = rounds.iter().find(|round| round.position == 2).map(|round| round.id.clone());
        let awards = contests::views::list_awards(db, &contest)?;
        let mut of_round = awards.iter().filter(|award| Some(&award.round_id) == second.as_ref());
        let third_prize = of_round.clone().find(|award| award.name == "Giải Ba");
        let commendation = of_round.find(|award| award.goes_to == AwardTarget::Unit);
        if let (Some(third_prize), Some(commendation)) = (third_prize, commendation) {
            grant_award(
                db,
                &person,
                &national,
                &third_prize.id,
                &Winner::Entry(winner.clone()),
                "",
                awarded,
            )?;
            grant_award(
                db,
                &person,
                &national,
                &commendation.id,
                &Winner::Unit(province.clone()),
                "",
                awarded,
            )?;
        }
        let published = NewPublication { reason: String::new(), replaces: 0, show_chosen: true };
        publish_pool(db, &person, &national, &published, awarded)?;
        publish_contest(db, &person, &contest, &published, awarded)?;
        contests::change::end_contest(db, &person, &contest, awarded + Duration::days(2))?;
        Ok(())
    })
    .await
}

/// The count is invented: how many votes there were is not known.
async fn vote(
    play: &Play,
    cast: &Cast,
    works: &Works,
    contest: &Contest,
    centre: &UnitId,
    entry: &EntryId,
) -> anyhow::Result<()> {
    let officer = cast.account("central_officer")?;
    let pool = pool_of(play, &contest.id, 3, centre).await?;
    let (received, counted) = (at("2024-05-07T03:00:00")?, at("2024-05-16T10:00:00")?);
    let entry = entry.clone();
    let proof = works.a_picture()?;
    play.act(move |db| {
        let person = Cast::person(db, &officer, received)?;
        for incoming in selection::views::list_incoming(db, &pool)? {
            accept_nomination(db, &person, &incoming.nomination.id, received)?;
        }
        let count = NewCount {
            votes: 1284,
            source: "Fanpage Trung ương Hội LHPN Việt Nam (số liệu minh họa)".to_owned(),
            proof_url: "https://fanpage.example/binh-chon-2024".to_owned(),
            proof_file: Some(proof.clone()),
            reason: String::new(),
            replaces: None,
        };
        record_votes(db, &person, &pool, &entry, &count, counted)?;
        Ok(())
    })
    .await
}
