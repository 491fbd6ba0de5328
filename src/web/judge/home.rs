//! Where somebody judges, with how far they are.

use actix_web::HttpResponse;
use serde::Serialize;

use super::list_href;
use crate::{
    features::judging::{
        PanelRole,
        views::{PoolPlace, Progress, list_seats, progress_by_pool},
    },
    infra::db::DbError,
    web::{error::WebError, form::AppData, render::Page, visitor::SignedIn, words::Words},
};

#[derive(Debug, Serialize)]
pub struct JudgeHomePage {
    pub pools: Vec<ShownSeat>,
}

#[derive(Debug, Serialize)]
pub struct ShownSeat {
    pub href: String,
    pub contest: String,
    pub round: String,
    pub unit: String,
    pub status: &'static str,
    pub status_label: String,
    pub role: String,
    pub progress: ShownProgress,
    /// Set for the head alone.
    pub lead_href: String,
}

/// "12 trong 40", for a meter.
#[derive(Debug, Serialize)]
pub struct ShownProgress {
    pub done: usize,
    pub total: usize,
    pub text: String,
}

impl ShownProgress {
    pub fn new(progress: Progress, words: &Words) -> Self {
        let Progress { done, total } = progress;
        let text = words.say_with("judge-progress", &[("done", done.into()), ("total", total.into())]);
        Self { done, total, text }
    }
}

impl Page for JudgeHomePage {
    const TEMPLATE: &'static str = "judge/home.html";
}

pub async fn show(app: AppData, signed: SignedIn) -> Result<HttpResponse, WebError> {
    let judge = signed.person.id.clone();
    let (seats, progress) = app
        .db
        .read(move |db| -> Result<_, DbError> {
            Ok((list_seats(db, &judge)?, progress_by_pool(db, &judge)?))
        })
        .await?;
    let words = &signed.visitor.words;
    let pools = seats.iter().map(|(member, place)| {
        let progress = progress.get(&place.pool.id).copied().unwrap_or_default();
        let is_head = member.role == PanelRole::Head;
        ShownSeat {
            href: list_href(&place.pool.id),
            contest: place.contest.title_in(words.lang).to_owned(),
            round: place.round.name_in(words.lang).to_owned(),
            unit: place.unit_name.clone(),
            status: place.pool.status.as_str(),
            status_label: status_label(place, words),
            role: seat_name(member.number, is_head, words),
            progress: ShownProgress::new(progress, words),
            lead_href: if is_head {
                format!("/manage/pools/{}/progress", place.pool.id)
            } else {
                String::new()
            },
        }
    });
    app.page(&signed.visitor, &JudgeHomePage { pools: pools.collect() })
}

/// "Giám khảo 3", or "Trưởng ban giám khảo".
pub fn seat_name(number: i32, is_head: bool, words: &Words) -> String {
    if is_head {
        return words.say_with("judge-seat-head", &[("n", number.into())]);
    }
    words.say_with("judge-seat", &[("n", number.into())])
}

pub fn status_label(place: &PoolPlace, words: &Words) -> String {
    if place.pool.judging_closed_at.is_some()
        && place.pool.status == crate::features::pools::PoolStatus::Judging
    {
        return words.say("judge-pool-closed");
    }
    words.say(&format!("judge-pool-{}", place.pool.status))
}
