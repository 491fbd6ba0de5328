//! A folder of files, each under the BLAKE3 hash of its bytes: whole or absent, and the same bytes only once. What is
//! still coming in lies in `incoming/`.

use std::{
    fs::{File, OpenOptions},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use rustix::fs::{FlockOperation, flock};
use tokio::task::spawn_blocking;

use super::{
    FileStoreError,
    disk_file::DiskFile,
    writer::{Intake, Writer},
};

#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

pub struct FolderArrival {
    pub writer: Writer,
}

/// A file of the store, for the sweep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its hash, or what it is called while it comes in.
    pub name: String,
    pub is_arriving: bool,
    /// Seconds since 1970.
    pub changed_at: i64,
}

impl Folder {
    pub fn open(root: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(root.join("incoming"))?;
        Ok(Self { root: root.to_owned() })
    }

    /// The hash comes from the database, never from a visitor.
    pub fn path_of(&self, hash: &str) -> PathBuf {
        let (folder, name) = hash.split_at_checked(2).unwrap_or(("", hash));
        self.root.join(folder).join(name)
    }

    pub fn arriving(&self, id: &str) -> PathBuf {
        self.root.join("incoming").join(id)
    }

    /// What the disk has: the file is synced before its length is told.
    pub async fn saved_bytes(&self, id: &str) -> Result<i64, FileStoreError> {
        let path = self.arriving(id);
        let length = spawn_blocking(move || match File::open(path) {
            Ok(file) => {
                file.sync_data()?;
                Ok(file.metadata()?.len())
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error),
        });
        Ok(i64::try_from(length.await.map_err(io::Error::other)??).unwrap_or(i64::MAX))
    }

    /// The lock ends with the file's last handle, also when the program is killed; other programs on the folder see it.
    pub async fn take(&self, id: &str) -> Result<(DiskFile, i64), FileStoreError> {
        let path = self.arriving(id);
        let taken = spawn_blocking(move || {
            let is_new = !path.exists();
            let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path)?;
            if let Err(error) = flock(&file, FlockOperation::NonBlockingLockExclusive) {
                let is_held = error == rustix::io::Errno::WOULDBLOCK;
                return Err(if is_held { FileStoreError::Busy } else { io::Error::from(error).into() });
            }
            if is_new && let Some(folder) = path.parent() {
                File::open(folder)?.sync_all()?;
            }
            let length = i64::try_from(file.metadata()?.len()).unwrap_or(i64::MAX);
            Ok((DiskFile::direct(file, &path), length))
        });
        taken.await.map_err(io::Error::other)?
    }

    pub async fn forget(&self, id: &str) -> Result<(), FileStoreError> {
        let path = self.arriving(id);
        let removed = spawn_blocking(move || std::fs::remove_file(path)).await.map_err(io::Error::other)?;
        match removed {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Takes a whole file of this disk in under its hash.
    pub async fn keep(&self, whole: PathBuf, hash: &str) -> Result<(), FileStoreError> {
        let (folder, hash) = (self.clone(), hash.to_owned());
        spawn_blocking(move || folder.keep_now(&whole, &hash)).await.map_err(io::Error::other)?
    }

    /// Syncs the bytes, gives them their name, and syncs the folder, so that the name too survives a power cut. The name
    /// that they had stays.
    pub fn keep_now(&self, whole: &Path, hash: &str) -> Result<(), FileStoreError> {
        let place = self.path_of(hash);
        let came = File::open(whole)?;
        came.sync_all()?;
        let folder = place.parent().unwrap_or(&self.root);
        if !folder.exists() {
            std::fs::create_dir_all(folder)?;
            File::open(&self.root)?.sync_all()?;
        }
        match std::fs::hard_link(whole, &place) {
            Ok(()) => {}
            // As new for the sweep: whoever keeps it is about to name it.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                File::open(&place)?.set_modified(came.metadata()?.modified()?)?;
            }
            // A disk without second names.
            Err(error)
                if matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::PermissionDenied) =>
            {
                std::fs::rename(whole, &place)?;
            }
            Err(error) => return Err(error.into()),
        }
        File::open(folder)?.sync_all()?;
        Ok(())
    }

    /// Everything in the folder.
    pub fn list(&self) -> io::Result<Vec<Found>> {
        let mut found = Vec::new();
        for folder in std::fs::read_dir(&self.root)? {
            let folder = folder?;
            let start = folder.file_name().to_string_lossy().into_owned();
            if !folder.file_type()?.is_dir() {
                continue;
            }
            for file in std::fs::read_dir(folder.path())? {
                let file = file?;
                // It may be gone by now.
                let Ok(meta) = file.metadata() else { continue };
                let end = file.file_name().to_string_lossy().into_owned();
                let changed = meta.modified()?.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
                let is_arriving = start == "incoming";
                found.push(Found {
                    name: if is_arriving { end } else { format!("{start}{end}") },
                    is_arriving,
                    changed_at: i64::try_from(changed.as_secs()).unwrap_or(i64::MAX),
                });
            }
        }
        Ok(found)
    }

    pub fn remove_unless_new(&self, hash: &str, seen_at: i64) -> io::Result<bool> {
        let path = self.path_of(hash);
        let changed = path.metadata()?.modified()?.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let is_as_seen = i64::try_from(changed.as_secs()) == Ok(seen_at);
        if is_as_seen {
            std::fs::remove_file(path)?;
        }
        Ok(is_as_seen)
    }
}

impl FolderArrival {
    pub fn new(file: DiskFile, whole: Option<blake3::Hasher>, intake: Arc<Intake>) -> io::Result<Self> {
        Ok(Self { writer: Writer::at_end(file, whole, intake)? })
    }

    pub async fn save(&mut self) -> Result<(), FileStoreError> {
        Ok(self.writer.sync().await?)
    }

    pub fn length(&self) -> Option<i64> {
        i64::try_from(self.writer.file().file().metadata().ok()?.len()).ok()
    }
}
