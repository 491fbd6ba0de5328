//! Every text stands in both languages, and every text that the code and the templates ask for is there.

use std::{collections::BTreeSet, fs};

pub fn keys_of(lang: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for file in fs::read_dir(format!("locales/{lang}")).unwrap().flatten() {
        for line in fs::read_to_string(file.path()).unwrap().lines() {
            if line.starts_with(|c: char| c.is_ascii_lowercase())
                && let Some((key, _)) = line.split_once(" =")
            {
                assert!(
                    keys.insert(key.to_owned()),
                    "{lang}: {key} stands twice ({})",
                    file.path().display()
                );
            }
        }
    }
    keys
}

fn files_below(folder: &str, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(folder).unwrap().flatten() {
            if item.path().is_dir() {
                folders.push(item.path());
            } else if item.path().display().to_string().ends_with(ending) {
                found.push(fs::read_to_string(item.path()).unwrap());
            }
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_texts() {
    let (vi, en) = (keys_of("vi"), keys_of("en"));
    let missing_in_en: Vec<_> = vi.difference(&en).collect();
    let missing_in_vi: Vec<_> = en.difference(&vi).collect();
    assert!(
        missing_in_en.is_empty() && missing_in_vi.is_empty(),
        "en lacks {missing_in_en:?}, vi lacks {missing_in_vi:?}"
    );
}

#[test]
fn every_text_that_a_template_asks_for_exists() {
    let keys = keys_of("vi");
    let mut missing = BTreeSet::new();
    for template in files_below("templates", ".html") {
        for (at, start) in template.match_indices("key=\"") {
            let key = template[at + start.len()..].split('"').next().unwrap();
            // A key that the template puts together from a word ends where the word begins.
            if !key.ends_with('-') && !keys.contains(key) {
                missing.insert(key.to_owned());
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

/// Keys in Rust code are literals such as `"entries-refused-late"`: any literal that begins like the keys of a file
/// (its area) and has the form of a key must be one.
#[test]
fn every_text_that_the_code_asks_for_exists() {
    let keys = keys_of("vi");
    let mut missing = BTreeSet::new();
    for code in files_below("src", ".rs") {
        for marker in ["say(\"", "say_with(\"", "Sentence::new(\"", "=> \""] {
            for (at, start) in code.match_indices(marker) {
                let key = code[at + start.len()..].split('"').next().unwrap();
                let has_form = key.contains('-')
                    && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
                let area = key.split('-').next().unwrap_or_default();
                let has_area = keys.iter().any(|known| known.split('-').next() == Some(area));
                if has_form && (has_area || marker != "=> \"") && !key.ends_with('-') && !keys.contains(key) {
                    missing.insert(key.to_owned());
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}
