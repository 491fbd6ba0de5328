//! One run of a program: its lines are heard while it works, it is ended when its time is over.

use std::{
    io::{self, BufRead, BufReader, Read},
    os::unix::process::{CommandExt, ExitStatusExt},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process_group};

use super::confine::{Confinement, wrapping};

#[derive(Debug, Clone)]
pub struct Limits {
    pub max_time: Duration,
    pub max_processor_seconds: u64,
    /// None for programs that reserve far more than they use (browsers).
    pub max_memory_bytes: Option<u64>,
    pub max_file_bytes: u64,
    pub may_use_network: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_time: Duration::from_mins(2),
            max_processor_seconds: 240,
            max_memory_bytes: Some(4 << 30),
            max_file_bytes: 4 << 30,
            may_use_network: false,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum ToolError {
    #[error("{0} is not installed")]
    Missing(String),
    #[error("{program} took longer than {seconds} s")]
    TookTooLong { program: String, seconds: u64 },
    #[error("{program} was ended by the machine (signal {signal}): it wanted more than it may use")]
    WantedTooMuch { program: String, signal: i32 },
    #[error("{program} failed: {said}")]
    Failed { program: String, said: String },
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// What a program said, at most `MAX_SAID_BYTES` of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    pub stdout: Vec<u8>,
    /// The last lines it complained with.
    pub stderr: String,
}

pub const MAX_SAID_BYTES: u64 = 16 << 20;
const KEPT_COMPLAINTS: usize = 12;
const GLANCE: Duration = Duration::from_millis(20);

/// Whether a program of this name is on this machine.
#[expect(clippy::disallowed_methods, reason = "where programs lie is no setting of this program")]
pub fn is_installed(program: &str) -> bool {
    let path = std::env::var("PATH").unwrap_or_default();
    program.contains('/') && Path::new(program).is_file()
        || std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Runs a program in `folder` and waits for its end; call it off the async threads. `hear` gets each line of its standard
/// output while it works (progress); what it wrote is in the answer as well.
pub fn run(
    program: &str,
    args: &[String],
    folder: &Path,
    limits: &Limits,
    mut hear: impl FnMut(&str),
) -> Result<Output, ToolError> {
    if !is_installed(program) {
        return Err(ToolError::Missing(program.to_owned()));
    }
    let mut child = confined(&[program], args, folder, limits)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let (say, heard) = mpsc::channel();
    let stdout = child.stdout.take().map(|stdout| thread::spawn(move || read_lines(stdout, &say)));
    let stderr = child.stderr.take().map(|stderr| thread::spawn(move || last_lines(stderr)));
    let ended = wait(&mut child, limits.max_time, || {
        for line in heard.try_iter() {
            hear(&line);
        }
    });
    let stdout = stdout.and_then(|thread| thread.join().ok()).unwrap_or_default();
    let stderr = stderr.and_then(|thread| thread.join().ok()).unwrap_or_default();
    for line in heard.try_iter() {
        hear(&line);
    }
    let program = program.to_owned();
    let Some(status) = ended? else {
        return Err(ToolError::TookTooLong { program, seconds: limits.max_time.as_secs() });
    };
    match (
        status.success(),
        status.signal().or_else(|| status.code().filter(|code| *code > 128).map(|code| code - 128)),
    ) {
        (true, _) => Ok(Output { stdout, stderr }),
        (false, Some(signal)) => Err(ToolError::WantedTooMuch { program, signal }),
        (false, None) => Err(ToolError::Failed { program, said: stderr }),
    }
}

/// None when its time was over. Its whole group is ended in any case: nothing goes on behind our back.
fn wait(
    child: &mut Child,
    max_time: Duration,
    mut meanwhile: impl FnMut(),
) -> io::Result<Option<std::process::ExitStatus>> {
    let began = Instant::now();
    let ended = loop {
        if let Some(status) = child.try_wait()? {
            break Some(status);
        }
        if began.elapsed() > max_time {
            break None;
        }
        meanwhile();
        thread::sleep(GLANCE);
    };
    end_group(child);
    if ended.is_none() {
        child.wait()?;
    }
    Ok(ended)
}

/// The command behind its walls, at home in `folder`.
pub(super) fn confined(words: &[&str], args: &[String], folder: &Path, limits: &Limits) -> Command {
    let walls = wrapping(limits, Confinement::here());
    let mut whole = walls.iter().map(String::as_str).chain(words.iter().copied());
    let mut command = Command::new(whole.next().unwrap_or_default());
    command
        .args(whole)
        .args(args)
        .current_dir(folder)
        .env("HOME", folder)
        .env("TMPDIR", folder)
        .env("LC_ALL", "C.UTF-8")
        // A group of its own, so that its children end with it.
        .process_group(0);
    command
}

/// The child and all that it started.
pub(super) fn end_group(child: &Child) {
    if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        let _ = kill_process_group(group, Signal::KILL);
    }
}

fn read_lines(stdout: impl Read, say: &mpsc::Sender<String>) -> Vec<u8> {
    let mut all = Vec::new();
    let mut lines = BufReader::new(stdout.take(MAX_SAID_BYTES));
    loop {
        let start = all.len();
        match lines.read_until(b'\n', &mut all) {
            Ok(0) | Err(_) => break,
            Ok(_) => {
                let line = String::from_utf8_lossy(all.get(start..).unwrap_or_default()).trim().to_owned();
                let _ = say.send(line);
            }
        }
    }
    all
}

fn last_lines(stderr: impl Read) -> String {
    let mut kept = std::collections::VecDeque::new();
    for line in BufReader::new(stderr.take(MAX_SAID_BYTES)).split(b'\n').map_while(Result::ok) {
        if kept.len() == KEPT_COMPLAINTS {
            kept.pop_front();
        }
        let mut line = String::from_utf8_lossy(&line).trim().to_owned();
        line.truncate(line.floor_char_boundary(400));
        kept.push_back(line);
    }
    Vec::from(kept).join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str, limits: &Limits) -> Result<Output, ToolError> {
        let folder = tempfile::tempdir().unwrap();
        run("sh", &["-c".into(), script.into()], folder.path(), limits, |_| {})
    }

    #[test]
    fn a_program_is_heard_and_its_complaints_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let mut lines = Vec::new();
        let args = ["-c".to_owned(), "echo one; echo two; echo oh >&2".to_owned()];
        let output = run("sh", &args, folder.path(), &Limits::default(), |line| lines.push(line.to_owned()));
        let output = output.unwrap();
        assert_eq!((output.stdout.as_slice(), output.stderr.as_str()), (&b"one\ntwo\n"[..], "oh"));
        assert_eq!(lines, ["one", "two"]);
        let failed = shell("echo no >&2; exit 3", &Limits::default()).unwrap_err();
        assert_eq!(failed.to_string(), "sh failed: no");
        assert!(matches!(
            run("hoithi-no-such-program", &[], folder.path(), &Limits::default(), |_| {}),
            Err(ToolError::Missing(_))
        ));
    }

    #[test]
    fn a_program_whose_time_is_over_ends_with_its_children() {
        let limits = Limits { max_time: Duration::from_millis(100), ..Limits::default() };
        let began = Instant::now();
        let error = shell("sleep 60 & sleep 60", &limits).unwrap_err();
        assert!(matches!(error, ToolError::TookTooLong { .. }), "{error}");
        assert!(began.elapsed() < Duration::from_secs(30), "the readers wait for every child");
    }

    #[test]
    fn a_program_gets_no_more_than_its_limits() {
        if Confinement::here().limits {
            let limits = Limits { max_file_bytes: 1000, ..Limits::default() };
            let error = shell("head -c 100000 /dev/zero > big", &limits).unwrap_err();
            assert!(matches!(error, ToolError::Failed { .. } | ToolError::WantedTooMuch { .. }), "{error}");
        }
        if Confinement::here().network.is_some() {
            let output = shell("cat /proc/net/dev | grep -c : ", &Limits::default()).unwrap();
            assert_eq!(output.stdout, b"1\n", "only the loopback, and that is down");
        }
    }
}
