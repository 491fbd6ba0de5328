//! How a child process is kept small and away from the network: `prlimit` and `unshare` of util-linux, as far as this
//! machine lets them work.

use std::{
    process::{Command, Stdio},
    sync::LazyLock,
};

use super::Limits;

/// What this machine can keep a child process from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confinement {
    /// Memory, processor time, size of files.
    pub limits: bool,
    pub network: Option<NoNetwork>,
}

/// The way to a child process without a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoNetwork {
    /// In a user namespace of its own: needs no rights.
    AsAnybody,
    /// For root, where user namespaces are switched off.
    AsRoot,
}

static HERE: LazyLock<Confinement> = LazyLock::new(|| Confinement {
    limits: works(&["prlimit", "--core=0", "--", "true"]),
    network: if works(&["unshare", "--map-current-user", "--net", "--", "true"]) {
        Some(NoNetwork::AsAnybody)
    } else if works(&["unshare", "--net", "--", "true"]) {
        Some(NoNetwork::AsRoot)
    } else {
        None
    },
});

impl Confinement {
    /// Found out once, by trying.
    pub fn here() -> Self {
        *HERE
    }
}

fn works(command: &[&str]) -> bool {
    let Some((program, args)) = command.split_first() else { return false };
    let status = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}

/// The words to put before a program so that it runs within the limits.
pub fn wrapping(limits: &Limits, here: Confinement) -> Vec<String> {
    let mut words = Vec::new();
    let mut say = |more: &[&str]| words.extend(more.iter().map(|word| (*word).to_owned()));
    if !limits.may_use_network {
        match here.network {
            Some(NoNetwork::AsAnybody) => say(&["unshare", "--map-current-user", "--net", "--"]),
            Some(NoNetwork::AsRoot) => say(&["unshare", "--net", "--"]),
            None => {}
        }
    }
    if here.limits {
        let seconds = limits.max_processor_seconds.to_string();
        say(&[
            "prlimit",
            "--core=0",
            &format!("--cpu={seconds}"),
            &format!("--fsize={}", limits.max_file_bytes),
        ]);
        if let Some(bytes) = limits.max_memory_bytes {
            say(&[&format!("--as={bytes}")]);
        }
        say(&["--"]);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_wrapped_as_far_as_the_machine_can() {
        let limits = Limits::default();
        let nothing = Confinement { limits: false, network: None };
        assert!(wrapping(&limits, nothing).is_empty());
        let all = Confinement { limits: true, network: Some(NoNetwork::AsAnybody) };
        let words = wrapping(&limits, all).join(" ");
        assert!(words.starts_with("unshare --map-current-user --net -- prlimit --core=0 --cpu="), "{words}");
        assert!(words.ends_with(" --"), "{words}");
        let online = Limits { may_use_network: true, ..limits };
        assert!(wrapping(&online, all).join(" ").starts_with("prlimit"));
    }
}
