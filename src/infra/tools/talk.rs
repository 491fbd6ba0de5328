//! A program that is talked with while it works: messages that end with a zero byte go to its file descriptor 3 and come
//! from its 4, as browsers do it (`--remote-debugging-pipe`). What it prints is of no interest.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    path::Path,
    process::{Child, ChildStdin, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use super::{
    Limits, ToolError, is_installed,
    run::{confined, end_group},
};

/// A page's picture is a few megabytes; more than this in one message is not read.
const MAX_MESSAGE_BYTES: u64 = 64 << 20;

/// Moves the pipes to where the program expects them: only a shell can, without code that the compiler cannot check.
const MOVE_PIPES: &str = r#"exec "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1"#;

pub struct Talk {
    program: String,
    child: Child,
    to: ChildStdin,
    heard: mpsc::Receiver<Vec<u8>>,
    limits: Limits,
    until: Instant,
}

impl Talk {
    /// The program is ended, with all its children, when this is dropped.
    pub fn begin(program: &str, args: &[String], folder: &Path, limits: &Limits) -> Result<Self, ToolError> {
        if !is_installed(program) {
            return Err(ToolError::Missing(program.to_owned()));
        }
        let mut child = confined(&["sh", "-c", MOVE_PIPES, "sh", program], args, folder, limits)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (to, from) = (child.stdin.take(), child.stdout.take());
        let (Some(to), Some(from)) = (to, from) else {
            return Err(io::Error::other("a pipe is missing").into());
        };
        let (say, heard) = mpsc::channel();
        thread::spawn(move || read_messages(from, &say));
        let until = Instant::now() + limits.max_time;
        Ok(Self { program: program.to_owned(), child, to, heard, limits: limits.clone(), until })
    }

    pub fn say(&mut self, message: &[u8]) -> Result<(), ToolError> {
        self.to.write_all(message)?;
        self.to.write_all(&[0])?;
        Ok(self.to.flush()?)
    }

    /// The next message; nothing when none came for so long.
    pub fn hear(&mut self, patience: Duration) -> Result<Option<Vec<u8>>, ToolError> {
        let left = self.until.saturating_duration_since(Instant::now());
        match self.heard.recv_timeout(patience.min(left)) {
            Ok(message) => Ok(Some(message)),
            Err(mpsc::RecvTimeoutError::Timeout) if patience <= left => Ok(None),
            Err(mpsc::RecvTimeoutError::Timeout) => Err(ToolError::TookTooLong {
                program: self.program.clone(),
                seconds: self.limits.max_time.as_secs(),
            }),
            Err(mpsc::RecvTimeoutError::Disconnected) => Err(ToolError::Failed {
                program: self.program.clone(),
                said: "it ended in the middle".to_owned(),
            }),
        }
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        end_group(&self.child);
        // It was just killed; this only takes its last word.
        let _ = self.child.wait();
    }
}

fn read_messages(from: impl Read, say: &mpsc::Sender<Vec<u8>>) {
    let mut from = BufReader::new(from);
    loop {
        let mut message = Vec::new();
        match from.by_ref().take(MAX_MESSAGE_BYTES).read_until(0, &mut message) {
            Ok(1..) if message.pop() == Some(0) => {
                if say.send(message).is_err() {
                    return;
                }
            }
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(script: &str, limits: &Limits) -> Talk {
        let folder = tempfile::tempdir().unwrap();
        Talk::begin("sh", &["-c".into(), script.into()], folder.path(), limits).unwrap()
    }

    #[test]
    fn a_program_answers_message_by_message() {
        let mut talk = script("head -c 4 <&3 >&4; head -c 4 <&3 >&4", &Limits::default());
        talk.say(b"one").unwrap();
        talk.say(b"two").unwrap();
        let patience = Duration::from_secs(20);
        assert_eq!(talk.hear(patience).unwrap().unwrap(), b"one");
        assert_eq!(talk.hear(patience).unwrap().unwrap(), b"two");
        assert!(matches!(talk.hear(patience), Err(ToolError::Failed { .. })), "it ended");
    }

    #[test]
    fn a_program_that_is_silent_is_not_waited_for_beyond_its_time() {
        let limits = Limits { max_time: Duration::from_millis(100), ..Limits::default() };
        let mut talk = script("sleep 60", &limits);
        assert_eq!(talk.hear(Duration::from_millis(1)).unwrap(), None);
        assert!(matches!(talk.hear(Duration::from_secs(30)), Err(ToolError::TookTooLong { .. })));
    }
}
