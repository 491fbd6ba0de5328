//! One look at one page.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::devtools::DevTools;
use crate::infra::tools::{Limits, Talk, ToolError, is_installed};

/// What the browser is answered when it asks for an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub media_type: String,
    pub headers: Vec<(&'static str, String)>,
    pub bytes: Vec<u8>,
}

/// What a page did by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// What its scripts broke off with.
    pub errors: Vec<String>,
    /// The paths that it asked for and that are not there.
    pub missing: Vec<String>,
    /// Whether it was loaded whole before the time was over.
    pub was_loaded: bool,
    /// As PNG, when it had settled; empty of a page that was too busy with itself to be drawn.
    pub picture: Vec<u8>,
}

/// By the names it has in distributions.
pub const PROGRAMS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];
const MAX_TIME: Duration = Duration::from_mins(1);
/// A page answers at once when it is asked for its picture, or is busy for ever.
const DRAWN_WITHIN: Duration = Duration::from_secs(5);
/// After a page was loaded its scripts draw what there is to see.
const SETTLES_WITHIN: Duration = Duration::from_millis(2500);
const WIDTH: u32 = 960;
const HEIGHT: u32 = 540;
/// More complaints than these say nothing more.
const MAX_COMPLAINTS: usize = 5;
const MAX_COMPLAINT_CHARS: usize = 200;

/// The browser of this machine, if it has one.
pub fn program() -> Option<&'static str> {
    PROGRAMS.into_iter().find(|program| is_installed(program))
}

/// Opens `path` on `origin`, of which `answer` hands out every part by its path (without a slash before it), and watches until it
/// has settled, or was not loaded in `patience`. `folder` is the browser's own and must be empty. Call it off the async threads.
pub fn look(
    program: &str,
    folder: &Path,
    (origin, path): (&str, &str),
    patience: Duration,
    mut answer: impl FnMut(&str) -> Option<Answer>,
) -> Result<Seen, ToolError> {
    let limits = Limits {
        max_time: MAX_TIME,
        max_processor_seconds: 90,
        max_memory_bytes: None,
        max_file_bytes: 256 << 20,
        may_use_network: false,
    };
    let mut page = DevTools::new(Talk::begin(program, &arguments(folder), folder, &limits)?);
    page.open_page()?;
    for (method, params) in [
        ("Page.enable", json!({})),
        ("Runtime.enable", json!({})),
        ("Inspector.enable", json!({})),
        ("Fetch.enable", json!({ "patterns": [{ "urlPattern": "*" }] })),
        (
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": false }),
        ),
    ] {
        page.ask(method, params)?;
    }
    page.tell("Page.navigate", json!({ "url": format!("{origin}/{path}") }))?;
    let mut seen = Seen::default();
    let mut until = Instant::now() + patience;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        let Some(event) = page.next_event(left)? else { break };
        match event.get("method").and_then(Value::as_str).unwrap_or_default() {
            "Fetch.requestPaused" => serve(&mut page, &event["params"], origin, &mut answer, &mut seen)?,
            "Runtime.exceptionThrown" => complain(&mut seen.errors, &error_of(&event["params"])),
            "Inspector.targetCrashed" => complain(&mut seen.errors, "the page crashed"),
            "Page.javascriptDialogOpening" => {
                // Nobody is there to close it.
                page.tell("Page.handleJavaScriptDialog", json!({ "accept": true }))?;
            }
            "Page.loadEventFired" if !seen.was_loaded => {
                seen.was_loaded = true;
                until = Instant::now() + SETTLES_WITHIN;
            }
            _ => {}
        }
        if Instant::now() >= until {
            break;
        }
    }
    let shot = page.ask_within(DRAWN_WITHIN, "Page.captureScreenshot", json!({ "format": "png" }))?;
    let picture = shot.as_ref().and_then(|shot| shot.get("data")).and_then(Value::as_str);
    seen.picture = BASE64_STANDARD.decode(picture.unwrap_or_default()).unwrap_or_default();
    Ok(seen)
}

/// Whether nothing is to be seen on a picture.
pub fn is_one_colour(picture: &Path) -> bool {
    let Ok(picture) = image::open(picture) else { return true };
    let pixels = picture.into_rgb8();
    let mut pixels = pixels.pixels();
    let first = pixels.next();
    pixels.all(|pixel| Some(pixel) == first)
}

fn arguments(folder: &Path) -> Vec<String> {
    let mut arguments: Vec<String> = [
        "--headless=new",
        "--remote-debugging-pipe",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-extensions",
        "--disable-sync",
        "--disable-breakpad",
        "--no-first-run",
        "--mute-audio",
        "--hide-scrollbars",
        "--password-store=basic",
    ]
    .map(str::to_owned)
    .to_vec();
    if rustix::process::geteuid().is_root() {
        // A browser does not put its sandbox around root; the walls are then the missing network and the limits alone.
        arguments.push("--no-sandbox".to_owned());
    }
    arguments.push(format!("--user-data-dir={}", folder.join("profile").display()));
    arguments.push("about:blank".to_owned());
    arguments
}

fn serve(
    page: &mut DevTools,
    asked: &Value,
    origin: &str,
    answer: &mut impl FnMut(&str) -> Option<Answer>,
    seen: &mut Seen,
) -> Result<(), ToolError> {
    let address = asked.pointer("/request/url").and_then(Value::as_str).unwrap_or_default();
    let path = address.strip_prefix(origin).and_then(|path| path.strip_prefix('/'));
    let Some(path) = path else {
        page.tell(
            "Fetch.failRequest",
            json!({ "requestId": asked["requestId"], "errorReason": "AddressUnreachable" }),
        )?;
        return Ok(());
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = percent_decode_str(path).decode_utf8_lossy();
    let found = answer(&path);
    if found.is_none() && path != "favicon.ico" {
        complain(&mut seen.missing, &path);
    }
    let (status, answer) = match found {
        Some(answer) => (200, answer),
        None => (404, Answer { media_type: "text/plain".to_owned(), headers: Vec::new(), bytes: Vec::new() }),
    };
    let mut headers = vec![json!({ "name": "Content-Type", "value": answer.media_type })];
    headers.extend(answer.headers.iter().map(|(name, value)| json!({ "name": name, "value": value })));
    page.tell(
        "Fetch.fulfillRequest",
        json!({
            "requestId": asked["requestId"],
            "responseCode": status,
            "responseHeaders": headers,
            "body": BASE64_STANDARD.encode(&answer.bytes),
        }),
    )?;
    Ok(())
}

/// The first line of what an exception says; what follows is where in the script.
fn error_of(thrown: &Value) -> String {
    let details = &thrown["exceptionDetails"];
    let described = details.pointer("/exception/description").or_else(|| details.pointer("/exception/value"));
    let text = described.and_then(Value::as_str).or_else(|| details["text"].as_str());
    text.and_then(|text| text.lines().next()).unwrap_or_default().to_owned()
}

fn complain(complaints: &mut Vec<String>, text: &str) {
    if complaints.len() < MAX_COMPLAINTS && !complaints.iter().any(|said| said == text) {
        complaints.push(text.chars().take(MAX_COMPLAINT_CHARS).collect());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where there is no browser, `hoithi doctor` says so, and games are not tried.
    #[test]
    fn a_page_that_never_ends_is_left_without_a_picture() {
        let Some(program) = program() else { panic!("no Chromium to look with") };
        let folder = tempfile::tempdir().unwrap();
        let endless = b"<!doctype html><h1>a</h1><script>for (;;) {}</script>";
        let seen =
            look(program, folder.path(), ("https://a.invalid", "a.html"), Duration::from_secs(3), |path| {
                let answer = Answer {
                    media_type: "text/html".to_owned(),
                    headers: Vec::new(),
                    bytes: endless.to_vec(),
                };
                (path == "a.html").then_some(answer)
            });
        assert_eq!(seen.unwrap(), Seen::default());
    }

    #[test]
    fn an_error_is_its_first_line() {
        let thrown = |details: Value| json!({ "exceptionDetails": details });
        for (details, said) in [
            (
                json!({ "text": "Uncaught", "exception": { "description": "TypeError: x\n at a.js:1" } }),
                "TypeError: x",
            ),
            (json!({ "text": "Uncaught", "exception": { "value": "no" } }), "no"),
            (json!({ "text": "Uncaught SyntaxError" }), "Uncaught SyntaxError"),
            (json!({}), ""),
        ] {
            assert_eq!(error_of(&thrown(details)), said);
        }
    }
}
