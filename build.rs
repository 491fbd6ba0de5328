//! Puts the front end into the program: installs its tools from npm into `OUT_DIR`, bundles `frontend/` into `OUT_DIR/dist`, and writes the
//! table of what came out to `OUT_DIR/assets.rs`. `HOITHI_ASSETS_DIR` names a folder that is already bundled.

use std::env;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const WATCHED: [&str; 5] = ["build.rs", "frontend", "locales", "migrations", "templates"];

fn main() -> ExitCode {
    // A path that does not exist would make cargo run this again at every build.
    for path in WATCHED.into_iter().filter(|path| Path::new(path).exists()) {
        println!("cargo::rerun-if-changed={path}");
    }
    println!("cargo::rerun-if-env-changed=HOITHI_ASSETS_DIR");
    match put_in() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            for line in message.lines() {
                println!("cargo::error={line}");
            }
            ExitCode::FAILURE
        }
    }
}

fn put_in() -> Result<(), String> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set: this is run by cargo")?);
    let dist = out.join("dist");
    if let Some(prebuilt) = env::var_os("HOITHI_ASSETS_DIR") {
        copy_files(Path::new(&prebuilt), &dist)
            .map_err(|error| format!("cannot copy HOITHI_ASSETS_DIR={}: {error}", prebuilt.display()))?;
        // What a later build without the setting would take for its own.
        let _ = fs::remove_file(out.join("bundled"));
    } else {
        let source =
            fs::canonicalize("frontend").map_err(|error| format!("cannot find frontend/: {error}"))?;
        let work = out.join("frontend");
        install(&source, &work)?;
        bundle(&source, &work, &dist)?;
    }
    write_assets(&dist, &out.join("assets.rs"))
}

/// Installs the tools when the lock file has changed since the last time.
fn install(source: &Path, work: &Path) -> Result<(), String> {
    let lock = source.join("package-lock.json");
    let stamp = fingerprint(std::slice::from_ref(&lock))?;
    if is_stamped(&work.join("installed"), &stamp) {
        return Ok(());
    }
    fs::create_dir_all(work).map_err(|error| format!("cannot create {}: {error}", work.display()))?;
    for name in ["package.json", "package-lock.json", ".npmrc"] {
        fs::copy(source.join(name), work.join(name))
            .map_err(|error| format!("cannot copy frontend/{name}: {error}"))?;
    }
    run(Command::new("npm")
        .args(["ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund"])
        .current_dir(work))?;
    stamp_with(&work.join("installed"), &stamp)
}

/// Bundles when anything that goes into the bundle has changed since the last time.
fn bundle(source: &Path, work: &Path, dist: &Path) -> Result<(), String> {
    let locales = fs::canonicalize("locales").map_err(|error| format!("cannot find locales/: {error}"))?;
    let mut inputs = Vec::new();
    list_files(source, &mut inputs).map_err(|error| format!("cannot read frontend/: {error}"))?;
    list_files(&locales, &mut inputs).map_err(|error| format!("cannot read locales/: {error}"))?;
    inputs.retain(|path| path.starts_with(source) || path.file_name() == Some(OsStr::new("script.ftl")));
    let stamp = fingerprint(&inputs)?;
    let stamp_file = dist.with_file_name("bundled");
    if dist.is_dir() && is_stamped(&stamp_file, &stamp) {
        return Ok(());
    }
    run(Command::new("node").arg(source.join("build.mjs")).args([source, &locales, work, dist]))?;
    stamp_with(&stamp_file, &stamp)
}

fn run(command: &mut Command) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| {
        format!(
            "cannot run {program} ({error}), which bundles the front end.\nInstall Node.js 18 or newer with npm (Debian, Ubuntu: apt-get install nodejs npm),\nor set HOITHI_ASSETS_DIR to a folder that is already bundled."
        )
    })?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("{program} failed with {} while bundling the front end:\n{}", output.status, said.trim()))
}

fn list_files(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut paths =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            list_files(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn fingerprint(files: &[PathBuf]) -> Result<String, String> {
    let mut hasher = DefaultHasher::new();
    for path in files {
        path.hash(&mut hasher);
        fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn is_stamped(file: &Path, stamp: &str) -> bool {
    fs::read_to_string(file).is_ok_and(|found| found == stamp)
}

fn stamp_with(file: &Path, stamp: &str) -> Result<(), String> {
    fs::write(file, stamp).map_err(|error| format!("cannot write {}: {error}", file.display()))
}

fn copy_files(from: &Path, to: &Path) -> io::Result<()> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

/// Writes the table of all files, sorted by name, and which of them a page asks for first.
fn write_assets(dist: &Path, assets: &Path) -> Result<(), String> {
    let mut paths = Vec::new();
    list_files(dist, &mut paths).map_err(|error| format!("cannot read {}: {error}", dist.display()))?;
    let names: Vec<&str> = paths.iter().filter_map(|path| path.file_name()?.to_str()).collect();
    let find = |start: &str, end: &str| {
        let found = names.iter().find(|name| name.starts_with(start) && name.ends_with(end));
        found.ok_or_else(|| format!("there is no {start}*{end} in {}", dist.display()))
    };
    let (css, js) = (find("app-", ".css")?, find("app-script-", ".js")?);
    let offline = find("offline-shell-", ".js")?;
    let mut code = format!(
        "/// The style sheet's file name.\npub const CSS: &str = {css:?};\n/// The script's file name.\npub const JS: &str = {js:?};\n\
         /// The script of the page that stands in without a network.\npub const OFFLINE_JS: &str = {offline:?};\n\
         /// Every file of the bundle, sorted by name; `.br` and `.gz` beside a name are the same file compressed.\n\
         pub static FILES: [(&str, &[u8]); {}] = [\n",
        names.len()
    );
    for name in names {
        let _ =
            writeln!(code, "    ({name:?}, include_bytes!(concat!(env!(\"OUT_DIR\"), \"/dist/{name}\"))),");
    }
    code.push_str("];\n");
    // An unchanged table stays untouched, so that nothing is compiled again for it.
    if fs::read_to_string(assets).is_ok_and(|found| found == code) {
        return Ok(());
    }
    fs::write(assets, code).map_err(|error| format!("cannot write {}: {error}", assets.display()))
}
