//! A store that speaks S3, in a process of its own: one for the whole run, a bucket for each test.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{
        Mutex,
        atomic::{AtomicU32, Ordering},
    },
};

use tempfile::TempDir;

use super::{Stage, TestDatabase};

static NEXT_BUCKET: AtomicU32 = AtomicU32::new(1);
static SHARED: Mutex<Option<S3>> = Mutex::new(None);

/// The server ends when its standard input does, and so with the tests at the latest.
pub struct S3 {
    child: Child,
    port: u16,
    folder: TempDir,
}

impl S3 {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let tests = std::env::current_exe().unwrap();
        let program: PathBuf = tests.parent().unwrap().parent().unwrap().join("examples/s3_server");
        assert!(program.exists(), "build it first: cargo build --example s3_server");
        let mut child = Command::new(program)
            .arg(folder.path())
            .args(["test-key", "test-secret"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut port = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut port).unwrap();
        Self { child, port: port.trim().parse().unwrap(), folder }
    }

    fn new_bucket(&self) -> String {
        let bucket = format!("bucket-{}", NEXT_BUCKET.fetch_add(1, Ordering::Relaxed));
        std::fs::create_dir(self.folder.path().join(&bucket)).unwrap();
        bucket
    }

    /// A stage whose files are in a new bucket here.
    pub fn stage(&self) -> Stage {
        let (bucket, port) = (self.new_bucket(), self.port);
        Stage::with(TestDatabase::new(), |config| {
            config.files_url = Some(format!("s3://{bucket}"));
            config.files_endpoint = Some(format!("http://127.0.0.1:{port}"));
            config.files_access_key_id = Some("test-key".into());
            config.files_secret_access_key = Some("test-secret".into());
        })
    }

    /// The store goes away.
    pub fn stop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for S3 {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Stage {
    pub fn on_a_bucket() -> Self {
        let mut shared = SHARED.lock().unwrap();
        shared.get_or_insert_with(S3::start).stage()
    }

    /// The same story is to be true on a folder and on a bucket.
    pub fn on_each_store() -> [Self; 2] {
        [Self::new(), Self::on_a_bucket()]
    }
}
