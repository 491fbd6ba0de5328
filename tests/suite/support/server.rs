//! The program itself, as a process on the stage's data: for what only a process can show, such as being killed.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    process::{Child, Command, Stdio},
};

use hoithi::base::clock::Clock;

use super::Stage;

pub struct Server {
    child: Child,
    address: SocketAddr,
}

#[derive(Debug)]
pub struct HttpAnswer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl HttpAnswer {
    fn new(head: &[u8], body: Vec<u8>) -> Self {
        let head = String::from_utf8_lossy(head).into_owned();
        Self { status: head.split(' ').nth(1).unwrap().parse().unwrap(), head, body }
    }

    /// The next answer on a line that stays open, as long as it says it is.
    pub fn next(line: &mut impl Read, has_body: bool) -> Self {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            line.read_exact(&mut byte).unwrap();
            head.extend(byte);
        }
        let mut answer = Self::new(&head, Vec::new());
        let length =
            answer.header("content-length").parse().unwrap_or_else(|_| panic!("no length: {}", answer.head));
        answer.body = vec![0; if has_body { length } else { 0 }];
        line.read_exact(&mut answer.body).unwrap();
        answer
    }

    pub fn header(&self, name: &str) -> &str {
        let line = self
            .head
            .lines()
            .find(|line| line.split_once(':').is_some_and(|(known, _)| known.eq_ignore_ascii_case(name)));
        line.and_then(|line| line.split_once(':')).map_or("", |(_, value)| value.trim())
    }
}

impl Stage {
    /// The process lives in the present; what is made from now on does too.
    pub fn in_the_present(self) -> Self {
        self.app.clock.set(Clock::System.now());
        self
    }

    /// `max_file_bytes` is what a file on the server's disk may have.
    pub fn serve(&self, max_file_bytes: Option<u64>) -> Server {
        let program = env!("CARGO_BIN_EXE_hoithi");
        let limit = max_file_bytes.map(|max| format!("trap '' XFSZ; ulimit -f {};", max / 1024));
        let mut command = Command::new("bash");
        command.args(["-c", &format!("{} exec {program} serve", limit.unwrap_or_default())]);
        command.env_clear().env("PATH", "/usr/bin:/bin").env("HOITHI_LISTEN", "127.0.0.1:0");
        command.env("HOITHI_DATA", self.database.folder()).env("DATABASE_URL", self.database.url());
        command.env("HOITHI_SECRET", super::SECRET).env("HOITHI_LOG", "warn");
        let config = &self.config;
        for (name, value) in [
            ("FILES_URL", &config.files_url),
            ("FILES_ENDPOINT", &config.files_endpoint),
            ("FILES_ACCESS_KEY_ID", &config.files_access_key_id),
            ("FILES_SECRET_ACCESS_KEY", &config.files_secret_access_key),
        ] {
            if let Some(value) = value {
                command.env(name, value);
            }
        }
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let said = lines.next().expect("the server says where it listens").unwrap();
        let address = said.rsplit("http://").next().unwrap().parse().unwrap();
        Server { child, address }
    }
}

impl Server {
    /// SIGKILL.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// A line on which requests can be sent one behind the other.
    pub fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).unwrap()
    }

    /// Sends a request, of its body only what is given, whatever its headers promise.
    pub fn begin(&self, method: &str, path: &str, headers: &[(&str, String)], body: &[u8]) -> TcpStream {
        let mut stream = self.connect();
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n", self.address);
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
        // A server that refuses early stops listening; what it said can still be read.
        let _ = stream.write_all(body);
        stream
    }

    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, String)], body: &[u8]) -> HttpAnswer {
        let mut headers = headers.to_vec();
        if method != "GET" && method != "HEAD" {
            headers.push(("content-length", body.len().to_string()));
        }
        let mut stream = self.begin(method, path, &headers, body);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n").expect("an answer");
        let (head, body) = answer.split_at(end + 4);
        HttpAnswer::new(head, body.to_vec())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
