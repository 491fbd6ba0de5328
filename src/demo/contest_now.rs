//! A contest that is under way while the demo runs, so that every role finds work to do. All of it is invented.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::Duration;

use super::{
    cast::{COMMUNE, Cast, DISTRICT, JUDGES},
    contest_2024::Marker,
    invented::{invented, is_for_the_radar},
    play::{Play, try_and_open},
    works::Works,
};
use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, EntryId, PoolId, UnitId},
    },
    features::{
        attachments::{ImportedEntry, attach, import_entry},
        contests::{self, Contest, EntryKind, Field, FieldKind, NewContest, create_contest},
        entries::{
            self, NewDraft, RawDraft, Return, SubmitRequest, ask_radar, create_draft, return_entry,
            save_draft, submit_entry,
        },
        judging::{
            self, Assignment, NewDraw, NewJudge, PanelRole, TypedSheet, add_judge, draw_assignments,
            submit_sheet,
        },
        pools,
        selection::{self, NewDecision, Outcome, accept_nomination, decide},
    },
};

/// Each of the district's communes but one has sent its best up; the district's panel is scoring; one commune still gathers.
pub async fn play(
    play: &Play,
    cast: &Cast,
    works: &Works,
    units: &BTreeMap<String, UnitId>,
    now: Moment,
) -> anyhow::Result<()> {
    (play.say)("now: a contest of three levels under way");
    let contest = call(play, cast, units, now).await?;
    let id = contest.id.clone();
    let fields = play.act(move |db| Ok(contests::views::list_fields(db, &id)?)).await?;
    let district = units.get(DISTRICT).context("no district")?.clone();
    let below = district.clone();
    let communes = play.act(move |db| Ok(crate::features::units::views::list_children(db, &below)?)).await?;
    let gathering = units.get(COMMUNE).context("no commune")?;
    for (n, commune) in communes.iter().enumerate() {
        let entries = (0..2 + n % 2)
            .map(|k| invented(works, &contest, &fields, (&commune.id, &commune.name), n * 2 + k, now))
            .collect::<anyhow::Result<Vec<_>>>()?;
        let still_gathers = commune.id == *gathering;
        send_up(play, cast, &contest, &commune.id, (entries, still_gathers), now).await?;
    }
    let pool = district_pool(play, &contest, &district).await?;
    judge(play, cast, &pool, now).await?;
    of_the_member(play, cast, works, &contest, gathering, now).await
}

async fn call(
    play: &Play,
    cast: &Cast,
    units: &BTreeMap<String, UnitId>,
    now: Moment,
) -> anyhow::Result<Contest> {
    let host = units.get("83").context("no province")?;
    let officer = cast.account("province_officer")?;
    call_in(play, &officer, host, ("Phụ nữ với chuyển đổi số (minh họa)", Some("chuyen-doi-so")), now).await
}

/// A contest of three levels in a province, open since twenty days.
pub async fn call_in(
    play: &Play,
    officer: &AccountId,
    host: &UnitId,
    (title, slug): (&str, Option<&str>),
    now: Moment,
) -> anyhow::Result<Contest> {
    let (officer, opened) = (officer.clone(), now - Duration::days(20));
    let new = NewContest {
        host_unit_id: host.clone(),
        preset: Some("three_levels_proposed".to_owned()),
        title: title.to_owned(),
        title_en: "Women in the digital age (demonstration)".to_owned(),
        slug: slug.map(str::to_owned),
        opens_at: Some(opened),
        closes_at: Some(now + Duration::days(12)),
        is_demonstration: true,
    };
    play.act(move |db| {
        let person = Cast::person(db, &officer, opened)?;
        let contest = create_contest(db, &person, &new, opened)?;
        try_and_open(db, &person, contest, opened)
    })
    .await
}

/// The commune's entries come in; unless it still gathers, it decides and the district accepts.
async fn send_up(
    play: &Play,
    cast: &Cast,
    contest: &Contest,
    commune: &UnitId,
    (mut imported, still_gathers): (Vec<ImportedEntry>, bool),
    now: Moment,
) -> anyhow::Result<()> {
    let province = cast.account("province_officer")?;
    let district = cast.account("district_officer")?;
    if still_gathers {
        for entry in &mut imported {
            entry.is_accepted = false;
        }
    }
    let (contest, commune, decided) = (contest.id.clone(), commune.clone(), now - Duration::days(6));
    play.act(move |db| {
        let mut sent = Vec::new();
        for entry in &imported {
            let person = Cast::person(db, &province, entry.submitted_at)?;
            let id = import_entry(db, &person, entry)?.entry.id;
            if is_for_the_radar(entry) {
                ask_radar(db, &id, now)?;
            }
            sent.push(id);
        }
        let round = contests::views::list_rounds(db, &contest)?.into_iter().next();
        let pool = match &round {
            Some(round) => pools::store::find_by_place(db, &round.id, &commune)?,
            None => None,
        };
        let Some(pool) = pool.filter(|_| !still_gathers) else { return Ok(()) };
        let person = Cast::person(db, &district, decided)?;
        let outcome = |n: usize| if n < 2 { Outcome::Nominated } else { Outcome::Chosen };
        let entries =
            sent.iter().enumerate().map(|(n, entry)| (entry.clone(), outcome(n), String::new())).collect();
        let decision = NewDecision {
            body_name: "Ban Chấp hành Hội LHPN xã".to_owned(),
            members_present: vec!["Thành viên Ban Chấp hành (minh họa)".to_owned()],
            minutes: "Ban Chấp hành thống nhất chọn bài gửi lên huyện. (Biên bản minh họa.)".to_owned(),
            document_number: String::new(),
            document_date: None,
            entries,
            departure_reason: String::new(),
            change_reason: String::new(),
            replaces: 0,
        };
        decide(db, &person, &pool.id, &decision, decided)?;
        for outgoing in selection::views::list_outgoing(db, &pool.id)? {
            accept_nomination(db, &person, &outgoing.nomination.id, decided + Duration::hours(5))?;
        }
        Ok(())
    })
    .await
}

async fn district_pool(play: &Play, contest: &Contest, district: &UnitId) -> anyhow::Result<PoolId> {
    let (contest, district) = (contest.id.clone(), district.clone());
    let pool = play
        .act(move |db| {
            let rounds = contests::views::list_rounds(db, &contest)?;
            Ok(match rounds.get(1) {
                Some(round) => pools::store::find_by_place(db, &round.id, &district)?,
                None => None,
            })
        })
        .await?;
    Ok(pool.context("the district has no pool")?.id)
}

/// How much more or less than the usual each of the panel gives: the head first.
const GENEROSITY: [f64; 5] = [0.0, 0.04, -0.02, 0.09, -0.08];
const COMMENT: &str = "Nội dung rõ ràng, dễ áp dụng trong buổi sinh hoạt. (Nhận xét minh họa.)";

/// The whole panel has scored one entry first; of the others three of five judges see each. The head, the fourth and the
/// fifth have given everything, the second a few with one put aside, the third nothing more. Two entries are tied, and
/// noise lies across the line of three.
async fn judge(play: &Play, cast: &Cast, pool: &PoolId, now: Moment) -> anyhow::Result<()> {
    let officer = cast.account("district_officer")?;
    let judges = JUDGES.iter().map(|key| cast.account(key)).collect::<anyhow::Result<Vec<_>>>()?;
    let (pool, drawn) = (pool.clone(), now - Duration::days(4));
    play.act(move |db| {
        let person = Cast::person(db, &officer, drawn)?;
        for (n, account) in judges.iter().enumerate() {
            let role = if n == 0 { PanelRole::Head } else { PanelRole::Judge };
            let new = NewJudge { account: account.clone(), role, max_entries: None };
            add_judge(db, &person, &pool, &new, drawn)?;
        }
        let draw = NewDraw { judges_per_entry: Some(3), seed: Some("ba-tri".to_owned()) };
        draw_assignments(db, &person, &pool, &draw, drawn)?;
        let first = judging::views::list_standing_entries(db, &pool)?.into_iter().next();
        let Some(first) = first.map(|entry| entry.id) else { return Ok(()) };
        let why = "Thống nhất cách chấm trước khi chấm các bài khác";
        judging::calibrating::mark_calibration(db, &person, &pool, &first, false, why, drawn)?;
        let opened = judging::open_judging(db, &person, &pool, drawn)?;
        let form = contests::views::list_criteria(db, &opened.round_id)?;
        let mut marker = Marker::new(&judges);
        for (judge, share) in judges.iter().zip(GENEROSITY) {
            marker.is_generous(judge, share);
        }
        let second = judges.get(1);
        let givers: Vec<&AccountId> = [0, 3, 4].iter().filter_map(|n| judges.get(*n)).collect();
        let mut assignments = judging::store::list_assignments(db, &pool)?;
        assignments.sort_by(|a, b| (&a.entry_id, a.position).cmp(&(&b.entry_id, b.position)));
        assignments.sort_by_key(|row| row.entry_id != first);
        let twins = judged_by_all(&assignments, &givers);
        let mut copied: BTreeMap<AccountId, TypedSheet> = BTreeMap::new();
        let mut given = 0;
        for assignment in &assignments {
            let of_second = second == Some(&assignment.judge_id);
            let is_first = assignment.entry_id == first;
            if !is_first && !givers.contains(&&assignment.judge_id) && (!of_second || given >= 6) {
                continue;
            }
            given += i32::from(of_second);
            let judge = Cast::person(db, &assignment.judge_id, drawn)?;
            let mut sheet = marker.sheet(&form, &assignment.entry_id, &assignment.judge_id);
            if twins.contains(&assignment.entry_id) {
                // Judge by judge the same marks: a tie by the mean, the median and head-to-head alike.
                sheet = copied.entry(assignment.judge_id.clone()).or_insert(sheet).clone();
            }
            if judges.first() == Some(&assignment.judge_id) {
                COMMENT.clone_into(&mut sheet.comment);
            }
            submit_sheet(db, &judge, &pool, &assignment.entry_id, &sheet, drawn + Duration::hours(20))?;
        }
        if let (Some(head), Some(entry)) = (judges.first(), twins.first()) {
            let said = drawn + Duration::hours(30);
            let head = Cast::person(db, head, said)?;
            let body = "Hai bài bằng điểm; bài này hội viên lớn tuổi dễ dùng hơn. (Ý kiến minh họa.)";
            judging::deliberation::add_remark(db, &head, &pool, entry, body, said)?;
        }
        let Some(second) = second else { return Ok(()) };
        let judge = Cast::person(db, second, drawn)?;
        let places = judging::views::list_places(db, &pool, second)?;
        if let Some(place) = places.iter().find(|place| !place.is_done()) {
            let mut sheet = marker.sheet(&form, &place.entry_id, second);
            sheet.notes = form.first().map(|criterion| {
                [(criterion.id.clone(), "Cần xem lại đoạn cuối trước khi cho điểm".to_owned())].into()
            });
            judging::put_aside(db, &judge, &pool, &place.entry_id, &sheet, drawn + Duration::hours(21))?;
        }
        Ok(())
    })
    .await
}

/// Two entries that exactly these judges have.
fn judged_by_all(assignments: &[Assignment], givers: &[&AccountId]) -> Vec<EntryId> {
    let mut by_entry: BTreeMap<&EntryId, Vec<&AccountId>> = BTreeMap::new();
    for assignment in assignments {
        by_entry.entry(&assignment.entry_id).or_default().push(&assignment.judge_id);
    }
    let whole = by_entry.into_iter().filter(|(_, judges)| judges.iter().all(|judge| givers.contains(judge)));
    whole.map(|(entry, _)| entry.clone()).take(2).collect()
}

/// The member has a draft, and an entry that came back for correction.
async fn of_the_member(
    play: &Play,
    cast: &Cast,
    works: &Works,
    contest: &Contest,
    commune: &UnitId,
    now: Moment,
) -> anyhow::Result<()> {
    let (member, officer) = (cast.account("member")?, cast.account("commune_officer")?);
    let (contest, commune, begun) = (contest.clone(), commune.clone(), now - Duration::days(3));
    let id = contest.id.clone();
    let (fields, categories) = play
        .act(move |db| {
            Ok((contests::views::list_fields(db, &id)?, contests::views::list_categories(db, &id)?))
        })
        .await?;
    let title = "Sổ tay số bảo vệ môi trường của chi hội";
    let files = works.files_for(&fields, "Bộ tài liệu mã QR", title, 0)?;
    let category = categories.first().map(|category| category.id.to_string()).unwrap_or_default();
    let form = typed(&fields, title, category);
    play.act(move |db| {
        let person = Cast::person(db, &member, begun)?;
        let draft = |title: &str| NewDraft {
            id: EntryId::generate(),
            contest_id: contest.id.clone(),
            unit_id: commune.clone(),
            kind: Some(EntryKind::Individual),
            category_id: None,
            title: title.to_owned(),
            on_behalf: None,
        };
        create_draft(db, &person, &draft("Mini game: nhận diện tin giả (bản nháp)"), begun)?;
        let entry = create_draft(db, &person, &draft(title), begun)?;
        let entry = save_draft(db, &person, &entry.id, entry.edition, &form, begun)?;
        for (file, stored) in &files {
            attach(db, &person, &entry.id, file, stored, begun)?;
        }
        let edition = entries::store::find(db, &entry.id)?.map_or(entry.edition, |entry| entry.edition);
        let consents =
            contests::views::list_consents(db, &contest.id)?.into_iter().map(|consent| consent.id).collect();
        submit_entry(db, &person, &entry.id, &SubmitRequest { edition, consents }, begun)?;
        let officer = Cast::person(db, &officer, begun)?;
        let what = Return {
            reason: "Vui lòng ghi rõ số hội viên đã dùng. (Minh họa.)".to_owned(),
            due_at: Some(now + Duration::days(4)),
        };
        return_entry(db, &officer, &entry.id, &what, begun + Duration::hours(8))?;
        Ok(())
    })
    .await
}

/// The form as the member typed it.
fn typed(fields: &[Field], title: &str, category: String) -> RawDraft {
    let answer = |field: &Field| match field.kind {
        FieldKind::LongText => vec![format!("{title}. (Nội dung minh họa.)")],
        FieldKind::OneOf => vec!["Bộ tài liệu mã QR".to_owned()],
        FieldKind::Tools => vec!["Canva".to_owned(), "Google Drive".to_owned()],
        _ => Vec::new(),
    };
    RawDraft {
        title: title.to_owned(),
        kind: EntryKind::Individual.to_string(),
        category,
        authors: "Hội viên (thử nghiệm)".to_owned(),
        members: String::new(),
        answers: fields.iter().map(|field| (field.id.clone(), answer(field))).collect(),
    }
}
