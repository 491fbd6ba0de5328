//! Files for a judge of a blind round: never the original bytes, which say in their properties whose they are, but a clean
//! copy. It is made when it is first asked for and kept.

use crate::{
    base::sentence::Sentence,
    features::attachments::{self, Attachment, FileHash, keep_cleaned},
    infra::{cleaning::clean_copy, tools::ToolError},
    web::{app::App, error::WebError},
};

/// The hash of the clean copy. Where there is none, a sentence says that the file is withheld.
pub async fn clean_hash(app: &App, attachment: &Attachment) -> Result<FileHash, WebError> {
    let of = attachment.file_hash.clone();
    let known = app.db.read(move |db| attachments::store::find_cleaned(db, &of)).await?;
    let clean = match known {
        Some(known) => known.clean_hash,
        None => make(app, attachment).await?,
    };
    clean.ok_or_else(|| WebError::Refused(Sentence::new("attachments-withheld")))
}

async fn make(app: &App, attachment: &Attachment) -> Result<Option<FileHash>, WebError> {
    let hash = attachment.file_hash.clone();
    let copy = app.files.local_copy(hash.as_str()).await.map_err(|error| WebError::Internal(error.into()))?;
    let media_type = attachment.media_type.clone();
    let folder = tempfile::tempdir().map_err(|error| WebError::Internal(error.into()))?;
    let place = folder.path().to_owned();
    let kind = media_type.clone();
    let made = actix_web::web::block(move || clean_copy(copy.path(), &kind, &place)).await;
    let made = match made.map_err(|error| WebError::Internal(error.into()))? {
        Ok(made) => made,
        // Without the program nothing is handed out, and nothing is written down: it may come.
        Err(ToolError::Missing(program)) => {
            tracing::warn!(program, "a file is withheld from blind judges");
            return Ok(None);
        }
        Err(error) => return Err(WebError::Internal(error.into())),
    };
    let clean = match made {
        Some(path) => {
            let kept = app.files.keep_file(&path).await;
            Some(kept.map_err(|error| WebError::Internal(error.into()))?)
        }
        None => None,
    };
    let (now, kept) = (app.clock.now(), clean.clone());
    app.db.write(move |db| keep_cleaned(db, &hash, &media_type, kept.as_ref(), now)).await?;
    Ok(clean.as_ref().map(FileHash::of))
}
