//! Pools with panels and entries, made through the acts.

use std::sync::Arc;

use hoithi::{
    base::{
        ids::{AccountId, EntryId, PoolId, UnitId},
        points::Points,
    },
    features::{
        accounts::Person,
        attachments::{ImportedEntry, MediaFacts, NewFile, import_entry},
        contests::{self, Contest, Criterion, EntryKind, FieldKind, MediaKind, Round},
        entries::{Answers, store::find_current_pool},
        judging::{self, NewDraw, NewJudge, PanelRole, TypedSheet},
        pools::{self, Pool},
    },
    infra::db::DbError,
};

use super::{Guest, Stage};

/// A province's pool of the first round, with entries of its communes and judges without offices.
pub struct JudgedPool {
    pub contest: Contest,
    pub round: Round,
    pub criteria: Vec<Criterion>,
    pub pool: PoolId,
    pub province: UnitId,
    pub communes: Vec<UnitId>,
    pub entries: Vec<EntryId>,
    pub officer: Guest,
    pub judges: Vec<(AccountId, Guest)>,
}

impl Stage {
    /// Each entry from a commune of its own; the first judge is the head. Nothing is assigned yet.
    pub async fn a_panel(&self, n_entries: usize, n_judges: usize) -> JudgedPool {
        let province = self.a_unit("Hội LHPN tỉnh Bến Tre").level("province").make().await;
        let contest = self.a_contest(&province).await;
        let officer = self.an_officer(&province).await;
        let organiser = self.an_officer(&province).await;
        let organiser = self.person_of(&organiser).await;
        let mut communes = Vec::new();
        let mut entries = Vec::new();
        for number in 1..=n_entries {
            let name = format!("Hội LHPN xã Kín {number}");
            let commune = self.a_unit(&name).below(&province).make().await;
            entries.push(self.an_accepted_entry(&contest, &commune, &organiser, number).await);
            communes.push(commune);
        }
        let first = entries[0].clone();
        let pool = self.read(move |db| find_current_pool(db, &first)).await.unwrap().unwrap();
        let mut judges = Vec::new();
        for number in 1..=n_judges {
            judges.push(self.a_person(&format!("Nguyễn Giám Khảo {number}")).await);
        }
        let round_id = pool.round_id.clone();
        let (round, criteria) = self
            .read(move |db| {
                let round = contests::store::find_round(db, &round_id)?.unwrap();
                Ok((round, contests::views::list_criteria(db, &round_id)?))
            })
            .await
            .unwrap();
        let judged = JudgedPool {
            contest,
            round,
            criteria,
            pool: pool.id,
            province,
            communes,
            entries,
            officer,
            judges,
        };
        for (at, (account, _)) in judged.judges.iter().enumerate() {
            let role = if at == 0 { PanelRole::Head } else { PanelRole::Judge };
            self.seat(&judged, account, role).await;
        }
        judged
    }

    /// The same, drawn with `each` judges for every entry and open for sheets.
    pub async fn a_judged_pool(&self, n_entries: usize, n_judges: usize, each: usize) -> JudgedPool {
        let judged = self.a_panel(n_entries, n_judges).await;
        self.draw_and_open(&judged, each).await;
        judged
    }

    pub async fn draw_and_open(&self, judged: &JudgedPool, each: usize) {
        let (officer, pool, now) = (self.person_of(&judged.officer).await, judged.pool.clone(), self.now());
        self.show_chains(&judged.contest, &officer).await;
        let draw = NewDraw { judges_per_entry: Some(each), seed: Some("a seed".into()) };
        self.write(move |db| -> Result<_, judging::assigning::DrawError> {
            judging::draw_assignments(db, &officer, &pool, &draw, now)?;
            judging::open_judging(db, &officer, &pool, now).unwrap();
            Ok(())
        })
        .await
        .unwrap();
    }

    pub async fn an_accepted_entry(
        &self,
        contest: &Contest,
        unit: &UnitId,
        organiser: &Arc<Person>,
        number: usize,
    ) -> EntryId {
        let id = contest.id.clone();
        let fields = self.read(move |db| contests::views::list_fields(db, &id)).await.unwrap();
        let slot = fields.into_iter().find(|field| field.kind == FieldKind::Files).unwrap();
        let file = NewFile {
            field_id: slot.id,
            file_name: format!("Chị Lộ Tên {number}.png"),
            media_type: "image/png".into(),
            kind: MediaKind::Picture,
            facts: MediaFacts::default(),
        };
        let stored = self.app.files.keep_bytes(format!("picture {number}").as_bytes()).unwrap();
        let imported = ImportedEntry {
            contest_id: contest.id.clone(),
            unit_id: unit.clone(),
            code: None,
            kind: EntryKind::Individual,
            category_id: None,
            title: format!("Sáng kiến của Trần Thị Bí Mật {number}, xã Kín {number}"),
            authors: format!("Trần Thị Bí Mật {number}"),
            members: Vec::new(),
            answers: Answers::default(),
            tools: Vec::new(),
            files: vec![(file, stored)],
            is_accepted: true,
            submitted_at: self.now(),
        };
        let organiser = organiser.clone();
        let submission = self.write(move |db| import_entry(db, &organiser, &imported)).await.unwrap();
        submission.entry.id
    }

    pub async fn seat(&self, judged: &JudgedPool, account: &AccountId, role: PanelRole) {
        let (officer, pool, now) = (self.person_of(&judged.officer).await, judged.pool.clone(), self.now());
        let new = NewJudge { account: account.clone(), role, max_entries: None };
        self.write(move |db| judging::add_judge(db, &officer, &pool, &new, now)).await.unwrap();
    }

    /// The entries that a judge has, in the judge's order.
    pub async fn desk_of(&self, judged: &JudgedPool, judge: usize) -> Vec<EntryId> {
        let (pool, account) = (judged.pool.clone(), judged.judges[judge].0.clone());
        let places = self.read(move |db| judging::views::list_places(db, &pool, &account)).await.unwrap();
        places.into_iter().map(|place| place.entry_id).collect()
    }

    /// Submits a sheet with the same share of full marks in every criterion (in tenths).
    pub async fn give_sheet(&self, judged: &JudgedPool, judge: usize, entry: &EntryId, tenths: i64) {
        let person = self.person_of(&judged.judges[judge].1).await;
        let (pool, entry, now) = (judged.pool.clone(), entry.clone(), self.now());
        let typed = judged.typed(tenths);
        self.write(move |db| judging::submit_sheet(db, &person, &pool, &entry, &typed, now)).await.unwrap();
    }

    pub async fn pool_of(&self, judged: &JudgedPool) -> Pool {
        let id = judged.pool.clone();
        self.read(move |db| pools::store::find(db, &id)).await.unwrap().unwrap()
    }

    /// Changes the round behind the acts' back: what a contest declared otherwise.
    pub async fn change_round(
        &self,
        judged: &JudgedPool,
        change: impl Fn(&mut Round) + Send + Sync + 'static,
    ) {
        let id = judged.round.id.clone();
        self.write(move |db| -> Result<(), DbError> {
            let mut round = contests::store::find_round(db, &id)?.unwrap();
            change(&mut round);
            contests::store::save_round(db, &round)
        })
        .await
        .unwrap();
    }
}

impl JudgedPool {
    pub fn typed(&self, tenths: i64) -> TypedSheet {
        let marks = self.criteria.iter().map(|criterion| {
            let range = criterion.max_mark.ten_thousandths() - criterion.min_mark.ten_thousandths();
            let step = criterion.step.ten_thousandths();
            let above = range * tenths / 10 / step * step;
            let mark = Points::from_ten_thousandths(criterion.min_mark.ten_thousandths() + above);
            (criterion.id.clone(), mark)
        });
        TypedSheet::of_marks(0, marks)
    }
}
