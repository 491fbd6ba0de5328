//! A judge's own list in a pool, in the judge's own order.

use std::collections::HashMap;

use actix_web::{HttpResponse, web::Path};
use serde::Serialize;

use super::{
    Veil,
    home::{ShownProgress, seat_name, status_label},
    list_href, pool_id, sheet_href,
};
use crate::{
    base::{
        ids::{AccountId, EntryId, PoolId},
        lang::Lang,
    },
    features::{
        attachments::views::list_works,
        contests::{AssignmentWay, ContestParts},
        judging::{
            PanelMember, PanelRole, SheetStatus,
            standing::{form_of, ratio_text, sheet_score},
            store,
            views::{self, DeskPlace, NamedPlace, PoolPlace, Progress},
        },
        pools::PoolStatus,
    },
    infra::db::{Db, DbError},
    web::{
        entry_parts::small_cover_href, error::WebError, form::AppData, render::Page, visitor::SignedIn,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct JudgeListPage {
    pub head: PoolHeading,
    pub rows: Vec<ListRow>,
    /// Where the next open sheet is; empty when all is done.
    pub next_href: String,
    pub scores_href: String,
    pub review_href: String,
    /// How many entries were put aside.
    pub skipped: usize,
    /// Whether entries are asked for one by one.
    pub is_pulled: bool,
    pub is_open: bool,
}

/// What stands on top of a judge's pages of one pool.
#[derive(Debug, Serialize)]
pub struct PoolHeading {
    pub href: String,
    pub contest: String,
    pub round: String,
    pub unit: String,
    pub status: &'static str,
    pub status_label: String,
    pub seat: String,
    pub is_blind: bool,
    pub progress: ShownProgress,
    /// The order of the entries, once it is decided and if the round is not blind.
    pub standing_href: String,
}

#[derive(Debug, Serialize)]
pub struct ListRow {
    pub number: usize,
    pub href: String,
    pub code: String,
    pub title: String,
    pub cover_href: String,
    /// `assigned`, `skipped`, `draft` or `done`.
    pub state: &'static str,
    pub score: String,
    pub edition: i32,
    pub is_calibration: bool,
}

impl Page for JudgeListPage {
    const TEMPLATE: &'static str = "judge/list.html";
}

/// A judge in a pool, or nothing.
pub struct AtPool {
    pub member: PanelMember,
    pub place: PoolPlace,
    pub places: Vec<NamedPlace>,
    /// What a blind round covers, entry by entry; empty in an open one.
    makers: HashMap<EntryId, Vec<String>>,
    pub scores: HashMap<EntryId, String>,
    pub is_pulled: bool,
}

impl AtPool {
    pub fn read(db: &mut Db, pool: &PoolId, judge: &AccountId, lang: Lang) -> Result<Option<Self>, DbError> {
        let Some(member) = store::find_seat(db, pool, judge)? else { return Ok(None) };
        let Some(place) = views::find_pool_place(db, pool)? else { return Ok(None) };
        let places = views::list_named_places(db, pool, judge)?;
        let makers = if place.round.is_blind {
            let ids: Vec<EntryId> = places.iter().map(|place| place.entry_id.clone()).collect();
            views::makers_of(db, pool, &ids)?
        } else {
            HashMap::new()
        };
        let parts = ContestParts::of(db, &place.contest)?;
        let criteria = parts.criteria(&place.round.id);
        let marks = views::marks_of_judge(db, pool, judge)?;
        let form = form_of(criteria).ok();
        let scores = marks.into_iter().filter_map(|(entry, marks)| {
            let score = sheet_score(form.as_ref()?, criteria, &marks)?;
            Some((entry, ratio_text(score, 2, lang)))
        });
        let is_pulled = parts.desk(&place.round.id).assignment == AssignmentWay::Pull;
        Ok(Some(Self { scores: scores.collect(), member, makers, place, places, is_pulled }))
    }

    pub fn is_open(&self) -> bool {
        self.place.pool.status == PoolStatus::Judging && self.place.pool.judging_closed_at.is_none()
    }

    /// Without the makers' names in a blind round.
    pub fn title_of(&self, place: &NamedPlace) -> String {
        let makers = self.makers.get(&place.entry_id).map(Vec::as_slice).unwrap_or_default();
        Veil::new(self.place.round.is_blind, "", makers, &place.unit_name).cover(&place.title)
    }

    pub fn heading(&self, words: &Words) -> PoolHeading {
        let place = &self.place;
        let done = self.places.iter().filter(|place| place.is_done()).count();
        let is_decided = matches!(place.pool.status, PoolStatus::Decided | PoolStatus::Published);
        PoolHeading {
            href: list_href(&place.pool.id),
            contest: place.contest.title_in(words.lang).to_owned(),
            round: place.round.name_in(words.lang).to_owned(),
            unit: place.unit_name.clone(),
            status: place.pool.status.as_str(),
            status_label: status_label(place, words),
            seat: seat_name(self.member.number, self.member.role == PanelRole::Head, words),
            is_blind: place.round.is_blind,
            progress: ShownProgress::new(Progress { done, total: self.places.len() }, words),
            standing_href: if is_decided && !place.round.is_blind {
                format!("/manage/pools/{}/standing", place.pool.id)
            } else {
                String::new()
            },
        }
    }
}

pub async fn show(app: AppData, signed: SignedIn, pool: Path<String>) -> Result<HttpResponse, WebError> {
    let (pool, judge) = (pool_id(&pool)?, signed.person.id.clone());
    let words = &signed.visitor.words;
    let lang = words.lang;
    let read = move |db: &mut Db| -> Result<_, DbError> {
        let Some(at) = AtPool::read(db, &pool, &judge, lang)? else { return Ok(None) };
        let entries: Vec<EntryId> = at.places.iter().map(|place| place.entry_id.clone()).collect();
        let works = list_works(db, &entries)?;
        Ok(Some((at, works)))
    };
    let (at, works) = app.db.read(read).await?.ok_or(WebError::NotFound)?;
    let pool = &at.place.pool;
    let rows = at.places.iter().enumerate().map(|(number, place)| ListRow {
        number: number + 1,
        href: sheet_href(&pool.id, &place.entry_id),
        code: place.code.clone(),
        title: at.title_of(place),
        cover_href: small_cover_href(works.get(&place.entry_id)),
        state: state_of(place),
        score: at.scores.get(&place.entry_id).cloned().unwrap_or_default(),
        edition: place.edition,
        is_calibration: place.is_calibration,
    });
    let open = || at.places.iter().filter(|place| !place.is_done());
    let next = open().find(|place| !place.is_skipped).or_else(|| open().next());
    let page = JudgeListPage {
        rows: rows.collect(),
        next_href: next.map(|place| sheet_href(&pool.id, &place.entry_id)).unwrap_or_default(),
        scores_href: format!("{}/scores", list_href(&pool.id)),
        review_href: format!("{}/review", list_href(&pool.id)),
        skipped: at.places.iter().filter(|place| place.is_skipped).count(),
        is_pulled: at.is_pulled,
        is_open: at.is_open(),
        head: at.heading(words),
    };
    app.page(&signed.visitor, &page)
}

pub fn state_of(place: &DeskPlace) -> &'static str {
    match place.status {
        Some(SheetStatus::Submitted) => "done",
        _ if place.is_skipped => "skipped",
        None | Some(SheetStatus::Voided) => "assigned",
        Some(SheetStatus::Draft) => "draft",
    }
}
