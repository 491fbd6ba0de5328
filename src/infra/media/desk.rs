//! Where the work is done: a thread of its own with low priority, which the programs that it starts inherit. It hands
//! over each piece as soon as it is made and says how far it is.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    thread,
};

use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use super::{MediaError, document, film, picture, sound};

/// What can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    Film,
    Sound,
    Picture,
    Document,
}

pub struct Order {
    pub work: Work,
    pub media_type: String,
    pub source: PathBuf,
    /// Empty, and nobody else's.
    pub folder: PathBuf,
    /// What was made before and need not be made again.
    pub known: HashSet<String>,
}

/// A file that was made. Whoever takes it may remove it.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    pub name: String,
    pub path: PathBuf,
    pub media_type: &'static str,
    pub facts: Facts,
}

/// What is known of a piece, or of the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<u64>,
    /// How many pages a document has; not all of them need to be shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n_pages: Option<u32>,
    /// Of a storyboard: how many pictures stand in it, how many in a row, and how far apart in the film.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n_tiles: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n_columns: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step_ms: Option<u64>,
    /// The words on a page.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
}

#[derive(Debug)]
pub enum Event {
    Percent(u8),
    Made(Made),
    Ended(Result<Facts, MediaError>),
}

/// What the work is done with.
pub struct Desk {
    pub order: Order,
    events: mpsc::Sender<Event>,
}

impl Desk {
    pub fn source(&self) -> &Path {
        &self.order.source
    }

    pub fn folder(&self) -> &Path {
        &self.order.folder
    }

    pub fn place(&self, name: &str) -> PathBuf {
        self.order.folder.join(name)
    }

    pub fn has(&self, name: &str) -> bool {
        self.order.known.contains(name)
    }

    pub fn percent(&self, percent: u64) -> Result<(), MediaError> {
        self.say(Event::Percent(u8::try_from(percent.min(100)).unwrap_or(100)))
    }

    /// Waits until there is room, so that pieces do not pile up on the disk.
    pub fn made(&self, name: &str, media_type: &'static str, facts: Facts) -> Result<(), MediaError> {
        self.say(Event::Made(Made { name: name.to_owned(), path: self.place(name), media_type, facts }))
    }

    fn say(&self, event: Event) -> Result<(), MediaError> {
        self.events.blocking_send(event).map_err(|_| MediaError::Abandoned)
    }
}

const MAX_WAITING: usize = 8;
const NICENESS: i32 = 10;

/// Begins the work. The last event is `Ended`; whoever drops the receiver stops it at the next step.
pub fn begin(order: Order) -> std::io::Result<mpsc::Receiver<Event>> {
    let (events, heard) = mpsc::channel(MAX_WAITING);
    let desk = Desk { order, events };
    thread::Builder::new().name("media".to_owned()).spawn(move || {
        // On Linux a thread has its own priority. Where it cannot be lowered, the work is done all the same.
        let _ = rustix::process::nice(NICENESS);
        let ended = match desk.order.work {
            Work::Film => film::render(&desk),
            Work::Sound => sound::render(&desk),
            Work::Picture => picture::render(&desk),
            Work::Document => document::render(&desk),
        };
        let _ = desk.say(Event::Ended(ended));
    })?;
    Ok(heard)
}
