//! The floors of the house, checked: no module imports a module that is declared after it.

use std::fs;

#[test]
fn no_import_climbs() {
    let modules = modules_from_the_ground_up();
    assert!(modules.len() > 4, "the reader of lib.rs found only {modules:?}");

    let mut climbing = Vec::new();
    for (height, module) in modules.iter().enumerate() {
        for file in files_of(module) {
            for import in crate_paths(&fs::read_to_string(&file).unwrap()) {
                let above = modules[height + 1..].iter();
                if above.into_iter().any(|higher| is_inside(&import, higher)) {
                    climbing.push(format!("{file} imports {import}"));
                }
            }
        }
    }
    assert!(climbing.is_empty(), "imports that climb:\n{}", climbing.join("\n"));
}

/// Every floor in the order of `lib.rs`, opened up into the modules that its own file makes public.
fn modules_from_the_ground_up() -> Vec<String> {
    let public_modules = |file: &str| -> Vec<String> {
        let text = fs::read_to_string(file).unwrap_or_default();
        let names = text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
        names.map(str::to_owned).collect()
    };
    let open_up = |floor: String| {
        let inner = public_modules(&format!("src/{floor}/mod.rs"));
        if inner.is_empty() {
            return vec![floor];
        }
        inner.iter().map(|module| format!("{floor}::{module}")).collect()
    };
    public_modules("src/lib.rs").into_iter().flat_map(open_up).collect()
}

fn is_inside(path: &str, module: &str) -> bool {
    path == module || path.starts_with(&format!("{module}::"))
}

fn files_of(module: &str) -> Vec<String> {
    let root = format!("src/{}", module.replace("::", "/"));
    let mut files = vec![format!("{root}.rs")];
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = item.path().display().to_string();
            if item.path().is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.retain(|file| fs::exists(file).unwrap());
    files
}

/// Every path after `crate::`, with the groups of a `use` written out: `a::{b, c}` gives `a::b` and `a::c`.
fn crate_paths(text: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for (start, prefix) in text.match_indices("crate::") {
        let mut path = String::new();
        let mut open_groups = Vec::new();
        for c in text[start + prefix.len()..].chars() {
            match (c, open_groups.last()) {
                ('{', _) => open_groups.push(path.len()),
                (',' | '}', Some(&group)) => {
                    paths.push(path.clone());
                    path.truncate(group);
                    if c == '}' {
                        open_groups.pop();
                    }
                }
                _ if c.is_alphanumeric() || "_:*".contains(c) => path.push(c),
                _ if c.is_whitespace() && !open_groups.is_empty() => {}
                _ => break,
            }
        }
        paths.push(path);
    }
    paths.retain(|path| !path.is_empty() && !path.ends_with(':'));
    paths
}

#[test]
fn groups_are_written_out() {
    let text = "use crate::{a::b, c::{self, d::E}, f};\nfn g() -> crate::h::I {}";
    assert_eq!(crate_paths(text), ["a::b", "c::self", "c::d::E", "f", "h::I"]);
}

fn rust_files_below(folder: &str) -> Vec<(String, String)> {
    files_of(folder)
        .into_iter()
        .map(|file| (fs::read_to_string(&file).unwrap(), file))
        .map(|(text, file)| (file, text))
        .collect()
}

/// Queries stand in `store.rs` and `views.rs` (or in folders of that name) and nowhere else.
#[test]
fn queries_stay_in_their_rooms() {
    let marks =
        [".execute(db)", ".load(db)", ".first(db)", ".get_result(db)", ".get_results(db)", "sql_query("];
    let mut strays = Vec::new();
    for floor in ["features", "web", "app", "cli", "demo", "jobs"] {
        for (file, text) in rust_files_below(floor) {
            let is_room =
                ["store.rs", "views.rs", "/store/", "/views/"].iter().any(|room| file.contains(room));
            if !is_room && marks.iter().any(|mark| text.contains(mark)) {
                strays.push(file);
            }
        }
    }
    assert!(strays.is_empty(), "queries outside store.rs and views.rs: {strays:#?}");
}

/// A `match` on the engine stands in `infra::db` and in stores.
#[test]
fn engines_are_told_apart_in_their_rooms() {
    let mut strays = Vec::new();
    for floor in ["features", "web", "app", "cli", "demo", "jobs"] {
        for (file, text) in rust_files_below(floor) {
            let is_room =
                ["store.rs", "views.rs", "/store/", "/views/"].iter().any(|room| file.contains(room));
            if !is_room && text.contains("Db::Postgres") {
                strays.push(file);
            }
        }
    }
    assert!(strays.is_empty(), "engines told apart outside their rooms: {strays:#?}");
}

/// Features know no HTTP and no templates; the ranking knows nothing of the platform.
#[test]
fn floors_do_not_know_what_is_not_theirs() {
    for (floor, foreign) in
        [("features", "actix_web"), ("features", "tera::"), ("ranking", "crate::base"), ("ranking", "diesel")]
    {
        for (file, text) in rust_files_below(floor) {
            assert!(!text.contains(foreign), "{file} knows {foreign}");
        }
    }
}
