//! Seals what acts appended to the audit, so that none of them waits for another at a chain's head.

use super::Tools;
use crate::{features::audit, infra::db::DbError};

/// A look first: without new records there is nothing to write, and no commit.
pub async fn run(tools: Tools) -> anyhow::Result<()> {
    if tools.db.read(audit::views::has_unsealed).await? {
        tools.db.write(|db| -> Result<usize, DbError> { audit::seal_pending(db) }).await?;
    }
    Ok(())
}
