//! A file that is all there: held against what its sender declared, looked at, kept under its hash, put into its slot.

use super::{answer::Refusal, sender::Sender};
use crate::{
    base::sentence::{FieldErrors, Sentence},
    features::{
        attachments::{
            NewFile, slot,
            uploads::{FinishUploadError, finish_upload, refuse_upload, views::UploadInHand},
        },
        contests,
    },
    infra::{
        db::DbError,
        files::{Arrival, WholeFile},
    },
    web::{error::WebError, form::AppData},
};

/// For an upload that is whole, and whose end nobody saw through.
pub async fn finish_if_whole(app: &AppData, sender: &Sender, found: &UploadInHand) -> Result<(), Refusal> {
    let arrival = app.files.take(&found.upload.place(), found.upload.parts.0.clone()).await?;
    if arrival.offset() == found.upload.byte_count {
        finish(app, sender, found, arrival).await
    } else {
        Ok(())
    }
}

pub async fn finish(
    app: &AppData,
    sender: &Sender,
    found: &UploadInHand,
    arrival: Arrival,
) -> Result<(), Refusal> {
    let upload = &found.upload;
    let whole = arrival.seal(upload.declared_hash.is_some()).await?;
    let file = match read(app, found, &whole).await? {
        Ok(file) => file,
        Err(sentence) => return refuse(app, found, Some(whole), sentence).await,
    };
    let stored = whole.keep().await?;
    let (person, id, now) = (sender.person.clone(), upload.id.clone(), app.clock.now());
    let finished = app.db.write(move |db| finish_upload(db, &person, &id, &file, &stored, now)).await;
    match finished {
        Ok(_) => Ok(()),
        // The bytes are under their hash by now, named by nobody: the sweep takes them.
        Err(FinishUploadError::Invalid(FieldErrors(errors))) => {
            let sentence = errors
                .into_iter()
                .next()
                .map_or_else(|| Sentence::new("web-error-invalid"), |(_, said)| said);
            refuse(app, found, None, sentence).await
        }
        Err(FinishUploadError::SlotFull { max }) => {
            refuse(app, found, None, Sentence::new("attachments-refused-count").with("max", max)).await
        }
        Err(FinishUploadError::NoLongerOpen) => {
            refuse(app, found, None, Sentence::new("entries-refused-no-longer-open")).await
        }
        Err(FinishUploadError::Over) => Err(Refusal::Over(None)),
        Err(error) => Err(error.into()),
    }
}

/// What the file is, or why it is not taken.
async fn read(
    app: &AppData,
    found: &UploadInHand,
    whole: &WholeFile,
) -> Result<Result<NewFile, Sentence>, Refusal> {
    let upload = &found.upload;
    if upload.declared_hash.is_some() && upload.declared_hash != whole.pieces_sha256 {
        let name = upload.file_name.clone();
        return Ok(Err(Sentence::new("uploads-refused-other-bytes").with("name", name)));
    }
    let field = upload.field_id.clone();
    let field =
        app.db.read(move |db| -> Result<_, DbError> { contests::store::find_field(db, &field) }).await?;
    let field = field.ok_or(WebError::NotFound)?;
    let look = whole.look().await?;
    let read = NewFile::read(&upload.field_id, &upload.file_name, &look);
    Ok(read.and_then(|file| slot::takes(&field, &file, whole.byte_count).map(|()| file)))
}

async fn refuse(
    app: &AppData,
    found: &UploadInHand,
    whole: Option<WholeFile>,
    sentence: Sentence,
) -> Result<(), Refusal> {
    let (id, why, now) = (found.upload.id.clone(), sentence.clone(), app.clock.now());
    app.db.write(move |db| refuse_upload(db, &id, &why, now)).await?;
    if let Some(whole) = whole
        && let Err(error) = whole.throw_away().await
    {
        tracing::info!(%error, "the bytes of a refused file are left to the sweep");
    }
    Err(Refusal::NotTaken(sentence))
}
