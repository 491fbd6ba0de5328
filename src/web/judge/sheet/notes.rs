//! Notes at moments of a film, beside the film: written, jumped to, taken away.

use std::sync::Arc;

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Serialize;

use super::page::SheetFacts;
use crate::{
    base::{
        ids::{AttachmentId, SheetNoteId},
        sentence::FieldErrors,
    },
    features::{
        judging::notes::{SheetNote, TypedNote, add_note, remove_note},
        refusal::{Refusal, Refused},
    },
    web::{
        error::WebError,
        form::{AppData, Form, ShownErrors},
        judge::{place, sheet_href},
        visitor::SignedIn,
    },
};

/// The notes at one film, with the form for another.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FilmNotes {
    pub file_id: String,
    pub name: String,
    pub notes: Vec<ShownNote>,
    pub moment: String,
    pub moment_error: String,
    pub content: String,
    pub content_error: String,
    /// It stands open where something was typed.
    pub is_open: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct ShownNote {
    pub id: String,
    pub at_ms: i64,
    pub time: String,
    pub content: String,
}

/// What was typed at which film and could not be taken.
pub struct RefusedNote {
    pub attachment: AttachmentId,
    pub typed: TypedNote,
    pub errors: FieldErrors,
    pub notice: String,
}

/// "2:03", "1:02:03".
pub fn time_of(at_ms: i64) -> String {
    let seconds = at_ms / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

pub fn show_notes(notes: &[SheetNote], file_id: &str) -> Vec<ShownNote> {
    notes
        .iter()
        .filter(|note| note.attachment_id.as_str() == file_id)
        .map(|note| ShownNote {
            id: note.id.to_string(),
            at_ms: note.at_ms,
            time: time_of(note.at_ms),
            content: note.content.clone(),
        })
        .collect()
}

pub async fn add(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (pool, entry) = place(&path)?;
    let attachment: AttachmentId = form.get("file").parse().map_err(|_| WebError::NotFound)?;
    let typed = TypedNote { moment: form.get("moment").to_owned(), content: form.get("note").to_owned() };
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let added = {
        let (pool, entry, attachment, typed) =
            (pool.clone(), entry.clone(), attachment.clone(), typed.clone());
        app.db.write(move |db| add_note(db, &person, (&pool, &entry), &attachment, &typed, now)).await
    };
    let words = &signed.visitor.words;
    let (errors, notice, status) = match added.map_err(Refused::refusal) {
        Ok(_) => {
            let to = format!("{}#notes-{attachment}", sheet_href(&pool, &entry));
            return Ok(signed.visitor.redirect(&app, &to, None));
        }
        Err(Refusal::Invalid(errors)) => (errors, String::new(), StatusCode::UNPROCESSABLE_ENTITY),
        Err(Refusal::Said(sentence)) => {
            (FieldErrors::default(), sentence.said(words.lang), StatusCode::CONFLICT)
        }
        Err(other) => return Err(other.into()),
    };
    let judge = signed.person.id.clone();
    let kept = app.viewings.clone();
    let facts = app.db.read(move |db| SheetFacts::read(db, &kept, &pool, &entry, &judge)).await?;
    let mut page = facts.ok_or(WebError::NotFound)?.page(None, words);
    page.put_back(&RefusedNote { attachment, typed, errors, notice }, words);
    app.page_with(status, &signed.visitor, &page)
}

pub async fn remove(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String, String)>,
    _form: Form,
) -> Result<HttpResponse, WebError> {
    let (pool, entry, note) = path.into_inner();
    let (pool, entry) = place(&(pool, entry))?;
    let note: SheetNoteId = note.parse().map_err(|_| WebError::NotFound)?;
    let (person, to) = (Arc::clone(&signed.person), sheet_href(&pool, &entry));
    app.db.write(move |db| remove_note(db, &person, (&pool, &entry), &note)).await?;
    Ok(signed.visitor.redirect(&app, &to, None))
}

impl super::page::SheetPage {
    fn put_back(&mut self, refused: &RefusedNote, words: &crate::web::words::Words) {
        self.notice.clone_from(&refused.notice);
        let errors = ShownErrors::new(&refused.errors, words);
        let error_of = |field: &str| errors.by_field.get(field).cloned().unwrap_or_default();
        for film in &mut self.film_notes {
            if film.file_id == refused.attachment.as_str() {
                film.moment.clone_from(&refused.typed.moment);
                film.content.clone_from(&refused.typed.content);
                film.moment_error = error_of("moment");
                film.content_error = error_of("note");
                film.is_open = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_as_it_is_read() {
        for (at_ms, text) in [(0, "0:00"), (123_000, "2:03"), (3_723_999, "1:02:03")] {
            assert_eq!(time_of(at_ms), text);
        }
    }
}
