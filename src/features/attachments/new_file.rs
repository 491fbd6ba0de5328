//! A file on its way into a slot: what it is and what it may be called.

use super::{FileHash, MediaFacts, games, sort};
use crate::{
    base::{ids::FieldId, lang::Arg, sentence::Sentence, text::clean_line},
    features::contests::MediaKind,
    infra::files::{Inside, Look},
};

const MAX_NAME_CHARS: usize = 120;

/// A file that is right in itself: known by its content, called what it is.
#[derive(Debug, Clone, PartialEq)]
pub struct NewFile {
    pub field_id: FieldId,
    pub file_name: String,
    pub media_type: String,
    pub kind: MediaKind,
    pub facts: MediaFacts,
}

impl NewFile {
    pub fn read(field: &FieldId, typed_name: &str, look: &Look) -> Result<Self, Sentence> {
        let name = clean_name(typed_name);
        let refused = |key: &'static str| Sentence::new(key).with("name", name.clone());
        if look.head.is_empty() {
            return Err(refused("attachments-refused-empty"));
        }
        match &look.inside {
            Inside::Broken => return Err(refused("attachments-refused-broken")),
            Inside::TooMuch => return Err(refused("attachments-refused-too-much")),
            Inside::Zip { .. } if sort::has_macros(look) => {
                return Err(refused("attachments-refused-macros"));
            }
            _ => {}
        }
        if let Inside::Refused(trouble) = &look.inside {
            return Err(games::sentence_of(trouble).with("name", name));
        }
        let Some(sort) = sort::tell(look) else { return Err(refused("attachments-refused-unknown-type")) };
        let file_name = match name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()) {
            Some(ending) if sort.endings.contains(&ending.as_str()) => name.clone(),
            Some(ending) if is_an_ending(&ending) => {
                return Err(refused("attachments-refused-other-type-than-name")
                    .with("ending", ending)
                    .with("is", Arg::Key(kind_key(sort.kind)))
                    .with("right", sort.endings.join(", .")));
            }
            _ => format!("{name}.{}", sort.endings.first().copied().unwrap_or("bin")),
        };
        Ok(Self {
            field_id: field.clone(),
            file_name,
            media_type: sort.media_type.to_owned(),
            kind: sort.kind,
            facts: facts(&look.inside),
        })
    }
}

/// "Bài 2. Mở đầu" has a dot and no ending.
fn is_an_ending(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric())
}

/// Without folders, control characters and marks of direction; short enough for every file system, with its ending.
pub fn clean_name(typed: &str) -> String {
    let last = typed.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String =
        clean_line(last).chars().map(|c| if "<>:\"|?*".contains(c) { '-' } else { c }).collect();
    let plain = plain.trim_matches(['.', ' ']);
    if plain.is_empty() {
        return "tep".to_owned();
    }
    let n_chars = plain.chars().count();
    if n_chars <= MAX_NAME_CHARS {
        return plain.to_owned();
    }
    let (stem, ending) =
        plain.rsplit_once('.').filter(|(_, ending)| is_an_ending(ending)).unwrap_or((plain, ""));
    let kept: String = stem.chars().take(MAX_NAME_CHARS - 6).collect();
    if ending.is_empty() { kept } else { format!("{}.{ending}", kept.trim_end()) }
}

pub fn kind_key(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Video => "attachments-kind-video",
        MediaKind::Audio => "attachments-kind-audio",
        MediaKind::Picture => "attachments-kind-picture",
        MediaKind::Document => "attachments-kind-document",
        MediaKind::Slides => "attachments-kind-slides",
        MediaKind::Game => "attachments-kind-game",
    }
}

fn facts(inside: &Inside) -> MediaFacts {
    match inside {
        Inside::Film { duration_ms, width, height } => MediaFacts {
            width: width.filter(|width| *width > 0),
            height: height.filter(|height| *height > 0),
            duration_ms: *duration_ms,
        },
        Inside::Picture { width, height } => {
            MediaFacts { width: Some(*width), height: Some(*height), duration_ms: None }
        }
        Inside::Nothing | Inside::Zip { .. } | Inside::Broken | Inside::TooMuch | Inside::Refused(_) => {
            MediaFacts::default()
        }
    }
}

impl FileHash {
    pub fn of(stored: &crate::infra::files::StoredFile) -> Self {
        Self::from_store(&stored.hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png() -> Look {
        Look {
            head: b"\x89PNG\r\n\x1a\n and so on".to_vec(),
            inside: Inside::Picture { width: 2, height: 3 },
        }
    }

    #[test]
    fn a_name_is_cleaned_and_must_not_lie() {
        let field = FieldId::generate();
        let read = |name: &str| NewFile::read(&field, name, &png()).map(|file| file.file_name);
        for (typed, expected) in [
            ("../../etc/ảnh.PNG", "ảnh.PNG"),
            ("C:\\hinh\\a.png", "a.png"),
            ("\u{202e}gnp.a\u{7}.png", "gnp.a.png"),
            ("a<b>.png", "a-b-.png"),
            ("", "tep.png"),
            ("Bài 2. Mở đầu", "Bài 2. Mở đầu.png"),
        ] {
            assert_eq!(read(typed).unwrap(), expected, "{typed:?}");
        }
        let long = read(&format!("{}.png", "a".repeat(10_000))).unwrap();
        assert!(long.chars().count() <= MAX_NAME_CHARS && long.ends_with("a.png"), "{long}");
        assert_eq!(read("clip.mp4").unwrap_err().key, "attachments-refused-other-type-than-name");
        let nothing = Look::default();
        assert_eq!(NewFile::read(&field, "a.png", &nothing).unwrap_err().key, "attachments-refused-empty");
    }
}
