//! Reads the QR codes in a picture of an entry; where they lead is then looked at like any other link.

use super::{Outcome, Tools};
use crate::{
    base::ids::AttachmentId,
    features::{
        attachments,
        links::{self, read_address},
    },
    infra::{
        db::DbError,
        files::read_codes,
        queue::{self, Job, NewJob},
    },
};

pub fn run(tools: Tools, job: Job) -> Outcome {
    Box::pin(async move {
        let Ok(id) = job.subject.parse::<AttachmentId>() else { return Ok(()) };
        let found = tools.db.read(move |db| attachments::store::find(db, &id)).await?;
        let Some(attachment) = found.filter(|attachment| attachment.removed_at.is_none()) else {
            return Ok(());
        };
        let copy = tools.files.local_copy(attachment.file_hash.as_str()).await?;
        let place = copy.path().to_owned();
        let said = tokio::task::spawn_blocking(move || read_codes(&place)).await??;
        let addresses: Vec<String> = said.into_iter().filter(|said| read_address(said).is_some()).collect();
        if addresses.is_empty() {
            return Ok(());
        }
        let now = tools.clock.now();
        tools
            .db
            .write(move |db| -> Result<(), DbError> {
                links::record_codes(db, &attachment.entry_id, &attachment.id, &addresses, now)?;
                queue::enqueue(db, &NewJob::now(links::CHECK, &attachment.entry_id, now), now)
            })
            .await?;
        Ok(())
    })
}
