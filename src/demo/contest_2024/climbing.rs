//! From the province's decision to the award list: chosen, sent up, voted, awarded, published.

use std::collections::{BTreeMap, HashMap};

use anyhow::Context;
use chrono::Duration;

use super::{at, pool_of};
use crate::{
    base::ids::{EntryId, PoolId, UnitId},
    demo::{cast::Cast, play::Play, works::Works},
    features::{
        awards::{Winner, grant_award},
        contests::{self, AwardTarget, Contest, EntryKind},
        judging, pools,
        publication::{NewPublication, publish_contest, publish_pool},
        selection::{self, NewDecision, Outcome, accept_nomination, decide},
        voting::{NewCount, record_votes},
    },
};

const N_CHOSEN: usize = 10;
const N_NOMINATED: usize = 5;

/// The standing committee follows the standing: the first ten are chosen, the first five go up.
pub(super) async fn choose(play: &Play, cast: &Cast, pool: &PoolId) -> anyhow::Result<Vec<EntryId>> {
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

pub(super) async fn award_in_province(
    play: &Play,
    cast: &Cast,
    contest: &Contest,
    pool: &PoolId,
) -> anyhow::Result<()> {
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
pub(super) async fn above(
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
