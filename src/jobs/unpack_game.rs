//! Unpacks a game into the file store, file by file.

use std::{fs::File, io::BufWriter, path::PathBuf};

use super::{Outcome, Setback, Tools};
use crate::{
    features::attachments::{
        FileHash,
        games::{self, UnpackedFile},
    },
    infra::{
        files::{PackageError, PackageLimits, PackageTrouble, start_of_game, unpack},
        queue::Job,
    },
};

pub fn run(tools: Tools, job: Job) -> Outcome {
    Box::pin(async move {
        let hash = FileHash::from_store(&job.subject);
        let of = hash.clone();
        if tools.db.read(move |db| games::store::find(db, &of)).await?.is_some() {
            return Ok(());
        }
        let copy = tools.files.local_copy(&job.subject).await?;
        let is_page = job.payload.get("media_type").and_then(|word| word.as_str()) == Some("text/html");
        let folder = tempfile::tempdir()?;
        let (from, into) = (copy.path().to_owned(), folder.path().to_owned());
        let parts =
            tokio::task::spawn_blocking(move || if is_page { one_page(from) } else { parts_of(from, into) });
        let (start, parts) = match parts.await? {
            Ok(parts) => parts,
            Err(PackageError::Trouble(trouble)) => return refuse(tools, hash, trouble).await,
            Err(PackageError::Io(error)) => return Err(error.into()),
        };
        let mut files = Vec::new();
        for part in parts {
            let stored = tools.files.keep_file(&part.place).await?;
            files.push(UnpackedFile { path: part.path, stored, is_utf8: part.is_utf8 });
        }
        let now = tools.clock.now();
        tools.db.write(move |db| games::record_unpacked(db, &hash, &start, &files, now)).await?;
        Ok(())
    })
}

async fn refuse(tools: Tools, hash: FileHash, trouble: PackageTrouble) -> Result<(), Setback> {
    let now = tools.clock.now();
    let reason = games::sentence_of(&trouble).key;
    tools.db.write(move |db| games::record_unplayable(db, &hash, reason, now)).await?;
    Ok(())
}

struct Part {
    path: String,
    place: PathBuf,
    is_utf8: bool,
}

type Parts = (String, Vec<Part>);

fn one_page(place: PathBuf) -> Result<Parts, PackageError> {
    let is_utf8 = is_utf8(&place)?;
    Ok(("index.html".to_owned(), vec![Part { path: "index.html".to_owned(), place, is_utf8 }]))
}

/// Under numbers in the folder: no name of a stranger ever names a file here.
fn parts_of(from: PathBuf, into: PathBuf) -> Result<Parts, PackageError> {
    let mut parts = Vec::new();
    unpack(&mut File::open(from)?, &PackageLimits::OF_A_GAME, |path, bytes| {
        let place = into.join(parts.len().to_string());
        std::io::copy(bytes, &mut BufWriter::new(File::create(&place)?))?;
        parts.push(Part { path: path.to_owned(), is_utf8: false, place });
        Ok(())
    })?;
    for part in &mut parts {
        let is_page = games::media_type_of(&part.path, false) == "text/html";
        part.is_utf8 = is_page && is_utf8(&part.place)?;
    }
    let start = start_of_game(parts.iter().map(|part| part.path.as_str())).map(str::to_owned);
    Ok((start.ok_or(PackageTrouble::Empty)?, parts))
}

fn is_utf8(place: &std::path::Path) -> std::io::Result<bool> {
    Ok(std::str::from_utf8(&std::fs::read(place)?).is_ok())
}
