//! A small contest for everything that comes after the judging: a tree of six units, rounds that the test names, and
//! entries that were accepted.

use std::sync::Arc;

use hoithi::{
    base::{
        ids::{AwardId, ContestId, EntryId, PoolId, RoundId, UnitId},
        json::Json,
    },
    features::{
        accounts::Person,
        attachments::{ImportedEntry, import_entry},
        contests::{
            self, Aggregation, Award, AwardTarget, Contest, ContestStatus, CutPolicy, EntryKind, Feedback,
            QuotaRules, Round, RoundMethod, Slug,
        },
        entries::Answers,
        pools,
        selection::{self, Decision, NewDecision, Outcome},
        units::LevelCode,
        voting::{self, NewCount},
    },
    infra::db::DbError,
};

use super::{Guest, Stage};

/// Central, a province with a police unit, a district with two communes, a branch of the first commune.
pub struct SmallContest {
    pub contest: Contest,
    pub rounds: Vec<Round>,
    pub central: UnitId,
    pub province: UnitId,
    pub police: UnitId,
    pub district: UnitId,
    pub communes: [UnitId; 2],
    pub branch: UnitId,
    /// Officers of the central unit, the province and the district.
    pub organiser: Guest,
    pub provincial: Guest,
    pub district_officer: Guest,
}

impl Stage {
    /// (level, method, how many may go up) for each round.
    pub async fn a_small_contest(&self, rounds: &[(&str, RoundMethod, Option<i32>)]) -> SmallContest {
        let central = self.a_unit("Trung ương Hội").level("central").make().await;
        let province = self.a_unit("Hội LHPN tỉnh Bến Tre").level("province").below(&central).make().await;
        let police = self.a_unit("Hội phụ nữ Công an tỉnh").level("commune").below(&province).make().await;
        let district = self.a_unit("Hội LHPN huyện Ba Tri").level("district").below(&province).make().await;
        let first = self.a_unit("Hội LHPN xã An Hiệp").below(&district).make().await;
        let second = self.a_unit("Hội LHPN xã Tân Xuân").below(&district).make().await;
        let branch = self.a_unit("Chi hội ấp 1").level("branch").below(&first).make().await;
        let (organiser, provincial) = (self.an_officer(&central).await, self.an_officer(&province).await);
        let district_officer = self.an_officer(&district).await;
        let contest = Contest {
            id: ContestId::generate(),
            slug: Slug::parse("hoi-thi-nho").unwrap(),
            host_unit_id: central.clone(),
            status: ContestStatus::Open,
            title: "Hội thi nhỏ".into(),
            title_en: "Small contest".into(),
            search_text: "hoi thi nho".into(),
            summary: String::new(),
            summary_en: String::new(),
            rules: String::new(),
            rules_en: String::new(),
            opens_at: Some(self.now()),
            closes_at: Some(self.now() + chrono::Duration::days(30)),
            grace_minutes: 0,
            code_prefix: "BT".into(),
            next_number: 1,
            kinds: Json(vec![EntryKind::Individual, EntryKind::Collective]),
            max_per_person: None,
            max_per_unit: None,
            preset: None,
            is_demonstration: false,
            edition: 1,
            created_by: self.person_of(&organiser).await.id.clone(),
            created_at: self.now(),
            opened_at: Some(self.now()),
            ended_at: None,
        };
        let rounds: Vec<Round> =
            (1..).zip(rounds).map(|(position, round)| a_round(&contest.id, position, *round)).collect();
        let rows = (contest.clone(), rounds.clone());
        self.write(move |db| -> Result<(), DbError> {
            contests::store::insert(db, &rows.0)?;
            rows.1.iter().try_for_each(|round| contests::store::insert_round(db, round))
        })
        .await
        .unwrap();
        let communes = [first, second];
        SmallContest {
            contest,
            rounds,
            central,
            province,
            police,
            district,
            communes,
            branch,
            organiser,
            provincial,
            district_officer,
        }
    }

    /// An entry that was sent in from the unit and accepted.
    pub async fn an_entry_in(
        &self,
        small: &SmallContest,
        title: &str,
        unit: &UnitId,
        kind: EntryKind,
    ) -> EntryId {
        let person = self.person_of(&small.organiser).await;
        let imported = ImportedEntry {
            contest_id: small.contest.id.clone(),
            unit_id: unit.clone(),
            code: None,
            kind,
            category_id: None,
            title: title.into(),
            authors: "Nguyễn Thị Minh Họa".into(),
            members: Vec::new(),
            answers: Answers::default(),
            tools: vec!["Canva".into()],
            files: Vec::new(),
            is_accepted: true,
            submitted_at: self.now(),
        };
        self.write(move |db| import_entry(db, &person, &imported)).await.unwrap().entry.id
    }

    /// The pool of a unit in the nth round (from 0), made if it is not there.
    pub async fn pool_at(&self, small: &SmallContest, round: usize, unit: &UnitId) -> PoolId {
        let (round, unit, now) = (small.rounds[round].clone(), unit.clone(), self.now());
        self.write(move |db| pools::find_or_make(db, &round, &unit, now)).await.unwrap().id
    }

    /// As counted on a fanpage; replaces the count before.
    pub async fn votes(&self, by: &Arc<Person>, pool: &PoolId, entry: &EntryId, votes: i64) {
        let (by, pool, entry, now) = (by.clone(), pool.clone(), entry.clone(), self.now());
        self.write(move |db| {
            let replaces = voting::views::newest_of(db, &pool, &entry)?.map(|count| count.id);
            let new = NewCount {
                votes,
                source: "Fanpage của Hội".into(),
                proof_url: "https://example.org/post".into(),
                reason: "Đếm lại".into(),
                replaces,
                proof_file: None,
            };
            voting::record_votes(db, &by, &pool, &entry, &new, now)
        })
        .await
        .unwrap();
    }

    /// A decision that is right in every other respect.
    pub async fn decided(&self, by: &Guest, pool: &PoolId, outcomes: &[(&EntryId, Outcome)]) -> Decision {
        let (person, pool, now) = (self.person_of(by).await, pool.clone(), self.now());
        let new = a_decision(outcomes);
        self.write(move |db| selection::decide(db, &person, &pool, &new, now)).await.unwrap()
    }

    pub async fn an_award(
        &self,
        small: &SmallContest,
        round: usize,
        name: &str,
        goes_to: AwardTarget,
        max_grants: Option<i32>,
    ) -> AwardId {
        let award = Award {
            id: AwardId::generate(),
            contest_id: small.contest.id.clone(),
            round_id: small.rounds[round].id.clone(),
            position: 1,
            name: name.into(),
            name_en: String::new(),
            goes_to,
            kind: None,
            max_grants,
        };
        let row = award.clone();
        self.write(move |db| contests::store::insert_award(db, &row)).await.unwrap();
        award.id
    }
}

pub fn a_decision(outcomes: &[(&EntryId, Outcome)]) -> NewDecision {
    NewDecision {
        body_name: "Ban Thường vụ Hội LHPN tỉnh".into(),
        members_present: vec!["Trần Thị A".into(), "Lê Thị B".into()],
        minutes: "Thống nhất chọn các bài có tên.".into(),
        entries: outcomes
            .iter()
            .map(|(entry, outcome)| ((*entry).clone(), *outcome, String::new()))
            .collect(),
        ..NewDecision::default()
    }
}

fn a_round(contest: &ContestId, position: i32, plan: (&str, RoundMethod, Option<i32>)) -> Round {
    let (level, method, total) = plan;
    Round {
        id: RoundId::generate(),
        contest_id: contest.clone(),
        position,
        name: format!("Vòng {position}"),
        name_en: format!("Round {position}"),
        pool_level: LevelCode::new(level),
        method,
        judges_per_entry: 2,
        is_blind: false,
        aggregation: Aggregation::Mean,
        tie_chain: Json(Vec::new()),
        cut_policy: CutPolicy::IncludeAll,
        lot_seed: String::new(),
        vote_weight: 0,
        quota: Json(QuotaRules { total, ..QuotaRules::default() }),
        opens_at: None,
        closes_at: None,
        feedback: Feedback::None,
        is_standardised: false,
        carry_weight: 0,
        shown_chain: String::new(),
    }
}
