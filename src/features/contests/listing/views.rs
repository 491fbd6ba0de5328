//! Contests in lists.

use diesel::{dsl::count_star, prelude::*};

use super::{ContestCard, ContestSearch};
use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, ContestId, UnitId},
        page::PageOf,
        text::{fold, like_pattern},
    },
    features::contests::{ContestStatus, Phase, Slug},
    infra::db::{
        Db, DbError, MultiBackend, among,
        schema::{contests, organisers, unit_ancestors, units},
    },
    is_either,
};

type CardRow = (
    (ContestId, Slug, String, String, String, String),
    (ContestStatus, Option<Moment>, Option<Moment>, i32),
    (UnitId, String),
);

fn card(row: CardRow) -> ContestCard {
    let (
        (id, slug, title, title_en, summary, summary_en),
        (status, opens_at, closes_at, grace_minutes),
        host,
    ) = row;
    ContestCard {
        id,
        slug,
        title,
        title_en,
        summary,
        summary_en,
        status,
        opens_at,
        closes_at,
        grace_minutes,
        host_unit_id: host.0,
        host_name: host.1,
    }
}

/// One page with the total, in one query. What takes entries and closes first stands first, then the newest.
pub fn list_public(db: &mut Db, search: &ContestSearch, now: Moment) -> Result<PageOf<ContestCard>, DbError> {
    let mut found = contests::table
        .inner_join(units::table)
        .filter(is_either!(contests::status, ContestStatus::PUBLIC))
        .select((
            (
                (
                    contests::id,
                    contests::slug,
                    contests::title,
                    contests::title_en,
                    contests::summary,
                    contests::summary_en,
                ),
                (contests::status, contests::opens_at, contests::closes_at, contests::grace_minutes),
                (units::id, units::name),
            ),
            count_star().over(),
        ))
        .into_boxed::<MultiBackend>();
    if !fold(&search.words).is_empty() {
        found = found.filter(
            contests::search_text
                .like(like_pattern(&search.words))
                .or(units::search_text.like(like_pattern(&search.words))),
        );
    }
    found = match search.phase {
        Some(Phase::Coming) => {
            found.filter(contests::status.eq(ContestStatus::Open)).filter(contests::opens_at.gt(now))
        }
        Some(Phase::Taking | Phase::Judging) => found
            .filter(contests::status.eq(ContestStatus::Open))
            .filter(contests::opens_at.is_null().or(contests::opens_at.le(now))),
        Some(Phase::Ended) => found.filter(contests::status.eq(ContestStatus::Ended)),
        Some(Phase::Draft) | None => found,
    };
    let rows: Vec<(CardRow, i64)> = found
        .order((contests::status.desc(), contests::closes_at.desc(), contests::id.desc()))
        .limit(search.page.per_page)
        .offset(search.page.offset())
        .load(db)?;
    let total = rows.first().map_or(0, |(_, total)| *total);
    let rows = rows.into_iter().map(|(row, _)| card(row)).collect();
    Ok(PageOf { rows, total, request: search.page })
}

/// Contests hosted by these units or below them, and those that list this account as an organiser; drafts too.
pub fn list_run_by(
    db: &mut Db,
    account: &AccountId,
    officer_of: &[UnitId],
    max: i64,
) -> Result<Vec<ContestCard>, DbError> {
    let covered = unit_ancestors::table
        .filter(among(unit_ancestors::ancestor_id, officer_of))
        .select(unit_ancestors::unit_id);
    let listed = organisers::table.filter(organisers::account_id.eq(account)).select(organisers::contest_id);
    let rows: Vec<CardRow> = contests::table
        .inner_join(units::table)
        .filter(contests::host_unit_id.eq_any(covered).or(contests::id.eq_any(listed)))
        .filter(contests::status.ne(ContestStatus::Discarded))
        .order(contests::id.desc())
        .limit(max)
        .select((
            (
                contests::id,
                contests::slug,
                contests::title,
                contests::title_en,
                contests::summary,
                contests::summary_en,
            ),
            (contests::status, contests::opens_at, contests::closes_at, contests::grace_minutes),
            (units::id, units::name),
        ))
        .load(db)?;
    Ok(rows.into_iter().map(card).collect())
}
