//! What of an entry's files a device takes along: the small pieces that were made for viewing.

use serde::Serialize;

use super::files::blind_name;
use crate::{
    features::attachments::{
        Attachment,
        renditions::{Recipe, Rendition, Viewing},
        views::MediaOf,
    },
    infra::media::{narrow_page_name, page_name},
    web::{
        entry_parts::{file_address, rendition_address, viewer},
        words::Words,
    },
};

/// One file of an entry, as a device keeps it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct SmallFile {
    /// One address, or one for each page of a document.
    pub hrefs: Vec<String>,
    /// `video`, `audio`, `picture`, `pages` or `pdf`.
    pub viewer: &'static str,
    pub bytes: i64,
    pub name: String,
}

/// An original larger than this is not taken along where nothing smaller was made of it.
const MAX_ORIGINAL_BYTES: i64 = 12_000_000;
/// A film that is larger than this in the middle size is taken in the smallest.
const MAX_MIDDLE_BYTES: i64 = 40_000_000;
/// Nor is a piece that would fill a telephone.
const MAX_PIECE_BYTES: i64 = 200_000_000;
/// A picture that stays below this is taken in the size of a screen, others in that of a telephone.
const MAX_PICTURE_BYTES: i64 = 400_000;

pub fn small_files(
    attachments: &[Attachment],
    media: &MediaOf,
    is_blind: bool,
    words: &Words,
) -> Vec<SmallFile> {
    let small = |(number, file): (usize, &Attachment)| {
        let name = if is_blind {
            words.say_with("judge-file", &[("n", number.into())])
        } else {
            file.file_name.clone()
        };
        let Some((viewer, pieces)) = media.viewing(file).and_then(pieces) else {
            let address = if is_blind { blind_name(number, &file.file_name) } else { file.file_name.clone() };
            let viewer = viewer(&file.media_type).0;
            let is_shown = matches!(viewer, "video" | "audio" | "picture" | "pdf");
            let hrefs = vec![file_address(&file.id, &address)];
            return (is_shown && file.byte_count <= MAX_ORIGINAL_BYTES).then_some(SmallFile {
                hrefs,
                viewer,
                bytes: file.byte_count,
                name,
            });
        };
        let bytes = pieces.iter().map(|piece| piece.byte_count).sum();
        let hrefs = pieces.iter().map(|piece| rendition_address(&file.id, &piece.name)).collect();
        (bytes <= MAX_PIECE_BYTES).then_some(SmallFile { hrefs, viewer, bytes, name })
    };
    (1..).zip(attachments).filter_map(small).collect()
}

/// The pieces that stand for a file on a device, and how they are shown; nothing while none were made.
fn pieces(viewing: &Viewing) -> Option<(&'static str, Vec<&Rendition>)> {
    let one = |name: &str| viewing.find(name);
    match viewing.rendering.recipe {
        Recipe::Film => {
            let (middle, least) = (one("480p"), one("hls-240p-data"));
            let fits = |piece: &&Rendition| piece.byte_count <= MAX_MIDDLE_BYTES;
            let film = middle.filter(fits).or(least).or(middle)?;
            Some(("video", vec![film]))
        }
        Recipe::Sound => Some(("audio", vec![one("aac")?])),
        Recipe::Picture => {
            let fits = |piece: &&Rendition| piece.byte_count <= MAX_PICTURE_BYTES;
            let picture = one("w1280").filter(fits).or(one("w640")).or(one("w320"))?;
            Some(("picture", vec![picture]))
        }
        // Played on the arena, which is not there without a network.
        Recipe::Game => None,
        Recipe::Document => {
            let page = |n: u32| one(&narrow_page_name(n)).or_else(|| one(&page_name(n)));
            let pages: Vec<&Rendition> = (1..).map_while(page).collect();
            (!pages.is_empty()).then_some(("pages", pages))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::{clock::Moment, json::Json},
        features::attachments::{
            FileHash,
            renditions::{Rendering, RenderingStatus},
        },
        infra::media::Facts,
    };

    fn viewing(recipe: Recipe, made: &[(&str, i64)]) -> Viewing {
        let source = FileHash::from_store("source");
        let renditions = made.iter().map(|(name, bytes)| Rendition {
            source_hash: source.clone(),
            name: (*name).to_owned(),
            file_hash: FileHash::from_store(name),
            byte_count: *bytes,
            media_type: String::new(),
            facts: Json(Facts::default()),
            made_at: Moment::default(),
        });
        Viewing {
            percent: 0,
            renditions: renditions.collect(),
            rendering: Rendering {
                source_hash: source.clone(),
                recipe,
                status: RenderingStatus::Done,
                trouble: None,
                facts: Json(Facts::default()),
                queued_at: Moment::default(),
                ended_at: None,
            },
        }
    }

    #[test]
    fn the_smallest_piece_that_can_be_judged_is_taken() {
        type Case<'c> = (Recipe, &'c [(&'c str, i64)], Option<(&'static str, &'c [&'c str])>);
        let cases: [Case<'_>; 11] = [
            (Recipe::Film, &[("480p", 9_000_000), ("hls-240p-data", 4)], Some(("video", &["480p"]))),
            (
                Recipe::Film,
                &[("480p", 90_000_000), ("hls-240p-data", 4)],
                Some(("video", &["hls-240p-data"])),
            ),
            (Recipe::Film, &[("480p", 90_000_000)], Some(("video", &["480p"]))),
            (Recipe::Film, &[("poster", 4), ("storyboard", 4)], None),
            (Recipe::Sound, &[("waveform", 1), ("aac", 5)], Some(("audio", &["aac"]))),
            (Recipe::Sound, &[("waveform", 1)], None),
            (Recipe::Picture, &[("clean", 9), ("w1280", 90_000), ("w640", 4)], Some(("picture", &["w1280"]))),
            (Recipe::Picture, &[("w1280", 900_000), ("w640", 4)], Some(("picture", &["w640"]))),
            (
                Recipe::Document,
                &[("page-0001", 2), ("page-0001-w800", 1), ("page-0002", 1), ("page-0004", 1)],
                Some(("pages", &["page-0001-w800", "page-0002"])),
            ),
            (Recipe::Document, &[("cover", 1)], None),
            (Recipe::Document, &[], None),
        ];
        for (recipe, made, expected) in cases {
            let viewing = viewing(recipe, made);
            let taken = pieces(&viewing);
            let names = taken.as_ref().map(|(viewer, pieces)| {
                (*viewer, pieces.iter().map(|piece| piece.name.as_str()).collect::<Vec<_>>())
            });
            assert_eq!(
                names,
                expected.map(|(viewer, names)| (viewer, names.to_vec())),
                "{recipe:?} {made:?}"
            );
        }
    }
}
