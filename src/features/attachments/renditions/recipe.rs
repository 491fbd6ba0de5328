//! What is made of which type: pure.

use crate::infra::media::Work;

crate::text_enum! {
    pub enum Recipe {
        Film = "film",
        Sound = "sound",
        Picture = "picture",
        Document = "document",
        /// Tried in a browser, of which the picture is kept; it is planned when the game was unpacked.
        Game = "game",
    }
}

impl Recipe {
    /// None for what is shown by other means, or only handed out.
    pub fn of(media_type: &str) -> Option<Self> {
        let office = "application/vnd.openxmlformats-officedocument.";
        Some(match media_type.split_once('/')? {
            ("video", _) => Self::Film,
            ("audio", _) => Self::Sound,
            ("image", "jpeg" | "png" | "webp" | "gif") => Self::Picture,
            ("application", "pdf") => Self::Document,
            ("application", "vnd.oasis.opendocument.presentation" | "vnd.oasis.opendocument.text") => {
                Self::Document
            }
            _ => match media_type.strip_prefix(office)? {
                "wordprocessingml.document" | "presentationml.presentation" => Self::Document,
                _ => return None,
            },
        })
    }

    /// Whether it runs from a beginning to an end: with captions, and with notes at moments.
    pub fn plays(media_type: &str) -> bool {
        matches!(Self::of(media_type), Some(Self::Film | Self::Sound))
    }

    pub fn job_kind(self) -> &'static str {
        match self {
            Self::Film => "render-film",
            Self::Sound => "render-sound",
            Self::Picture => "render-picture",
            Self::Document => "render-document",
            Self::Game => "try-game",
        }
    }

    /// The rendition that stands for the file where the file itself is not handed out.
    pub fn copy(self) -> &'static str {
        match self {
            Self::Film => "480p",
            Self::Sound => "aac",
            Self::Picture | Self::Game => "clean",
            Self::Document => "page-0001",
        }
    }

    /// Of a game it is made from the browser's picture.
    pub fn work(self) -> Work {
        match self {
            Self::Film => Work::Film,
            Self::Sound => Work::Sound,
            Self::Picture | Self::Game => Work::Picture,
            Self::Document => Work::Document,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_has_its_recipe() {
        for (media_type, expected) in [
            ("video/webm", Some(Recipe::Film)),
            ("audio/mpeg", Some(Recipe::Sound)),
            ("image/jpeg", Some(Recipe::Picture)),
            ("image/svg+xml", None),
            ("application/pdf", Some(Recipe::Document)),
            (
                "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                Some(Recipe::Document),
            ),
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", None),
            ("application/vnd.oasis.opendocument.text", Some(Recipe::Document)),
            ("application/zip", None),
            ("text/html", None),
            ("", None),
        ] {
            assert_eq!(Recipe::of(media_type), expected, "{media_type}");
        }
    }
}
