//! The files of an entry: where they are, how they are looked at, what a slot takes.

use serde::Serialize;

use super::viewing::{Looker, ShownView, view_of};
use crate::{
    base::{ids::AttachmentId, text::path_part},
    features::{
        attachments::{
            Attachment, games, opens_in_browser,
            renditions::{Recipe, policy::needs_copy},
            slot,
            views::MediaOf,
        },
        contests::{Field, MediaKind},
    },
    web::words::Words,
};

#[derive(Debug, Clone, Serialize)]
pub struct ShownFile {
    pub id: String,
    /// Empty where the file itself is not for the reader and no single piece stands for it.
    pub href: String,
    pub name: String,
    pub hash: String,
    /// Size and length: "48,2 MB · 2 phút 48 giây".
    pub facts: String,
    /// The drawn sign that stands for it.
    pub sign: &'static str,
    pub slot: String,
    /// Whether words can stand beside it.
    pub takes_captions: bool,
    pub view: ShownView,
}

/// The address of a file. The name at its end is for people and for what a browser calls a download.
pub fn file_address(id: &AttachmentId, name: &str) -> String {
    format!("/files/{id}/{}", path_part(name))
}

pub fn show_files(
    files: &[Attachment],
    fields: &[Field],
    media: &MediaOf,
    looker: Looker,
    words: &Words,
) -> Vec<ShownFile> {
    files.iter().map(|file| show(file, fields, media, looker, words)).collect()
}

fn show(file: &Attachment, fields: &[Field], media: &MediaOf, looker: Looker, words: &Words) -> ShownFile {
    let field = fields.iter().find(|field| field.id == file.field_id);
    let address = file_address(&file.id, &file.file_name);
    let view = view_of(file, media, &address, looker, words);
    let rendering = media.viewing(file).map(|viewing| &viewing.rendering);
    let recipe = Recipe::of(&file.media_type);
    let is_only_copy = looker == Looker::Stranger && needs_copy(&file.media_type, rendering);
    let has_copy = media
        .viewing(file)
        .zip(recipe)
        .is_some_and(|(viewing, recipe)| recipe != Recipe::Document && viewing.find(recipe.copy()).is_some());
    ShownFile {
        id: file.id.to_string(),
        href: if is_only_copy && !has_copy { String::new() } else { address },
        name: file.file_name.clone(),
        hash: file.file_hash.as_str().to_owned(),
        facts: facts(file, words),
        sign: viewer(&file.media_type).1,
        slot: field.map(|field| words.either(&field.label, &field.label_en).to_owned()).unwrap_or_default(),
        takes_captions: Recipe::plays(&file.media_type),
        view,
    }
}

/// How a file is looked at, and the sign that stands for it.
pub fn viewer(media_type: &str) -> (&'static str, &'static str) {
    let opens = opens_in_browser(media_type);
    match media_type.split('/').next() {
        Some("video") => ("video", "film"),
        Some("audio") => ("audio", "file"),
        Some("image") if opens => ("picture", "image"),
        _ if media_type == "application/pdf" => ("pdf", "file"),
        _ if media_type.contains("presentation") => ("download", "slides"),
        _ if games::is_game(media_type) => ("game", "game"),
        _ => ("download", "file"),
    }
}

fn facts(file: &Attachment, words: &Words) -> String {
    let size = words.bytes(file.byte_count);
    let Some(duration) = file.media.duration_ms else { return size };
    let seconds = duration.div_ceil(1000);
    let args = [("minutes", (seconds / 60).into()), ("seconds", (seconds % 60).into())];
    let key = if seconds < 60 { "attachments-length-seconds" } else { "attachments-length-minutes" };
    format!("{size} · {}", words.say_with(key, &args))
}

/// What a slot takes, in one sentence: kinds, size, count, minutes.
pub fn file_limits(field: &Field, words: &Words) -> String {
    let media: &[MediaKind] =
        if field.settings.media.is_empty() { MediaKind::ALL } else { &field.settings.media };
    let kinds: Vec<String> =
        media.iter().map(|kind| words.say(&format!("attachments-accepts-{kind}"))).collect();
    let mut parts = vec![kinds.join("; ")];
    parts.push(
        words.say_with("attachments-limit-size", &[("size", words.bytes(slot::max_bytes(field)).into())]),
    );
    parts.push(words.say_with("attachments-limit-count", &[("n", slot::max_count(field).into())]));
    if let Some(minutes) = field.settings.max_minutes {
        parts.push(words.say_with("attachments-limit-minutes", &[("n", minutes.into())]));
    }
    format!("{}.", parts.join(" · "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_whatever_a_file_is_called() {
        let id = AttachmentId::generate();
        assert_eq!(file_address(&id, "a b?#%.mp4"), format!("/files/{id}/a%20b%3F%23%25.mp4"));
    }
}
