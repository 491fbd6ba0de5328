//! Seals what acts appended to the audit, so that none of them waits for another at a chain's head.

use super::Tools;
use crate::{features::audit, infra::db::DbError};

/// A look first: without new records there is nothing to write, and no commit.
pub async fn newest(tools: Tools) -> anyhow::Result<()> {
    if tools.db.read(audit::views::is_newest_unsealed).await? {
        seal(&tools).await?;
    }
    Ok(())
}

/// What was committed after a newer one was sealed.
pub async fn all(tools: Tools) -> anyhow::Result<()> {
    if tools.db.read(audit::views::has_unsealed).await? {
        seal(&tools).await?;
    }
    Ok(())
}

async fn seal(tools: &Tools) -> anyhow::Result<()> {
    tools.db.write(|db| -> Result<usize, DbError> { audit::seal_pending(db) }).await?;
    Ok(())
}
