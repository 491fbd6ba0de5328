//! Documents and slides: LibreOffice makes a PDF of what is none, poppler makes pictures of its pages, and the words on
//! them go beside, for those who hear a page.

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{Desk, Facts, MediaError, picture};
use crate::infra::tools::{self, Limits, Output};

/// More are not shown; the document itself has them.
pub const MAX_PAGES: u32 = 300;
/// Of the longer side, in pixels.
const PAGE_SIDE: &str = "1600";
const THUMB_WIDTH: u32 = 160;
/// As wide as a page stands beside a form; half the bytes of the large one.
const NARROW_WIDTH: u32 = 800;
const PAGES_AT_ONCE: u32 = 8;
const MAX_TEXT_CHARS: usize = 1500;
/// Unpacked, a document of honest people is far smaller.
const MAX_UNPACKED_BYTES: u64 = 512 << 20;

const LIMITS: Limits = Limits {
    max_time: Duration::from_mins(3),
    max_processor_seconds: 180,
    max_memory_bytes: Some(3 << 30),
    max_file_bytes: 1 << 30,
    may_use_network: false,
};

/// Nothing in a document runs, nothing is fetched, no linked file is read.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"#;

pub fn render(desk: &Desk) -> Result<Facts, MediaError> {
    let pdf = match office_ending(&desk.order.media_type) {
        Some(ending) => to_pdf(desk, ending)?,
        None => desk.source().to_owned(),
    };
    desk.percent(10)?;
    let n_pages = count_pages(desk, &pdf)?;
    let n_shown = n_pages.min(MAX_PAGES);
    let texts = texts(desk, &pdf, n_shown);
    let mut page = 1;
    while page <= n_shown {
        let last = (page + PAGES_AT_ONCE - 1).min(n_shown);
        if (page..=last).any(|page| !desk.has(&page_thumb_name(page))) {
            draw(desk, &pdf, (page, last), &texts)?;
        }
        desk.percent(10 + 90 * u64::from(last) / u64::from(n_shown))?;
        page = last + 1;
    }
    Ok(Facts { n_pages: Some(n_pages), ..Facts::default() })
}

/// The pieces of a page, counted from 1.
pub fn page_name(page: u32) -> String {
    format!("page-{page:04}")
}

pub fn narrow_page_name(page: u32) -> String {
    format!("page-{page:04}-w{NARROW_WIDTH}")
}

pub fn page_thumb_name(page: u32) -> String {
    format!("thumb-{page:04}")
}

/// LibreOffice tells the type by the ending.
fn office_ending(media_type: &str) -> Option<&'static str> {
    Some(match media_type {
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation" => "pptx",
        "application/vnd.oasis.opendocument.presentation" => "odp",
        "application/vnd.oasis.opendocument.text" => "odt",
        _ => return None,
    })
}

/// Each run has a profile of its own: a second one on the same profile would end without a word.
fn to_pdf(desk: &Desk, ending: &str) -> Result<PathBuf, MediaError> {
    if !tools::is_installed("soffice") {
        return Err(MediaError::Missing("soffice".to_owned()));
    }
    unpacks_to_little(desk.source())?;
    let profile = desk.place("profile");
    fs::create_dir_all(profile.join("user"))?;
    fs::write(profile.join("user/registrymodifications.xcu"), SETTINGS)?;
    let source = desk.place(&format!("source.{ending}"));
    fs::copy(desk.source(), &source)?;
    let args = [
        format!("-env:UserInstallation=file://{}", profile.display()),
        "--headless".to_owned(),
        "--norestore".to_owned(),
        "--nologo".to_owned(),
        "--nodefault".to_owned(),
        "--nolockcheck".to_owned(),
        "--convert-to".to_owned(),
        "pdf".to_owned(),
        "--outdir".to_owned(),
        desk.folder().display().to_string(),
        source.display().to_string(),
    ];
    let ran = tools::run("soffice", &args, desk.folder(), &LIMITS, |_| {});
    let _ = fs::remove_dir_all(&profile);
    let _ = fs::remove_file(&source);
    let Output { stderr, .. } = ran?;
    let pdf = desk.place("source.pdf");
    // It ends well even when it could not read the file.
    if pdf.is_file() { Ok(pdf) } else { Err(MediaError::Broken(stderr)) }
}

/// What the directory of a zip says of sizes may lie, so it is unpacked once, into nothing.
fn unpacks_to_little(path: &Path) -> Result<(), MediaError> {
    let broken = |error: zip::result::ZipError| MediaError::Broken(error.to_string());
    let mut archive = zip::ZipArchive::new(File::open(path)?).map_err(broken)?;
    let mut left = MAX_UNPACKED_BYTES;
    let mut buffer = vec![0; 1 << 16];
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).map_err(broken)?;
        loop {
            let n_read = file.read(&mut buffer).map_err(|error| MediaError::Broken(error.to_string()))?;
            if n_read == 0 {
                break;
            }
            left = left.checked_sub(n_read as u64).ok_or(MediaError::TooLarge)?;
        }
    }
    Ok(())
}

fn count_pages(desk: &Desk, pdf: &Path) -> Result<u32, MediaError> {
    let said = match tools::run("pdfinfo", &[pdf.display().to_string()], desk.folder(), &LIMITS, |_| {}) {
        Ok(output) => String::from_utf8_lossy(&output.stdout).into_owned(),
        Err(tools::ToolError::Failed { said, .. }) if said.contains("Incorrect password") => {
            return Err(MediaError::Locked);
        }
        Err(error) => return Err(error.into()),
    };
    let pages = said.lines().find_map(|line| line.strip_prefix("Pages:")?.trim().parse().ok());
    pages.filter(|pages| *pages > 0).ok_or_else(|| MediaError::Broken("no pages in it".to_owned()))
}

/// The words of each page, in order. Without them the pages are shown all the same.
fn texts(desk: &Desk, pdf: &Path, n_pages: u32) -> Vec<String> {
    let args = ["-enc", "UTF-8", "-f", "1", "-l", &n_pages.to_string(), &pdf.display().to_string(), "-"];
    let ran = tools::run("pdftotext", &args.map(str::to_owned), desk.folder(), &LIMITS, |_| {});
    let said = ran.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    said.split('\u{c}').map(in_one_line).collect()
}

fn in_one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().filter(|c| !c.is_control()).take(MAX_TEXT_CHARS).collect()
}

fn draw(desk: &Desk, pdf: &Path, (first, last): (u32, u32), texts: &[String]) -> Result<(), MediaError> {
    let args = ["-png", "-scale-to", PAGE_SIDE, "-f", &first.to_string(), "-l", &last.to_string()];
    let args: Vec<String> = args
        .into_iter()
        .map(str::to_owned)
        .chain([pdf.display().to_string(), desk.place("drawn").display().to_string()])
        .collect();
    tools::run("pdftoppm", &args, desk.folder(), &LIMITS, |_| {})?;
    // "drawn-07.png": as many digits as the last page of the document has.
    let mut drawn: Vec<PathBuf> = fs::read_dir(desk.folder())?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("drawn-")))
        .collect();
    drawn.sort();
    for (page, path) in (first..).zip(drawn) {
        let picture = picture::open(&path)?;
        fs::remove_file(&path)?;
        let at = usize::try_from(page - 1).unwrap_or(0);
        let text = texts.get(at).cloned().unwrap_or_default();
        picture::write_page(desk, &page_name(page), &picture, Facts { text, ..Facts::default() })?;
        if page == 1 {
            picture::write_covers(desk, &picture)?;
        }
        picture::write_sized(desk, &narrow_page_name(page), &picture, NARROW_WIDTH, 74)?;
        // The last piece of a page: where it is, the others are.
        picture::write_sized(desk, &page_thumb_name(page), &picture, THUMB_WIDTH, 60)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_page_stand_in_one_line() {
        assert_eq!(in_one_line("  Cùng con\nlớn\u{7} lên\t\n"), "Cùng con lớn lên");
        assert_eq!(in_one_line(&"a ".repeat(10_000)).chars().count(), MAX_TEXT_CHARS);
    }
}
