//! Whose turn it is to write an upload. In a folder whoever has the lock on the file; in a bucket whoever has the lease in
//! the upload's row, which is prolonged as long as the turn lasts.

use actix_web::rt::{spawn, task::JoinHandle, time::sleep};
use tokio::time::Instant;

use super::{answer::Refusal, sender::Sender};
use crate::{
    base::ids::{UploadId, WriterId},
    features::attachments::uploads::{
        LEASE, Upload, UploadError, give_back_upload, lease_upload, note_progress, prolong_lease,
        views::UploadInHand,
    },
    infra::files::{Arrival, FileStoreError, Leave, Parts},
    web::form::AppData,
};

pub struct Turn {
    app: AppData,
    id: UploadId,
    lease: Option<Lease>,
}

struct Lease {
    writer: WriterId,
    leave: Leave,
    /// What is written down.
    noted: Parts,
    keeper: JoinHandle<()>,
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.keeper.abort();
    }
}

/// Counted from before the lease is asked for, so that the leave never outlasts it.
fn leased_until() -> Instant {
    Instant::now() + LEASE.to_std().unwrap_or_default()
}

impl Turn {
    /// Answers the upload as it is now too: it may have been written on since it was read.
    pub async fn begin(
        app: &AppData,
        sender: &Sender,
        found: UploadInHand,
    ) -> Result<(Self, UploadInHand), Refusal> {
        let id = found.upload.id.clone();
        if app.files.is_folder() {
            return Ok((Self { app: app.clone(), id, lease: None }, found));
        }
        let writer = WriterId::generate();
        let until = leased_until();
        let (person, of, by, now) = (sender.person.clone(), id.clone(), writer.clone(), app.clock.now());
        let found = app.db.write(move |db| lease_upload(db, &person, &of, &by, now)).await;
        let found = found.map_err(refusal)?;
        let leave = Leave::until(writer.clone(), until);
        let keeper = spawn(keep(app.clone(), id.clone(), writer.clone(), leave.clone()));
        let lease = Lease { writer, leave, noted: found.upload.parts.0.clone(), keeper };
        Ok((Self { app: app.clone(), id, lease: Some(lease) }, found))
    }

    pub async fn take(&self, upload: &Upload) -> Result<Arrival, FileStoreError> {
        let leave = self.lease.as_ref().map_or_else(Leave::endless, |lease| lease.leave.clone());
        self.app.files.take(&upload.place(), upload.parts.0.clone(), leave).await
    }

    /// Writes down what was saved. The files of a folder say for themselves how long they are.
    pub async fn note(&mut self, arrival: &mut Arrival) -> Result<(), Refusal> {
        let Some(lease) = &mut self.lease else { return Ok(()) };
        let parts = arrival.parts();
        if parts == lease.noted {
            return Ok(());
        }
        let until = leased_until();
        let (id, writer, now) = (self.id.clone(), lease.writer.clone(), self.app.clock.now());
        let noted = parts.clone();
        self.app.db.write(move |db| note_progress(db, &id, &writer, &parts, now)).await.map_err(refusal)?;
        lease.leave.prolong(until);
        lease.noted = noted;
        arrival.tidy().await;
        Ok(())
    }

    /// The next writer need not wait.
    pub async fn end(mut self) {
        let Some(lease) = self.lease.take() else { return };
        let (id, writer) = (self.id, lease.writer.clone());
        drop(lease);
        if let Err(error) = self.app.db.write(move |db| give_back_upload(db, &id, &writer)).await {
            tracing::info!(%error, "the lease of an upload is left to run out");
        }
    }
}

fn refusal(error: UploadError) -> Refusal {
    match error {
        UploadError::WrittenElsewhere => Refusal::Busy,
        error => error.into(),
    }
}

/// Makes the writer heard until its turn is over or was taken from it.
async fn keep(app: AppData, id: UploadId, writer: WriterId, leave: Leave) {
    let pause = LEASE.to_std().unwrap_or_default() / 4;
    loop {
        sleep(pause).await;
        let until = leased_until();
        let (id, writer, now) = (id.clone(), writer.clone(), app.clock.now());
        match app.db.write(move |db| prolong_lease(db, &id, &writer, now)).await {
            Ok(true) => leave.prolong(until),
            Ok(false) => return,
            Err(error) => tracing::info!(%error, "the lease of an upload was not prolonged"),
        }
    }
}
