//! Seals what acts appended to the audit, so that none of them waits for another at a chain's head.

use super::Tools;
use crate::{features::audit, infra::db::DbError};

/// A look first: without new records there is nothing to write, and no commit.
pub async fn run(tools: Tools) -> anyhow::Result<()> {
    let waiting = tools.db.read(audit::views::count_unsealed).await?;
    if waiting > 0 {
        tools.db.write(|db| -> Result<usize, DbError> { audit::seal_pending(db) }).await?;
    }
    Ok(())
}
