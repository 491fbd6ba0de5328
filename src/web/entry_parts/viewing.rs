//! How a file is looked at in the page: which pieces of it there are, and what is said while there are none.

use serde::Serialize;

use crate::{
    base::ids::AttachmentId,
    features::attachments::{
        Attachment, games, opens_in_browser,
        renditions::{Recipe, RenderingStatus, Rendition, Trouble, Viewing, policy::needs_copy},
        views::MediaOf,
    },
    infra::media::{narrow_page_name, page_name, page_thumb_name},
    web::words::Words,
};

/// Who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looker {
    /// Somebody who deals with the entry, or a judge who may know whose it is.
    Concerned,
    /// The same, who may also have the making tried again.
    Officer,
    /// A judge of a blind round, to whom the file's own address hands out a clean copy.
    Blind,
    /// Everyone: copies without what stands inside a file about its maker.
    Stranger,
}

impl Looker {
    /// Names of files and folders are often those of people and places.
    fn may_know_names(self) -> bool {
        matches!(self, Self::Concerned | Self::Officer)
    }
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct ShownView {
    /// `video`, `audio`, `picture`, `pages`, `pdf`, `game`, or nothing.
    pub kind: &'static str,
    pub src: String,
    pub srcset: String,
    pub poster: String,
    /// The playlist for players that change the size while they play.
    pub hls: String,
    pub waveform: String,
    pub width: u32,
    pub height: u32,
    pub captions: Vec<ShownCaptions>,
    pub storyboard: Option<ShownStoryboard>,
    pub pages: Vec<ShownPage>,
    /// Why not all pages are shown.
    pub pages_note: String,
    /// Why there is nothing better to see yet, or ever.
    pub note: String,
    pub is_waiting: bool,
    pub percent: i32,
    pub status_href: String,
    pub again_href: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct ShownCaptions {
    pub lang: &'static str,
    pub label: String,
    pub href: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct ShownStoryboard {
    pub src: String,
    pub width: u32,
    pub height: u32,
    pub n_tiles: u32,
    pub n_columns: u32,
    pub step_ms: u64,
}

#[derive(Debug, Clone, Serialize)]
pub struct ShownPage {
    pub number: u32,
    pub src: String,
    /// Empty where there is one size alone.
    pub srcset: String,
    pub thumb: String,
    pub width: u32,
    pub height: u32,
    pub label: String,
    pub text: String,
}

/// The address of a rendition. Its name holds nothing that would have to be covered.
pub fn rendition_address(id: &AttachmentId, name: &str) -> String {
    // Each row of a list has one, and a format takes several times as long.
    ["/files/", id.as_str(), "/renditions/", name].concat()
}

pub fn percent_said(percent: i32, words: &Words) -> String {
    if percent > 0 {
        words.say_with("renditions-waiting-percent", &[("percent", percent.into())])
    } else {
        words.say("renditions-waiting")
    }
}

pub fn trouble_said(trouble: Trouble, words: &Words) -> String {
    words.say(&format!("renditions-trouble-{trouble}"))
}

/// `original` is the file's own address.
pub fn view_of(
    file: &Attachment,
    media: &MediaOf,
    original: &str,
    looker: Looker,
    words: &Words,
) -> ShownView {
    let viewing = media.viewing(file);
    let mut view = made(file, viewing, words);
    if games::is_game(&file.media_type) {
        // It can be played whether or not it was tried.
        view.kind = "game";
        let trouble = media.game(file).and_then(|game| game.trial_sentence(looker.may_know_names()));
        view.note = trouble.map(|sentence| sentence.said(words.lang)).unwrap_or_default();
    } else if let Some(viewing) = viewing {
        say_how_far(&mut view, file, viewing, looker, words);
    }
    let has_original = looker != Looker::Stranger
        || !needs_copy(&file.media_type, viewing.map(|viewing| &viewing.rendering));
    if view.kind.is_empty() && has_original && opens_in_browser(&file.media_type) {
        show_original(&mut view, file, original);
    } else if view.kind.is_empty() && !has_original && view.note.is_empty() {
        view.note = words.say("renditions-waiting");
    }
    for lang in media.captions(file) {
        view.captions.push(ShownCaptions {
            lang: lang.as_str(),
            label: words.say(&format!("captions-lang-{lang}")),
            href: format!("/files/{}/captions/{lang}", file.id),
        });
    }
    view
}

fn show_original(view: &mut ShownView, file: &Attachment, original: &str) {
    view.kind = match file.media_type.split('/').next() {
        Some("video") => "video",
        Some("audio") => "audio",
        Some("image") => "picture",
        _ => "pdf",
    };
    original.clone_into(&mut view.src);
    view.width = file.media.width.unwrap_or(0);
    view.height = file.media.height.unwrap_or(0);
}

fn say_how_far(view: &mut ShownView, file: &Attachment, viewing: &Viewing, looker: Looker, words: &Words) {
    match (viewing.rendering.status, viewing.rendering.trouble) {
        (RenderingStatus::Waiting, _) => {
            view.is_waiting = true;
            view.percent = viewing.percent;
            view.note = percent_said(viewing.percent, words);
            view.status_href = format!("/files/{}/renditions", file.id);
        }
        (RenderingStatus::Failed, trouble) => {
            view.note = trouble_said(trouble.unwrap_or(Trouble::Accident), words);
            if looker == Looker::Officer {
                view.again_href = format!("/files/{}/renditions/again", file.id);
            }
        }
        (RenderingStatus::Done, _) => {}
    }
}

fn made(file: &Attachment, viewing: Option<&Viewing>, words: &Words) -> ShownView {
    let Some(viewing) = viewing else { return ShownView::default() };
    let address = |name: &str| match viewing.find(name) {
        Some(_) => rendition_address(&file.id, name),
        None => String::new(),
    };
    match viewing.rendering.recipe {
        Recipe::Film => film(file, viewing, address),
        Recipe::Sound if viewing.find("aac").is_some() => ShownView {
            kind: "audio",
            src: address("aac"),
            waveform: address("waveform"),
            ..ShownView::default()
        },
        Recipe::Picture => picture(viewing, address),
        Recipe::Document => pages(file, viewing, words),
        Recipe::Game => ShownView { poster: address("w640"), ..ShownView::default() },
        Recipe::Sound => ShownView::default(),
    }
}

fn size(rendition: &Rendition) -> (u32, u32) {
    (rendition.facts.width.unwrap_or(0), rendition.facts.height.unwrap_or(0))
}

fn film(file: &Attachment, viewing: &Viewing, address: impl Fn(&str) -> String) -> ShownView {
    let storyboard = viewing.find("storyboard").map(|rendition| ShownStoryboard {
        src: rendition_address(&file.id, "storyboard"),
        width: size(rendition).0,
        height: size(rendition).1,
        n_tiles: rendition.facts.n_tiles.unwrap_or(1),
        n_columns: rendition.facts.n_columns.unwrap_or(1).max(1),
        step_ms: rendition.facts.step_ms.unwrap_or(1000),
    });
    let (width, height) = viewing.find("480p").map(size).unwrap_or_default();
    ShownView {
        kind: if viewing.find("480p").is_some() { "video" } else { "" },
        src: address("480p"),
        hls: address("hls"),
        poster: address("poster"),
        storyboard,
        width,
        height,
        ..ShownView::default()
    }
}

fn picture(viewing: &Viewing, address: impl Fn(&str) -> String) -> ShownView {
    let Some(largest) = ["w1280", "w640", "w320"].into_iter().find(|name| viewing.find(name).is_some())
    else {
        return ShownView::default();
    };
    let (width, height) = viewing.find(largest).map(size).unwrap_or_default();
    let sizes = ["w320", "w640", "w1280"].into_iter().filter_map(|name| {
        let (width, _) = size(viewing.find(name)?);
        Some(format!("{} {width}w", address(name)))
    });
    ShownView {
        kind: "picture",
        src: address(largest),
        srcset: sizes.collect::<Vec<_>>().join(", "),
        width,
        height,
        ..ShownView::default()
    }
}

/// Pages are shown from the first one on, as far as they are made.
fn pages(file: &Attachment, viewing: &Viewing, words: &Words) -> ShownView {
    let label = words.say_with_gap("renditions-page", "n");
    let pages: Vec<ShownPage> = (1..)
        .map_while(|number| {
            let page = viewing.find(&page_name(number))?;
            let thumb = page_thumb_name(number);
            viewing.find(&thumb)?;
            let narrow = viewing.find(&narrow_page_name(number));
            let sizes = narrow.into_iter().chain([page]).map(|size_of| {
                format!("{} {}w", rendition_address(&file.id, &size_of.name), size(size_of).0)
            });
            Some(ShownPage {
                srcset: if narrow.is_some() { sizes.collect::<Vec<_>>().join(", ") } else { String::new() },
                number,
                src: rendition_address(&file.id, &page.name),
                thumb: rendition_address(&file.id, &thumb),
                width: size(page).0,
                height: size(page).1,
                label: label.fill(&number.to_string()),
                text: page.facts.text.clone(),
            })
        })
        .collect();
    let n_pages = viewing.rendering.facts.n_pages.unwrap_or(0);
    let n_shown = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    let pages_note = if n_pages > n_shown {
        words.say_with("renditions-pages-not-all", &[("shown", n_shown.into()), ("all", n_pages.into())])
    } else {
        String::new()
    };
    let kind = if pages.is_empty() { "" } else { "pages" };
    ShownView { kind, pages, pages_note, ..ShownView::default() }
}
