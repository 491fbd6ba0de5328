//! A form of words and one CSV file. The file is kept in the store, so that what is done afterwards is what was looked at.

use std::collections::BTreeMap;

use actix_multipart::Multipart;
use futures_util::{StreamExt, TryStreamExt};

use crate::{
    base::sentence::Sentence,
    infra::files::FileStoreError,
    web::{app::App, error::WebError, form::is_our_form, visitor::Visitor},
};

/// Ninety thousand units are about six million bytes.
const MAX_FILE_BYTES: i64 = 20 << 20;

#[derive(Debug, Default)]
pub struct SentForm {
    pub words: BTreeMap<String, String>,
    /// Its hash in the store.
    pub file: Option<String>,
}

/// Without our `csrf` first nothing else is read.
pub async fn read_form(app: &App, visitor: &Visitor, mut parts: Multipart) -> Result<SentForm, WebError> {
    let mut sent = SentForm::default();
    let mut is_ours = false;
    loop {
        let next = parts.try_next().await;
        // Before its hidden field was read, a form that cannot be read is none of ours.
        let Some(mut part) = next.map_err(|_| if is_ours { cut_off() } else { WebError::ForeignForm })?
        else {
            break;
        };
        let name = part.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "csrf" => is_ours = is_our_form(visitor, &word(&mut part).await?),
            _ if !is_ours => return Err(WebError::ForeignForm),
            "file" => match receive(app, &mut part).await {
                Ok(hash) => sent.file = Some(hash),
                Err(FileStoreError::TooLarge(_)) => return Err(WebError::TooLarge),
                Err(error) => return Err(WebError::Internal(error.into())),
            },
            _ => {
                let typed = word(&mut part).await?;
                sent.words.insert(name, typed);
            }
        }
    }
    if is_ours { Ok(sent) } else { Err(WebError::ForeignForm) }
}

async fn word(part: &mut actix_multipart::Field) -> Result<String, WebError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.next().await {
        let chunk = chunk.map_err(|_| cut_off())?;
        bytes.extend_from_slice(&chunk);
        if bytes.len() > 1000 {
            return Err(WebError::TooLarge);
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The connection broke.
fn cut_off() -> WebError {
    WebError::Refused(Sentence::new("web-error-invalid"))
}

async fn receive(app: &App, part: &mut actix_multipart::Field) -> Result<String, FileStoreError> {
    let mut incoming = app.files.receive(MAX_FILE_BYTES)?;
    while let Some(chunk) = part.next().await {
        let chunk = chunk.map_err(|error| std::io::Error::other(error.to_string()))?;
        incoming.write(chunk).await?;
    }
    Ok(app.files.keep(incoming).await?.hash)
}

pub async fn bytes_of(app: &App, file: &str) -> Result<Vec<u8>, WebError> {
    app.files.read_all(file).await.map_err(|error| WebError::Internal(error.into()))
}
