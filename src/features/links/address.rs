//! What an address is: whose, what of it names the work, and what was only put there to follow people. Pure.

use reqwest::Url;

use super::hosts::{SERVICES, Shape};

/// An address as it is shown and asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownAddress {
    /// The name of the service; empty when nobody knows it.
    pub service: &'static str,
    /// The drawn sign beside it.
    pub sign: &'static str,
    pub address: String,
    /// What names the work within the service, where a rule says so.
    pub id: Option<String>,
}

/// Parameters that follow people around and say nothing about the work.
const TRACKING: &[&str] = &[
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "twclid",
    "ttclid",
    "yclid",
    "igshid",
    "igsh",
    "mibextid",
    "si",
    "feature",
    "pp",
    "_ga",
    "_gl",
    "mc_cid",
    "mc_eid",
    "_r",
    "_t",
    "is_from_webapp",
    "sender_device",
    "sender_web_id",
    "share_id",
    "zarsrc",
    "ref_src",
    "rdid",
    "share_url",
    "usp",
    "ouid",
    "rtpof",
    "sd",
    "ts",
    "authuser",
    "_branch_match_id",
    "_branch_referrer",
    "trk",
    "spm",
    "utlId",
];

/// Nothing when the text is no address of the web.
pub fn read_address(text: &str) -> Option<KnownAddress> {
    let mut url = Url::parse(text.trim()).ok().filter(|url| ["http", "https"].contains(&url.scheme()))?;
    let host = url.host_str()?.trim_start_matches("www.").to_owned();
    let service = SERVICES.iter().find(|service| service.hosts.iter().any(|known| is_of(&host, known)));
    drop_tracking(&mut url);
    let Some(service) = service else {
        return Some(KnownAddress { service: "", sign: "link", address: url.to_string(), id: None });
    };
    let (address, id) = shaped(service.shape, &host, &url);
    let (service, sign) = of_google(&url).unwrap_or((service.name, service.sign));
    Some(KnownAddress { service, sign, address, id })
}

/// The addresses in a text that somebody wrote.
pub fn addresses_in(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || "<>\"".contains(c)) {
        let start = ["https://", "http://"].iter().filter_map(|scheme| word.find(scheme)).min();
        let Some(address) = start.and_then(|start| word.get(start..)) else { continue };
        let mut address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
        if address.ends_with(')') && !address.contains('(') {
            address = address.trim_end_matches(')');
        }
        if read_address(address).is_some() && !found.contains(&address) {
            found.push(address);
        }
    }
    found
}

/// Four services behind one name.
fn of_google(url: &Url) -> Option<(&'static str, &'static str)> {
    if url.host_str() != Some("docs.google.com") {
        return None;
    }
    match url.path_segments()?.next()? {
        "spreadsheets" => Some(("Google Sheets", "file")),
        "presentation" => Some(("Google Slides", "slides")),
        "forms" => Some(("Google Forms", "file")),
        _ => None,
    }
}

fn is_of(host: &str, known: &str) -> bool {
    host == known || host.strip_suffix(known).is_some_and(|before| before.ends_with('.'))
}

fn drop_tracking(url: &mut Url) {
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !name.starts_with("utm_") && !TRACKING.contains(&name.as_ref()))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    if kept.len() == url.query_pairs().count() {
        return;
    }
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(kept);
    }
}

/// The service's own one address for the work.
fn shaped(shape: Shape, host: &str, url: &Url) -> (String, Option<String>) {
    let as_it_is = || (url.to_string(), None);
    let parts: Vec<&str> =
        url.path_segments().map(|parts| parts.filter(|part| !part.is_empty()).collect()).unwrap_or_default();
    let query =
        |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let part = |at: usize| parts.get(at).map(|part| (*part).to_owned());
    let after = |word: &str| parts.iter().position(|part| *part == word).and_then(|at| part(at + 1));
    match shape {
        Shape::AsItIs => as_it_is(),
        Shape::WithoutQuery => {
            let mut plain = url.clone();
            plain.set_query(None);
            plain.set_fragment(None);
            (plain.to_string().trim_end_matches('/').to_owned(), parts.last().map(|part| (*part).to_owned()))
        }
        Shape::YouTube => {
            let id = if host == "youtu.be" { part(0) } else { None };
            let id = id
                .or_else(|| query("v"))
                .or_else(|| ["shorts", "embed", "live", "v"].into_iter().find_map(after));
            let at = query("t").or_else(|| query("start")).map(|at| format!("&t={at}")).unwrap_or_default();
            match (id, query("list")) {
                (Some(id), _) => (format!("https://www.youtube.com/watch?v={id}{at}"), Some(id)),
                (None, Some(list)) => (format!("https://www.youtube.com/playlist?list={list}"), Some(list)),
                (None, None) => as_it_is(),
            }
        }
        Shape::TikTok => match (part(0), after("video")) {
            (Some(user), Some(id)) if user.starts_with('@') => {
                (format!("https://www.tiktok.com/{user}/video/{id}"), Some(id))
            }
            _ => shaped(Shape::WithoutQuery, host, url),
        },
        Shape::Facebook => {
            let plain = url.to_string();
            let plain = ["m", "web", "mbasic", "vi-vn", "touch"]
                .iter()
                .find_map(|sub| plain.strip_prefix(&format!("https://{sub}.facebook.com/")))
                .map_or(plain.clone(), |rest| format!("https://www.facebook.com/{rest}"));
            let id = query("v")
                .or_else(|| query("story_fbid"))
                .or_else(|| query("fbid"))
                .or_else(|| after("videos"));
            (plain, id.or_else(|| after("reel")).or_else(|| after("posts")))
        }
        Shape::Drive => match after("d").or_else(|| query("id")) {
            Some(id) => {
                let key = query("resourcekey").map(|key| format!("?resourcekey={key}")).unwrap_or_default();
                (format!("https://drive.google.com/file/d/{id}/view{key}"), Some(id))
            }
            None => match after("folders") {
                Some(id) => (format!("https://drive.google.com/drive/folders/{id}"), Some(id)),
                None => as_it_is(),
            },
        },
        Shape::Docs => docs(&parts, url),
        Shape::Canva => match (after("design"), parts.get(2)) {
            (Some(id), Some(key)) if !["view", "edit", "watch"].contains(key) => {
                (format!("https://www.canva.com/design/{id}/{key}/view"), Some(id))
            }
            (Some(id), _) => (format!("https://www.canva.com/design/{id}/view"), Some(id)),
            _ => as_it_is(),
        },
        Shape::Vimeo => {
            let id = parts.iter().find(|part| part.len() > 4 && part.chars().all(|c| c.is_ascii_digit()));
            match id {
                Some(id) => {
                    let key =
                        after(id).or_else(|| query("h")).map(|key| format!("/{key}")).unwrap_or_default();
                    (format!("https://vimeo.com/{id}{key}"), Some((*id).to_owned()))
                }
                None => as_it_is(),
            }
        }
        Shape::Zoom => match after("j") {
            Some(id) => {
                let password = query("pwd").map(|password| format!("?pwd={password}")).unwrap_or_default();
                (format!("https://{host}/j/{id}{password}"), Some(id))
            }
            None => as_it_is(),
        },
    }
}

/// `/document/d/ID/edit`, `/forms/d/e/ID/viewform`, with a `/u/0` in between or not.
fn docs(parts: &[&str], url: &Url) -> (String, Option<String>) {
    let kind = parts.first().copied().unwrap_or_default();
    let at = parts.iter().position(|part| *part == "d");
    let after = |n: usize| at.and_then(|at| parts.get(at + n)).copied();
    match (kind, after(1), after(2)) {
        ("forms", Some("e"), Some(id)) => {
            (format!("https://docs.google.com/forms/d/e/{id}/viewform"), Some(id.to_owned()))
        }
        (_, Some("e"), Some(id)) => {
            (format!("https://docs.google.com/{kind}/d/e/{id}/pub"), Some(id.to_owned()))
        }
        ("forms", Some(id), _) => {
            (format!("https://docs.google.com/forms/d/{id}/viewform"), Some(id.to_owned()))
        }
        (_, Some(id), _) => (format!("https://docs.google.com/{kind}/d/{id}/view"), Some(id.to_owned())),
        _ => (url.to_string(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Typed, whose it is, its one address, what names the work.
    const CASES: &[(&str, &str, &str, &str)] = &[
        (
            "https://youtu.be/dQw4w9WgXcQ?si=abc",
            "YouTube",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
            "dQw4w9WgXcQ",
        ),
        (
            "https://m.youtube.com/watch?v=dQw4w9WgXcQ&feature=share&t=43s",
            "YouTube",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=43s",
            "dQw4w9WgXcQ",
        ),
        (
            "https://www.youtube.com/shorts/AbCdEfGhIjk?feature=share",
            "YouTube",
            "https://www.youtube.com/watch?v=AbCdEfGhIjk",
            "AbCdEfGhIjk",
        ),
        (
            "https://www.youtube.com/embed/AbCdEfGhIjk",
            "YouTube",
            "https://www.youtube.com/watch?v=AbCdEfGhIjk",
            "AbCdEfGhIjk",
        ),
        (
            "https://youtube.com/playlist?list=PL12&si=x",
            "YouTube",
            "https://www.youtube.com/playlist?list=PL12",
            "PL12",
        ),
        (
            "https://www.tiktok.com/@hoi.phunu/video/7301234567890?is_from_webapp=1&sender_device=pc",
            "TikTok",
            "https://www.tiktok.com/@hoi.phunu/video/7301234567890",
            "7301234567890",
        ),
        ("https://vt.tiktok.com/ZSabc123/", "TikTok", "https://vt.tiktok.com/ZSabc123", "ZSabc123"),
        (
            "https://m.facebook.com/story.php?story_fbid=12&id=34&mibextid=x",
            "Facebook",
            "https://www.facebook.com/story.php?story_fbid=12&id=34",
            "12",
        ),
        (
            "https://www.facebook.com/watch/?v=99&fbclid=x",
            "Facebook",
            "https://www.facebook.com/watch/?v=99",
            "99",
        ),
        ("https://fb.watch/abc/", "Facebook", "https://fb.watch/abc/", ""),
        (
            "https://drive.google.com/file/d/1AbC/view?usp=sharing",
            "Google Drive",
            "https://drive.google.com/file/d/1AbC/view",
            "1AbC",
        ),
        (
            "https://drive.google.com/open?id=1AbC&usp=drive_fs",
            "Google Drive",
            "https://drive.google.com/file/d/1AbC/view",
            "1AbC",
        ),
        (
            "https://drive.google.com/uc?export=download&id=1AbC&resourcekey=0-x",
            "Google Drive",
            "https://drive.google.com/file/d/1AbC/view?resourcekey=0-x",
            "1AbC",
        ),
        (
            "https://drive.google.com/drive/u/0/folders/1F?usp=sharing",
            "Google Drive",
            "https://drive.google.com/drive/folders/1F",
            "1F",
        ),
        (
            "https://docs.google.com/document/d/1D/edit?usp=sharing&ouid=1&rtpof=true&sd=true",
            "Google Docs",
            "https://docs.google.com/document/d/1D/view",
            "1D",
        ),
        (
            "https://docs.google.com/spreadsheets/d/1S/edit#gid=0",
            "Google Sheets",
            "https://docs.google.com/spreadsheets/d/1S/view",
            "1S",
        ),
        (
            "https://docs.google.com/presentation/u/0/d/1P/edit",
            "Google Slides",
            "https://docs.google.com/presentation/d/1P/view",
            "1P",
        ),
        (
            "https://docs.google.com/forms/d/e/1FA/viewform?usp=sf_link",
            "Google Forms",
            "https://docs.google.com/forms/d/e/1FA/viewform",
            "1FA",
        ),
        ("https://forms.gle/aBc", "Google Forms", "https://forms.gle/aBc", "aBc"),
        (
            "https://www.canva.com/design/DAF1/abcKEY/edit?utm_content=DAF1&utm_source=x",
            "Canva",
            "https://www.canva.com/design/DAF1/abcKEY/view",
            "DAF1",
        ),
        (
            "https://www.canva.com/design/DAF1/watch",
            "Canva",
            "https://www.canva.com/design/DAF1/view",
            "DAF1",
        ),
        ("https://hoiphunu.my.canva.site/trang", "Canva", "https://hoiphunu.my.canva.site/trang", ""),
        (
            "https://us02web.zoom.us/j/123456789?pwd=aBc&uname=x",
            "Zoom",
            "https://us02web.zoom.us/j/123456789?pwd=aBc",
            "123456789",
        ),
        (
            "https://meet.google.com/abc-defg-hij?authuser=0",
            "Google Meet",
            "https://meet.google.com/abc-defg-hij",
            "abc-defg-hij",
        ),
        (
            "https://padlet.com/co_giao/bang-tin-x1y2?utm_source=x",
            "Padlet",
            "https://padlet.com/co_giao/bang-tin-x1y2",
            "bang-tin-x1y2",
        ),
        (
            "https://player.vimeo.com/video/76979871?h=8272103f6e",
            "Vimeo",
            "https://vimeo.com/76979871/8272103f6e",
            "76979871",
        ),
        (
            "https://www.dropbox.com/scl/fi/x/a.mp4?rlkey=k&dl=0",
            "Dropbox",
            "https://www.dropbox.com/scl/fi/x/a.mp4?rlkey=k&dl=0",
            "",
        ),
        ("https://1drv.ms/v/s!Abc", "OneDrive", "https://1drv.ms/v/s!Abc", ""),
        ("https://zalo.me/g/abcdef", "Zalo", "https://zalo.me/g/abcdef", "abcdef"),
        ("https://quizizz.com/join?gc=123", "Quizizz", "https://quizizz.com/join?gc=123", ""),
        ("https://wordwall.net/resource/123/x?ref=y", "Wordwall", "https://wordwall.net/resource/123/x", "x"),
        (
            "https://kahoot.it/challenge/0123?challenge-id=a",
            "Kahoot!",
            "https://kahoot.it/challenge/0123?challenge-id=a",
            "",
        ),
        ("https://view.genially.com/65f/x?utm_medium=y", "Genially", "https://view.genially.com/65f/x", ""),
        ("https://notyoutube.com/watch?v=1", "", "https://notyoutube.com/watch?v=1", ""),
        (
            "https://youtube.com.evil.example/watch?v=1&utm_source=a&b=c",
            "",
            "https://youtube.com.evil.example/watch?v=1&b=c",
            "",
        ),
    ];

    #[test]
    fn an_address_says_whose_it_is_and_loses_what_follows_people() {
        for &(typed, service, address, id) in CASES {
            let read = read_address(typed).unwrap();
            assert_eq!(
                (read.service, read.address.as_str(), read.id.as_deref().unwrap_or_default()),
                (service, address, id),
                "{typed}"
            );
        }
        for wrong in ["javascript:alert(1)", "ftp://a.b", "words", ""] {
            assert_eq!(read_address(wrong), None, "{wrong}");
        }
        // What is right already stays as it is.
        let twice = read_address("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=43s").unwrap();
        assert_eq!(read_address(&twice.address).unwrap(), twice);
    }

    #[test]
    fn addresses_are_found_in_what_people_write() {
        for (text, found) in [
            (
                "Xem tại https://youtu.be/x1, và (https://a.vn/b).",
                vec!["https://youtu.be/x1", "https://a.vn/b"],
            ),
            ("https://a.vn/x_(y) https://a.vn/x_(y)", vec!["https://a.vn/x_(y)"]),
            ("Link:https://a.vn!", vec!["https://a.vn"]),
            ("không có gì, http://", vec![]),
        ] {
            assert_eq!(addresses_in(text), found, "{text}");
        }
    }
}
