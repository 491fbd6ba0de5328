//! Forgets wrong sign-ins that no longer close a door.

use super::Tools;
use crate::features::accounts::signing_in::forget_old_failures;

pub async fn run(tools: Tools) -> anyhow::Result<()> {
    let now = tools.clock.now();
    tools.db.write(move |db| forget_old_failures(db, now)).await?;
    Ok(())
}
