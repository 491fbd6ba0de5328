//! The services that entries lead to, and how each writes the one address of a work.

/// How a service's addresses are made the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    AsItIs,
    /// The path alone names the work.
    WithoutQuery,
    YouTube,
    TikTok,
    Facebook,
    Drive,
    Docs,
    Canva,
    Vimeo,
    Zoom,
}

#[derive(Debug, Clone, Copy)]
pub struct Service {
    pub name: &'static str,
    pub sign: &'static str,
    /// With everything below them.
    pub hosts: &'static [&'static str],
    pub shape: Shape,
}

const fn service(
    name: &'static str,
    sign: &'static str,
    shape: Shape,
    hosts: &'static [&'static str],
) -> Service {
    Service { name, sign, hosts, shape }
}

/// The first that knows a host has it. Those that share `docs.google.com` are told apart by the path in `address.rs`.
pub const SERVICES: &[Service] = &[
    service("YouTube", "film", Shape::YouTube, &["youtube.com", "youtu.be", "youtube-nocookie.com"]),
    service("TikTok", "film", Shape::TikTok, &["tiktok.com"]),
    service("Facebook", "link", Shape::Facebook, &["facebook.com", "fb.watch", "fb.com", "fb.me"]),
    service("Instagram", "image", Shape::WithoutQuery, &["instagram.com"]),
    service("Google Drive", "file", Shape::Drive, &["drive.google.com"]),
    service("Google Docs", "file", Shape::Docs, &["docs.google.com"]),
    service("Google Forms", "file", Shape::WithoutQuery, &["forms.gle"]),
    service("Google Meet", "link", Shape::WithoutQuery, &["meet.google.com"]),
    service("Google Sites", "link", Shape::AsItIs, &["sites.google.com"]),
    service("Canva", "slides", Shape::Canva, &["canva.com", "canva.site", "canva.link"]),
    service("CapCut", "film", Shape::WithoutQuery, &["capcut.com"]),
    service("Vimeo", "film", Shape::Vimeo, &["vimeo.com"]),
    service("Zoom", "link", Shape::Zoom, &["zoom.us", "zoom.com"]),
    service("Microsoft Teams", "link", Shape::AsItIs, &["teams.microsoft.com", "teams.live.com"]),
    service("Padlet", "link", Shape::WithoutQuery, &["padlet.com"]),
    service("Zalo", "link", Shape::WithoutQuery, &["zalo.me", "zaloapp.com"]),
    service("OneDrive", "file", Shape::AsItIs, &["1drv.ms", "onedrive.live.com", "sharepoint.com"]),
    service("Dropbox", "file", Shape::AsItIs, &["dropbox.com", "db.tt"]),
    service("Quizizz", "game", Shape::AsItIs, &["quizizz.com", "wayground.com"]),
    service("Kahoot!", "game", Shape::AsItIs, &["kahoot.it", "kahoot.com"]),
    service("Wordwall", "game", Shape::WithoutQuery, &["wordwall.net"]),
    service("Genially", "slides", Shape::AsItIs, &["genial.ly", "genially.com"]),
    service("Blooket", "game", Shape::AsItIs, &["blooket.com"]),
    service("Scratch", "game", Shape::WithoutQuery, &["scratch.mit.edu"]),
    service("LearningApps", "game", Shape::AsItIs, &["learningapps.org"]),
    service("Liveworksheets", "game", Shape::AsItIs, &["liveworksheets.com"]),
    service("Mentimeter", "slides", Shape::AsItIs, &["mentimeter.com", "menti.com"]),
    service("Prezi", "slides", Shape::WithoutQuery, &["prezi.com"]),
    service("Heyzine", "file", Shape::WithoutQuery, &["heyzine.com"]),
    service("Issuu", "file", Shape::WithoutQuery, &["issuu.com"]),
    service("SoundCloud", "film", Shape::WithoutQuery, &["soundcloud.com"]),
];
