//! A file that is all there: held against what its sender declared, looked at, kept under its hash, put into its slot.

use super::{answer::Refusal, sender::Sender, turn::Turn};
use crate::{
    base::sentence::{FieldErrors, Sentence},
    features::{
        attachments::{
            NewFile, slot,
            uploads::{FinishUploadError, UploadStatus, finish_upload, refuse_upload, views::UploadInHand},
        },
        contests,
    },
    infra::{
        db::DbError,
        files::{Arrival, WholeFile},
    },
    web::{error::WebError, form::AppData},
};

/// For an upload that is whole, and whose end nobody saw through. In a task of its own, as a sender who only asks may hang
/// up.
pub async fn finish_if_whole(app: &AppData, sender: &Sender, found: &UploadInHand) -> Result<(), Refusal> {
    let (app, sender, found) = (app.clone(), sender.clone(), found.clone());
    let finished = actix_web::rt::spawn(async move {
        let (turn, found) = Turn::begin(&app, &sender, found).await?;
        let finished = finish_in_turn(&app, &sender, &found, &turn).await;
        turn.end().await;
        finished
    });
    finished.await.map_err(|error| WebError::Internal(error.into()))?
}

async fn finish_in_turn(
    app: &AppData,
    sender: &Sender,
    found: &UploadInHand,
    turn: &Turn,
) -> Result<(), Refusal> {
    if found.upload.status != UploadStatus::Open {
        return Ok(());
    }
    let arrival = turn.take(&found.upload).await?;
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
        Err(sentence) => return refuse(app, found, whole, sentence).await,
    };
    let stored = whole.keep().await?;
    let (person, id, now) = (sender.person.clone(), upload.id.clone(), app.clock.now());
    let finished = app.db.write(move |db| finish_upload(db, &person, &id, &file, &stored, now)).await;
    match finished {
        Ok(_) => {
            throw_away(whole).await;
            Ok(())
        }
        // The bytes are under their hash by now, named by nobody: the sweep takes them.
        Err(FinishUploadError::Invalid(FieldErrors(errors))) => {
            let sentence = errors
                .into_iter()
                .next()
                .map_or_else(|| Sentence::new("web-error-invalid"), |(_, said)| said);
            refuse(app, found, whole, sentence).await
        }
        Err(FinishUploadError::SlotFull { max }) => {
            refuse(app, found, whole, Sentence::new("attachments-refused-count").with("max", max)).await
        }
        Err(FinishUploadError::NoLongerOpen) => {
            refuse(app, found, whole, Sentence::new("entries-refused-no-longer-open")).await
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
    whole: WholeFile,
    sentence: Sentence,
) -> Result<(), Refusal> {
    let (id, why, now) = (found.upload.id.clone(), sentence.clone(), app.clock.now());
    app.db.write(move |db| refuse_upload(db, &id, &why, now)).await?;
    throw_away(whole).await;
    Err(Refusal::NotTaken(sentence))
}

/// What came in is of no more use, once its fate is written down.
async fn throw_away(whole: WholeFile) {
    if let Err(error) = whole.throw_away().await {
        tracing::info!(%error, "the bytes of an upload are left to the sweep");
    }
}
