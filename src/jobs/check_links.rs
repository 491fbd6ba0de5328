//! Looks at where entries lead to: at all links of one entry when it was sent in, at every link once a day.

use chrono::Duration;
use futures_util::{StreamExt, stream};

use super::{Outcome, Tools};
use crate::{
    base::ids::{EntryId, LinkCheckId},
    features::links::{self, LinkCheck, LinkSource, Look, asks_to_sign_in, read_address},
    infra::{
        fetch::{FetchError, Fetcher},
        queue::Job,
    },
};

/// A link that was looked at in the last night is left alone.
const ONCE_IN: Duration = Duration::hours(22);
/// Written down together.
const BATCH: i64 = 100;
/// Most of a look is waiting for somebody else's server.
const AT_ONCE: usize = 8;

pub fn run(tools: Tools, job: Job) -> Outcome {
    Box::pin(async move {
        let Ok(entry) = job.subject.parse::<EntryId>() else { return Ok(()) };
        let now = tools.clock.now();
        let found = tools.db.write(move |db| links::sync_links(db, &entry, now)).await?;
        look_at_all(&tools, found).await?;
        Ok(())
    })
}

/// Until none is due any more: what was looked at is not due again before the next night.
pub async fn round(tools: Tools) -> anyhow::Result<()> {
    let before = tools.clock.now() - ONCE_IN;
    loop {
        let due = tools.db.read(move |db| links::store::list_due(db, before, BATCH)).await?;
        if due.is_empty() {
            return Ok(());
        }
        look_at_all(&tools, due).await?;
    }
}

async fn look_at_all(tools: &Tools, rows: Vec<LinkCheck>) -> Result<(), crate::infra::db::DbError> {
    if rows.is_empty() {
        return Ok(());
    }
    let fetcher = &tools.links.fetcher;
    let looks = stream::iter(rows).map(|row| async move { (row.id.clone(), look_at(fetcher, &row).await) });
    let looks: Vec<(LinkCheckId, Look)> = looks.buffered(AT_ONCE).collect().await;
    let (days, now) = (tools.links.repair_days, tools.clock.now());
    tools.db.write(move |db| links::record_looks(db, &looks, days, now)).await
}

async fn look_at(fetcher: &Fetcher, row: &LinkCheck) -> Look {
    // A code may say anything.
    let known = read_address(&row.address);
    let Some(known) = known else {
        return if row.source == LinkSource::Code { Look::Nobody } else { Look::Refused };
    };
    match fetcher.look(&known.address).await {
        Ok(seen) => Look::Answered {
            status: seen.status,
            asks_to_sign_in: asks_to_sign_in(&known.address, &seen.address),
        },
        Err(FetchError::Refused) => Look::Refused,
        Err(FetchError::TooManyRedirects | FetchError::Unreachable(_)) => Look::Nobody,
    }
}
