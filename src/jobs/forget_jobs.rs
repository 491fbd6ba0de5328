//! Forgets queued jobs that were done some weeks ago.

use chrono::Duration;

use super::Tools;
use crate::infra::queue;

const KEPT_FOR: Duration = Duration::days(30);

pub async fn run(tools: Tools) -> anyhow::Result<()> {
    let before = tools.clock.now() - KEPT_FOR;
    tools.db.write(move |db| queue::forget_ended(db, before)).await?;
    Ok(())
}
