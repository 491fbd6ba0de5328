//! A PostgreSQL of a test's own, which the test may stop and start: what others use must not go away.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

pub struct OwnPostgres {
    script: Child,
    control: String,
    pub url: String,
}

impl OwnPostgres {
    /// It runs until it is dropped: its script ends with its standard input.
    pub fn start() -> Self {
        let say = "echo $TEST_DATABASE_URL; echo $TEST_POSTGRES_CONTROL; cat";
        let mut script = Command::new("scripts/with-postgres")
            .args(["sh", "-c", say])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(script.stdout.take().unwrap()).lines();
        let mut line = || lines.next().expect("PostgreSQL starts").unwrap();
        let (url, control) = (line(), line());
        Self { script, control, url }
    }

    /// Whoever is connected is cut off. What was committed stays, although nothing is forced to the disk here.
    pub fn goes_away(&self) {
        self.tell("stop");
    }

    pub fn returns(&self) {
        self.tell("start");
    }

    fn tell(&self, word: &str) {
        assert!(Command::new(&self.control).arg(word).status().unwrap().success(), "{word}");
    }
}

impl Drop for OwnPostgres {
    fn drop(&mut self) {
        drop(self.script.stdin.take());
        let _ = self.script.wait();
    }
}
